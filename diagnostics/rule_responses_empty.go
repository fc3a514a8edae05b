package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var responsesEmpty = &Rule{
	Name: "responses-empty", Severity: Warning, Upstream: []string{"OperationMustHaveResponse"},
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			v := op.Value.Get("responses")
			if !v.IsObject() || v.Broken() || len(responseCodes(v)) > 0 {
				continue
			}
			p.ReportKey(v, fmt.Sprintf("operation %s lists no response, at least one is expected", label(op)),
				Suggest("Add a response", v.Insert("200", "{\n\t\"description\": \"Success.\"\n}")...))
		}
	},
}

// responseCodes returns the members of responses but extensions.
func responseCodes(responses jsondoc.Value) []jsondoc.Value {
	var out []jsondoc.Value
	for m := range responses.Children() {
		if key := m.Key(); len(key) < 2 || key[:2] != "x-" {
			out = append(out, m)
		}
	}
	return out
}
