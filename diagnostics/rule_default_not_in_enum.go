package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
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
		of := choicesOf(p.Definition.Deref(schema.Get("items")))
		for element := range value.Children() {
			of.report(p, element)
		}
	}
	choicesOf(schema).report(p, value)
}

// choices are the values of an enum.
type choices struct {
	enum  jsondoc.Value
	keys  map[string]bool // see enumKey; nil when there is no enum
	kinds map[jsondoc.Kind]bool
}

func choicesOf(schema jsondoc.Value) choices {
	c := choices{enum: schema.Get("enum")}
	if !c.enum.IsArray() || c.enum.Broken() {
		return c
	}
	for e := range c.enum.Children() {
		if c.keys == nil {
			c.keys, c.kinds = map[string]bool{}, map[jsondoc.Kind]bool{}
		}
		c.keys[enumKey(e)] = true
		if e.Kind() != jsondoc.Null {
			c.kinds[e.Kind()] = true
		}
	}
	return c
}

// report reports a value that is none of the choices, where all of them are of its kind.
func (c choices) report(p *Pass, value jsondoc.Value) {
	if c.keys == nil || value.Broken() || value.Kind() <= jsondoc.Null || c.keys[enumKey(value)] {
		return
	}
	if len(c.kinds) > 1 || len(c.kinds) == 1 && !c.kinds[value.Kind()] || p.beyond(p.FileOf(value)) {
		return
	}
	var texts []string
	for e := range c.enum.Children() {
		if s, ok := e.Str(); ok {
			texts = append(texts, s)
		}
	}
	p.Report(value, fmt.Sprintf("default %s is not one of the values in \"enum\"%s", value.Raw(), didYouMean(value.Text(), texts)),
		append(replacements(value, spelling.Nearest(value.Text(), texts)), p.Because(c.enum, "the values"))...)
}
