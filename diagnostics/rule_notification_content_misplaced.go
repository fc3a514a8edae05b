package diagnostics

import "fmt"

var notificationContentMisplaced = &Rule{
	Name: "notification-content-misplaced", Severity: Warning,
	Check: func(p *Pass) {
		for _, item := range p.Definition.Paths {
			taken := item.Value.Get(notificationContent).Exists()
			for _, op := range item.Operations {
				v := op.Value.Get(notificationContent)
				if !v.Exists() {
					continue
				}
				fix := Suggest("Remove it", v.Remove()...)
				if !taken && !item.Value.Broken() && !v.Broken() {
					fix = Mend("Move it to the path", move(v, item.Value)...)
				}
				taken = true
				p.ReportKey(v, fmt.Sprintf("%q has no effect in an operation, it belongs in the path beside %q", notificationContent, op.Method), fix)
			}
		}
	},
}
