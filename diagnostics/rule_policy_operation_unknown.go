package diagnostics

// A warning and no error: published connectors have policies for operations that are long gone.
var policyOperationUnknown = &Rule{
	Name: "policy-operation-unknown", Severity: Warning,
	Check: func(p *Pass) {
		if !p.knowsOperations() {
			return
		}
		ids := p.Definition.OperationIDs()
		for q := range p.policies() {
			checkOperations(p, q.Parameters.Get(policyOperations), ids)
		}
	},
}
