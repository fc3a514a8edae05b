package diagnostics

import "fmt"

// maxOperations is the most operations that a connector may have: the connectors' FAQ on Learn.
const maxOperations = 256

var tooManyOperations = &Rule{
	Name: "too-many-operations", Severity: Error, Upstream: []string{"TotalOperationsCountExceedsMaxAllowed"},
	Check: func(p *Pass) {
		if n := len(p.Definition.Operations); n > maxOperations {
			p.ReportKey(p.Definition.Root.Get("paths"), fmt.Sprintf("%d operations, a connector may have %d", n, maxOperations))
		}
	},
}
