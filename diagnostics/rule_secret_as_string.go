package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
)

var secretAsString = &Rule{
	Name: "secret-as-string", Severity: Warning,
	Check: func(p *Pass) {
		for v := range p.connectionParameters() {
			name := v.Key()
			if v.Broken() || !isSecretName(name[strings.IndexByte(name, ':')+1:]) {
				continue
			}
			kind, clear := v.Get("type"), v.Get("uiDefinition").Get("constraints").Get("clearText")
			switch {
			case kind.Text() == "string" && !kind.Broken():
				p.Report(kind, fmt.Sprintf(`%q is named like a secret but everyone may read it, did you mean "securestring"?`, name),
					Suggest("Change to securestring", kind.Replace(jsondoc.Quote("securestring"))...))
			case kind.Text() == "securestring" && clear.IsTrue():
				// Published connectors have this; it shows the secret to who looks over a shoulder, and to no one else.
				p.Report(clear, fmt.Sprintf("%q is shown while it is typed", name), AtMost(Information),
					Suggest("Change to false", clear.Replace("false")...))
			}
		}
	},
}
