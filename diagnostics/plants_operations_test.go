package diagnostics_test

import (
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
	"paconn-ls/internal/swagger"
)

var plantsOfOperations = []plant{
	// references
	{"reference to nothing", "ref-unresolved", isError, members("$ref", definitionRef, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"#/definitions/DoesNotExist"`)
	})},
	{"reference to another file", "ref-external", isError, members("$ref", definitionRef, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"common.json#/definitions/Pet"`)
	})},
	{"reference to the wrong section", "ref-wrong-section", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		for name := range d.Names("parameters") {
			for v := range d.Root.Descendants() {
				if v.Key() == "$ref" && definitionRef(v) && !free(v) {
					return one(replaced(f, v, jsondoc.Quote("#/parameters/"+jsondoc.EscapeToken(name))))
				}
			}
		}
		return nil
	})},
	{"definition renamed", "ref-unresolved", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		for v := range d.Root.Descendants() {
			if v.Key() == "$ref" && definitionRef(v) && !free(v) {
				s := renamed(f, d.Resolve(v.Text()), "RenamedAway")
				s.region = source.Span{Start: 0, End: f.Content.Len()}
				return one(s)
			}
		}
		return nil
	})},

	// operations, paths, parameters, responses
	{"operationId missing", "operation-id-missing", isError, operations(func(f *connector.File, d *swagger.Document, op *swagger.Operation) []site {
		return one(without(f, op.Value.Get("operationId")))
	})},
	{"operationId twice", "operation-id-duplicate", isError, operations(func(f *connector.File, d *swagger.Document, op *swagger.Operation) []site {
		if op == d.Operations[0] {
			return nil
		}
		return one(replaced(f, op.Value.Get("operationId"), jsondoc.Quote(d.Operations[0].ID)))
	})},
	{"operationId twice but for its case", "operation-id-case", isWarning, operations(func(f *connector.File, d *swagger.Document, op *swagger.Operation) []site {
		if op == d.Operations[0] {
			return nil
		}
		other := strings.ToUpper(d.Operations[0].ID)
		if other == d.Operations[0].ID {
			other = strings.ToLower(other)
		}
		return one(replaced(f, op.Value.Get("operationId"), jsondoc.Quote(other)))
	})},
	{"path variable renamed", "path-parameter-missing", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		var out []site
		for _, item := range d.Paths {
			if strings.Contains(item.Path, "{") && len(item.Operations) > 0 {
				s := renamed(f, item.Value, strings.Replace(item.Path, "{", "{renamed", 1))
				out = append(out, s)
			}
		}
		return out
	})},
	{"path parameter renamed", "path-parameter-unused", isError, parameters(func(f *connector.File, p swagger.Parameter) []site {
		return one(replaced(f, p.Value.Get("name"), `"renamedAway"`))
	}, "path")},
	{"path parameter optional", "path-parameter-optional", isError, parameters(func(f *connector.File, p swagger.Parameter) []site {
		return one(replaced(f, p.Value.Get("required"), "false"))
	}, "path")},
	{"path parameter without required", "path-parameter-optional", isError, parameters(func(f *connector.File, p swagger.Parameter) []site {
		return one(without(f, p.Value.Get("required")))
	}, "path")},
	{"path without a slash", "path-invalid", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		return one(renamed(f, d.Paths[0].Value, d.Paths[0].Path[1:]))
	})},
	{"path with a query", "path-invalid", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		return one(renamed(f, d.Paths[0].Value, d.Paths[0].Path+"?all=true"))
	})},
	{"path with an open brace", "path-template-invalid", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		return one(renamed(f, d.Paths[0].Value, d.Paths[0].Path+"/{id"))
	})},
	{"parameter twice", "parameter-duplicate", isError, parameters(func(f *connector.File, p swagger.Parameter) []site {
		return one(put2(f, p.Entry.Span().End, ", "+p.Entry.Raw(), p.Entry))
	}, "query")},
	{"two bodies", "body-duplicate", isError, parameters(func(f *connector.File, p swagger.Parameter) []site {
		return one(put2(f, p.Entry.Span().End, `, {"name": "second", "in": "body", "schema": {"type": "string"}}`, p.Entry))
	}, "body")},
	{"body beside a form", "body-with-form-data", isError, parameters(func(f *connector.File, p swagger.Parameter) []site {
		return one(put2(f, p.Entry.Span().End, `, {"name": "field", "in": "formData", "type": "string"}`, p.Entry.Parent()))
	}, "body")},
	{"body without a schema", "body-schema-missing", isError, parameters(func(f *connector.File, p swagger.Parameter) []site {
		return one(without(f, p.Value.Get("schema")))
	}, "body")},
	{"parameter without a type", "parameter-type-missing", isError, parameters(func(f *connector.File, p swagger.Parameter) []site {
		return one(without(f, p.Value.Get("type")))
	}, "query", "path", "header")},
	{"array parameter without items", "array-without-items", isError, parameters(func(f *connector.File, p swagger.Parameter) []site {
		if p.Value.Get("items").Exists() || p.Value.Get("default").Exists() {
			return nil
		}
		s := replaced(f, p.Value.Get("type"), `"array"`)
		s.region = p.Value.Full()
		return one(s)
	}, "query")},
	{"responses missing", "responses-missing", isError, operations(func(f *connector.File, d *swagger.Document, op *swagger.Operation) []site {
		return one(without(f, op.Value.Get("responses")))
	})},
	{"responses empty", "responses-empty", isWarning, operations(func(f *connector.File, d *swagger.Document, op *swagger.Operation) []site {
		s := replaced(f, op.Value.Get("responses"), "{}")
		s.region = op.Value.Get("responses").Full()
		return one(s)
	})},
	{"bad status code", "response-code-invalid", isError, members("200", inResponses, func(f *connector.File, v jsondoc.Value) site {
		return renamed(f, v, "20x")
	})},
	{"response without a description", "response-description-missing", isError, members("description", inResponse, without)},

	// schemas
	{"required names no property", "required-unknown-property", isError, members("required", closedRequired, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v.At(0), `"noSuchProperty"`)
	})},
	{"array schema without items", "array-without-items", isWarning, members("items", inSchema, without)},
	{"enum value of another type", "enum-type", isWarning, members("enum", stringEnum, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v.At(0), "12")
	})},
	{"default of another type", "default-type", isWarning, members("default", booleanDefault, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"maybe"`)
	})},
	{"default outside enum", "default-not-in-enum", isWarning, members("default", enumDefault, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"no such choice"`)
	})},

	// host and security
	{"host with a scheme", "host-invalid", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		return one(replaced(f, d.Root.Get("host"), jsondoc.Quote("https://"+d.Root.Get("host").Text())))
	})},
	{"base path without a slash", "base-path-invalid", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		return one(replaced(f, d.Root.Get("basePath"), `"v1"`))
	})},
	{"security names nothing", "security-undefined", isWarning, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		for requirement := range d.Root.Get("security").At(0).Children() {
			return one(renamed(f, requirement, "noSuchScheme"))
		}
		return nil
	})},
}
