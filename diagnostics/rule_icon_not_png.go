package diagnostics

import (
	"fmt"

	"paconn-ls/internal/source"
)

var iconNotPng = &Rule{
	Name: "icon-not-png", Severity: Warning,
	Check: func(p *Pass) {
		f, pic, ok := p.icon()
		switch {
		case !ok || pic.Format == "PNG" && !pic.Broken:
		case pic.Broken:
			p.ReportSpan(f, source.Span{}, "the icon starts like a PNG but its size cannot be read")
		case pic.Format == "":
			p.ReportSpan(f, source.Span{}, "the icon is no PNG")
		default:
			p.ReportSpan(f, source.Span{}, fmt.Sprintf("the icon is %s, it should be a PNG", pic.Format))
		}
	},
}
