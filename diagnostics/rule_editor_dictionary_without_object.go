package diagnostics

import "paconn-ls/internal/jsondoc"

var editorDictionaryWithoutObject = &Rule{
	Name: "editor-dictionary-without-object", Severity: Warning, Upstream: []string{"InvalidCustomEditorExtensionDictionaryValue"},
	Check: func(p *Pass) {
		for v := range p.Objects("schema") {
			editor := v.Get("x-ms-editor")
			if editor.Text() != "dictionary" {
				continue
			}
			switch kind, more := v.Get("type"), v.Get("additionalProperties"); {
			case kind.IsString() && kind.Text() != "object":
				p.Report(editor, "the dictionary editor is for an object, this is of another type", p.Because(kind, "the type"))
			case more.Kind() == jsondoc.False:
				p.Report(editor, "the dictionary editor needs additionalProperties, which are forbidden here", p.Because(more, "forbidden here"),
					Suggest("Allow additional properties", more.Replace("true")...))
			}
		}
	},
}
