package diagnostics_test

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"paconn-ls/diagnostics"
)

const (
	hostileDefinition = "apiDefinition.swagger.json"
	hostileProperties = "apiProperties.json"
	hostileScript     = "script.csx"
)

// times joins n pieces, each with its number in place of every %d.
func times(n int, separator, piece string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(separator)
		}
		b.WriteString(strings.ReplaceAll(piece, "%d", strconv.Itoa(i)))
	}
	return b.String()
}

func definitionOf(members string) map[string]string {
	return map[string]string{hostileDefinition: `{"swagger": "2.0", "info": {"title": "T", "version": "1", "description": "D"}, "host": "a.b", ` + members + "}",
		hostileProperties: `{"properties": {"iconBrandColor": "#007ee5"}}`}
}

// oneOperation is a definition with one operation that has these members.
func oneOperation(path, members, more string) map[string]string {
	return definitionOf(`"paths": {"` + path + `": {"post": {"operationId": "Op", "responses": {"200": {"description": "d"}}, ` + members + "}}}" + more)
}

func propertiesOf(operations int, members string) map[string]string {
	files := definitionOf(`"paths": {` + times(operations, ",", `"/p%d": {"get": {"operationId": "Op%d", "summary": "s", "description": "d", "responses": {"200": {"description": "d"}}}}`) + "}")
	files[hostileProperties] = `{"properties": {"iconBrandColor": "#007ee5", ` + members + "}}"
	return files
}

func withScript(n int, body string) map[string]string {
	files := propertiesOf(n, `"capabilities": []`)
	files[hostileScript] = "public class Script : ScriptBase {\n" + body + "\n}"
	return files
}

// hostileConnectors are inputs that cost a careless rule more than linear time. n is about the number of things in them.
var hostileConnectors = []struct {
	name  string
	files func(n int) map[string]string
}{
	{"operations without anything", func(n int) map[string]string {
		return definitionOf(`"paths": {` + times(n, ",", `"/p%d": {"get": {}}`) + "}")
	}},
	{"one operationId", func(n int) map[string]string {
		return definitionOf(`"paths": {` + times(n, ",", `"/p%d": {"get": {"operationId": "Op", "responses": {}}}`) + "}")
	}},
	{"one method again and again", func(n int) map[string]string {
		return definitionOf(`"paths": {"/p": {"parameters": [` + times(n, ",", `{"name": "q%d", "in": "query", "type": "string"}`) + "], " +
			times(n, ",", `"get": {"operationId": "Op%d", "parameters": [{"name": "x", "in": "query", "type": "string"}]}`) + "}}")
	}},
	{"parameters of a path under those of an operation", func(n int) map[string]string {
		list := times(n, ",", `{"name": "q%d", "in": "query", "type": "string"}`)
		return definitionOf(`"paths": {"/p": {"parameters": [` + list + `], "get": {"operationId": "Op", "responses": {}, "parameters": [` + list + "]}}}")
	}},
	{"variables without parameters", func(n int) map[string]string {
		return oneOperation("/"+times(n, "/", "{v%d}"), `"parameters": [`+times(n, ",", `{"name": "w%d", "in": "path", "required": true, "type": "string"}`)+"]", "")
	}},
	{"variables with parameters", func(n int) map[string]string {
		return oneOperation("/"+times(n, "/", "{v%d}"), `"parameters": [`+times(n, ",", `{"name": "v%d", "in": "path", "required": true, "type": "string"}`)+"]", "")
	}},
	{"many bodies", func(n int) map[string]string {
		return oneOperation("/p", `"parameters": [`+times(n, ",", `{"name": "b%d", "in": "body", "schema": {"type": "object"}}`)+"]", "")
	}},
	{"a chain of allOf", func(n int) map[string]string {
		var chain strings.Builder
		for i := range n {
			fmt.Fprintf(&chain, `"D%d": {"default": 1, "required": ["p%d", "q"], "properties": {"p%d": {"type": "string"}}, "allOf": [{"$ref": "#/definitions/D%d"}]},`, i, i, i, i+1)
		}
		return oneOperation("/p", `"parameters": [{"name": "b", "in": "body", "schema": {"$ref": "#/definitions/D0"}}]`, `, "definitions": {`+chain.String()+`"E": {}}`)
	}},
	{"one schema of many parts", func(n int) map[string]string {
		return definitionOf(`"paths": {}, "definitions": {"D": {"allOf": [` + times(n, ",", `{"required": ["q%d"], "properties": {"p%d": {"type": "string"}}}`) + "]}}")
	}},
	{"a circle of references", func(n int) map[string]string {
		return definitionOf(`"paths": {}, "definitions": {` + times(n, ",", `"D%d": {"$ref": "#/definitions/D%d"}`) + "}")
	}},
	{"references to nothing", func(n int) map[string]string {
		return definitionOf(`"paths": {}, "definitions": {` + times(n, ",", `"D%d": {"$ref": "#/definitions/E%d"}`) + "}")
	}},
	{"references into paths", func(n int) map[string]string {
		return definitionOf(`"paths": {` + times(n, ",", `"/p%d": {"get": {"operationId": "Op%d", "responses": {"200": {"description": "d", "schema": {"$ref": "#/paths/~1p%d/get"}}}}}`) + "}")
	}},
	{"a huge enum", func(n int) map[string]string {
		return oneOperation("/p", `"parameters": [{"name": "q", "in": "query", "type": "array", "items": {"type": "string", "enum": [`+times(n, ",", `"v%d"`)+
			`]}, "default": [`+times(n, ",", `"w%d"`)+"]}]", "")
	}},
	{"texts for another enum", func(n int) map[string]string {
		return oneOperation("/p", `"parameters": [{"name": "q", "in": "query", "type": "string", "enum": [`+times(n, ",", `"value%d"`)+
			`], "x-ms-enum-values": [`+times(n, ",", `{"value": "valua%d", "displayName": "v"}`)+"]}]", "")
	}},
	{"required properties that are not there", func(n int) map[string]string {
		return definitionOf(`"paths": {}, "definitions": {"D": {"type": "object", "required": [` + times(n, ",", `"property%d"`) + `], "properties": {` + times(n, ",", `"propertx%d": {"type": "string"}`) + "}}}")
	}},
	{"security that is not defined", func(n int) map[string]string {
		return definitionOf(`"paths": {}, "securityDefinitions": {` + times(n, ",", `"key%d": {"type": "apiKey", "in": "header", "name": "k"}`) + `}, "security": [` + times(n, ",", `{"kez%d": []}`) + "]")
	}},
	{"scopes that are not defined", func(n int) map[string]string {
		return definitionOf(`"paths": {}, "securityDefinitions": {"o": {"type": "oauth2", "flow": "accessCode", "authorizationUrl": "https://a.b", "tokenUrl": "https://a.b", "scopes": {` +
			times(n, ",", `"scope%d": "d"`) + `}}}, "security": [{"o": [` + times(n, ",", `"scopf%d"`) + "]}]")
	}},
	{"schemes", func(n int) map[string]string {
		return definitionOf(`"paths": {}, "schemes": [` + times(n, ",", `"http"`) + "]")
	}},
	{"unknown keys", func(n int) map[string]string {
		return definitionOf(`"paths": {}, ` + times(n, ",", `"key%d": 1, "x-ms-key%d": 2, "X-MS-Capabilities%d": 3`))
	}},
	{"calls of nothing", func(n int) map[string]string { return dynamicConnector(n, "Nothing%d", "p%d", "value", "id") }},
	{"calls with wrong arguments", func(n int) map[string]string { return dynamicConnector(n, "Op", "p%d", "value", "id") }},
	{"calls with wrong paths", func(n int) map[string]string { return dynamicConnector(n, "Op", "q%d", "valud", "ie") }},
	{"calls that need much", func(n int) map[string]string { return dynamicConnector(n, "Op", "x", "items", "name") }},
	{"a path of many steps", func(n int) map[string]string {
		return oneOperation("/p", `"parameters": [{"name": "q", "in": "query", "type": "string", "x-ms-dynamic-values": {"operationId": "Get", "value-collection": "`+times(n, "/", "a")+`", "value-path": "`+times(n, "/", "a")+`"}}]`,
			`, "definitions": {"D": {"type": "object", "properties": {"a": {"$ref": "#/definitions/D"}}}}, "paths": {"/g": {"get": {"operationId": "Get", "responses": {"200": {"description": "d", "schema": {"$ref": "#/definitions/D"}}}}}}`)
	}},
	{"webhooks without an address", func(n int) map[string]string {
		return definitionOf(`"paths": {` + times(n, ",", `"/p%d": {"x-ms-notification-content": {"schema": {"type": "object"}}, "post": {"operationId": "Op%d", "x-ms-trigger": "batch", "responses": {"200": {"description": "d", "schema": {"$ref": "#/definitions/D"}}}, "parameters": [{"name": "b", "in": "body", "schema": {"$ref": "#/definitions/D"}}]}}`) +
			`}, "definitions": {"D": {"type": "object", "properties": {` + times(n, ",", `"url%d": {"type": "string"}`) + "}}}")
	}},
	{"a long name beside a long name", func(n int) map[string]string {
		long := strings.Repeat("ab", 20*n)
		return definitionOf(`"paths": {}, "definitions": {"` + long + `": {"$ref": "#/definitions/` + long + `c"}}`)
	}},
	{"one long pattern", func(n int) map[string]string {
		return definitionOf(`"paths": {}, "definitions": {"A": {"type": "string", "pattern": "` + strings.Repeat("a{", 10*n) + `"}, "B": {"type": "string", "pattern": "` +
			strings.Repeat("(?<a", 10*n) + `"}, "C": {"type": "string", "pattern": "` + strings.Repeat("[a-", 10*n) + `"}, "D": {"type": "string", "pattern": "` + strings.Repeat("(?'", 10*n) + `"}}`)
	}},
	{"policies for operations that are gone", func(n int) map[string]string {
		return propertiesOf(n, `"scriptOperations": [`+times(n, ",", `"Op%dx"`)+`], "policyTemplateInstances": [`+
			times(n, ",", `{"templateId": "setheader", "title": "t", "parameters": {"x-ms-apimTemplate-operationName": ["Ox%d"], "x-ms-apimTemplateParameter.nam": "n"}}`)+"]")
	}},
	{"policies with everything wrong", func(n int) map[string]string {
		return propertiesOf(1, `"policyTemplateInstances": [`+times(n, ",", `{"templateId": "setheaderz%d", "parameters": {}}, {"templateId": "setheader", "parameters": {"x-ms-apimTemplate-policySection": "never", "k%d": 1}}`)+"]")
	}},
	{"one policy with many keys", func(n int) map[string]string {
		return propertiesOf(1, `"policyTemplateInstances": [{"templateId": "setheader", "parameters": {`+times(n, ",", `"nam%d": "@body("`)+"}}]")
	}},
	{"expressions in expressions", func(n int) map[string]string {
		return policyText(strings.Repeat("@body(", 10*n))
	}},
	{"expressions with open quotes", func(n int) map[string]string {
		return policyText(strings.Repeat("@headers(", 10*n) + "'")
	}},
	{"expressions and escapes", func(n int) map[string]string {
		return policyText(strings.Repeat(`@connectionParameters('x')\n@Request.x`, n))
	}},
	{"connection parameters that are not there", func(n int) map[string]string {
		return propertiesOf(1, `"connectionParameters": {`+times(n, ",", `"a key%d": {"type": "securestring"}`)+`}, "policyTemplateInstances": [`+
			times(n, ",", `{"templateId": "setheader", "parameters": {"x-ms-apimTemplateParameter.name": "n", "x-ms-apimTemplateParameter.value": "@connectionParameters('a kez%d')@connectionParameters('A key%d')"}}`)+"]")
	}},
	{"ways to sign in", func(n int) map[string]string {
		return propertiesOf(1, `"connectionParameterSets": {"values": [`+times(n, ",", `{"name": "s", "parameters": {"token": {"type": "oauthSetting", "oAuthSettings": {"identityProvider": "oauth%d"}}, "secret": {"type": "string"}}}`)+"]}")
	}},
	{"a script of dollars", func(n int) map[string]string { return withScript(1, strings.Repeat("$", 50*n)) }},
	{"a script of switches", func(n int) map[string]string {
		return withScript(1, strings.Repeat("switch (OperationId) {", n)+strings.Repeat("}", n))
	}},
	{"a script of switches in brackets", func(n int) map[string]string {
		return withScript(1, strings.Repeat("switch (", 4*n)+strings.Repeat(")", 4*n))
	}},
	{"a script of names", func(n int) map[string]string {
		return withScript(1, strings.Repeat("OperationId.", 4*n)+" "+strings.Repeat("Task ExecuteAsync( )", 4*n))
	}},
	{"a script of operations that are gone", func(n int) map[string]string {
		return withScript(n, times(n, "\n", `if (OperationId == "Opx%d") {}`))
	}},
	{"a script of open strings", func(n int) map[string]string { return withScript(1, strings.Repeat(`$"{`, 20*n)) }},
}

func policyText(text string) map[string]string {
	return propertiesOf(1, `"policyTemplateInstances": [{"templateId": "setheader", "parameters": {"x-ms-apimTemplateParameter.name": "n", "x-ms-apimTemplateParameter.value": "`+text+`"}}]`)
}

// dynamicConnector has n parameters whose choices come from an operation with n parameters and an answer with n properties.
func dynamicConnector(n int, operation, argument, collection, value string) map[string]string {
	calls := times(n, ",", `{"name": "c%d", "in": "query", "type": "string", "x-ms-dynamic-values": {"operationId": "`+operation+`", "parameters": {"`+argument+
		`": {"parameter": "none%d"}}, "value-collection": "`+collection+`", "value-path": "`+value+`"}}, {"name": "l%d", "in": "query", "type": "string", "x-ms-dynamic-list": {"operationId": "Op"}}`)
	return definitionOf(`"paths": {"/p": {"post": {"operationId": "Caller", "responses": {"200": {"description": "d"}}, "parameters": [` + calls + `]},
		"get": {"operationId": "Op", "responses": {"200": {"description": "d", "schema": {"$ref": "#/definitions/Answer"}}}, "parameters": [` +
		times(n, ",", `{"name": "p%d", "in": "query", "required": true, "type": "string"}`) + `]}}},
		"definitions": {"Answer": {"type": "object", "properties": {"items": {"type": "array", "items": {"$ref": "#/definitions/Item"}}, ` + times(n, ",", `"value%d": {"type": "string"}`) + `}},
		"Item": {"type": "object", "properties": {` + times(n, ",", `"id%d": {"type": "string"}`) + "}}}")
}

// TestHostile checks inputs that are made to take long, small and four times as large: none may panic, a rule of far more
// than linear time does not come back, and one that seeks candidates or fixes for what is not shown allocates out of
// proportion.
func TestHostile(t *testing.T) {
	for _, h := range hostileConnectors {
		t.Run(h.name, func(t *testing.T) {
			small, large := checkedWith(t, h.files(250)), checkedWith(t, h.files(1_000))
			if large > 6*small+100_000 {
				t.Errorf("%d allocations, but %d for an input four times as large", small, large)
			}
		})
	}
}

// checkedWith checks a connector and returns how many allocations that took.
func checkedWith(t *testing.T, files map[string]string) uint64 {
	var before, after runtime.MemStats
	c := assemble(files)
	runtime.ReadMemStats(&before)
	found := diagnostics.Check(context.Background(), c, diagnostics.Options{})
	runtime.ReadMemStats(&after)
	for _, d := range found {
		if d.Span.Start < 0 || d.Span.End > d.File.Content.Len() {
			t.Fatalf("%s at %v, outside of the file", d.Rule, d.Span)
		}
	}
	return after.Mallocs - before.Mallocs
}
