package diagnostics

import "fmt"

var oauthFlowUnsupported = &Rule{
	Name: "oauth-flow-unsupported", Severity: Warning,
	Check: func(p *Pass) {
		for v := range p.Objects("implicit security definition", "password security definition", "client credentials security definition") {
			flow := v.Get("flow")
			var options []Option
			if v.Get("authorizationUrl").Exists() && v.Get("tokenUrl").Exists() {
				options = append(options, Suggest("Change to accessCode", flow.Replace(`"accessCode"`)...))
			}
			p.Report(flow, fmt.Sprintf("connectors do not support the OAuth 2.0 flow %q, only \"accessCode\"", flow.Text()), options...)
		}
	},
}
