package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
)

var operationSummaryMissing = &Rule{
	Name: "operation-summary-missing", Severity: Warning, Upstream: []string{"RequiredPropertyMissing"},
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			if !isVisible(op) {
				continue
			}
			text := jsondoc.Quote(sentence(op.ID))
			switch v := op.Value.Get("summary"); {
			case lacks(op.Value, "summary"):
				var options []Option
				if op.ID != "" {
					options = append(options, Suggest("Add summary "+text, op.Value.Insert("summary", text)...))
				}
				p.ReportKey(op.Value, fmt.Sprintf("operation %s has no summary, designers have no title for it", label(op)), options...)
			case v.IsString() && strings.TrimSpace(v.Text()) == "":
				p.Report(v, fmt.Sprintf("the summary of %s is empty, designers have no title for it", label(op)), Suggest("Change to "+text, v.Replace(text)...))
			}
		}
	},
}
