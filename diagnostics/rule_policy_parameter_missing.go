package diagnostics

import (
	"fmt"

	"paconn-ls/internal/dialect"
	"paconn-ls/internal/jsondoc"
)

var policyParameterMissing = &Rule{
	Name: "policy-parameter-missing", Severity: Error,
	Check: func(p *Pass) {
		for q := range p.policies() {
			if q.Template == nil || !q.Parameters.IsObject() || q.Parameters.Broken() {
				continue
			}
			misspelt := misspeltParameters(q)
			for i := range q.Template.Keys {
				k := &q.Template.Keys[i]
				if !k.Required || q.Parameters.Get(k.Name).Exists() || misspelt[k.Name] {
					continue
				}
				p.ReportKey(q.Parameters, fmt.Sprintf("missing parameter %q of the policy %q", k.Name, q.name()),
					Suggest("Add "+shortParameter(k.Name), q.Parameters.Insert(k.Name, startValue(k))...))
			}
		}
	},
}

// misspeltParameters are the parameters of the template that an unknown key of the policy is most likely meant to be:
// the rule for unknown keys reports those.
func misspeltParameters(q policy) map[string]bool {
	out := map[string]bool{}
	for v := range q.Parameters.Children() {
		if q.Template.Key(v.Key()) != nil {
			continue
		}
		if near := parameterNear(v.Key(), q.Template); len(near) > 0 {
			out[near[0]] = true
		}
	}
	return out
}

// startValue is what a parameter that is added holds: something of the right kind to write over.
func startValue(k *dialect.Key) string {
	if k.Kinds&dialect.Mapping != 0 {
		return "{}"
	}
	if k.Kinds&dialect.Integer != 0 {
		return "401" // the only parameter that is a number is a status
	}
	return jsondoc.Quote("")
}
