package diagnostics

import (
	"fmt"
	"slices"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
)

var enumValuesMismatch = &Rule{
	Name: "enum-values-mismatch", Severity: Warning, Upstream: []string{"InvalidEnumValuesExtensionValue", "DuplicateEnumValuesInExtension"},
	Check: func(p *Pass) {
		for v := range p.Objects(slices.Concat(plainParameters, []string{"schema"})...) {
			texts := v.Get("x-ms-enum-values")
			if texts.IsArray() {
				checkEnumTexts(p, texts, v.Get("enum"))
			}
		}
	},
}

// checkEnumTexts reports texts for values that the enum does not have, or that have a text already.
func checkEnumTexts(p *Pass, texts, enum jsondoc.Value) {
	values, names := map[string]bool{}, []string{}
	for v := range enum.Children() {
		values[literal(v)] = true
		names = append(names, v.Text())
	}
	seen := map[string]jsondoc.Value{}
	for entry := range texts.Children() {
		v := entry.Get("value")
		if !v.Exists() || v.Broken() {
			continue
		}
		if first, ok := seen[literal(v)]; ok {
			p.Report(v, fmt.Sprintf("the value %s has a text already", v.Raw()), p.Because(first, "here"), Suggest("Remove this one", entry.Remove()...))
			continue
		}
		seen[literal(v)] = v
		if enum.IsArray() && !values[literal(v)] && !p.beyond(p.FileOf(v)) {
			var options []Option
			for _, n := range spelling.Nearest(v.Text(), names) {
				options = append(options, Suggest("Change to "+n, v.Replace(jsondoc.Quote(n))...))
			}
			options = append(options, Suggest("Add it to the enum", enum.Append(v.Raw())...), p.Because(enum, "the values are here"))
			p.Report(v, fmt.Sprintf("value %s is not one of the values in \"enum\"", v.Raw())+didYouMean(v.Text(), names), options...)
		}
	}
}

// literal returns a text that is the same for the same JSON value.
func literal(v jsondoc.Value) string {
	if s, ok := v.Str(); ok {
		return jsondoc.Quote(s)
	}
	return v.Raw()
}
