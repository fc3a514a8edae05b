package diagnostics

import (
	"fmt"

	"paconn-ls/internal/source"
)

var iconNotSquare = &Rule{
	Name: "icon-not-square", Severity: Warning,
	Check: func(p *Pass) {
		if f, pic, ok := p.icon(); ok && pic.Width != pic.Height {
			p.ReportSpan(f, source.Span{}, fmt.Sprintf("the icon is %d by %d pixels, it should be a square", pic.Width, pic.Height))
		}
	},
}
