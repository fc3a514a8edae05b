package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
)

// A warning and no error: the platform has templates that no page names, and published connectors use them.
var policyTemplateUnknown = &Rule{
	Name: "policy-template-unknown", Severity: Warning,
	Check: func(p *Pass) {
		known := templates()
		for q := range p.policies() {
			if q.Template != nil || !q.ID.IsString() || q.ID.Broken() {
				continue
			}
			id := q.ID.Text()
			message, options := fmt.Sprintf("unknown policy template %q", id), []Option{}
			near := spelling.Nearest(id, known)
			if len(near) > 0 {
				message += ", did you mean " + quoted(near, " or ") + "?"
			} else {
				message += ", the documented ones do not include it"
			}
			for _, n := range near {
				options = append(options, Suggest("Change to "+n, q.ID.Replace(jsondoc.Quote(n))...))
			}
			p.Report(q.ID, message, options...)
		}
	},
}
