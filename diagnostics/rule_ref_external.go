package diagnostics

import (
	"fmt"
	"strings"
)

var refExternal = &Rule{
	Name: "ref-external", Severity: Error, Upstream: []string{"JsonPointerNotValid"},
	Check: func(p *Pass) {
		for _, r := range referencesOf(p) {
			if r.section == "" || r.text == "#" || strings.HasPrefix(r.text, "#/") {
				continue
			}
			question, fixes := refSuggestions(p, r)
			if question == "" {
				question = fmt.Sprintf(", a reference begins with %q", "#/"+r.section+"/")
			}
			p.Report(r.value, fmt.Sprintf("reference %q does not stay in this file%s", r.text, question), fixes...)
		}
	},
}
