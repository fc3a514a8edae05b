package diagnostics

import "fmt"

var operationDeprecated = &Rule{
	Name: "operation-deprecated", Severity: Hint,
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			if op.Value.Get("deprecated").IsTrue() {
				p.ReportKey(op.Value, fmt.Sprintf("operation %s is deprecated: only flows that use it already still see it", label(op)), Tagged(Deprecated))
			}
		}
	},
}
