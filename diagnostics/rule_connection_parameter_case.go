package diagnostics

import (
	"fmt"
	"slices"
	"strings"

	"paconn-ls/internal/source"
)

// A hint: the platform finds the parameter of connectors that have it, published ones among them.
var connectionParameterCase = &Rule{
	Name: "connection-parameter-case", Severity: Hint,
	Check: func(p *Pass) {
		names, spelt := connectionNames(p)
		for r := range p.connectionReferences() {
			same := spelt[strings.ToLower(r.Name)]
			if same == "" || same == r.Name || slices.Contains(names, r.Name) || !isPlain(same) {
				continue
			}
			f := p.FileOf(r.Value)
			if p.beyond(f) {
				continue
			}
			span := r.span()
			p.ReportSpan(f, span, fmt.Sprintf("the connection parameter is spelt %q", same),
				Mend("Change to "+same, source.Edit{Span: span, New: same}))
		}
	},
}
