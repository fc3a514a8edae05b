package diagnostics

var scriptWithGateway = &Rule{
	Name: "script-with-gateway", Severity: Warning,
	Check: func(p *Pass) {
		if p.Connector.Script() == nil {
			return
		}
		for v := range p.connectionParameters() {
			if t := v.Get("type"); t.Text() == "gatewaySetting" {
				p.Report(t, "connections through the on-premises gateway do not run the script of a connector")
			}
		}
	},
}
