package diagnostics

import (
	"fmt"

	"paconn-ls/internal/swagger"
)

var refWrongSection = &Rule{
	Name: "ref-wrong-section", Severity: Error,
	Upstream: []string{"SchemaReferenceNotValid", "ParameterReferenceNotValid", "ResponseReferenceNotValid"},
	Check: func(p *Pass) {
		for _, r := range referencesOf(p) {
			if r.section == "" || !r.target.Exists() || r.target.Parent() == p.Definition.Root.Get(r.section) {
				continue
			}
			section, _, direct := swagger.SplitRef(r.text)
			message := fmt.Sprintf("reference %q must name something directly under %q", r.text, "#/"+r.section+"/")
			if direct {
				message = fmt.Sprintf("reference %q points into %s, here %s are expected", r.text, section, r.section)
			}
			question, fixes := refSuggestions(p, r)
			p.Report(r.value, message+question, append(fixes, p.Because(r.target, "it points here"))...)
		}
	},
}
