package diagnostics

// A warning and no error: published connectors list operations that the definition does not have.
var scriptOperationUnknown = &Rule{
	Name: "script-operation-unknown", Severity: Warning,
	Check: func(p *Pass) {
		if p.knowsOperations() {
			checkOperations(p, p.Properties.Get("scriptOperations"), p.Definition.OperationIDs())
		}
	},
}
