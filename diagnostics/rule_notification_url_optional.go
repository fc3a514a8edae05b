package diagnostics

import "fmt"

var notificationURLOptional = &Rule{
	Name: "notification-url-optional", Severity: Hint, Upstream: []string{"NotificationUrlNotRequired"},
	Check: func(p *Pass) {
		optional, order := map[int]bodyProperty{}, []int{}
		walkBodies(p.Definition, func(property bodyProperty) {
			url := property.schema.Get(notificationURL)
			if _, seen := optional[url.ID()]; isOn(url) && !property.required && !seen {
				optional[url.ID()] = property
				order = append(order, url.ID())
			}
		})
		for _, id := range order {
			property := optional[id]
			name := property.entry.Key()
			p.ReportKey(property.entry, fmt.Sprintf("%q takes the address to call back: it should be required, and so should all around it", name))
		}
	},
}
