package diagnostics

var urlEncodingMissing = &Rule{
	Name: "url-encoding-missing", Severity: Hint, Certify: Information, Upstream: []string{"PathParameterMissingEncoding"},
	Check: func(p *Pass) {
		for v := range p.Objects("path parameter") {
			if name := v.Get("name"); name.IsString() && !v.Broken() && !v.Get("x-ms-url-encoding").Exists() && !inNotification(v) {
				p.Report(name, `a path parameter should say how it is encoded: "x-ms-url-encoding": "single", or "double" for values with "/" and the like`,
					Mend("Add x-ms-url-encoding", v.Insert("x-ms-url-encoding", `"single"`)...))
			}
		}
	},
}
