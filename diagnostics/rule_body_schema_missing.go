package diagnostics

import "fmt"

var bodySchemaMissing = &Rule{
	Name: "body-schema-missing", Severity: Error, Upstream: []string{"BodyParameterSchemaRequired"},
	Check: func(p *Pass) {
		for v := range p.Objects("body parameter") {
			if lacks(v, "schema") {
				p.reportNamed(v, fmt.Sprintf("body parameter %q has no schema", v.Get("name").Text()),
					Suggest("Add a schema", v.Insert("schema", "{\n\t\"type\": \"object\"\n}")...))
			}
		}
	},
}
