package diagnostics

import "strings"

var openapi3 = &Rule{
	Name: "openapi-3", Severity: Error, Upstream: []string{"SpecificationVersionIncorrect"},
	Check: func(p *Pass) {
		f := p.Connector.Definition()
		if f == nil || !IsOpenAPI3(f) {
			return
		}
		v := f.Root().Get("openapi")
		if strings.HasPrefix(v.Text(), "2") {
			edits := append(v.Rename("swagger"), v.Replace(`"2.0"`)...)
			p.ReportKey(v, `the key of the version is "swagger"`, Suggest("Rename to swagger", edits...))
			return
		}
		p.ReportKey(v, "this is OpenAPI 3, which connectors do not take: it must be converted to Swagger 2.0")
	},
}
