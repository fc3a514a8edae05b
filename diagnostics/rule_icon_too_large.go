package diagnostics

import (
	"fmt"

	"paconn-ls/internal/source"
)

// maxIcon is the width and height in pixels that certification takes at the most.
const maxIcon = 230

var iconTooLarge = &Rule{
	Name: "icon-too-large", Severity: Warning,
	Check: func(p *Pass) {
		f, pic, ok := p.icon()
		switch {
		case !ok:
		case f.Content.Len() > megabyte:
			p.ReportSpan(f, source.Span{}, fmt.Sprintf("the icon has %d bytes, the service takes 1 MB (%d)", f.Content.Len(), megabyte))
		case max(pic.Width, pic.Height) > maxIcon:
			option := AtMost(Information)
			if p.Profile != Custom {
				option = AtMost(Warning)
			}
			p.ReportSpan(f, source.Span{}, fmt.Sprintf("the icon is %d by %d pixels, certification takes up to %d by %d", pic.Width, pic.Height, maxIcon, maxIcon), option)
		}
	},
}
