package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var notificationURLMisplaced = &Rule{
	Name: "notification-url-misplaced", Severity: Error, Upstream: []string{"NotificationUrlNotAllowedInThisPosition"},
	Check: func(p *Pass) {
		for v := range p.Objects(plainParameters...) {
			if url := v.Get(notificationURL); isOn(url) {
				p.ReportKey(url, fmt.Sprintf("%q is for a property of the body only, not for a parameter in %q", notificationURL, v.Get("in").Text()),
					Suggest("Remove it", url.Remove()...))
			}
		}
		for v := range p.Objects("schema") {
			if url := v.Get(notificationURL); isOn(url) && isOutput(p, v) {
				p.ReportKey(url, fmt.Sprintf("%q is for the body of a request, here it is in an answer", notificationURL),
					AtMost(Warning), Suggest("Remove it", url.Remove()...))
			}
		}
	},
}

// isOutput reports whether a schema stands in the responses of an operation or in the notification content of a path. A
// schema in definitions is left alone: services echo what was registered, and published connectors share the schema.
func isOutput(p *Pass, v jsondoc.Value) bool {
	if op := p.Definition.OperationAt(v); op != nil {
		return v.Inside(op.Value.Get("responses"))
	}
	item := p.Definition.PathItemAt(v)
	return item != nil && v.Inside(item.Value.Get(notificationContent))
}
