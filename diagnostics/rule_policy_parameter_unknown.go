package diagnostics

import (
	"fmt"
	"slices"
	"strings"

	"paconn-ls/internal/jsondoc"
)

// An error where the key is a required parameter misspelt, since the policy then lacks that; a warning otherwise.
var policyParameterUnknown = &Rule{
	Name: "policy-parameter-unknown", Severity: Error,
	Check: func(p *Pass) {
		for q := range p.policies() {
			if q.Template == nil {
				continue
			}
			for v := range q.Parameters.Children() {
				if key := v.Key(); !v.Broken() && q.Template.Key(key) == nil {
					reportUnknownParameter(p, q, v)
				}
			}
		}
	},
}

func reportUnknownParameter(p *Pass, q policy, v jsondoc.Value) {
	if p.beyond(p.FileOf(v)) {
		return
	}
	key := v.Key()
	near := slices.DeleteFunc(parameterNear(key, q.Template), func(n string) bool { return q.Parameters.Get(n).Exists() })
	message, options := fmt.Sprintf("unknown parameter %q of the policy %q", key, q.name()), []Option{}
	if len(near) > 0 {
		message += ", did you mean " + quoted(near, " or ") + "?"
	}
	for _, n := range near {
		options = append(options, Suggest("Rename to "+n, v.Rename(n)...))
	}
	if len(near) == 0 {
		if names := parameterNames(q); len(names) > 0 {
			message += ", its parameters are " + quoted(names, " and ")
		}
		options = append(options, Suggest("Remove it", v.Remove()...))
	}
	if len(near) == 0 || !q.Template.Key(near[0]).Required {
		options = append(options, AtMost(Warning))
	}
	p.ReportKey(v, message, options...)
}

// parameterNames lists the parameters that are particular to the policy's template.
func parameterNames(q policy) []string {
	var names []string
	for i := range q.Template.Keys {
		if name := q.Template.Keys[i].Name; strings.HasPrefix(name, policyParameter) {
			names = append(names, name)
		}
	}
	return names
}
