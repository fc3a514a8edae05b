package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var operationIDDuplicate = &Rule{
	Name: "operation-id-duplicate", Severity: Error, Upstream: []string{"OperationIdNotUnique"},
	Check: func(p *Pass) {
		free := freeIDs{doc: p.Definition}
		for _, op := range p.Definition.Operations {
			first := p.Definition.Operation(op.ID)
			if first == nil || first == op {
				continue
			}
			v, id := op.Value.Get("operationId"), free.next(op.ID)
			p.Report(v, fmt.Sprintf("operationId %q is taken by %s %s", op.ID, first.Method, first.Item.Path),
				p.Because(first.Value.Get("operationId"), "the first operation of that name"),
				Suggest("Change to "+id, v.Replace(jsondoc.Quote(id))...))
		}
	},
}
