package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
)

var schemeUnsupported = &Rule{
	Name: "scheme-unsupported", Severity: Error, Upstream: []string{"SchemeNotSupported"},
	Check: func(p *Pass) {
		checkSchemes(p, p.Definition.Root.Get("schemes"))
		for _, op := range p.Definition.Operations {
			checkSchemes(p, op.Value.Get("schemes"))
		}
	},
}

func checkSchemes(p *Pass, schemes jsondoc.Value) {
	for v := range schemes.Children() {
		scheme := v.Text()
		if scheme != "http" && scheme != "ws" && scheme != "wss" || v.Broken() || p.beyond(p.FileOf(v)) {
			continue
		}
		fix := Suggest("Change to https", v.Replace(`"https"`)...)
		if strings.Contains(schemes.Raw(), `"https"`) {
			fix = Suggest("Remove it", v.Remove()...)
		}
		if scheme == "http" {
			p.Report(v, `"http" sends data unencrypted, expected "https"`, AtMost(Information), fix)
			continue
		}
		p.Report(v, fmt.Sprintf("connectors do not support the scheme %q, expected \"https\"", scheme), fix)
	}
}
