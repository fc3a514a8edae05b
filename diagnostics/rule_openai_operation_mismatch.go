package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var openaiOperationMismatch = &Rule{
	Name: "openai-operation-mismatch", Severity: Warning,
	Check: func(p *Pass) {
		for v := range p.Objects("plug-in operation") {
			op, id := p.Definition.OperationAt(v), v.Get("operationId")
			if op == nil || op.ID == "" || !id.IsString() || id.Broken() || id.Text() == op.ID {
				continue
			}
			p.Report(id, fmt.Sprintf("this stands in operation %q, it cannot speak of %q", op.ID, id.Text()),
				Suggest("Change to "+op.ID, id.Replace(jsondoc.Quote(op.ID))...), p.Because(op.Value.Get("operationId"), "the operation"))
		}
	},
}
