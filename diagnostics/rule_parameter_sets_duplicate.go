package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var parameterSetsDuplicate = &Rule{
	Name: "parameter-sets-duplicate", Severity: Warning,
	Check: func(p *Pass) {
		seen := map[string]jsondoc.Value{}
		for set := range p.parameterSets() {
			v := set.Get("name")
			name, ok := v.Str()
			if !ok || v.Broken() {
				continue
			}
			if first, again := seen[name]; again {
				p.Report(v, fmt.Sprintf("another set is called %q, connections cannot tell them apart", name), p.Because(first, "the name stands here already"))
				continue
			}
			seen[name] = v
		}
	},
}
