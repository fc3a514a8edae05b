package diagnostics

import "fmt"

var pageableNextLinkMissing = &Rule{
	Name: "pageable-next-link-missing", Severity: Information,
	Check: func(p *Pass) {
		ix := newSchemaIndex(p.Definition)
		for _, op := range p.Definition.Operations {
			link := op.Value.Path("x-ms-pageable", "nextLinkName")
			name, output := link.Text(), op.Output()
			if name != "nextLink" && name != "@odata.nextLink" || !output.Exists() {
				continue // any other name is a mistake of its own
			}
			if ix.part(output, "items").Exists() || !ix.of(output)[name].Exists() && !ix.open(output) {
				p.Report(link, fmt.Sprintf("the answer has no property %q", name), p.Because(output, "the answer"))
			}
		}
	},
}
