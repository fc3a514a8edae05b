package diagnostics

import "paconn-ls/internal/source"

// The service tells of mistakes in a script with no more than "internal server error".
var scriptSyntax = &Rule{
	Name: "script-syntax", Severity: Error,
	Check: func(p *Pass) {
		f := p.Connector.Script()
		if f == nil || f.Err != nil {
			return
		}
		e := sources.Of(f).Error
		if e == nil {
			return
		}
		related := func(d *Diagnostic) {
			if e.Related != (source.Span{}) {
				d.Related = append(d.Related, Related{File: f, Span: e.Related, Message: "opened here"})
			}
		}
		p.ReportSpan(f, e.Span, e.Message, related)
	},
}
