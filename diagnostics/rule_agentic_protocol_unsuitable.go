package diagnostics

import "fmt"

var agenticProtocolUnsuitable = &Rule{
	Name: "agentic-protocol-unsuitable", Severity: Warning,
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			if v := op.Value.Get("x-ms-agentic-protocol"); v.Exists() && op.Method != "post" {
				p.ReportKey(v, fmt.Sprintf("an agent reaches an MCP server with a POST, this is a %s", upper(op.Method)))
			}
		}
	},
}
