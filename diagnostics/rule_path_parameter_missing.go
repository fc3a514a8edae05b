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
			seen := map[string]bool{}
			for _, v := range list {
				if !seen[v.name] {
					reportLacking(p, item, v)
				}
				seen[v.name] = true
			}
		}
	},
}

func reportLacking(p *Pass, item *swagger.PathItem, v pathVariable) {
	var methods []string
	var edits []source.Edit
	for _, op := range item.Operations {
		if !lacksVariable(op, v.name) {
			continue
		}
		methods = append(methods, op.Method)
		if list := op.Value.Get("parameters"); list.IsArray() {
			edits = append(edits, list.Append(pathParameterText(v.name, ""))...)
		} else {
			edits = append(edits, op.Value.Insert("parameters", "[\n\t"+pathParameterText(v.name, "\t")+"\n]")...)
		}
	}
	if len(methods) > 0 {
		p.ReportSpan(p.FileOf(item.Value), keyPart(item.Value, v.start, v.end),
			fmt.Sprintf("no parameter in \"path\" for %q of %s", v.name, strings.Join(methods, ", ")),
			Suggest(fmt.Sprintf("Add the parameter %q", v.name), edits...))
	}
}

// lacksVariable reports whether an operation surely has no parameter for a variable of its path: what is broken or refers
// to nothing might have been it.
func lacksVariable(op *swagger.Operation, name string) bool {
	for _, list := range []jsondoc.Value{op.Value.Get("parameters"), op.Item.Value.Get("parameters")} {
		if list.Exists() && (!list.IsArray() || list.Broken()) {
			return false
		}
	}
	for _, param := range op.Parameters() {
		if !param.Value.IsObject() || param.In == "path" && param.Name == name {
			return false
		}
	}
	return !op.Value.Broken()
}

func pathParameterText(name, indent string) string {
	lines := []string{`"name": ` + jsondoc.Quote(name), `"in": "path"`, `"required": true`, `"type": "string"`,
		`"x-ms-summary": ` + jsondoc.Quote(sentence(name)), `"description": ` + jsondoc.Quote("Value of "+name+" in the path."), `"x-ms-url-encoding": "single"`}
	return "{\n" + indent + "\t" + strings.Join(lines, ",\n"+indent+"\t") + "\n" + indent + "}"
}
