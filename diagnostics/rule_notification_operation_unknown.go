package diagnostics

var notificationOperationUnknown = &Rule{
	Name: "notification-operation-unknown", Severity: Error, Upstream: []string{"OperationIdNotFound"},
	Check: func(p *Pass) {
		for v := range p.Objects("notification", "simulation") {
			reportUnknownOperation(p, v.Get("operationId"))
		}
		for v := range p.Objects("replacement") {
			// with an "api" the operation may be another connector's
			if !v.Get("api").Exists() {
				reportUnknownOperation(p, v.Get("operationId"), AtMost(Warning))
			}
		}
	},
}
