package diagnostics

import (
	"fmt"

	"paconn-ls/internal/source"
)

var scriptTooLarge = &Rule{
	Name: "script-too-large", Severity: Error,
	Check: func(p *Pass) {
		if f := p.Connector.Script(); f != nil && f.Content.Len() > megabyte {
			p.ReportSpan(f, source.Span{}, fmt.Sprintf("the script has %d bytes, the service takes 1 MB (%d)", f.Content.Len(), megabyte))
		}
	},
}
