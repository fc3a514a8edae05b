package diagnostics_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/jsondoc"
)

// set changes or adds the value at a pointer of the sound connector's definition.
func set(pointer, body string) change {
	return change{"json", "apiDefinition.swagger.json", pointer, body}
}

// operation is a complete operation around some members.
func operation(members string) string {
	return `{"operationId": "Added", "summary": "Added", "description": "Added for a test.", ` + members +
		`, "responses": {"200": {"description": "Done.", "schema": {"type": "string"}}}}`
}

// takes is an operation with these parameters.
func takes(parameters ...string) string {
	return operation(`"parameters": [` + strings.Join(parameters, ", ") + `]`)
}

// param is a complete parameter; more is what follows its name.
func param(name, more string) string {
	return fmt.Sprintf(`{"name": %q, "x-ms-summary": "Added", "description": "Added for a test.", %s}`, name, more)
}

func pathParam(name string) string {
	return param(name, `"in": "path", "required": true, "type": "string", "x-ms-url-encoding": "single"`)
}

const (
	getPet    = "/paths/~1pets~1{petId}/get"
	petSchema = getPet + "/responses/200/schema"
	postPets  = "/paths/~1pets/post"
	petLegs   = "/definitions/Pet/properties/legs"
	bodyObj   = `"in": "body", "schema": {"type": "object"}`
)

// definitionCases change the sound connector and say what the rules over the structure of the definition make of it:
// severity, rule and underlined text of each diagnostic. None is a change that they have nothing to say about.
var definitionCases = []struct {
	name    string
	changes []change
	want    []string
}{
	// operations
	{"operation without a name", []change{set("/paths/~1pets/put", `{"summary": "Put", "description": "Puts pets.", "responses": {"200": {"description": "Done."}}}`)},
		[]string{`error operation-id-missing "put"`}},
	{"empty name", []change{set(postPets+"/operationId", `""`)}, []string{`error operation-id-missing ""`}},
	{"name that is no string", []change{set(postPets+"/operationId", `1`)}, nil},
	{"name twice", []change{set("/paths/~1hooks~1{hookId}/delete/operationId", `"ListPets"`)}, []string{`error operation-id-duplicate "ListPets"`}},
	{"name but for case", []change{set("/paths/~1hooks~1{hookId}/delete/operationId", `"listpets"`)}, []string{`warning operation-id-case "listpets"`}},
	{"deprecated", []change{set(postPets+"/deprecated", `true`)}, []string{`hint operation-deprecated "post"`}},
	{"not deprecated", []change{set(postPets+"/deprecated", `false`)}, nil},
	{"blank summary", []change{set(postPets+"/summary", `" "`)}, []string{`warning operation-summary-missing " "`}},
	{"no texts", []change{set("/paths/~1pets/put", `{"operationId": "Put", "responses": {"200": {"description": "Done."}}}`)},
		[]string{`warning operation-description-missing "put"`, `warning operation-summary-missing "put"`}},
	{"no texts on an internal operation", []change{set("/paths/~1pets/put", `{"operationId": "Put", "x-ms-visibility": "internal", "responses": {"200": {"description": "Done."}}}`)}, nil},

	// references
	{"misspelt reference", []change{set(petSchema, `{"$ref": "#/definitions/pet"}`)}, []string{`error ref-unresolved "#/definitions/pet"`}},
	{"reference as in OpenAPI 3", []change{set(petSchema, `{"$ref": "#/components/schemas/Pet"}`)}, []string{`error ref-unresolved "#/components/schemas/Pet"`}},
	{"parameter reference to nothing", []change{set("/paths/~1pets/get/parameters/1", `{"$ref": "#/parameters/limits"}`)},
		[]string{`error ref-unresolved "#/parameters/limits"`, `hint unused-definition "limit"`}},
	{"reference without the number sign", []change{set(petSchema, `{"$ref": "definitions/Pet"}`)}, []string{`error ref-external "definitions/Pet"`}},
	{"reference to the web", []change{set(petSchema, `{"$ref": "https://pets.test/pet.json"}`)}, []string{`error ref-external "https://pets.test/pet.json"`}},
	{"empty reference", []change{set(petSchema, `{"$ref": ""}`)}, []string{`error ref-external ""`}},
	{"reference to a parameter for a schema", []change{set(petSchema, `{"$ref": "#/parameters/limit"}`)}, []string{`error ref-wrong-section "#/parameters/limit"`}},
	{"reference to a schema for a parameter", []change{set("/paths/~1pets/get/parameters/2", `{"$ref": "#/definitions/Pet"}`)}, []string{`error ref-wrong-section "#/definitions/Pet"`}},
	{"reference into the whole file", []change{set(petSchema, `{"$ref": "#"}`)}, []string{`error ref-wrong-section "#"`}},
	{"reference to a response", []change{set(getPet+"/responses/404", `{"$ref": "#/responses/Gone"}`), set("/responses", `{"Gone": {"description": "Gone."}}`)}, nil},
	{"reference with an escaped slash", []change{set("/definitions/A~1b", `{"type": "object"}`), set(petSchema, `{"$ref": "#/definitions/A~1b"}`)}, nil},
	{"reference with an escaped tilde", []change{set("/definitions/A~0b", `{"type": "object"}`), set(petSchema, `{"$ref": "#/definitions/A~0b"}`)}, nil},
	{"reference with an escaped blank", []change{set("/definitions/A b", `{"type": "object"}`), set(petSchema, `{"$ref": "#/definitions/A%20b"}`)}, nil},
	{"reference with a blank", []change{set("/definitions/A b", `{"type": "object"}`), set(petSchema, `{"$ref": "#/definitions/A b"}`)}, nil},
	{"property called $ref", []change{set("/definitions/Pet/properties/$ref", `{"type": "string"}`)}, nil},
	{"reference in an example", []change{set("/definitions/Pet/example", `{"$ref": "#/nowhere"}`)}, nil},
	{"keys beside a reference", []change{set(petSchema, `{"$ref": "#/definitions/Pet", "title": "Pet", "x-ms-summary": "Pet"}`)},
		[]string{`hint ref-siblings "title"`, `hint ref-siblings "x-ms-summary"`}},
	{"circle of references", []change{set("/definitions/Pet/properties/child", `{"$ref": "#/definitions/Pet"}`)}, nil},
	{"reference to itself", []change{set("/definitions/Loop", `{"$ref": "#/definitions/Loop"}`)}, []string{`hint unused-definition "Loop"`}},

	// definitions that nothing refers to
	{"unused by way of another", []change{set("/definitions/A", `{"type": "array", "items": {"$ref": "#/definitions/B"}}`), set("/definitions/B", `{"type": "object"}`)},
		[]string{`hint unused-definition "A"`, `hint unused-definition "B"`}},
	{"used by way of another", []change{set("/definitions/Pet/properties/a", `{"$ref": "#/definitions/A"}`), set("/definitions/A", `{"type": "array", "items": {"$ref": "#/definitions/B"}}`), set("/definitions/B", `{"type": "object"}`)}, nil},
	{"subtype of what is used", []change{set("/definitions/Pet/discriminator", `"name"`), set("/definitions/Cat", `{"allOf": [{"$ref": "#/definitions/Pet"}]}`)}, nil},

	// paths
	{"path with a query", []change{set("/paths/~1pets?all=true", `{"get": `+takes()+`}`)}, []string{`error path-invalid ?all=true`}},
	{"path with a star", []change{set("/paths/~1pets~1*", `{"get": `+takes()+`}`)}, []string{`error path-invalid *`}},
	{"path without a slash", []change{set("/paths/cats", `{"get": `+takes()+`}`)}, []string{`error path-invalid "cats"`}},
	{"extension among the paths", []change{set("/paths/x-cats", `{"any": "thing"}`)}, nil},
	{"brace without an end", []change{set("/paths/~1a~1{b", `{"get": `+takes()+`}`)}, []string{`error path-template-invalid {b`}},
	{"brace without a start", []change{set("/paths/~1a~1b}", `{"get": `+takes()+`}`)}, []string{`error path-template-invalid }`}},
	{"empty braces", []change{set("/paths/~1a~1{}", `{"get": `+takes()+`}`)}, []string{`error path-template-invalid {}`}},
	{"braces in braces", []change{set("/paths/~1a~1{{b}}", `{"get": `+takes(pathParam("b"))+`}`)}, []string{`error path-template-invalid {{`}},
	{"variable with a default", []change{set("/paths/~1a~1{b=1}", `{"get": `+takes(pathParam("b"))+`}`)}, []string{`error path-template-invalid {b=1}`}},
	{"variable over two segments", []change{set("/paths/~1a~1{b~1c}", `{"get": `+takes()+`}`)}, []string{`error path-template-invalid {b/c}`}},
	{"OData key", []change{set("/paths/~1a('{b}')", `{"get": `+takes(pathParam("b"))+`}`)}, nil},
	{"paths but for case", []change{set("/paths/~1PETS", `{"put": `+takes()+`}`)}, []string{`warning path-duplicate "/PETS"`}},
	{"paths but for a variable", []change{set("/paths/~1pets~1{id}", `{"put": `+takes(pathParam("id"))+`}`)}, []string{`warning path-duplicate "/pets/{id}"`}},
	{"paths with another literal", []change{set("/paths/~1pets~1all", `{"put": `+takes()+`}`)}, nil},
	{"path of parameters alone", []change{set("/paths/~1a~1{b}", `{"parameters": [`+pathParam("b")+`]}`)}, []string{`hint path-empty "/a/{b}"`}},
	{"path of notification content alone", []change{set("/paths/~1a", `{"x-ms-notification-content": {"schema": {"type": "object"}}}`)}, nil},

	// path parameters
	{"variable without a parameter", []change{set("/paths/~1a~1{b}~1{c}", `{"get": `+takes(pathParam("b"))+`}`)}, []string{`error path-parameter-missing {c}`}},
	{"variable with a parameter of the path", []change{set("/paths/~1a~1{b}", `{"get": `+operation(`"tags": []`)+`, "parameters": [`+pathParam("b")+`]}`)}, nil},
	{"variable with a referenced parameter", []change{set("/paths/~1a~1{b}", `{"get": `+takes(`{"$ref": "#/parameters/b"}`)+`}`), set("/parameters/b", pathParam("b"))}, nil},
	{"variable with a reference to nothing", []change{set("/paths/~1a~1{b}", `{"get": `+takes(`{"$ref": "#/parameters/b"}`)+`}`)}, []string{`error ref-unresolved "#/parameters/b"`}},
	{"variable with a parameter in query", []change{set("/paths/~1a~1{b}", `{"get": `+takes(param("b", `"in": "query", "type": "string"`))+`}`)}, []string{`error path-parameter-missing {b}`}},
	{"misspelt path parameter", []change{set(getPet+"/parameters/0/name", `"petid"`)}, []string{`error path-parameter-missing {petId}`, `error path-parameter-unused "petid"`}},
	{"unused parameter of the path", []change{set("/paths/~1kinds/parameters", `[`+pathParam("b")+`]`)}, []string{`error path-parameter-unused "b"`}},
	{"unused referenced parameter", []change{set("/paths/~1kinds/get/parameters", `[{"$ref": "#/parameters/b"}]`), set("/parameters/b", pathParam("b"))},
		[]string{`error path-parameter-unused "#/parameters/b"`}},
	{"path parameter that is not required", []change{set(getPet+"/parameters/0/required", `false`)}, []string{`error path-parameter-optional false`}},
	{"path parameter that does not say", []change{set(getPet+"/parameters/0", `{"name": "petId", "in": "path", "type": "string"}`)}, []string{`error path-parameter-optional "petId"`}},

	// other parameters
	{"parameter twice", []change{set(getPet+"/parameters/1", pathParam("petId"))}, []string{`error parameter-duplicate "petId"`}},
	{"same name elsewhere", []change{set(getPet+"/parameters/1", param("petId", `"in": "query", "type": "string"`))}, nil},
	{"parameter of the path overridden", []change{set("/paths/~1pets~1{petId}/parameters", `[`+pathParam("petId")+`]`)}, nil},
	{"two bodies", []change{set(postPets+"/parameters/1", param("more", bodyObj))}, []string{`error body-duplicate "more"`}},
	{"a body from the path and another", []change{set("/paths/~1hooks/parameters", `[`+param("more", bodyObj)+`]`)}, []string{`error body-duplicate "body"`}},
	{"a body over that of the path", []change{set("/paths/~1hooks/parameters", `[`+param("body", bodyObj)+`]`)}, nil},
	{"body and form", []change{set(postPets+"/parameters/1", param("more", `"in": "formData", "type": "string"`))}, []string{`error body-with-form-data "formData"`}},
	{"body in a form", []change{set(postPets+"/parameters/1", param("a", `"in": "formData", "type": "string"`)), set(postPets+"/parameters/2", param("b", `"in": "formData", "type": "string"`))},
		[]string{`error body-with-form-data "body"`}},
	{"body without a schema", []change{set(postPets+"/parameters/0", param("body", `"in": "body"`))}, []string{`error body-schema-missing "body"`}},
	{"body of a GET", []change{set(getPet+"/parameters/1", param("more", bodyObj))}, []string{`warning body-on-get "body"`}},
	{"body of a DELETE", []change{set("/paths/~1hooks~1{hookId}/delete/parameters/1", param("more", bodyObj))}, []string{`hint body-on-get "body"`}},
	{"form that is sent as JSON", []change{set("/paths/~1pets/put", takes(param("a", `"in": "formData", "type": "string"`)))}, []string{`warning form-data-consumes "put"`}},
	{"form that is sent as a form", []change{set("/paths/~1pets/put", takes(param("a", `"in": "formData", "type": "string"`))), set("/consumes", `["application/x-www-form-urlencoded"]`)}, nil},
	{"file that is sent without parts", []change{set("/paths/~1pets/put", operation(`"consumes": ["application/x-www-form-urlencoded"], "parameters": [`+param("a", `"in": "formData", "type": "file"`)+`]`))},
		[]string{`warning form-data-consumes "consumes"`}},
	{"parameter without a type", []change{set(getPet+"/parameters/1", param("a", `"in": "query"`))}, []string{`error parameter-type-missing "a"`}},
	{"shared parameter without a type", []change{set("/parameters/limit", param("limit", `"in": "query"`))}, []string{`error parameter-type-missing "limit"`}},
	{"parameter with a schema", []change{set(getPet+"/parameters/1", param("a", `"in": "query", "schema": {"type": "string"}`))}, nil},
	{"file in a query", []change{set(getPet+"/parameters/1", param("a", `"in": "query", "type": "file"`))}, []string{`error file-parameter-misplaced "file"`}},
	{"file as a response", []change{set(petSchema, `{"type": "file"}`)}, nil},
	{"collection format of a query", []change{set(getPet+"/parameters/1", param("a", `"in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": "multi"`))},
		[]string{`error collection-format-multi "multi"`}},
	{"array parameter without items", []change{set(getPet+"/parameters/1", param("a", `"in": "query", "type": "array"`))}, []string{`error array-without-items "a"`}},

	// responses
	{"no responses", []change{set("/paths/~1pets/put", `{"operationId": "Put", "summary": "Put", "description": "Puts pets."}`)}, []string{`error responses-missing "put"`}},
	{"extension as the only response", []change{set(getPet+"/responses", `{"x-none": true}`)}, []string{`warning responses-empty "responses"`}},
	{"default as the only response", []change{set(getPet+"/responses", `{"default": {"description": "Done."}}`)}, nil},
	{"code that is none", []change{set(getPet+"/responses/600", `{"description": "Done."}`)}, []string{`error response-code-invalid "600"`}},
	{"default in the wrong case", []change{set(getPet+"/responses", `{"Default": {"description": "Done."}}`)}, []string{`error response-code-invalid "Default"`}},
	{"empty description", []change{set(getPet+"/responses/200/description", `""`)}, []string{`information response-description-missing ""`}},
	{"shared response without a description", []change{set(getPet+"/responses/404", `{"$ref": "#/responses/Gone"}`), set("/responses", `{"Gone": {}}`)}, []string{`error response-description-missing "Gone"`}},
	{"only failures", []change{set(getPet+"/responses", `{"404": {"description": "Gone."}}`)}, []string{`warning no-success-response "responses"`}},
	{"redirection", []change{set(getPet+"/responses", `{"302": {"description": "Elsewhere."}}`)}, nil},

	// schemas
	{"array schema without items", []change{set(petLegs, `{"type": "array"}`)}, []string{`warning array-without-items "legs"`}},
	{"array schema with items in a part", []change{set(petLegs, `{"type": "array", "allOf": [{"items": {"type": "string"}}]}`)}, nil},
	{"array in an array", []change{set(petLegs, `{"type": "array", "items": {"type": "array"}}`)}, []string{`warning array-without-items "items"`}},
	{"type null", []change{set(petLegs, `{"type": "null"}`)}, []string{`warning type-null "null"`}},
	{"unknown required property", []change{set("/definitions/Pet/required", `["name", "nmae"]`)}, []string{`error required-unknown-property "nmae"`}},
	{"required property of a free schema", []change{set("/definitions/Pet/required", `["other"]`), set("/definitions/Pet/additionalProperties", `true`)}, nil},
	{"required property of a nameless schema", []change{set(petLegs, `{"type": "object", "required": ["other"]}`)}, nil},
	{"required property of a part", []change{set(petLegs, `{"required": ["name"], "allOf": [{"$ref": "#/definitions/Pet"}], "properties": {"own": {"type": "string"}}}`)}, nil},
	{"required by a part, in its neighbour", []change{set(petLegs, `{"allOf": [{"$ref": "#/definitions/Pet"}, {"required": ["id"], "properties": {"own": {"type": "string"}}}]}`)}, nil},
	{"required by a part, in none", []change{set(petLegs, `{"allOf": [{"$ref": "#/definitions/Pet"}, {"required": ["legs", "tail"], "properties": {"own": {"type": "string"}}}]}`)}, []string{`error required-unknown-property "tail"`}},
	{"required by a base that others complete", []change{set("/definitions/Pet/required", `["tail"]`), set(petLegs, `{"allOf": [{"$ref": "#/definitions/Pet"}], "properties": {"tail": {"type": "string"}}}`)}, nil},
	{"required property twice", []change{set("/definitions/Pet/required", `["name", "name"]`)}, []string{`warning required-empty "name"`}},
	{"nothing required", []change{set("/definitions/Pet/required", `[]`)}, []string{`warning required-empty "required"`}},
	{"required in a parameter", []change{set(getPet+"/parameters/0/required", `true`)}, nil},
	{"empty enum", []change{set(petLegs, `{"type": "integer", "enum": []}`)}, []string{`error enum-empty "enum"`}},
	{"equal numbers", []change{set(petLegs, `{"type": "number", "enum": [1, 2, 1.0]}`)}, []string{`warning enum-duplicate 1.0`}},
	{"number and text", []change{set(petLegs, `{"enum": [1, "1"]}`)}, nil},
	{"escaped text", []change{set(petLegs, `{"type": "string", "enum": ["a", "\u0061"]}`)}, []string{`warning enum-duplicate "\u0061"`}},
	{"enum of another type", []change{set(petLegs, `{"type": "boolean", "enum": ["true", "false"]}`)}, []string{`warning enum-type "true"`}},
	{"null in an enum", []change{set(petLegs, `{"type": "string", "x-nullable": true, "enum": ["a", null]}`)}, nil},
	{"enum with a type from a reference", []change{set(petLegs, `{"allOf": [{"$ref": "#/definitions/Legs"}], "enum": ["two"]}`), set("/definitions/Legs", `{"type": "integer"}`)}, []string{`warning enum-type "two"`}},
	{"whole number for a number", []change{set(petLegs, `{"type": "number", "default": 4}`)}, nil},
	{"fraction for an integer", []change{set(petLegs, `{"type": "integer", "default": 4.5}`)}, []string{`warning default-type 4.5`}},
	{"fraction of nothing for an integer", []change{set(petLegs, `{"type": "integer", "default": 4.0}`)}, nil},
	{"null for a text", []change{set(petLegs, `{"type": "string", "default": null}`)}, []string{`warning default-type null`}},
	{"null where it may be", []change{set(petLegs, `{"type": "string", "x-nullable": true, "default": null}`)}, nil},
	{"default of unknown type", []change{set(petLegs, `{"default": 4}`)}, nil},
	{"default of a file", []change{set("/paths/~1pets/put", operation(`"consumes": ["multipart/form-data"], "parameters": [`+param("a", `"in": "formData", "type": "file", "default": "x"`)+`]`))}, nil},
	{"element of a default", []change{set(petLegs, `{"type": "array", "items": {"$ref": "#/definitions/Legs"}, "default": [1, "2"]}`), set("/definitions/Legs", `{"type": "integer"}`)}, []string{`warning default-type "2"`}},
	{"default in the wrong case", []change{set("/definitions/Pet/properties/size/default", `"Small"`)}, []string{`warning default-not-in-enum "Small"`}},
	{"element of a default outside the enum", []change{set(petLegs, `{"type": "array", "items": {"type": "string", "enum": ["a", "b"]}, "default": ["a", "c"]}`)}, []string{`warning default-not-in-enum "c"`}},
	{"default for an enum of another type", []change{set(petLegs, `{"type": "integer", "enum": ["1"], "default": 1}`)}, []string{`warning enum-type "1"`}},
	{"range", []change{set(petLegs, `{"type": "string", "minLength": 5, "maxLength": 4}`)}, []string{`error range-inverted 4`}},
	{"range written from the end", []change{set(petLegs, `{"type": "array", "items": {"type": "string"}, "maxItems": 1, "minItems": 2}`)}, []string{`error range-inverted 2`}},
	{"range of one value", []change{set(petLegs, `{"type": "integer", "minimum": 1e1, "maximum": 10.0}`)}, nil},

	// security
	{"misspelt security definition", []change{set(postPets+"/security", `[{"api-key": []}]`)}, []string{`warning security-undefined "api-key"`}},
	{"no security", []change{set(postPets+"/security", `[]`), set("/security", `[{}]`)}, nil},
	{"scope of a definition without scopes", []change{set("/security", `[{"api_key": ["read"]}]`)}, nil},

	// the root of the file
	{"host with a path", []change{set("/host", `"api.pets.test/v1"`)}, []string{`error host-invalid "api.pets.test/v1"`}},
	{"host to fill in", []change{set("/host", `"{{your_domain}}"`)}, []string{`error host-invalid "{{your_domain}}"`}},
	{"host with a blank", []change{set("/host", `"api pets.test"`)}, []string{`error host-invalid "api pets.test"`}},
	{"empty host", []change{set("/host", `""`)}, []string{`warning host-invalid ""`}},
	{"host with a port", []change{set("/host", `"api.pets.test:8443"`)}, nil},
	{"host with a colon", []change{set("/host", `"api.pets.test:"`)}, []string{`error host-invalid "api.pets.test:"`}},
	{"host from an environment variable", []change{set("/host", `"@environmentVariables(\"pets_host\")"`)}, nil},
	{"base path that is an address", []change{set("/basePath", `"https://api.pets.test/v1"`)}, []string{`error base-path-invalid "https://api.pets.test/v1"`}},
	{"base path of a slash", []change{set("/basePath", `"/"`)}, nil},
	{"plain http", []change{set("/schemes", `["https", "http"]`)}, []string{`information scheme-unsupported "http"`}},
	{"web socket of an operation", []change{set(postPets+"/schemes", `["wss"]`)}, []string{`error scheme-unsupported "wss"`}},
	{"OpenAPI 3 by its number", []change{set("/swagger", `"3.0.0"`)}, []string{`error swagger-version "3.0.0"`}},
	{"version that is a number", []change{set("/swagger", `2.0`)}, nil},
	{"OpenAPI 3 in name only", []change{set("/openapi", `"3.0.0"`)}, nil},
}

func TestDefinitionRules(t *testing.T) {
	rules := map[string]bool{}
	for _, c := range definitionCases {
		for _, w := range c.want {
			rules[strings.Fields(w)[1]] = true
		}
	}
	base := pets(t)
	for _, c := range definitionCases {
		t.Run(c.name, func(t *testing.T) {
			files := apply(t, base, c.changes)
			found := check(assemble(files), diagnostics.Options{})
			var got []string
			for _, d := range found {
				if rules[d.Rule] {
					got = append(got, fmt.Sprintf("%s %s %s", d.Severity, d.Rule, d.File.Content.String()[d.Span.Start:d.Span.End]))
				}
			}
			if diff := cmp.Diff(sorted(c.want), sorted(got)); diff != "" {
				t.Error(diff)
			}
			for _, w := range c.want {
				cure(t, diagnostics.Find(strings.Fields(w)[1]), files)
			}
		})
	}
}

// TestPatterns tries regular expressions by the rules of .NET: "" is what is right, or not known to be wrong.
func TestPatterns(t *testing.T) {
	for pattern, want := range map[string]string{
		`^[a-z]+$`:               "",
		`^\d{4}-\d{2}(T.*)?$`:    "",
		`(?<year>\d+)`:           "",
		`(?i:a|b)*?`:             "",
		`(?i)abc`:                "",
		`(?=a)(?!b)(?<=c)(?<!d)`: "",
		`[]a]`:                   "",
		`[^]a]`:                  "",
		`[a-z-[aeiou]]`:          "",
		`[(*+?]`:                 "",
		`a{,3}b{x}{`:             "",
		`\(\[`:                   "",
		`(?x) # ( comment`:       "",
		`a}]`:                    "",
		`[A-Z`:                   `"[" has no "]" after it`,
		`[]`:                     `"[" has no "]" after it`,
		`[a-z-[aeiou]`:           `"[" has no "]" after it`,
		`(a|b`:                   `"(" has no ")" after it`,
		`(?:a`:                   `"(" has no ")" after it`,
		`a)b`:                    `")" has no "(" before it`,
		`a\\\`:                   "it ends in a lone backslash",
		`*.json`:                 `there is nothing for "*" to repeat`,
		`(+a)`:                   `there is nothing for "+" to repeat`,
		`a|{2}`:                  `there is nothing for "{2}" to repeat`,
		`a++`:                    `"+" follows another quantifier`,
		`a{2}{3}`:                `"{3}" follows another quantifier`,
		`a+??`:                   `"?" follows another quantifier`,
		`(?P<year>a)`:            `.NET does not know "(?P", a named group begins with "(?<"`,
		`(?`:                     `"(" has no ")" after it`,
		`(?<a`:                   `"(" has no ")" after it`,
	} {
		c := assemble(apply(t, pets(t), []change{set("/definitions/Pet/properties/name/pattern", jsondoc.Quote(pattern))}))
		got := ""
		for _, d := range check(c, diagnostics.Options{}) {
			if d.Rule == "pattern-invalid" {
				got = strings.TrimPrefix(d.Message, "this is no regular expression: ")
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", pattern, got, want)
		}
	}
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}
