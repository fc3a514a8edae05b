package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

var enumType = &Rule{
	Name: "enum-type", Severity: Warning, Upstream: []string{"InvalidEnumValue"},
	Check: func(p *Pass) {
		for _, v := range keywordsOf(p).enums {
			enum := v.Get("enum")
			if !enum.IsArray() {
				continue
			}
			var wrong []jsondoc.Value
			want := ""
			for value := range enum.Children() {
				if part, typ := misfit(p.Definition, v, value); typ != "" {
					wrong, want = append(wrong, part), typ
				}
			}
			if len(wrong) == 0 {
				continue
			}
			message := fmt.Sprintf("value is %s, but the type is %q", wrong[0].Kind(), want)
			if len(wrong) > 1 {
				message += fmt.Sprintf(" (and %s more)", plural(len(wrong)-1, "value"))
			}
			p.Report(wrong[0], message, p.Because(v.Get("type"), "the type"), convertAll(wrong, want))
		}
	},
}

// convertAll offers to write all values as the type, when all can be.
func convertAll(values []jsondoc.Value, typ string) Option {
	var edits []source.Edit
	for _, v := range values {
		text, ok := converted(v, typ)
		if !ok {
			return func(*Diagnostic) {}
		}
		edits = append(edits, v.Replace(text)...)
	}
	return Suggest("Write "+plural(len(values), "value")+" as "+typ, edits...)
}
