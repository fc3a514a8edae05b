package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/swagger"
)

var notificationURLMissing = &Rule{
	Name: "notification-url-missing", Severity: Error, Upstream: []string{"WebhookOperationsMissingNotificationUrlProperty"},
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			if !isWebhook(op) || hasNotificationURL(p, op) || hasURLOutsideBody(op) {
				continue
			}
			body, ok := op.Body()
			schema := p.Definition.Deref(body.Value.Get("schema"))
			if ok && (!schema.Exists() || isDynamic(schema)) || p.beyond(p.FileOf(op.Value)) {
				continue
			}
			p.ReportKey(op.Value, fmt.Sprintf("webhook trigger %q has no property in its body with %q: the service cannot be told where to call back", op.ID, notificationURL),
				append(markURL(p, schema), p.Because(op.Item.Value.Get(notificationContent), "this makes it a webhook"))...)
		}
	},
}

// hasURLOutsideBody reports whether the address stands in a parameter that is no body, which is a mistake of its own.
func hasURLOutsideBody(op *swagger.Operation) bool {
	for _, p := range op.Parameters() {
		if p.In != "body" && isOn(p.Value.Get(notificationURL)) {
			return true
		}
	}
	return false
}

// markURL returns the fixes that make a property the one that takes the address, for each that sounds like it.
func markURL(p *Pass, schema jsondoc.Value) []Option {
	var options []Option
	for property := range p.Definition.Properties(schema) {
		name := strings.ToLower(property.Key())
		if property.Get("type").Text() != "string" || !strings.Contains(name, "url") && !strings.Contains(name, "callback") && !strings.Contains(name, "endpoint") {
			continue
		}
		edits := property.Insert(notificationURL, "true")
		if old := property.Get(notificationURL); old.Exists() {
			edits = old.Replace("true")
		}
		options = append(options, Suggest(fmt.Sprintf("Call back at %q", property.Key()), edits...))
	}
	return options
}
