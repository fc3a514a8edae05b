package diagnostics

var enumEmpty = &Rule{
	Name: "enum-empty", Severity: Error, Upstream: []string{"EnumMustContainAtLeastOneElement"},
	Check: func(p *Pass) {
		for _, v := range keywordsOf(p).enums {
			if enum := v.Get("enum"); enum.IsArray() && !enum.Broken() && enum.Len() == 0 {
				p.ReportKey(enum, "no value is allowed: \"enum\" must list at least one", Suggest("Remove it", enum.Remove()...))
			}
		}
	},
}
