package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var annotationRevisionDuplicate = &Rule{
	Name: "annotation-revision-duplicate", Severity: Warning,
	Upstream: []string{"OperationFamilyHasDuplicateRevisions", "OperationFamilyHasManyEmptyRevisions"},
	Check: func(p *Pass) {
		type revision struct{ family, number string }
		first := map[revision]jsondoc.Value{}
		for _, op := range p.Definition.Operations {
			annotation := op.Value.Get("x-ms-api-annotation")
			family, ok := annotation.Get("family").Str()
			if !ok || family == "" || op.Value.Get("deprecated").IsTrue() {
				continue
			}
			number, at := annotation.Get("revision"), annotation
			key := revision{family, "1"} // as the service counts an operation without one
			if number.Exists() {
				at, key.number = number, number.Raw()
			}
			if other, ok := first[key]; ok {
				p.Report(at, fmt.Sprintf("family %q has a revision %s already", family, key.number), p.Because(other, "here"))
				continue
			}
			first[key] = at
		}
	},
}
