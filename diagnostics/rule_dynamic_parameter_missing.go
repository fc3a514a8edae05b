package diagnostics

import (
	"fmt"
	"slices"

	"paconn-ls/internal/swagger"
)

var dynamicParameterMissing = &Rule{
	Name: "dynamic-parameter-missing", Severity: Error, Upstream: []string{"OperationMissingRequiredProperty"},
	Check: func(p *Pass) {
		needs, budget := map[*swagger.Operation][]swagger.Parameter{}, maxSchemas
		for _, call := range dynamicCallsOf(p) {
			if call.target == nil || len(p.Definition.WithID(call.target.ID)) > 1 {
				continue
			}
			list, ok := needs[call.target]
			if !ok {
				list = slices.DeleteFunc(slices.Clone(call.target.Parameters()), func(parameter swagger.Parameter) bool { return !needed(parameter) })
				needs[call.target] = list
			}
			if budget -= len(list); len(list) == 0 || budget < 0 {
				continue // beyond any real definition nothing is said
			}
			reportMissingArguments(p, call, list)
		}
	},
}

// reportMissingArguments reports what a call does not give of what its target needs: one diagnostic for one call.
func reportMissingArguments(p *Pass, call dynamicCall, needs []swagger.Parameter) {
	given := keysOf(call.value.Get("parameters"))
	var names []string
	var reasons []Option
	for _, parameter := range needs {
		if !given[parameter.Name] {
			if names == nil && p.beyond(p.FileOf(call.value)) {
				return
			}
			names = append(names, parameter.Name)
			reasons = append(reasons, p.Because(parameter.Value.Get("name"), "it is required and has no default"))
		}
	}
	if names == nil {
		return
	}
	noun := "parameter"
	if len(names) > 1 {
		noun += "s"
	}
	p.ReportKey(call.value, fmt.Sprintf("operation %q needs the %s %s", call.target.ID, noun, quoted(names, " and ")), reasons[:min(len(reasons), 8)]...)
}

// needed reports whether a call must give the parameter: it is required, has no default and the platform does not fill
// it in. Bodies are left out: their parts may be given one by one.
func needed(p swagger.Parameter) bool {
	return p.Name != "" && p.In != "body" && p.Required() && !p.Value.Get("default").Exists() && !isInternal(p.Value)
}
