package diagnostics

import (
	"fmt"

	"paconn-ls/internal/swagger"
)

var parameterDuplicate = &Rule{
	Name: "parameter-duplicate", Severity: Error,
	Upstream: []string{"OperationParametersContainDuplicateParameter", "OperationParametersAreNotUnique", "PathParametersContainDuplicateParameter"},
	Check: func(p *Pass) {
		for _, item := range p.Definition.Paths {
			reportDuplicateParameters(p, item.Parameters())
			for _, op := range item.Operations {
				reportDuplicateParameters(p, op.Own())
			}
		}
	},
}

// reportDuplicateParameters looks through one list. Lists are short, but a broken file may hold any number.
func reportDuplicateParameters(p *Pass, list []swagger.Parameter) {
	if len(list) < 2 {
		return
	}
	type key struct{ name, in string }
	seen := make(map[key]swagger.Parameter, len(list))
	for _, param := range list {
		k := key{param.Name, param.In}
		if k.name == "" || k.in == "" || k.in == "body" {
			continue
		}
		if first, ok := seen[k]; ok {
			p.Report(at(param, "name"), fmt.Sprintf("parameter %q in %q is there already", k.name, k.in),
				p.Because(at(first, "name"), "the first one"), Suggest("Remove the parameter", param.Entry.Remove()...))
			continue
		}
		seen[k] = param
	}
}
