package diagnostics_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/source"
)

// edit sets the value at a pointer of the sound connector's definition.
type edit struct{ pointer, json string }

// extensionCase is what one rule says of the sound connector after some edits: the severity and the underlined text of
// each diagnostic.
type extensionCase struct {
	name  string
	rule  string
	edits []edit
	want  []string
}

const (
	kindValues  = "/paths/~1pets/get/parameters/0/x-ms-dynamic-values"
	kindParams  = "/paths/~1kinds/get/parameters"
	kindAnswer  = "/paths/~1kinds/get/responses/200/schema"
	hookBody    = "/paths/~1hooks/post/parameters/0/schema"
	petBody     = "/paths/~1pets/post/parameters/0/schema"
	shop        = `[{"name": "shop", "in": "query", "type": "string"}]`
	shopNeeded  = `[{"name": "shop", "in": "query", "type": "string", "required": true}]`
	app         = `{"name": "app", "in": "body", "schema": {"$ref": "#/definitions/App"}}`
	definitions = "/definitions/"
)

// appSchema is a body with a property at the top, one below an object, one in the elements of an array, one in allOf.
const appSchema = `{"allOf": [{"$ref": "#/definitions/Base"}], "type": "object", "properties": {
	"appId": {"type": "string"},
	"hook": {"type": "object", "properties": {"lifecycleId": {"type": "string"}}},
	"rows": {"type": "array", "items": {"type": "object", "properties": {"rowId": {"type": "string"}}}}}}`

const baseSchema = `{"type": "object", "properties": {"baseId": {"type": "string"}, "self": {"$ref": "#/definitions/App"}}}`

// callFromBody returns the edits that make ListKinds be called with the value of an input of CreatePet.
func callFromBody(form, reference string) []edit {
	pick := fmt.Sprintf(`{"name": "pick", "in": "query", "type": "string", %q: {"operationId": "ListKinds", "parameters": {"shop": %s}}}`, form, reference)
	return []edit{{kindParams, shop}, {definitions + "App", appSchema}, {definitions + "Base", baseSchema},
		{"/paths/~1pets/post/parameters", "[" + app + ", " + pick + "]"}}
}

var dynamicCases = []extensionCase{
	{"unknown target", "dynamic-operation-unknown", []edit{{kindValues + "/operationId", `"listkinds"`}}, []string{`error "listkinds"`}},
	{"unknown target of a tree", "dynamic-operation-unknown", []edit{{kindValues, `1`},
		{"/paths/~1pets/get/parameters/0/x-ms-dynamic-tree", `{"open": {"operationId": "A"}, "browse": {"operationId": "ListKinds"}}`}}, []string{`error "A"`}},
	{"neither operation nor capability", "dynamic-operation-missing", []edit{{kindValues, `{"value-path": "id"}`}}, []string{`error "x-ms-dynamic-values"`}},
	{"a capability", "dynamic-operation-missing", []edit{{kindValues, `{"capability": "file-picker"}`}}, nil},
	{"an operation of the platform", "dynamic-operation-missing", []edit{{kindValues, `{"builtInOperation": "AadGraph.GetUsers"}`}}, nil},

	{"unknown argument", "dynamic-parameter-unknown", []edit{{kindParams, shop}, {kindValues + "/parameters", `{"shops": 1, "shop": 2}`}}, []string{`error "shops"`}},
	{"argument in the body of the target", "dynamic-parameter-unknown", []edit{
		{definitions + "App", appSchema}, {definitions + "Base", baseSchema}, {kindParams, "[" + app + "]"},
		{kindValues + "/parameters", `{"appId": 1, "app/appId": 2, "body/hook/lifecycleId": 3, "Hook.LifecycleId": 4}`}}, []string{`error "Hook.LifecycleId"`}},
	{"needed argument", "dynamic-parameter-missing", []edit{{kindParams, shopNeeded}}, []string{`error "x-ms-dynamic-values"`}},
	{"needed argument given", "dynamic-parameter-missing", []edit{{kindParams, shopNeeded}, {kindValues + "/parameters", `{"shop": "main"}`}}, nil},
	{"needed argument with a default", "dynamic-parameter-missing",
		[]edit{{kindParams, `[{"name": "shop", "in": "query", "type": "string", "required": true, "default": "main"}]`}}, nil},

	{"source: a parameter", "dynamic-source-unknown", []edit{{kindParams, shop}, {kindValues + "/parameters", `{"shop": {"parameter": "limit"}}`}}, nil},
	{"source: a body property", "dynamic-source-unknown", callFromBody("x-ms-dynamic-values", `{"parameter": "appId"}`), nil},
	{"source: a body property further down", "dynamic-source-unknown", callFromBody("x-ms-dynamic-values", `{"parameter": "rowId"}`), nil},
	{"source: a path with slashes", "dynamic-source-unknown", callFromBody("x-ms-dynamic-list", `{"parameterReference": "body/hook/lifecycleId"}`), nil},
	{"source: a path from the body's name", "dynamic-source-unknown", callFromBody("x-ms-dynamic-list", `{"parameterReference": "app/rows/rowId"}`), nil},
	{"source: a path through allOf and a circle", "dynamic-source-unknown", callFromBody("x-ms-dynamic-list", `{"parameterReference": "body/self/self/baseId"}`), nil},
	{"source: a path with dots", "dynamic-source-unknown", callFromBody("x-ms-dynamic-values", `{"parameter": "hook.lifecycleId"}`), nil},
	{"source: nothing", "dynamic-source-unknown", callFromBody("x-ms-dynamic-values", `{"parameter": "apId"}`), []string{`error "apId"`}},
	{"source: a path to nothing", "dynamic-source-unknown", callFromBody("x-ms-dynamic-list", `{"parameterReference": "body/hook/id"}`), []string{`error "body/hook/id"`}},
	{"source: a dotted path to nothing", "dynamic-source-unknown", callFromBody("x-ms-dynamic-values", `{"parameter": "hook.id"}`), []string{`error "hook.id"`}},
	{"source: a path into a free body", "dynamic-source-unknown", append(callFromBody("x-ms-dynamic-list", `{"parameterReference": "body/apId"}`), edit{definitions + "App", `{"type": "object"}`}), nil},
	{"source: a name in a free body", "dynamic-source-unknown", append(callFromBody("x-ms-dynamic-values", `{"parameter": "apId"}`), edit{definitions + "App", `{"type": "object"}`}), []string{`error "apId"`}},
	{"source: a name in a free body, from within", "dynamic-source-unknown",
		[]edit{{kindParams, shop}, {petBody, `{"type": "object", "x-ms-dynamic-schema": {"operationId": "ListKinds", "parameters": {"shop": {"parameter": "apId"}}}}`}}, nil},
	{"source: in a shared schema, one of its users has it", "dynamic-source-unknown",
		[]edit{{kindParams, shop}, {definitions + "Pet/properties/id/x-ms-dynamic-values", `{"operationId": "ListKinds", "parameters": {"shop": {"parameter": "petId"}}}`}}, nil},
	{"source: in a shared schema, none of its users has it", "dynamic-source-unknown",
		[]edit{{kindParams, shop}, {definitions + "Pet/properties/id/x-ms-dynamic-values", `{"operationId": "ListKinds", "parameters": {"shop": {"parameter": "dogId"}}}`}}, []string{`error "dogId"`}},
	{"source: in a schema that nothing uses", "dynamic-source-unknown",
		[]edit{{kindParams, shop}, {definitions + "Lost", `{"type": "object", "x-ms-dynamic-schema": {"operationId": "ListKinds", "parameters": {"shop": {"parameter": "x"}}}}`}}, nil},

	{"collection that is not there", "dynamic-path-unknown", []edit{{kindValues + "/value-collection", `"kind"`}}, []string{`warning "kind"`}},
	{"value and title that are not there", "dynamic-path-unknown", []edit{{kindValues + "/value-path", `"key"`}, {kindValues + "/value-title", `"nam"`}}, []string{`warning "key"`, `warning "nam"`}},
	{"value in another case", "dynamic-path-unknown", []edit{{kindValues + "/value-path", `"ID"`}}, []string{`information "ID"`}},
	{"value below a property", "dynamic-path-unknown", []edit{{kindValues + "/value-path", `"name/first"`}}, []string{`warning "name/first"`}},
	{"answer without a schema", "dynamic-path-unknown", []edit{{kindValues + "/value-path", `"key"`}, {"/paths/~1kinds/get/responses", `{"200": {"description": "The kinds."}}`}}, nil},
	{"answer with a free schema", "dynamic-path-unknown", []edit{{kindValues + "/value-path", `"key"`}, {kindAnswer, `{"type": "object"}`}}, nil},
	{"schema that is not there", "dynamic-path-unknown", []edit{{petBody, `{"x-ms-dynamic-schema": {"operationId": "ListKinds", "value-path": "schema"}}`}}, []string{`information "schema"`}},
	{"answer that is no array", "dynamic-collection-not-array", []edit{{kindValues, `{"operationId": "ListKinds", "value-path": "id"}`}}, []string{`warning "x-ms-dynamic-values"`}},
	{"collection that is no array", "dynamic-collection-not-array", []edit{{kindAnswer + "/properties/kinds", `{"type": "string"}`}}, []string{`warning "kinds"`}},
	{"choices that are plain values", "dynamic-value-path-missing",
		[]edit{{kindValues, `{"operationId": "ListKinds", "value-collection": "kinds"}`}, {kindAnswer + "/properties/kinds/items", `{"type": "string"}`}}, nil},
	{"no value path", "dynamic-value-path-missing", []edit{{kindValues, `{"operationId": "ListKinds", "value-collection": "kinds"}`}}, []string{`warning "x-ms-dynamic-values"`}},
	{"dynamic tree on a body", "dynamic-on-body-parameter", []edit{{"/paths/~1pets/post/parameters/0/x-ms-dynamic-tree", `{}`}}, []string{`error "x-ms-dynamic-tree"`}},
	{"body parameters are left to that rule", "no-effect", []edit{{"/paths/~1pets/post/parameters/0/x-ms-dynamic-list", `{}`}}, nil},
	{"picked folder in a file picker", "selected-item-misplaced",
		[]edit{{"/x-ms-capabilities", `{"file-picker": {"browse": {"operationId": "ListKinds", "parameters": {"a": {"selectedItemValuePath": "id"}}}}}`}}, []string{`error "selectedItemValuePath"`}},
	{"unknown operation of a file picker", "capability-operation-unknown",
		[]edit{{"/x-ms-capabilities", `{"file-picker": {"open": {"operationId": "A"}, "browse": {"operationId": "ListKinds"}}}`}}, []string{`error "A"`}},
	{"unknown argument of a file picker", "capability-parameter-unknown",
		[]edit{{"/x-ms-capabilities", `{"file-picker": {"browse": {"operationId": "GetPet", "parameters": {"petId": {"value-property": "id"}, "x": {"value": 1}}}}}`}}, []string{`error "x"`}},
	{"connection test with a needed parameter", "test-connection-unsuitable", []edit{{"/x-ms-capabilities", `{"testConnection": {"operationId": "GetPet"}}`}}, []string{`warning "GetPet"`}},
	{"connection test with a fixed value", "test-connection-unsuitable", []edit{{"/x-ms-capabilities", `{"testConnection": {"operationId": "GetPet", "parameters": {"petId": "1"}}}`}}, nil},
}

var notificationCases = []extensionCase{
	{"unknown webhook operation", "notification-operation-unknown", []edit{{"/paths/~1pets/get/x-ms-notification", `{"operationId": "A"}`}}, []string{`error "A"`}},
	{"unknown replacement", "notification-operation-unknown", []edit{{"/paths/~1pets/get/x-ms-api-annotation", `{"replacement": {"operationId": "A"}}`}}, []string{`warning "A"`}},
	{"replacement in another connector", "notification-operation-unknown", []edit{{"/paths/~1pets/get/x-ms-api-annotation", `{"replacement": {"api": "cats", "operationId": "A"}}`}}, nil},
	{"webhook without a body", "notification-url-missing", []edit{{"/paths/~1hooks/post/parameters", `[]`}}, []string{`error "post"`}},
	{"address switched off", "notification-url-missing", []edit{{hookBody + "/properties/url/x-ms-notification-url", `false`}}, []string{`error "post"`}},
	{"address through references, allOf and items", "notification-url-missing", []edit{
		{definitions + "Url", `{"type": "string", "x-ms-notification-url": true}`},
		{definitions + "Hook", `{"allOf": [{"$ref": "#/definitions/Hooks"}]}`},
		{definitions + "Hooks", `{"type": "object", "properties": {"list": {"type": "array", "items": {"type": "object", "properties": {"to": {"$ref": "#/definitions/Url"}, "next": {"$ref": "#/definitions/Hook"}}}}}}`},
		{hookBody, `{"$ref": "#/definitions/Hook"}`}}, nil},
	{"dynamic body", "notification-url-missing", []edit{{hookBody, `{"x-ms-dynamic-schema": {"operationId": "ListKinds"}}`}}, nil},
	{"content of a wrong kind is left to its type", "notification-content-missing", []edit{{"/paths/~1hooks/x-ms-notification-content", `1`}}, nil},
	{"content in an operation is not extension-misplaced too", "extension-misplaced", []edit{{"/paths/~1pets/get/x-ms-notification-content", `{}`}}, nil},
	{"content in an operation", "notification-content-misplaced", []edit{{"/paths/~1pets/get/x-ms-notification-content", `{}`}}, []string{`warning "x-ms-notification-content"`}},
	{"address in an answer", "notification-url-misplaced", []edit{{kindAnswer + "/properties/url", `{"type": "string", "x-ms-notification-url": true}`}}, []string{`warning "x-ms-notification-url"`}},
	{"address in a shared schema of answers", "notification-url-misplaced", []edit{{definitions + "Pet/properties/url", `{"type": "string", "x-ms-notification-url": true}`}}, nil},
	{"address that is a number", "notification-url-not-string", []edit{{hookBody + "/properties/url/type", `"integer"`}}, []string{`warning "integer"`}},
	{"address hidden by what is around it", "notification-url-visible",
		[]edit{{hookBody, `{"type": "object", "properties": {"hook": {"type": "object", "x-ms-visibility": "internal", "properties": {"url": {"type": "string", "x-ms-notification-url": true}}}}}`}}, nil},
	{"address in view", "notification-url-visible", []edit{{hookBody + "/properties/url/x-ms-visibility", `"advanced"`}}, []string{`warning "url"`}},
	{"address below an optional object", "notification-url-optional",
		[]edit{{hookBody, `{"type": "object", "properties": {"hook": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string", "x-ms-notification-url": true}}}}}`}}, []string{`hint "url"`}},

	{"batch of a webhook", "trigger-kind-unlikely", []edit{{"/paths/~1hooks/post/x-ms-trigger", `"batch"`}}, []string{`information "batch"`}},
	{"batch without an array", "trigger-kind-unlikely", []edit{{"/paths/~1pets~1{petId}/get/x-ms-trigger", `"batch"`}}, []string{`information "batch"`}},
	{"batch with an array in an object", "trigger-kind-unlikely", []edit{{"/paths/~1kinds/get/x-ms-trigger", `"batch"`}}, nil},
	{"posted trigger needs no polling metadata", "trigger-polling-metadata-missing", []edit{{"/paths/~1pets/post/x-ms-trigger", `"batch"`}}, nil},
	{"no webhook, no delete", "trigger-delete-missing", []edit{{"/paths/~1hooks", `{}`}, {"/paths/~1hooks~1{hookId}", `{}`}}, nil},
	{"array has no next link", "pageable-next-link-missing", []edit{{"/paths/~1pets/get/x-ms-pageable", `{"nextLinkName": "nextLink"}`}}, []string{`information "nextLink"`}},
	{"a free answer may have a next link", "pageable-next-link-missing", []edit{{"/paths/~1kinds/get/x-ms-pageable", `{"nextLinkName": "nextLink"}`}, {kindAnswer, `{}`}}, nil},
}

var otherCases = []extensionCase{
	{"hidden property of a body", "internal-without-default", []edit{{definitions + "Pet/properties/name/x-ms-visibility", `"internal"`}}, []string{`warning "name"`}},
	{"hidden property with a default", "internal-without-default", []edit{{definitions + "Pet/properties/name", `{"type": "string", "default": "Rex", "x-ms-visibility": "internal"}`}}, nil},
	{"hidden property of an optional object", "internal-without-default",
		[]edit{{petBody, `{"type": "object", "properties": {"pet": {"$ref": "#/definitions/Pet"}}}`}, {definitions + "Pet/properties/name/x-ms-visibility", `"internal"`}}, nil},
	{"hidden object around defaults", "internal-without-default",
		[]edit{{petBody, `{"type": "object", "required": ["a"], "properties": {"a": {"type": "object", "x-ms-visibility": "internal", "required": ["b"], "properties": {"b": {"type": "string", "default": ""}}}}}`}}, nil},
	{"hidden property of an answer", "internal-without-default",
		[]edit{{petBody, `{}`}, {definitions + "Pet/properties/name/x-ms-visibility", `"internal"`}}, nil},
	{"hidden connectionId", "internal-without-default", []edit{{"/paths/~1pets~1{petId}/get/parameters/0", `{"name": "connectionId", "in": "path", "type": "string", "required": true, "x-ms-visibility": "internal"}`}}, nil},
	{"two texts for a value", "enum-values-mismatch",
		[]edit{{definitions + "Pet/properties/size/x-ms-enum-values", `[{"value": "small", "displayName": "S"}, {"value": "small", "displayName": "Small"}]`}}, []string{`warning "small"`}},
	{"text for a number", "enum-values-mismatch",
		[]edit{{"/parameters/limit/enum", `[1, 2]`}, {"/parameters/limit/x-ms-enum-values", `[{"value": 1, "displayName": "One"}, {"value": 3, "displayName": "Three"}]`}}, []string{`warning 3`}},
	{"revision 1 without saying so", "annotation-revision-duplicate",
		[]edit{{"/paths/~1pets/get/x-ms-api-annotation", `{"family": "A"}`}, {"/paths/~1pets/post/x-ms-api-annotation", `{"family": "A", "revision": 1}`}}, []string{`warning 1`}},
	{"deprecated revision", "annotation-revision-duplicate",
		[]edit{{"/paths/~1pets/get/x-ms-api-annotation", `{"family": "A"}`}, {"/paths/~1pets/post/x-ms-api-annotation", `{"family": "A"}`}, {"/paths/~1pets/post/deprecated", `true`}}, nil},
	{"dictionary without names of its own", "editor-dictionary-without-object",
		[]edit{{definitions + "Pet/properties/size", `{"type": "object", "additionalProperties": false, "x-ms-editor": "dictionary"}`}}, []string{`warning "dictionary"`}},
	{"another editor", "editor-dictionary-without-object", []edit{{definitions + "Pet/properties/size/x-ms-editor", `"html"`}}, nil},
	{"agents post", "agentic-protocol-unsuitable", []edit{{"/paths/~1hooks~1{hookId}/delete/x-ms-agentic-protocol", `"mcp-streamable-1.0"`}}, []string{`warning "x-ms-agentic-protocol"`}},
}

func TestExtensions(t *testing.T) {
	base := pets(t)
	for _, group := range [][]extensionCase{dynamicCases, notificationCases, otherCases} {
		for _, c := range group {
			t.Run(c.rule+"/"+c.name, func(t *testing.T) {
				var got []string
				for _, d := range check(assemble(edited(t, base, c.edits)), diagnostics.Options{}) {
					if d.Rule == c.rule {
						got = append(got, d.Severity.String()+" "+d.File.Content.String()[d.Span.Start:d.Span.End])
					}
				}
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("want -, got +:\n%s", diff)
				}
			})
		}
	}
}

func edited(t *testing.T, base map[string]string, edits []edit) map[string]string {
	t.Helper()
	var list []change
	for _, e := range edits {
		list = append(list, change{"json", "apiDefinition.swagger.json", e.pointer, e.json})
	}
	return apply(t, base, list)
}

// TestMoves shows what the fixes that move an extension write: the lines keep their shape at their new depth.
func TestMoves(t *testing.T) {
	const file = "apiDefinition.swagger.json"
	content := "{\n\t\"schema\": {\n\t\t\"type\": \"object\"\n\t}\n}"
	files := edited(t, pets(t), []edit{{"/paths/~1kinds/get/x-ms-notification-content", content}})
	for _, d := range check(assemble(files), diagnostics.Options{}) {
		if d.Rule != "notification-content-misplaced" || len(d.Fixes) != 1 || !d.Fixes[0].Safe {
			continue
		}
		out, err := source.Apply(files[file], editsByFile(d.Fixes[0])[file])
		if err != nil {
			t.Fatal(err)
		}
		want := "      },\n      \"x-ms-notification-content\": {\n        \"schema\": {\n          \"type\": \"object\"\n        }\n      }\n    },"
		if !strings.Contains(out, want) {
			t.Errorf("the content was moved to:\n%s", out)
		}
		return
	}
	t.Error("there is no safe fix")
}

// TestEndlessSchemas checks that rules which walk schemas come to an end on schemas that hold themselves.
func TestEndlessSchemas(t *testing.T) {
	files := edited(t, pets(t), []edit{
		{definitions + "A", `{"$ref": "#/definitions/B"}`}, {definitions + "B", `{"$ref": "#/definitions/A"}`},
		{definitions + "C", `{"allOf": [{"$ref": "#/definitions/C"}], "items": {"$ref": "#/definitions/C"}, "properties": {"c": {"$ref": "#/definitions/C"}, "a": {"$ref": "#/definitions/A"}}}`},
		{kindAnswer, `{"$ref": "#/definitions/C"}`}, {hookBody, `{"$ref": "#/definitions/C"}`}, {kindParams, `[{"name": "body", "in": "body", "schema": {"$ref": "#/definitions/C"}}]`},
		{kindValues, `{"operationId": "ListKinds", "value-collection": "c/c/a/x", "value-path": "c", "parameters": {"body/c/c/x": {"parameter": "c/c"}}}`},
	})
	found := check(assemble(files), diagnostics.Options{})
	for _, want := range []string{"notification-url-missing", "dynamic-source-unknown"} {
		if countRule(found, want) != 1 {
			t.Errorf("%s is not found once:\n%s", want, strings.Join(show(found), "\n"))
		}
	}
}
