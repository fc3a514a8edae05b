package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var policyTemplateCase = &Rule{
	Name: "policy-template-case", Severity: Hint,
	Check: func(p *Pass) {
		for q := range p.policies() {
			if name := q.name(); q.Template != nil && q.ID.Text() != name {
				p.Report(q.ID, fmt.Sprintf("policy template %q is usually spelt %q", q.ID.Text(), name),
					Mend("Change to "+name, q.ID.Replace(jsondoc.Quote(name))...))
			}
		}
	},
}
