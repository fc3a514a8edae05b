package diagnostics

import "fmt"

var parameterTypeMissing = &Rule{
	Name: "parameter-type-missing", Severity: Error, Upstream: []string{"OneOfPropertiesRequired"},
	Check: func(p *Pass) {
		for v := range p.Objects("query parameter", "path parameter", "header parameter", "form parameter") {
			// a schema in place of a type, as in OpenAPI 3, is an unknown key already
			if lacks(v, "type") && !v.Get("schema").Exists() {
				p.reportNamed(v, fmt.Sprintf("parameter %q has no type", v.Get("name").Text()),
					Suggest(`Add "type": "string"`, v.Insert("type", `"string"`)...))
			}
		}
	},
}
