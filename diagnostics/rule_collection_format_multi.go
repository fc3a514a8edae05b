package diagnostics

var collectionFormatMulti = &Rule{
	Name: "collection-format-multi", Severity: Error, Upstream: []string{"CollectionFormatValueNotSupported"},
	Check: func(p *Pass) {
		for _, v := range keywordsOf(p).multi {
			format := v.Get("collectionFormat")
			if name := objectName(p, v); format.Text() != "multi" || name != "query parameter" && name != "form parameter" {
				continue
			}
			p.Report(format, `connectors do not support the collection format "multi", expected "csv"`,
				Suggest("Change to csv", format.Replace(`"csv"`)...))
		}
	},
}
