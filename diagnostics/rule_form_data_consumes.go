package diagnostics

import (
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/swagger"
)

var formDataConsumes = &Rule{
	Name: "form-data-consumes", Severity: Warning, Upstream: []string{"ConsumesMissing", "MimeTypeNotCompatibleWithRequestContentSchemaType"},
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			form, file := formOf(op)
			if !form {
				continue
			}
			own := op.Value.Get("consumes")
			consumes := own
			if !own.Exists() {
				consumes = p.Definition.Root.Get("consumes")
			}
			if consumes.Exists() && !consumes.IsArray() || sendsForm(consumes, file) {
				continue
			}
			want := `["multipart/form-data"]`
			message := `an operation with parameters in "formData" consumes "multipart/form-data" or "application/x-www-form-urlencoded"`
			if file {
				message = `an operation with a file consumes "multipart/form-data"`
			}
			if own.Exists() {
				p.ReportKey(own, message, Suggest("Change to "+want, own.Replace(want)...))
				continue
			}
			p.ReportKey(op.Value, message, Suggest(`Add "consumes": `+want, op.Value.Insert("consumes", want)...))
		}
	},
}

// formOf reports whether an operation sends a form, and whether there is a file in it. One that has a body too is left
// to body-with-form-data.
func formOf(op *swagger.Operation) (form, file bool) {
	for _, param := range op.Parameters() {
		switch param.In {
		case "body":
			return false, false
		case "formData":
			form = true
			file = file || param.Value.Get("type").Text() == "file"
		}
	}
	return form, file
}

func sendsForm(consumes jsondoc.Value, file bool) bool {
	for m := range consumes.Children() {
		kind := strings.ToLower(strings.TrimSpace(m.Text()))
		if strings.HasPrefix(kind, "multipart/") || !file && strings.HasPrefix(kind, "application/x-www-form-urlencoded") {
			return true
		}
	}
	return false
}
