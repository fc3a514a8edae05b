package diagnostics

import "fmt"

var securityMultiple = &Rule{
	Name: "security-multiple", Severity: Information,
	Check: func(p *Pass) {
		list := p.Definition.Root.Get("securityDefinitions")
		first := list
		for v := range list.Children() {
			if first == list {
				first = v
				continue
			}
			p.ReportKey(v, fmt.Sprintf("the platform only takes the first security definition, %q", first.Key()),
				Tagged(Unnecessary), p.Because(first, "the one that counts"))
		}
	},
}
