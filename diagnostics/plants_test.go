package diagnostics_test

import (
	"strings"

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
var plants = []plant{
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

	// extensions
	{"dynamic values call nothing", "dynamic-operation-unknown", isError, members("operationId", under("x-ms-dynamic-values"), func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"NoSuchOperation"`)
	})},
	{"dynamic list calls nothing", "dynamic-operation-unknown", isError, members("operationId", under("x-ms-dynamic-list"), func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"NoSuchOperation"`)
	})},
	{"dynamic schema calls nothing", "dynamic-operation-unknown", isError, members("operationId", under("x-ms-dynamic-schema"), func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"NoSuchOperation"`)
	})},
	{"dynamic properties call nothing", "dynamic-operation-unknown", isError, members("operationId", under("x-ms-dynamic-properties"), func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"NoSuchOperation"`)
	})},
	{"dynamic tree calls nothing", "dynamic-operation-unknown", isError, members("operationId", under("open"), func(f *connector.File, v jsondoc.Value) site {
		if v.Parent().Parent().Key() != "x-ms-dynamic-tree" {
			return site{}
		}
		return replaced(f, v, `"NoSuchOperation"`)
	})},
	{"dynamic parameter unknown", "dynamic-parameter-unknown", isError, dynamicArguments(func(f *connector.File, v jsondoc.Value) site {
		return renamed(f, v, "noSuchParameter")
	})},
	{"dynamic source unknown", "dynamic-source-unknown", isError, members("parameter", inPath, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"noSuchSource"`)
	})},
	{"value path unknown", "dynamic-path-unknown", isWarning, inPets("/paths/~1pets/get/parameters/0/x-ms-dynamic-values/value-path", `"noSuchField"`)},
	{"value collection unknown", "dynamic-path-unknown", isWarning, inPets("/paths/~1pets/get/parameters/0/x-ms-dynamic-values/value-collection", `"noSuchList"`)},
	{"test connection calls nothing", "capability-operation-unknown", isError, members("operationId", under("testConnection"), func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"NoSuchOperation"`)
	})},
	{"trigger without a notification url", "notification-url-missing", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		var out []site
		for _, op := range d.Operations {
			if !op.Value.Get("x-ms-trigger").Exists() || !op.Item.Value.Get("x-ms-notification-content").Exists() {
				continue
			}
			var urls []jsondoc.Value
			for v := range op.Value.Descendants() {
				if v.Key() == "x-ms-notification-url" {
					urls = append(urls, v)
				}
			}
			if len(urls) == 1 {
				s := without(f, urls[0])
				s.region = op.Value.Full()
				out = append(out, s)
			}
		}
		return out
	})},
	{"trigger without notification content", "notification-content-missing", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		var out []site
		for _, op := range d.Operations {
			content := op.Item.Value.Get("x-ms-notification-content")
			if op.Value.Get("x-ms-trigger").Text() == "single" && content.Exists() {
				out = append(out, without(f, content))
			}
		}
		return out
	})},
	{"internal and required without default", "internal-without-default", isError, parameters(func(f *connector.File, p swagger.Parameter) []site {
		if !p.Required() || p.Value.Get("default").Exists() || p.Value.Get("x-ms-visibility").Exists() {
			return nil
		}
		return one(inserted(f, p.Value, "x-ms-visibility", `"internal"`))
	}, "query", "header")},

	// apiProperties.json
	{"brand colour", "brand-color-invalid", isError, inProperties(func(f *connector.File, properties jsondoc.Value) []site {
		return one(replaced(f, properties.Get("iconBrandColor"), `"blue"`))
	})},
	{"brand colour missing", "missing-key", isError, inProperties(func(f *connector.File, properties jsondoc.Value) []site {
		return one(without(f, properties.Get("iconBrandColor")))
	})},
	{"connection parameter type in the wrong case", "invalid-value", isError, connectionParameters(func(f *connector.File, p jsondoc.Value) []site {
		return one(replaced(f, p.Get("type"), `"secureString"`))
	})},
	{"connection parameter with an odd name", "connection-parameter-name", isWarning, connectionParameters(func(f *connector.File, p jsondoc.Value) []site {
		return one(renamed(f, p, "API Key"))
	})},
	{"unknown key under properties", "unknown-key", isWarning, inProperties(func(f *connector.File, properties jsondoc.Value) []site {
		return one(renamed(f, properties.Get("capabilities"), "abilities"))
	})},
	{"unknown policy template", "policy-template-unknown", isWarning, policies(func(f *connector.File, p jsondoc.Value) []site {
		return one(replaced(f, p.Get("templateId"), `"setheaders"`))
	})},
	{"policy parameter missing", "policy-parameter-missing", isError, policies(func(f *connector.File, p jsondoc.Value) []site {
		s := without(f, p.Path("parameters", "x-ms-apimTemplateParameter.value"))
		s.region = p.Full()
		return one(s)
	})},
	{"policy parameter unknown", "policy-parameter-unknown", isWarning, policies(func(f *connector.File, p jsondoc.Value) []site {
		return one(inserted(f, p.Get("parameters"), "x-ms-apimTemplateParameter.nosuch", `"x"`))
	})},
	{"policy for no operation", "policy-operation-unknown", isWarning, policies(func(f *connector.File, p jsondoc.Value) []site {
		return one(replaced(f, p.Path("parameters", "x-ms-apimTemplate-operationName").At(0), `"NoSuchOperation"`))
	})},
	{"policy reads no connection parameter", "connection-parameter-unknown", isWarning, policies(func(f *connector.File, p jsondoc.Value) []site {
		return one(replaced(f, p.Path("parameters", "x-ms-apimTemplateParameter.urlTemplate"), `"https://@connectionParameters('noSuchParameter')"`))
	})},
	{"script operation unknown", "script-operation-unknown", isWarning, inProperties(func(f *connector.File, properties jsondoc.Value) []site {
		return one(replaced(f, properties.Get("scriptOperations").At(0), `"NoSuchOperation"`))
	})},
	{"script operations without a script", "script-missing", isWarning, func(c *connector.Connector) []site {
		if c.Script() != nil {
			return nil
		}
		return inProperties(func(f *connector.File, properties jsondoc.Value) []site {
			id := swagger.Of(c.Definition()).Operations[0].ID
			properties.Get("scriptOperations")
			if properties.Get("scriptOperations").Exists() {
				return nil
			}
			return one(inserted(f, properties, "scriptOperations", "["+jsondoc.Quote(id)+"]"))
		})(c)
	}},
	{"OAuth without its settings", "oauth-settings-missing", isWarning, connectionParameters(func(f *connector.File, p jsondoc.Value) []site {
		return one(without(f, p.Get("oAuthSettings")))
	})},
	{"OAuth without a token address", "oauth-settings-incomplete", isWarning, connectionParameters(func(f *connector.File, p jsondoc.Value) []site {
		return one(without(f, p.Path("oAuthSettings", "customParameters", "tokenUrl")))
	})},
	{"Entra ID without a resource", "oauth-settings-incomplete", isWarning, connectionParameters(func(f *connector.File, p jsondoc.Value) []site {
		if p.Path("oAuthSettings", "identityProvider").Text() != "aad" {
			return nil
		}
		return one(without(f, p.Path("oAuthSettings", "customParameters", "resourceUri")))
	})},
	{"secret in the file", "secret-in-file", isWarning, connectionParameters(func(f *connector.File, p jsondoc.Value) []site {
		settings := p.Get("oAuthSettings")
		if !settings.IsObject() || settings.Get("clientSecret").Exists() {
			return nil
		}
		return one(inserted(f, settings, "clientSecret", `"k8Q~x1Zr4vLq0TnB7wYcE2sJ9dHf6gUa"`))
	})},

	// settings.json, script, icon
	{"settings name no file", "settings-path-missing", isWarning, func(c *connector.Connector) []site {
		if c.Settings() == nil {
			return nil
		}
		return one(replaced(c.Settings(), c.Settings().Root().Get("icon"), `"no-such-icon.png"`))
	}},
	{"unknown settings key", "unknown-key", isWarning, func(c *connector.Connector) []site {
		if c.Settings() == nil {
			return nil
		}
		return one(renamed(c.Settings(), c.Settings().Root().Get("connectorId"), "connectionId"))
	}},
	{"script without its class", "script-class-missing", isWarning, func(c *connector.Connector) []site {
		return inScript(c, "Script : ScriptBase", "Skript : ScriptBase")
	}},
	{"script without its method", "script-execute-missing", isWarning, func(c *connector.Connector) []site {
		return inScript(c, "ExecuteAsync", "RunAsync")
	}},
	{"icon no PNG", "icon-not-png", isWarning, func(c *connector.Connector) []site {
		if c.Icon() == nil {
			return nil
		}
		return one(put2(c.Icon(), 0, "GIF89a", jsondoc.Value{}))
	}},
}

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
