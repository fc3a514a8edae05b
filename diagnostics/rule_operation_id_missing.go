package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var operationIDMissing = &Rule{
	Name: "operation-id-missing", Severity: Error, Upstream: []string{"OperationIdRequired"},
	Check: func(p *Pass) {
		free := freeIDs{doc: p.Definition}
		for _, op := range p.Definition.Operations {
			v := op.Value.Get("operationId")
			missing := lacks(op.Value, "operationId")
			if !missing && (op.ID != "" || !v.IsString() || v.Broken()) {
				continue
			}
			id := jsondoc.Quote(free.next(proposedID(op)))
			if missing {
				p.ReportKey(op.Value, fmt.Sprintf("operation %s has no operationId", label(op)),
					Suggest("Add operationId "+id, op.Value.Insert("operationId", id)...))
				continue
			}
			p.Report(v, "operationId is empty", Suggest("Change to "+id, v.Replace(id)...))
		}
	},
}
