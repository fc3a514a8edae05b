package diagnostics

import (
	"fmt"
	"strings"
)

var swaggerVersion = &Rule{
	Name: "swagger-version", Severity: Error, Upstream: []string{"SpecificationVersionIncorrect"},
	Check: func(p *Pass) {
		v := p.Definition.Root.Get("swagger")
		version, ok := v.Str()
		if !ok || v.Broken() || version == "2.0" {
			return
		}
		if strings.HasPrefix(version, "3") {
			p.Report(v, fmt.Sprintf("connectors are written in Swagger 2.0, version %q is OpenAPI 3", version))
			return
		}
		p.Report(v, fmt.Sprintf("unknown version %q, expected \"2.0\"", version), Suggest("Change to 2.0", v.Replace(`"2.0"`)...))
	},
}
