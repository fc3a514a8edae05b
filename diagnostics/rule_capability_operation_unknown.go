package diagnostics

var capabilityOperationUnknown = &Rule{
	Name: "capability-operation-unknown", Severity: Error, Upstream: []string{"OperationIdNotFound"},
	Check: func(p *Pass) {
		for call := range p.Objects("connection test", "file picker call") {
			reportUnknownOperation(p, call.Get("operationId"))
		}
	},
}
