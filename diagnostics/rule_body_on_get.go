package diagnostics

import (
	"fmt"
	"strings"
)

var bodyOnGet = &Rule{
	Name: "body-on-get", Severity: Warning, Upstream: []string{"BodyOrFormDataParameterInFetchOperationNotAllowed"},
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			if op.Method != "get" && op.Method != "head" && op.Method != "delete" {
				continue
			}
			for _, param := range op.Parameters() {
				if param.In != "body" && param.In != "formData" {
					continue
				}
				options, message := []Option{p.Because(op.Value, "the operation")}, "a %s request has no body, the parameter %q is not sent"
				if op.Method == "delete" {
					options, message = append(options, AtMost(Hint)), "many services and proxies drop the body of a %s request, the parameter %q may not arrive"
				}
				p.Report(at(param, "in"), fmt.Sprintf(message, strings.ToUpper(op.Method), param.Name), options...)
				break
			}
		}
	},
}
