package diagnostics

import (
	"fmt"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
)

var settingsPathMissing = &Rule{
	Name: "settings-path-missing", Severity: Warning,
	Check: func(p *Pass) {
		for v := range p.Settings.Children() {
			role, ok := connector.RedirectOf(v.Key())
			if !ok || v.Broken() || v != p.Settings.Get(v.Key()) {
				continue
			}
			if _, missing := p.Connector.Missing(role); !missing {
				continue
			}
			message, options := fmt.Sprintf("there is no file %q", v.Text()), []Option{}
			if f := p.Connector.Part(role); f != nil {
				name := fileName(f)
				message += fmt.Sprintf(", did you mean %q?", name)
				options = append(options, Suggest("Change to "+name, v.Replace(jsondoc.Quote(name))...))
			}
			p.Report(v, message, options...)
		}
	},
}
