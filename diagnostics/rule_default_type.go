package diagnostics

import "fmt"

var defaultType = &Rule{
	Name: "default-type", Severity: Warning, Upstream: []string{"DefaultValueMustMatchType"},
	Check: func(p *Pass) {
		for _, v := range keywordsOf(p).defaults {
			value := v.Get("default")
			part, want := misfit(p.Definition, v, value)
			if want == "" {
				continue
			}
			options := []Option{}
			if text, ok := converted(part, want); ok {
				options = append(options, Mend("Write "+text, part.Replace(text)...))
			} else if part == value {
				options = append(options, Suggest("Remove the default", value.Remove()...))
			}
			p.Report(part, fmt.Sprintf("default is %s, but the type is %q", part.Kind(), want), options...)
		}
	},
}
