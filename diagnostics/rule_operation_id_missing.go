package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var operationIDMissing = &Rule{
	Name: "operation-id-missing", Severity: Error, Upstream: []string{"OperationIdRequired"},
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			id := jsondoc.Quote(freeID(p.Definition, proposedID(op)))
			switch v := op.Value.Get("operationId"); {
			case lacks(op.Value, "operationId"):
				p.ReportKey(op.Value, fmt.Sprintf("operation %s has no operationId", label(op)),
					Suggest("Add operationId "+id, op.Value.Insert("operationId", id)...))
			case v.IsString() && v.Text() == "":
				p.Report(v, "operationId is empty", Suggest("Change to "+id, v.Replace(id)...))
			}
		}
	},
}
