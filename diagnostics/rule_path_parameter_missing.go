package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
	"paconn-ls/internal/swagger"
)

var pathParameterMissing = &Rule{
	Name: "path-parameter-missing", Severity: Error, Upstream: []string{"OperationMissingPathParameter"},
	Check: func(p *Pass) {
		for _, item := range p.Definition.Paths {
			list, problem := pathVariables(item.Path)
			if problem != "" {
				continue
			}
			seen, given := map[string]bool{}, givenVariables(item)
			for _, v := range list {
				if !seen[v.name] {
					reportLacking(p, item, given, v)
				}
				seen[v.name] = true
			}
		}
	},
}

func reportLacking(p *Pass, item *swagger.PathItem, given []map[string]bool, v pathVariable) {
	var lacking []*swagger.Operation
	for i, op := range item.Operations {
		if given[i] != nil && !given[i][v.name] {
			lacking = append(lacking, op)
		}
	}
	if len(lacking) == 0 || p.beyond(p.FileOf(item.Value)) {
		return
	}
	var methods []string
	var edits []source.Edit
	for _, op := range lacking {
		methods = append(methods, op.Method)
		if list := op.Value.Get("parameters"); list.IsArray() {
			edits = append(edits, list.Append(pathParameterText(v.name, ""))...)
		} else {
			edits = append(edits, op.Value.Insert("parameters", "[\n\t"+pathParameterText(v.name, "\t")+"\n]")...)
		}
	}
	p.ReportSpan(p.FileOf(item.Value), keyPart(item.Value, v.start, v.end),
		fmt.Sprintf("no parameter in \"path\" for %q of %s", v.name, strings.Join(methods, ", ")),
		Suggest(fmt.Sprintf("Add the parameter %q", v.name), edits...))
}

// givenVariables returns, for each operation of a path, the names of its parameters in "path"; nil where that is not sure:
// what is broken or refers to nothing might be any of them.
func givenVariables(item *swagger.PathItem) []map[string]bool {
	out := make([]map[string]bool, len(item.Operations))
	for i, op := range item.Operations {
		if op.Value.Broken() || !isSound(op.Value.Get("parameters")) || !isSound(item.Value.Get("parameters")) {
			continue
		}
		names := map[string]bool{}
		for _, param := range op.Parameters() {
			if !param.Value.IsObject() {
				names = nil
				break
			}
			if param.In == "path" {
				names[param.Name] = true
			}
		}
		out[i] = names
	}
	return out
}

// isSound reports whether a list of parameters is absent or complete.
func isSound(list jsondoc.Value) bool {
	return !list.Exists() || list.IsArray() && !list.Broken()
}

func pathParameterText(name, indent string) string {
	lines := []string{`"name": ` + jsondoc.Quote(name), `"in": "path"`, `"required": true`, `"type": "string"`,
		`"x-ms-summary": ` + jsondoc.Quote(sentence(name)), `"description": ` + jsondoc.Quote("Value of "+name+" in the path."), `"x-ms-url-encoding": "single"`}
	return "{\n" + indent + "\t" + strings.Join(lines, ",\n"+indent+"\t") + "\n" + indent + "}"
}
