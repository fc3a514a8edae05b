package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var pathParameterOptional = &Rule{
	Name: "path-parameter-optional", Severity: Error, Upstream: []string{"PathParameterMustBeRequired"},
	Check: func(p *Pass) {
		for v := range p.Objects("path parameter") {
			message := fmt.Sprintf("path parameter %q must have \"required\": true", v.Get("name").Text())
			switch required := v.Get("required"); {
			case lacks(v, "required"):
				p.reportNamed(v, message, Mend(`Add "required": true`, v.Insert("required", "true")...))
			case required.Kind() == jsondoc.False:
				p.Report(required, message, Mend("Change to true", required.Replace("true")...))
			}
		}
	},
}
