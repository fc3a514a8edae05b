package diagnostics

var pathTemplateInvalid = &Rule{
	Name: "path-template-invalid", Severity: Error,
	Upstream: []string{"OperationPathTemplateNotValid", "OperationPathVariablesContainDefaults"},
	Check: func(p *Pass) {
		for _, item := range p.Definition.Paths {
			if list, problem := pathVariables(item.Path); problem != "" {
				wrong := list[len(list)-1]
				p.ReportSpan(p.FileOf(item.Value), keyPart(item.Value, wrong.start, wrong.end), problem)
			}
		}
	},
}
