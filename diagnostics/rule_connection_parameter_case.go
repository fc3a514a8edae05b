package diagnostics

import (
	"fmt"

	"paconn-ls/internal/source"
)

// A hint: the platform finds the parameter of connectors that have it, published ones among them.
var connectionParameterCase = &Rule{
	Name: "connection-parameter-case", Severity: Hint,
	Check: func(p *Pass) {
		names, known := connectionNames(p)
		for r := range p.connectionReferences() {
			if known[r.Name] {
				continue
			}
			if same := sameButCase(r.Name, names); same != nil && isPlain(same[0]) {
				p.ReportSpan(p.FileOf(r.Value), r.Span, fmt.Sprintf("the connection parameter is spelt %q", same[0]),
					Mend("Change to "+same[0], source.Edit{Span: r.Span, New: same[0]}))
			}
		}
	},
}
