package diagnostics

import (
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
	"paconn-ls/internal/swagger"
)

// pathVariable is one "{name}" of a path, with its place in it.
type pathVariable struct {
	name       string
	start, end int
}

// pathVariables returns the variables of a path. When the braces are wrong, problem says how, and the last element of the
// list is the place.
func pathVariables(path string) (list []pathVariable, problem string) {
	open := -1
	for i := range len(path) {
		switch {
		case path[i] == '{' && open >= 0:
			return append(list, pathVariable{start: open, end: i + 1}), `"{" stands within braces`
		case path[i] == '{':
			open = i
		case path[i] == '}' && open < 0:
			return append(list, pathVariable{start: i, end: i + 1}), `"}" has no "{" before it`
		case path[i] == '}':
			v := pathVariable{path[open+1 : i], open, i + 1}
			list, open = append(list, v), -1
			if problem = variableProblem(v.name); problem != "" {
				return list, problem
			}
		}
	}
	if open >= 0 {
		return append(list, pathVariable{start: open, end: len(path)}), `"{" has no "}" after it`
	}
	return list, ""
}

func variableProblem(name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		return "the braces are empty, the name of a path parameter belongs in them"
	case strings.Contains(name, "/"):
		return "a variable cannot go over several segments"
	case strings.Contains(name, "="):
		return "a variable cannot have a default"
	}
	return ""
}

// keyPart returns the bytes from start to end of a decoded key, or all of the key when it is written with escapes.
func keyPart(v jsondoc.Value, start, end int) source.Span {
	span := v.KeySpan()
	if span.Len() != len(v.Key())+2 {
		return span
	}
	return source.Span{Start: span.Start + 1 + start, End: span.Start + 1 + end}
}

// pathShape returns a path as the service tells it from others: without the names of variables and without case.
func pathShape(path string) string {
	list, problem := pathVariables(path)
	if problem != "" {
		return path
	}
	var b strings.Builder
	from := 0
	for _, v := range list {
		b.WriteString(path[from : v.start+1])
		from = v.end - 1
	}
	b.WriteString(path[from:])
	return strings.ToLower(b.String())
}

// pathParameters returns the inline and referenced parameters in "path" of a path: those that it gives to all its
// operations, then those of each operation.
func pathParameters(item *swagger.PathItem) []swagger.Parameter {
	var out []swagger.Parameter
	add := func(list []swagger.Parameter) {
		for _, param := range list {
			if param.In == "path" && param.Name != "" {
				out = append(out, param)
			}
		}
	}
	add(item.Parameters())
	for _, op := range item.Operations {
		add(op.Own())
	}
	return out
}
