package diagnostics

import "fmt"

var notificationURLNotString = &Rule{
	Name: "notification-url-not-string", Severity: Warning, Upstream: []string{"NotificationUrlNotString"},
	Check: func(p *Pass) {
		for v := range p.Objects("schema") {
			kind := v.Get("type")
			if !isOn(v.Get(notificationURL)) || !kind.IsString() || kind.Text() == "string" {
				continue
			}
			p.Report(kind, fmt.Sprintf("the address to call back is a text, its type should be %q", "string"),
				p.Because(v.Get(notificationURL), "this takes the address"), Suggest("Change to string", kind.Replace(`"string"`)...))
		}
	},
}
