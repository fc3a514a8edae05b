package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var enumDuplicate = &Rule{
	Name: "enum-duplicate", Severity: Warning, Upstream: []string{"ArrayDuplicateValue"},
	Check: func(p *Pass) {
		for _, v := range keywordsOf(p).enums {
			enum := v.Get("enum")
			if !enum.IsArray() {
				continue
			}
			seen := map[string]jsondoc.Value{}
			for value := range enum.Children() {
				key := enumKey(value)
				first, ok := seen[key]
				if !ok {
					seen[key] = value
					continue
				}
				if !value.Broken() {
					p.Report(value, fmt.Sprintf("value %s is listed already", value.Raw()),
						p.Because(first, "the first one"), Mend("Remove it", value.Remove()...))
				}
			}
		}
	},
}

// enumKey is the same for values that are equal however they are written.
func enumKey(v jsondoc.Value) string {
	if s, ok := v.Str(); ok {
		return "s" + s
	}
	if f, ok := v.Number(); ok {
		return fmt.Sprint("n", f)
	}
	return v.Raw()
}
