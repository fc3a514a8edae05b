package diagnostics_test

import (
	"slices"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
	"paconn-ls/internal/swagger"
)

const (
	isError   = diagnostics.Error
	isWarning = diagnostics.Warning
)

// plants are the kinds of mistakes: syntax first, then shape, references, operations, schemas, extensions, and the other
// files of a connector.
var plants = slices.Concat(plantsOfShape, plantsOfOperations, plantsOfExtensions)

var plantsOfShape = []plant{
	// syntax
	{"comma missing", "json-syntax", isError, members("summary", hasNext, func(f *connector.File, v jsondoc.Value) site {
		return cut(f, v.Span().End, v.Span().End+1, v)
	})},
	{"comma trailing", "json-syntax", isError, members("description", isLast, func(f *connector.File, v jsondoc.Value) site {
		return put2(f, v.Span().End, ",", v)
	})},
	{"comma doubled", "json-syntax", isError, members("operationId", hasNext, func(f *connector.File, v jsondoc.Value) site {
		return put2(f, v.Span().End, ",", v)
	})},
	{"colon missing", "json-syntax", isError, members("operationId", colonFollows, func(f *connector.File, v jsondoc.Value) site {
		return cut(f, v.KeySpan().End, v.KeySpan().End+1, v)
	})},
	{"quote missing after a value", "json-syntax", isError, members("summary", plainString, func(f *connector.File, v jsondoc.Value) site {
		return cut(f, v.Span().End-1, v.Span().End, v)
	})},
	{"quote missing before a value", "json-syntax", isError, members("operationId", always, func(f *connector.File, v jsondoc.Value) site {
		return cut(f, v.Span().Start, v.Span().Start+1, v)
	})},
	{"quote missing after a key", "json-syntax", isError, members("operationId", always, func(f *connector.File, v jsondoc.Value) site {
		return cut(f, v.KeySpan().End-1, v.KeySpan().End, v)
	})},
	{"quote missing before a key", "json-syntax", isError, members("operationId", always, func(f *connector.File, v jsondoc.Value) site {
		return cut(f, v.KeySpan().Start, v.KeySpan().Start+1, v)
	})},
	{"value missing", "json-syntax", isError, members("operationId", always, func(f *connector.File, v jsondoc.Value) site {
		return cut(f, v.Span().Start, v.Span().End, v)
	})},
	{"comment", "json-syntax", isError, members("operationId", always, func(f *connector.File, v jsondoc.Value) site {
		return put2(f, v.Full().Start, "// the name\n", v)
	})},
	{"single quotes", "json-syntax", isError, members("operationId", always, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, "'"+v.Text()+"'")
	})},
	{"literal of another language", "json-syntax", isError, members("required", jsondoc.Value.IsBool, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, "True")
	})},
	{"bad escape", "json-syntax", isError, members("description", jsondoc.Value.IsString, func(f *connector.File, v jsondoc.Value) site {
		return put2(f, v.Span().Start+1, `\d`, v)
	})},
	{"raw tab in a string", "json-syntax", isError, members("description", jsondoc.Value.IsString, func(f *connector.File, v jsondoc.Value) site {
		return put2(f, v.Span().Start+1, "\t", v)
	})},
	{"text after the end", "json-syntax", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		return one(put2(f, f.Content.Len(), "\nextra\n", jsondoc.Value{}))
	})},
	{"key twice", "duplicate-key", isWarning, members("operationId", always, func(f *connector.File, v jsondoc.Value) site {
		return put2(f, v.Full().Start, f.Content.String()[v.Full().Start:v.Full().End]+", ", v)
	})},

	// shape
	{"unknown key in an operation", "unknown-key", isError, members("operationId", inOperation, func(f *connector.File, v jsondoc.Value) site {
		return renamed(f, v.Parent().Get("responses"), "answers")
	})},
	{"misspelt key in a schema", "unknown-key", isError, members("items", inSchema, func(f *connector.File, v jsondoc.Value) site {
		return renamed(f, v, "itmes")
	})},
	{"key in the wrong case", "key-case", isError, members("operationId", inOperation, func(f *connector.File, v jsondoc.Value) site {
		return renamed(f, v, "OperationId")
	})},
	{"misspelt extension", "unknown-extension", isWarning, members("x-ms-summary", always, func(f *connector.File, v jsondoc.Value) site {
		return renamed(f, v, "x-ms-sumary")
	})},
	{"misspelt visibility key", "unknown-extension", isWarning, members("x-ms-visibility", always, func(f *connector.File, v jsondoc.Value) site {
		return renamed(f, v, "x-ms-visiblity")
	})},
	{"extension in the wrong place", "extension-misplaced", isWarning, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		return one(inserted(f, d.Root.Get("info"), "x-ms-trigger", `"single"`))
	})},
	{"parameters no array", "wrong-type", isError, operations(func(f *connector.File, d *swagger.Document, op *swagger.Operation) []site {
		return one(replaced(f, op.Value.Get("parameters"), "{}"))
	})},
	{"summary no string", "wrong-type", isError, members("summary", inOperation, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, "12")
	})},
	{"required no boolean", "wrong-type", isError, members("required", isParameterBool, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"yes"`)
	})},
	{"type outside the set", "invalid-value", isError, members("type", inSchema, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"text"`)
	})},
	{"in outside the set", "invalid-value", isError, members("in", always, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"url"`)
	})},
	{"visibility in the wrong case", "invalid-value", isWarning, members("x-ms-visibility", always, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"Important"`)
	})},
	{"trigger outside the set", "invalid-value", isWarning, members("x-ms-trigger", always, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"many"`)
	})},
	{"title missing", "missing-key", isError, members("title", inInfo, without)},
	{"info missing", "missing-key", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		return one(without(f, d.Root.Get("info")))
	})},
	{"parameter without a name", "missing-key", isError, parameters(func(f *connector.File, p swagger.Parameter) []site {
		return one(without(f, p.Value.Get("name")))
	}, "query", "header")},
	{"version of the specification", "swagger-version", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		return one(replaced(f, d.Root.Get("swagger"), `"1.2"`))
	})},
	{"OpenAPI 3", "openapi-3", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		v := d.Root.Get("swagger")
		return one(site{f, []source.Edit{{Span: v.Full(), New: `"openapi": "3.0.1"`}}, v.Full()})
	})},
}
