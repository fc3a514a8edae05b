package diagnostics

var dynamicParameterUnknown = &Rule{
	Name: "dynamic-parameter-unknown", Severity: Error, Upstream: []string{"OperationParameterNameNotFound"},
	Check: func(p *Pass) {
		in := newInputs(p.Definition)
		for _, call := range dynamicCallsOf(p) {
			if call.target != nil {
				reportUnknownArguments(p, in, call.value, call.target)
			}
		}
	},
}
