package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var defaultNotInEnum = &Rule{
	Name: "default-not-in-enum", Severity: Warning,
	Check: func(p *Pass) {
		for _, v := range keywordsOf(p).defaults {
			if _, want := misfit(p.Definition, v, v.Get("default")); want == "" {
				reportOutsideEnum(p, v, v.Get("default"))
			}
		}
	},
}

// reportOutsideEnum reports a default, or an element of one, that is not among the values of its schema. Values that are
// of the wrong type themselves are left to enum-type.
func reportOutsideEnum(p *Pass, schema, value jsondoc.Value) {
	if value.IsArray() {
		items := p.Definition.Deref(schema.Get("items"))
		for element := range value.Children() {
			if items.Get("enum").IsArray() {
				reportOutsideEnum(p, items, element)
			}
		}
	}
	enum := schema.Get("enum")
	if !enum.IsArray() || enum.Broken() || enum.Len() == 0 || value.Broken() || value.Kind() <= jsondoc.Null {
		return
	}
	var texts []string
	for e := range enum.Children() {
		if same(e, value) || e.Kind() != value.Kind() && e.Kind() != jsondoc.Null {
			return
		}
		if s, ok := e.Str(); ok {
			texts = append(texts, s)
		}
	}
	near := nearest(value.Text(), texts)
	p.Report(value, fmt.Sprintf("default %s is not one of the values in \"enum\"%s", value.Raw(), didYouMean(value.Text(), texts)),
		append(replacements(value, near), p.Because(enum, "the values"))...)
}
