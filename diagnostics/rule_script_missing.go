package diagnostics

import "paconn-ls/internal/connector"

// A warning and no error: scripts of published connectors are not always kept beside them.
var scriptMissing = &Rule{
	Name: "script-missing", Severity: Warning,
	Check: func(p *Pass) {
		v := p.Properties.Get("scriptOperations")
		if !v.IsArray() || v.Len() == 0 || p.Connector.Script() != nil {
			return
		}
		if _, elsewhere := p.Connector.Missing(connector.Script); elsewhere {
			return // the path in settings.json is the mistake
		}
		p.ReportKey(v, "operations run through a script, but there is no "+connector.ScriptName)
	},
}
