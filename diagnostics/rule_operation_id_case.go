package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/swagger"
)

var operationIDCase = &Rule{
	Name: "operation-id-case", Severity: Warning,
	Check: func(p *Pass) {
		free := freeIDs{doc: p.Definition}
		seen := map[string]*swagger.Operation{}
		for _, op := range p.Definition.Operations {
			if op.ID == "" || p.Definition.Operation(op.ID) != op {
				continue
			}
			first := seen[strings.ToLower(op.ID)]
			if first == nil {
				seen[strings.ToLower(op.ID)] = op
				continue
			}
			v, id := op.Value.Get("operationId"), free.next(op.ID)
			p.Report(v, fmt.Sprintf("operationId %q differs from %q only in case", op.ID, first.ID),
				p.Because(first.Value.Get("operationId"), "the other operation"),
				Suggest("Change to "+id, v.Replace(jsondoc.Quote(id))...))
		}
	},
}
