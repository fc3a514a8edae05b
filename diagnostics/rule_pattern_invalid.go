package diagnostics

var patternInvalid = &Rule{
	Name: "pattern-invalid", Severity: Warning, Upstream: []string{"PatternShouldBeValidRegularExpression"},
	Check: func(p *Pass) {
		for _, v := range keywordsOf(p).patterns {
			pattern := v.Get("pattern")
			if problem := patternProblem(pattern.Text()); problem != "" && !pattern.Broken() {
				p.Report(pattern, "this is no regular expression: "+problem)
			}
		}
	},
}
