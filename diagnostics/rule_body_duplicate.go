package diagnostics

import (
	"fmt"

	"paconn-ls/internal/swagger"
)

var bodyDuplicate = &Rule{
	Name: "body-duplicate", Severity: Error,
	Upstream: []string{"OperationParametersContainMultipleBodyParameters", "PathParametersContainMultipleBodyParameters"},
	Check: func(p *Pass) {
		for _, item := range p.Definition.Paths {
			common := reportSecondBody(p, item.Parameters(), swagger.Parameter{})
			for _, op := range item.Operations {
				own := op.Own()
				inherited := common
				if len(own) == len(op.Parameters()) || overrides(own, common) {
					inherited = swagger.Parameter{}
				}
				reportSecondBody(p, own, inherited)
			}
		}
	},
}

// reportSecondBody reports every body parameter of a list after the first, and returns the first. Before the list there
// may be one that the path gives.
func reportSecondBody(p *Pass, list []swagger.Parameter, first swagger.Parameter) swagger.Parameter {
	for _, param := range list {
		switch {
		case param.In != "body":
		case !first.Entry.Exists():
			first = param
		default:
			p.Report(at(param, "name"), fmt.Sprintf("body parameter %q is one too many, a request has one body", param.Name),
				p.Because(at(first, "name"), "the first body parameter"), Suggest("Remove the parameter", param.Entry.Remove()...))
		}
	}
	return first
}

func overrides(own []swagger.Parameter, common swagger.Parameter) bool {
	for _, param := range own {
		if param.In == common.In && param.Name == common.Name {
			return true
		}
	}
	return false
}
