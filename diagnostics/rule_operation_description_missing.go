package diagnostics

import (
	"fmt"
	"strings"
)

var operationDescriptionMissing = &Rule{
	Name: "operation-description-missing", Severity: Warning, Upstream: []string{"RequiredPropertyMissing"},
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			if !isVisible(op) {
				continue
			}
			switch v := op.Value.Get("description"); {
			case lacks(op.Value, "description"):
				p.ReportKey(op.Value, fmt.Sprintf("operation %s has no description", label(op)))
			case v.IsString() && strings.TrimSpace(v.Text()) == "":
				p.Report(v, fmt.Sprintf("the description of %s is empty", label(op)))
			}
		}
	},
}
