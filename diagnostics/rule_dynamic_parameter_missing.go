package diagnostics

import (
	"fmt"

	"paconn-ls/internal/swagger"
)

var dynamicParameterMissing = &Rule{
	Name: "dynamic-parameter-missing", Severity: Error, Upstream: []string{"OperationMissingRequiredProperty"},
	Check: func(p *Pass) {
		for _, call := range dynamicCallsOf(p) {
			if call.target == nil || len(p.Definition.WithID(call.target.ID)) > 1 {
				continue
			}
			for _, parameter := range call.target.Parameters() {
				if !needed(parameter) || call.value.Path("parameters", parameter.Name).Exists() {
					continue
				}
				p.ReportKey(call.value, fmt.Sprintf("operation %q needs the parameter %q", call.target.ID, parameter.Name),
					p.Because(parameter.Value.Get("name"), "it is required and has no default"))
			}
		}
	},
}

// needed reports whether a call must give the parameter: it is required, has no default and the platform does not fill
// it in. Bodies are left out: their parts may be given one by one.
func needed(p swagger.Parameter) bool {
	return p.Name != "" && p.In != "body" && p.Required() && !p.Value.Get("default").Exists() && !isInternal(p.Value)
}
