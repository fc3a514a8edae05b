package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
)

var securityUndefined = &Rule{
	Name: "security-undefined", Severity: Warning, Upstream: []string{"SecurityRequirementMustBeDefined"},
	Check: func(p *Pass) {
		definitions := p.Definition.Root.Get("securityDefinitions")
		if definitions.Exists() && (!definitions.IsObject() || definitions.Broken()) {
			return
		}
		known := keysOf(definitions)
		for requirement := range p.Objects("security requirement") {
			for v := range requirement.Children() {
				if !known[v.Key()] && v.Kind() != jsondoc.Missing && !p.beyond(p.FileOf(v)) {
					reportUndefined(p, v, definitions)
				}
			}
		}
	},
}

func reportUndefined(p *Pass, v, definitions jsondoc.Value) {
	var defined []string
	for d := range definitions.Children() {
		defined = append(defined, d.Key())
	}
	name, near := v.Key(), spelling.Nearest(v.Key(), defined)
	if len(near) == 0 && len(defined) == 1 {
		near = defined
	}
	message := fmt.Sprintf("security definition %q does not exist", name)
	var options []Option
	if len(near) > 0 {
		message += ", did you mean " + quoted(near, " or ") + "?"
		options = renames(v, near)
	}
	p.ReportKey(v, message, options...)
}
