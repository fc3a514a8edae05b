package diagnostics

import "fmt"

var notificationContentMissing = &Rule{
	Name: "notification-content-missing", Severity: Error, Upstream: []string{"OperationMustHaveNotificationContentExtension"},
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			if op.Value.Get("x-ms-trigger").Text() != "single" || !hasNotificationURL(p, op) ||
				op.Item.Value.GetFold(notificationContent).Exists() || op.Value.Get(notificationContent).Exists() {
				continue
			}
			p.ReportKey(op.Item.Value, fmt.Sprintf("missing %q: what the service posts when the webhook of %q fires", notificationContent, op.ID),
				p.Because(op.Value, "the trigger"), Suggest("Add x-ms-notification-content", op.Item.Value.Insert(notificationContent, "{\n\t\"schema\": {\n\t\t\"type\": \"object\",\n\t\t\"properties\": {}\n\t}\n}")...))
		}
	},
}
