package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/openapi"
	"paconn-ls/internal/source"
)

// circles are the circles of required references in a definition.
var circles = connector.NewMemo(func(f *connector.File) []openapi.Circle { return openapi.Circles(f.Doc()) })

var circularReference = &Rule{
	Name: "circular-reference", Severity: Warning, Deep: true,
	Check: func(p *Pass) {
		f := p.Connector.Definition()
		if p.Shape(f) == nil {
			return
		}
		for _, c := range circles.Of(f) {
			first, last := c.Steps[0], c.Steps[len(c.Steps)-1]
			var chain strings.Builder
			for _, step := range c.Steps {
				chain.WriteString(step.Definition.Key() + " -> ")
			}
			p.Report(last.Ref, fmt.Sprintf("circular reference %s%s: a value would never end, expected one step to be optional", chain.String(), first.Definition.Key()),
				p.Because(first.Definition, "the circle comes back here"), optionalStep(c))
		}
	},
}

// optionalStep offers to make a step of the circle optional: the last one that is a required property.
func optionalStep(c openapi.Circle) Option {
	for i := len(c.Steps) - 1; i >= 0; i-- {
		for v := c.Steps[i].Ref.Parent(); v.Exists() && v != c.Steps[i].Definition; v = v.Parent() {
			if v.Parent().Key() != "properties" {
				continue
			}
			for name := range v.Parent().Parent().Get("required").Children() {
				if name.Text() == v.Key() {
					return Suggest(fmt.Sprintf("Make %q optional", v.Key()), removeRequired(name)...)
				}
			}
		}
	}
	return func(*Diagnostic) {}
}

// removeRequired takes a name out of a list of required properties, and the list with it when it is the only one: an
// empty list is not allowed.
func removeRequired(name jsondoc.Value) []source.Edit {
	if list := name.Parent(); list.Len() == 1 {
		return list.Remove()
	}
	return name.Remove()
}
