package diagnostics_test

import (
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
	"paconn-ls/internal/swagger"
)

// cut takes bytes out; the diagnostic should start in v.
func cut(f *connector.File, start, end int, v jsondoc.Value) site {
	region := v.Full()
	return site{f, []source.Edit{{Span: source.Span{Start: start, End: end}}}, source.Span{Start: region.Start, End: max(region.End, end)}}
}

// put2 puts text in at an offset; the diagnostic should start in v or in the text.
func put2(f *connector.File, at int, text string, v jsondoc.Value) site {
	region := source.Span{Start: at, End: at}
	if v.Exists() {
		region = source.Span{Start: min(at, v.Full().Start), End: max(at, v.Full().End)}
	}
	return site{f, []source.Edit{{Span: source.Span{Start: at, End: at}, New: text}}, region}
}

func hasNext(v jsondoc.Value) bool {
	return strings.HasPrefix(v.Doc().Source()[v.Span().End:], ",")
}

func isLast(v jsondoc.Value) bool {
	rest := strings.TrimLeft(v.Doc().Source()[v.Span().End:], " \t\r\n")
	return strings.HasPrefix(rest, "}")
}

func colonFollows(v jsondoc.Value) bool {
	return strings.HasPrefix(v.Doc().Source()[v.KeySpan().End:], ":")
}

func plainString(v jsondoc.Value) bool { return v.IsString() && hasNext(v) }

func inSchema(v jsondoc.Value) bool {
	return v.Parent().Get("type").IsString() && !v.Parent().Get("in").Exists() && (v.Parent().Key() == "schema" || v.Parent().Parent().Key() == "properties" || v.Parent().Key() == "items" && v.Parent().Parent().Parent().Key() == "properties")
}

func inOperation(v jsondoc.Value) bool { return v.Parent().Get("responses").Exists() }
func inInfo(v jsondoc.Value) bool      { return v.Parent().Pointer() == "/info" }

func inResponses(v jsondoc.Value) bool {
	return v.Parent().Key() == "responses" && v.Parent().Parent().Get("operationId").IsString()
}

func inResponse(v jsondoc.Value) bool {
	return v.Parent().Parent().Key() == "responses" && v.Parent().Parent().Parent().Get("operationId").Exists()
}

func isParameterBool(v jsondoc.Value) bool {
	in := v.Parent().Get("in").Text()
	return v.IsBool() && (in == "query" || in == "header" || in == "body")
}

func definitionRef(v jsondoc.Value) bool {
	return v.IsString() && strings.HasPrefix(v.Text(), "#/definitions/") && v.Parent().Len() == 1
}

func closedRequired(v jsondoc.Value) bool {
	schema := v.Parent()
	if strings.Contains(v.Doc().Source(), `"allOf"`) {
		return false // what a part of a composed schema requires may be a property of another part
	}
	return v.IsArray() && v.Len() > 0 && schema.Get("properties").Len() > 0 && !schema.Get("allOf").Exists() && !schema.Get("additionalProperties").Exists() &&
		!schema.Get("x-ms-dynamic-schema").Exists() && !schema.Get("x-ms-dynamic-properties").Exists() && schema.Parent().Parent().Key() != "allOf" && schema.Parent().Key() != "allOf"
}

func stringEnum(v jsondoc.Value) bool {
	return v.Parent().Get("type").Text() == "string" && v.At(0).IsString()
}

func booleanDefault(v jsondoc.Value) bool {
	return v.Parent().Get("type").Text() == "boolean" && v.IsBool()
}

func enumDefault(v jsondoc.Value) bool {
	return stringEnum(v.Parent().Get("enum")) && v.IsString()
}

func under(key string) func(jsondoc.Value) bool {
	return func(v jsondoc.Value) bool { return v.Parent().Key() == key }
}

// inPath leaves the references of dynamic extensions that one operation alone makes.
func inPath(v jsondoc.Value) bool {
	if v.Parent().Parent().Key() != "parameters" || !strings.HasPrefix(v.Parent().Parent().Parent().Key(), "x-ms-dynamic-") {
		return false
	}
	return strings.HasPrefix(v.Pointer(), "/paths/") && !strings.Contains(v.Pointer(), "x-ms-notification-content") && strings.Contains(v.Pointer(), "/parameters/") && !strings.Contains(v.Pointer(), "/schema/")
}

func dynamicArguments(edit func(f *connector.File, v jsondoc.Value) site) func(*connector.Connector) []site {
	return inDefinition(func(f *connector.File, d *swagger.Document) []site {
		var out []site
		for v := range d.Root.Descendants() {
			owner := v.Parent().Parent()
			if v.Parent().Key() != "parameters" || owner.Key() != "x-ms-dynamic-values" && owner.Key() != "x-ms-dynamic-schema" {
				continue
			}
			if op := d.Operation(owner.Get("operationId").Text()); op != nil {
				if p, ok := op.Parameter(v.Key()); ok && p.In != "body" && !hasFreeBody(d, op) {
					out = append(out, edit(f, v))
				}
			}
		}
		return out
	})
}

func hasFreeBody(d *swagger.Document, op *swagger.Operation) bool {
	body, ok := op.Body()
	return ok && d.Free(body.Value.Get("schema"))
}

// inPets replaces one value of the sound connector.
func inPets(pointer, text string) func(*connector.Connector) []site {
	return func(c *connector.Connector) []site {
		if c.Dir != testDir {
			return nil
		}
		return one(replaced(c.Definition(), c.Definition().Root().Resolve(pointer), text))
	}
}

func inScript(c *connector.Connector, old, text string) []site {
	if c.Script() == nil {
		return nil
	}
	i := strings.Index(c.Script().Content.String(), old)
	if i < 0 {
		return nil
	}
	span := source.Span{Start: i, End: i + len(old)}
	return one(site{c.Script(), []source.Edit{{Span: span, New: text}}, source.Span{Start: 0, End: c.Script().Content.Len()}})
}
