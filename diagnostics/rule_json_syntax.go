package diagnostics

var jsonSyntax = &Rule{
	Name: "json-syntax", Severity: Error, Syntax: true,
	Check: func(p *Pass) {
		for _, f := range p.Connector.Files() {
			if !f.Role.IsJSON() {
				continue
			}
			for _, e := range f.Doc().Errors() {
				related := func(d *Diagnostic) {
					if e.Related.Len() > 0 {
						d.Related = append(d.Related, Related{File: f, Span: e.Related, Message: "opened here"})
					}
				}
				p.ReportSpan(f, e.Span, e.Message, related, Mend(e.FixText, e.Fix...))
			}
		}
	},
}
