package diagnostics

var typeNull = &Rule{
	Name: "type-null", Severity: Warning,
	Check: func(p *Pass) {
		for _, v := range keywordsOf(p).nulls {
			if objectName(p, v) != "schema" {
				continue
			}
			typ := v.Get("type")
			edits := typ.Replace(`"string"`)
			if lacks(v, "x-nullable") {
				edits = append(edits, v.Insert("x-nullable", "true")...)
			}
			p.Report(typ, `Swagger 2.0 has no type "null", expected the type of the value and "x-nullable": true`,
				Suggest("Change to a string that may be null", edits...))
		}
	},
}
