package diagnostics

var triggerDeleteMissing = &Rule{
	Name: "trigger-delete-missing", Severity: Information,
	Check: func(p *Pass) {
		var hook = -1
		for i, op := range p.Definition.Operations {
			if op.Method == "delete" {
				return
			}
			if hook < 0 && isWebhook(op) {
				hook = i
			}
		}
		if hook >= 0 {
			p.ReportKey(p.Definition.Operations[hook].Value, "no operation of this connector deletes anything: when a flow is switched off its webhook stays")
		}
	},
}
