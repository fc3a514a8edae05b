package diagnostics

import (
	"strings"

	"paconn-ls/internal/source"
)

var byteOrderMark = &Rule{
	Name: "byte-order-mark", Severity: Information,
	Check: func(p *Pass) {
		for _, f := range p.Connector.Files() {
			if f.Role.IsJSON() && strings.HasPrefix(f.Content.String(), source.BOM) {
				span := source.Span{End: len(source.BOM)}
				p.ReportSpan(f, span, "the file starts with a byte order mark, which other tools cannot read in JSON",
					Mend("Remove the byte order mark", source.Edit{Span: span}))
			}
		}
	},
}
