package diagnostics

import "paconn-ls/internal/swagger"

var bodyWithFormData = &Rule{
	Name: "body-with-form-data", Severity: Error, Upstream: []string{"ParameterListContainsFormDataAndBody"},
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			var body, form []swagger.Parameter
			for _, param := range op.Parameters() {
				switch param.In {
				case "body":
					body = append(body, param)
				case "formData":
					form = append(form, param)
				}
			}
			if len(body) == 0 || len(form) == 0 {
				continue
			}
			// the odd one out is taken for the wrong one
			wrong, other := form[0], body[0]
			if len(form) > len(body) {
				wrong, other = body[0], form[0]
			}
			p.Report(at(wrong, "in"), `an operation takes either a parameter in "body" or parameters in "formData", not both`,
				p.Because(at(other, "in"), "the other kind of parameter"))
		}
	},
}
