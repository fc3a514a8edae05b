package diagnostics

import "fmt"

var responsesMissing = &Rule{
	Name: "responses-missing", Severity: Error, Upstream: []string{"OperationMustHaveResponse"},
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			if lacks(op.Value, "responses") {
				p.ReportKey(op.Value, fmt.Sprintf("operation %s has no responses", label(op)),
					Suggest("Add a response", op.Value.Insert("responses", "{\n\t"+successText("\t")+"\n}")...))
			}
		}
	},
}

// successText is a member of responses for a call that went well.
func successText(indent string) string {
	return "\"200\": {\n" + indent + "\t\"description\": \"Success.\"\n" + indent + "}"
}
