package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
)

// reportOperation reports a string in a list of operationIds that names no operation of the definition.
func reportOperation(p *Pass, v jsondoc.Value, ids []string) {
	if p.beyond(p.FileOf(v)) {
		return
	}
	id := v.Text()
	message, options := fmt.Sprintf("no operation is called %q", id), []Option{}
	near := sameButCase(id, ids)
	if near != nil {
		message += ", names are case-sensitive: " + quoted(near, " or ")
	} else if near = spelling.Nearest(id, ids); len(near) > 0 {
		message += ", did you mean " + quoted(near, " or ") + "?"
	}
	for _, n := range near {
		options = append(options, Suggest("Change to "+n, v.Replace(jsondoc.Quote(n))...))
	}
	if v.Parent().Len() > 1 {
		// An empty list would mean all operations.
		options = append(options, Suggest("Remove it", v.Remove()...))
	}
	p.Report(v, message, options...)
}

// sameButCase returns the candidates that differ from name in nothing but case.
func sameButCase(name string, candidates []string) []string {
	var out []string
	for _, c := range candidates {
		if strings.EqualFold(c, name) {
			out = append(out, c)
		}
	}
	return out
}

// checkOperations reports the elements of a list that name none of the operations, whose names are ids.
func checkOperations(p *Pass, list jsondoc.Value, ids []string) {
	for v := range list.Children() {
		if id, ok := v.Str(); ok && !v.Broken() && list.IsArray() && p.Definition.Operation(id) == nil {
			reportOperation(p, v, ids)
		}
	}
}

// unlessFull returns the candidates for what a name was meant to be, or none where the answer would be lost.
func (p *Pass) unlessFull(f *connector.File, candidates []string) []string {
	if p.full(f) {
		return nil
	}
	return candidates
}
