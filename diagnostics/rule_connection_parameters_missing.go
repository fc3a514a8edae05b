package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var connectionParametersMissing = &Rule{
	Name: "connection-parameters-missing", Severity: Warning,
	Check: func(p *Pass) {
		security := firstSecurity(p)
		if !security.Exists() || !p.Properties.IsObject() || !p.whole(p.Properties) {
			return
		}
		for range p.connectionParameters() {
			return
		}
		at := p.Properties.Get("connectionParameters")
		if at.Exists() && !at.IsObject() || p.Properties.Get("connectionParameterSets").Len() > 0 {
			return // broken otherwise
		}
		if !at.Exists() {
			at = p.Properties
		}
		p.ReportKey(at, fmt.Sprintf("the definition asks for %q, but there is no connection parameter for it", security.Get("type").Text()),
			p.Because(security, "the security that calls need"), addParameters(p, security))
	},
}

// addParameters suggests the connection parameters that a security definition needs.
func addParameters(p *Pass, security jsondoc.Value) Option {
	text := parametersFor(security)
	list := p.Properties.Get("connectionParameters")
	switch {
	case text == "":
		return Suggest("Add connection parameters")
	case list.Exists():
		return Suggest("Add connection parameters", list.Replace(text)...)
	}
	return Suggest("Add connection parameters", p.Properties.Insert("connectionParameters", text)...)
}
