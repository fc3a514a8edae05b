package diagnostics

var dynamicOperationUnknown = &Rule{
	Name: "dynamic-operation-unknown", Severity: Error, Upstream: []string{"OperationIdNotFound"},
	Check: func(p *Pass) {
		for _, call := range dynamicCallsOf(p) {
			reportUnknownOperation(p, call.value.Get("operationId"))
		}
	},
}
