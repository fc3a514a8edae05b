package diagnostics

import "fmt"

// A warning and no error: nothing but the test fails, and a policy or a script may give what the call lacks.
var testConnectionUnsuitable = &Rule{
	Name: "test-connection-unsuitable", Severity: Warning,
	Check: func(p *Pass) {
		for test := range p.Objects("connection test") {
			id := test.Get("operationId")
			target := p.Definition.Operation(id.Text())
			if target == nil || test.Broken() {
				continue
			}
			if target.Method != "get" {
				p.Report(id, fmt.Sprintf("a connection can be tested with a GET only, %q is a %s", target.ID, upper(target.Method)), p.Because(target.Value, "it is here"))
				continue
			}
			for _, parameter := range target.Parameters() {
				if needed(parameter) && !test.Path("parameters", parameter.Name).Exists() {
					p.Report(id, fmt.Sprintf("operation %q needs the parameter %q, the test must give it a fixed value", target.ID, parameter.Name),
						p.Because(parameter.Value.Get("name"), "it is required and has no default"))
				}
			}
		}
	},
}
