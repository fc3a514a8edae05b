package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var noSuccessResponse = &Rule{
	Name: "no-success-response", Severity: Warning, Upstream: []string{"OperationShouldHaveSuccessfulResponse"},
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			v := op.Value.Get("responses")
			if v.IsObject() && !v.Broken() && onlyFails(v) {
				p.ReportKey(v, fmt.Sprintf("operation %s has no response for success, expected one such as \"200\"", label(op)),
					Suggest("Add a response", v.Insert("200", "{\n\t\"description\": \"Success.\"\n}")...))
			}
		}
	},
}

// onlyFails reports whether there are responses and none is for success. A code that is none may stand for anything.
func onlyFails(responses jsondoc.Value) bool {
	codes := responseCodes(responses)
	for _, c := range codes {
		key := c.Key()
		if !isResponseCode(key) || key == "default" || key[0] == '2' || key[0] == '3' {
			return false
		}
	}
	return len(codes) > 0
}
