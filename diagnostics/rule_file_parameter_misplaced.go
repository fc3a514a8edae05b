package diagnostics

import "fmt"

var fileParameterMisplaced = &Rule{
	Name: "file-parameter-misplaced", Severity: Error, Upstream: []string{"FileParameterMustBeInFormData"},
	Check: func(p *Pass) {
		for _, v := range keywordsOf(p).files {
			switch objectName(p, v) {
			case "query parameter", "path parameter", "header parameter":
				in := v.Get("in")
				p.Report(v.Get("type"), fmt.Sprintf("a file cannot travel in %q, only in \"formData\"", in.Text()),
					Suggest("Put the parameter in formData", in.Replace(`"formData"`)...), p.Because(in, "where it travels"))
			}
		}
	},
}
