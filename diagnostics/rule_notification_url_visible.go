package diagnostics

import "fmt"

var notificationURLVisible = &Rule{
	Name: "notification-url-visible", Severity: Warning, Upstream: []string{"NotificationUrlNotInternal"},
	Check: func(p *Pass) {
		reported := map[int]bool{}
		walkBodies(p.Definition, func(property bodyProperty) {
			url := property.schema.Get(notificationURL)
			if !isOn(url) || property.internal || reported[url.ID()] {
				return
			}
			reported[url.ID()] = true
			visibility := property.schema.Get("x-ms-visibility")
			edits := property.schema.Insert("x-ms-visibility", `"internal"`)
			if visibility.Exists() {
				edits = visibility.Replace(`"internal"`)
			}
			p.ReportKey(property.entry, fmt.Sprintf("%q takes the address to call back, which the platform fills in: it should be internal", property.entry.Key()),
				p.Because(url, "this takes the address"), Mend("Make it internal", edits...))
		})
	},
}
