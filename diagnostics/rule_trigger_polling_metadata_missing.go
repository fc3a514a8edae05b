package diagnostics

var triggerPollingMetadataMissing = &Rule{
	Name: "trigger-polling-metadata-missing", Severity: Information,
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			v := op.Value.Get("x-ms-trigger")
			if op.Method != "get" || !v.Exists() || op.Value.GetFold("x-ms-trigger-metadata").Exists() {
				continue
			}
			p.ReportKey(v, `a polling trigger has "x-ms-trigger-metadata" too`,
				Suggest("Add x-ms-trigger-metadata", op.Value.Insert("x-ms-trigger-metadata", "{\n\t\"kind\": \"query\",\n\t\"mode\": \"polling\"\n}")...))
		}
	},
}
