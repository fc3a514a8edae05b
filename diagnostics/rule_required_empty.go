package diagnostics

import "fmt"

var requiredEmpty = &Rule{
	Name: "required-empty", Severity: Warning, Upstream: []string{"RequiredPropertyArrayEmpty", "ArrayDuplicateValue"},
	Check: func(p *Pass) {
		for _, v := range keywordsOf(p).required {
			required := v.Get("required")
			if !required.IsArray() || required.Broken() {
				continue
			}
			if required.Len() == 0 {
				p.ReportKey(required, `"required" lists no property`, Mend("Remove it", required.Remove()...))
				continue
			}
			seen := map[string]bool{}
			for r := range required.Children() {
				name, ok := r.Str()
				if ok && seen[name] {
					p.Report(r, fmt.Sprintf("property %q is listed already", name), Mend("Remove it", r.Remove()...))
				}
				seen[name] = seen[name] || ok
			}
		}
	},
}
