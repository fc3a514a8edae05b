package diagnostics

import "fmt"

var refSiblings = &Rule{
	Name: "ref-siblings", Severity: Hint, Upstream: []string{"AdditionalPropertyNotAllowedAdjacentToRef"},
	Check: func(p *Pass) {
		for v := range p.Objects("reference") {
			if v.Broken() {
				continue
			}
			for m := range v.Children() {
				if m.Key() != "$ref" {
					p.ReportKey(m, fmt.Sprintf("%q beside \"$ref\" is ignored", m.Key()),
						Tagged(Unnecessary), Suggest("Remove it", m.Remove()...))
				}
			}
		}
	},
}
