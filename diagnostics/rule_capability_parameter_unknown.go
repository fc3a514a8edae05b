package diagnostics

var capabilityParameterUnknown = &Rule{
	Name: "capability-parameter-unknown", Severity: Error, Upstream: []string{"OperationParameterNameNotFound"},
	Check: func(p *Pass) {
		in := newInputs(p.Definition)
		for call := range p.Objects("connection test", "file picker call") {
			if target := p.Definition.Operation(call.Get("operationId").Text()); target != nil {
				reportUnknownArguments(p, in, call, target)
			}
		}
	},
}
