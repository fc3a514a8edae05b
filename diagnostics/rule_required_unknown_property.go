package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
)

var requiredUnknownProperty = &Rule{
	Name: "required-unknown-property", Severity: Error, Upstream: []string{"RequiredPropertyDefinitionMissing"},
	Check: func(p *Pass) {
		var partial map[int]bool
		known := map[int]map[string]bool{} // the properties of each whole schema, nil for a free one
		for _, v := range keywordsOf(p).required {
			required := v.Get("required")
			if !required.IsArray() || required.Len() == 0 || v.Broken() {
				continue
			}
			if partial == nil {
				partial = partsOfOthers(p)
			}
			whole := composing(v)
			names, ok := known[whole.ID()]
			if !ok && !partial[whole.ID()] && !p.Definition.Free(whole) {
				names = map[string]bool{}
				for property := range p.Definition.Properties(whole) {
					names[property.Key()] = true
				}
			}
			known[whole.ID()] = names
			if names != nil {
				reportUnknownRequired(p, whole, required, names)
			}
		}
	},
}

// partsOfOthers returns the ids of the schemas that others refer to in allOf: those others may define what they require.
func partsOfOthers(p *Pass) map[int]bool {
	out := map[int]bool{-1: true}
	for _, r := range referencesOf(p) {
		if r.value.Parent().Parent().Key() == "allOf" {
			out[r.target.ID()] = true
		}
	}
	return out
}

// composing returns the outermost schema that v is a part of through allOf, v itself when it is none.
func composing(v jsondoc.Value) jsondoc.Value {
	for list := v.Parent(); list.IsArray() && list.Key() == "allOf"; list = v.Parent() {
		v = list.Parent()
	}
	return v
}

func reportUnknownRequired(p *Pass, schema, required jsondoc.Value, names map[string]bool) {
	for r := range required.Children() {
		name, ok := r.Str()
		if !ok || r.Broken() || names[name] || p.beyond(p.FileOf(r)) {
			continue
		}
		var candidates []string
		for property := range p.Definition.Properties(schema) {
			candidates = append(candidates, property.Key())
		}
		options := replacements(r, spelling.Nearest(name, candidates))
		p.Report(r, fmt.Sprintf("required property %q is not among the properties%s", name, didYouMean(name, candidates)),
			append(options, Suggest("Remove it", r.Remove()...))...)
	}
}
