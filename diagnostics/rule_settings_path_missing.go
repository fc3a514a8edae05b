package diagnostics

import (
	"fmt"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
)

var settingsPathMissing = &Rule{
	Name: "settings-path-missing", Severity: Warning,
	Check: func(p *Pass) {
		for _, key := range []string{"apiDefinition", "apiProperties", "icon", "script"} {
			v := p.Settings.Get(key)
			role, _ := connector.RedirectOf(key)
			if _, missing := p.Connector.Missing(role); !missing || v.Broken() {
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
