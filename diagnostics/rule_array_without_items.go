package diagnostics

var arrayWithoutItems = &Rule{
	Name: "array-without-items", Severity: Error, Upstream: []string{"ArrayHasNoItems"},
	Check: func(p *Pass) {
		for _, v := range keywordsOf(p).arrays {
			if !lacks(v, "items") {
				continue
			}
			options := []Option{Suggest("Add items of type string", v.Insert("items", "{\n\t\"type\": \"string\"\n}")...)}
			if objectName(p, v) == "schema" {
				if !lacks(v, "allOf") || !lacks(v, "x-ms-dynamic-schema") || !lacks(v, "x-ms-dynamic-properties") {
					continue // they may say what the elements are
				}
				options = append(options, AtMost(Warning))
			}
			p.reportNamed(v, "an array needs \"items\" to say what its elements are", options...)
		}
	},
}
