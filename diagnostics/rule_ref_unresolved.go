package diagnostics

import (
	"fmt"
	"strings"
)

var refUnresolved = &Rule{
	Name: "ref-unresolved", Severity: Error,
	Upstream: []string{"SchemaReferenceNotFound", "ParameterReferenceNotFound", "ResponseReferenceNotFound"},
	Check: func(p *Pass) {
		for _, r := range referencesOf(p) {
			if r.section == "" || !strings.HasPrefix(r.text, "#/") || r.target.Exists() {
				continue
			}
			question, fixes := refSuggestions(p, r)
			p.Report(r.value, fmt.Sprintf("reference %q leads nowhere%s", r.text, question), fixes...)
		}
	},
}
