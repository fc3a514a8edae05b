package commands_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
	"paconn-ls/internal/source"
	"paconn-ls/powerapps"
)

// zoo is a definition that findings are put into.
const zoo = `{
  "swagger": "2.0",
  "info": { "title": "Zoo", "version": "1" },
  "paths": {
    "/pets/{id}": {
      "get": {
        "operationId": "GetPet",
        "parameters": [ { "name": "id", "in": "path" }, { "name": "limit", "in": "query" } ],
        "responses": { "200": { "description": "ok", "schema": { "$ref": "#/definitions/Gone" } } }
      },
      "delete": { "responses": {} }
    },
    "/a b": { "post": { "operationId": "Add Pet" } }
  },
  "definitions": { "Pet": { "type": "object" }, "Owner": {} },
  "securityDefinitions": { "key": {} }
}
`

// validate validates the zoo with a verdict of the service.
func (w *world) validate(v powerapps.Verdict) (commands.ValidateResult, error) {
	w.t.Helper()
	w.write("apiDefinition.swagger.json", zoo)
	w.Service.Verdict = v
	return commands.Validate(context.Background(), w.Env, commands.ValidateArgs{Definition: "apiDefinition.swagger.json"})
}

// sayings are answers of the service, and what is made of them.
var sayings = map[string]struct {
	text    string
	refused bool
	code    string
	want    []string
}{
	"nothing":           {},
	"success in words":  {text: "Swagger certification succeeded."},
	"success as JSON":   {text: `{"Errors": [], "Warnings": []}`},
	"refused, no words": {refused: true, code: "SwaggerParsingFailed", want: []string{"error SwaggerParsingFailed 1 <> the service refuses the definition and does not say why"}},
	"certification": {
		text: "Swagger certification failed with errors: \nError : info : The 'contact' property is required.\nError : paths/~1pets~1{id}/get/parameters/1 : " +
			"Missing 'x-ms-summary'.\nWarning : paths/~1a b/post : More than one response.", refused: true, code: "SwaggerCertificationFailedWithErrors",
		want: []string{
			"error SwaggerCertificationFailedWithErrors 3 </info> The 'contact' property is required.",
			"error SwaggerCertificationFailedWithErrors 8 </paths/~1pets~1{id}/get/parameters/1> Missing 'x-ms-summary'.",
			"warning  13 </paths/~1a b/post> More than one response.",
		},
	},
	"warnings only": {
		text: "Swagger certification succeeded with warnings: \r\nWarning : swagger : Something.\r\nWarning : The 'x-ms-connector-metadata' property is missing.\r\n",
		want: []string{"warning  2 </swagger> Something.", "warning  1 <> The 'x-ms-connector-metadata' property is missing."},
	},
	"refused with warnings only": {
		text: "Swagger certification failed: \nWarning : info : Something.", refused: true, code: "X",
		want: []string{"error X 1 <> Swagger certification failed:", "warning  3 </info> Something."},
	},
	"registration": {
		text: "Specified swagger has the following errors: 'Definition is not valid.  Error: 'Error : paths/~1pets~1{id}/get/parameters/0/x-ms-dynamic-values/parameters/Accept : " +
			"The parameter could not be found in operation 'GetPet' in the swagger document.\n   ##   Error : definitions/Pet/type : The 'default' value is of type 'Integer', but should match the given type 'String'.\n'", refused: true,
		want: []string{
			"error  8 </paths/~1pets~1{id}/get/parameters/0> The parameter could not be found in operation 'GetPet' in the swagger document.",
			"error  15 </definitions/Pet/type> The 'default' value is of type 'Integer', but should match the given type 'String'.",
		},
	},
	"quotes that close": {
		text: "Specified swagger has the following errors: 'Definition is not valid. Error: '\r\nError : info/title : it can't be 'Zoo'.''.", refused: true,
		want: []string{"error  3 </info/title> it can't be 'Zoo'."},
	},
	"no quote that closes": {
		text: "Swagger certification failed with errors: Error : info/title : it is 'Zoo'", refused: true,
		want: []string{"error  3 </info/title> it is 'Zoo'"},
	},
	"another case": {
		text: "Error : paths/~1PETS~1{ID} : The path '/PETS/{ID}' is defined multiple times.", refused: true,
		want: []string{"error  5 </paths/~1pets~1{id}> The path '/PETS/{ID}' is defined multiple times."},
	},
	"lists": {
		text: `{"Errors": [{"Message": "A", "ValuePath": "#/info/title", "RuleName": "Bad"}, "Error : info/version : B", "C"], "Warnings": [{"message": "D", "path": "/nowhere/at/all"}]}`, refused: true,
		want: []string{"error Bad 3 </info/title> A", "error  3 </info/version> B", "error  1 <> C", "warning  1 <> D (/nowhere/at/all)"},
	},
	"a list":           {text: `[{"level": "Warning", "message": "A", "location": "info"}, {"level": "Critical", "message": "B"}]`, want: []string{"warning  3 </info> A", "error  1 <> B"}},
	"an error in JSON": {text: `{"error": {"code": "Bad", "message": "Swagger failed: \r\nError : info : A"}}`, refused: true, want: []string{"error  3 </info> A"}},
	"details":          {text: `{"error": {"code": "Bad", "message": "Failed", "details": [{"code": "Worse", "message": "B"}]}}`, refused: true, want: []string{"error Worse 1 <> B"}},
	"a JSON text":      {text: `"Error : info : A"`, refused: true, want: []string{"error  3 </info> A"}},
	"pipeline": {
		text: "##[error]Summary has 'x'. ValuePath: /paths/~1pets~1{id}/get\n##[warning]Deleted. ValuePath: operation/GetPet Source: NewSwagger", refused: true,
		want: []string{"error  6 </paths/~1pets~1{id}/get> Summary has 'x'.", "warning  6 </paths/~1pets~1{id}/get> Deleted."},
	},
	"a place alone":         {text: "Error : ValuePath: /info", refused: true, want: []string{"error  3 </info> ValuePath: /info"}},
	"at the start of lines": {text: "Error: A\nWarning: B", refused: true, want: []string{"error  1 <> A", "warning  1 <> B"}},
	"said twice":            {text: "Error : info : A\nError : info : A", refused: true, want: []string{"error  3 </info> A"}},
	"an operation": {
		text: "Error : The operation 'GetPet' is missing something.\nError : Operation 'GetPet' has the parameter 'limit' twice.\nError : 'GetPet' answers '200' wrongly.\n" +
			"Error : DELETE /pets/{id} has no id.\nError : The 'delete' of '/pets/{id}' has none.\nError : the path '/a b' has a blank.", refused: true,
		want: []string{
			"error  7 </paths/~1pets~1{id}/get/operationId> The operation 'GetPet' is missing something.",
			"error  8 </paths/~1pets~1{id}/get/parameters/1> Operation 'GetPet' has the parameter 'limit' twice.",
			"error  9 </paths/~1pets~1{id}/get/responses/200> 'GetPet' answers '200' wrongly.",
			"error  11 </paths/~1pets~1{id}/delete> DELETE /pets/{id} has no id.",
			"error  11 </paths/~1pets~1{id}/delete> The 'delete' of '/pets/{id}' has none.",
			"error  13 </paths/~1a b> the path '/a b' has a blank.",
		},
	},
	"a definition": {
		text: "Error : 'Owner' is empty.\nError : The schema reference '#/definitions/Gone' could not be found.\nError : see #/definitions/Pet.\nError : \"key\" is no security definition.", refused: true,
		want: []string{
			"error  15 </definitions/Owner> 'Owner' is empty.",
			"error  9 </paths/~1pets~1{id}/get/responses/200/schema/$ref> The schema reference '#/definitions/Gone' could not be found.",
			"error  15 </definitions/Pet> see #/definitions/Pet.",
			"error  16 </securityDefinitions/key> \"key\" is no security definition.",
		},
	},
	"a reader's path": {
		text: "Parsing error(s): JSON is valid against no schemas from 'oneOf'. Path 'paths['/pets/{id}'].get.parameters[1].gone', line 496, position 18.", refused: true,
		want: []string{"error  8 </paths/~1pets~1{id}/get/parameters/1> Parsing error(s): JSON is valid against no schemas from 'oneOf'. Path 'paths['/pets/{id}'].get.parameters[1].gone', line 496, position 18."},
	},
	"a line":               {text: "Unexpected character. line 15, position 23.", refused: true, want: []string{"error  15 </definitions/Pet> Unexpected character. line 15, position 23."}},
	"a line alone":         {text: "Something at line 3", refused: true, want: []string{"error  3 </info> Something at line 3"}},
	"a line that is not":   {text: "Something at line 300, position 1", refused: true, want: []string{"error  1 <> Something at line 300, position 1"}},
	"nothing that is here": {text: "Error : widgets/5 : A", refused: true, want: []string{"error  1 <> widgets/5 : A"}},
}

// TestFindings gives the service's ways to say what is wrong, and what becomes of them: the severity, the code, the line,
// the pointer and the message of each finding.
func TestFindings(t *testing.T) {
	for name, c := range sayings {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			got, err := w.validate(powerapps.Verdict{Text: c.text, Refused: c.refused, Code: c.code, RequestID: "r"})
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			for i, f := range got.Findings {
				p := got.Problems[i]
				found = append(found, fmt.Sprintf("%s %s %d <%s> %s", f.Severity, f.Code, p.Range.Start.Line+1, f.Pointer, f.Message))
				if p.Message != f.Message || p.Source != "paconn service" || p.Path != filepath.Join(w.Dir, "apiDefinition.swagger.json") || p.Severity.String() != f.Severity {
					t.Errorf("the problem %+v is not the finding %+v", p, f)
				}
			}
			if diff := cmp.Diff(c.want, found); diff != "" {
				t.Error(diff)
			}
			if len(got.Problems) != len(got.Findings) || got.Refused != c.refused || got.Text != c.text || got.RequestID != "r" {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// TestValidateWhich tells which file is validated, by which rules, and what is sent.
// TestRemark: what the service says that is no finding is shown rather than dropped, and what says nothing is not.
func TestRemark(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " \n": "", `""`: "", "null": "", `{"Errors": [], "Warnings": [""]}`: "",
		"Swagger certification succeeded.": "Swagger certification succeeded.",
		`{"name": [4], "value": {}}`:       `{"name": [4], "value": {}}`,
		"Warning : info : it is short.":    "",
	} {
		got, err := newWorld(t).validate(powerapps.Verdict{Text: text})
		if err != nil || got.Remark != want {
			t.Errorf("of %q the remark is %q (%v), want %q", text, got.Remark, err, want)
		}
	}
}

func TestValidateWhich(t *testing.T) {
	const small = "{ \"swagger\": \"2.0\",\r\n \"b\": 1e3, \"a\": \"\\u00e9\" }"
	for name, c := range map[string]struct {
		files   map[string]string
		args    commands.ValidateArgs
		manner  commands.Manner
		unsaved string
		given   string
		certify bool
		err     string // DIR stands for the folder
		notes   []string
	}{
		"given":         {files: map[string]string{"d.json": small}, args: commands.ValidateArgs{Definition: "d.json"}, given: "d.json"},
		"certification": {files: map[string]string{"d.json": small}, args: commands.ValidateArgs{Definition: "d.json", Certification: true}, given: "d.json", certify: true},
		"as paconn":     {files: map[string]string{"d.json": small}, args: commands.ValidateArgs{Definition: "d.json"}, manner: commands.Paconn, given: "d.json", certify: true},
		"byte order mark": {
			files: map[string]string{"d.json": source.BOM + small}, args: commands.ValidateArgs{Definition: "d.json"}, given: "d.json",
		},
		"of the folder":            {files: map[string]string{"apiDefinition.swagger.json": small}, given: "apiDefinition.swagger.json"},
		"a folder":                 {files: map[string]string{"c/apidefinition.swagger.json": small}, args: commands.ValidateArgs{Definition: "c"}, given: "c/apidefinition.swagger.json"},
		"a folder without":         {files: map[string]string{"c/x.txt": small}, args: commands.ValidateArgs{Definition: "c"}, err: "c: there is no apiDefinition.swagger.json"},
		"none":                     {err: "no apiDefinition is given, and there is nobody to ask: give --api-def (there is no apiDefinition.swagger.json in this folder)"},
		"of the folder, as paconn": {files: map[string]string{"apiDefinition.swagger.json": small}, manner: commands.Paconn, err: "no apiDefinition is given"},
		"settings": {
			files: map[string]string{"c/settings.json": `{"apiDefinition": "src/d.json"}`, "c/src/d.json": small},
			args:  commands.ValidateArgs{Where: commands.Where{Settings: "c/settings.json"}}, given: "src/d.json",
		},
		"settings, as paconn": {
			files: map[string]string{"c/settings.json": `{"apiDefinition": "src/d.json"}`, "src/d.json": small, "e.json": "{}"},
			args:  commands.ValidateArgs{Definition: "e.json", Where: commands.Where{Settings: "c/settings.json"}}, manner: commands.Paconn, given: "src/d.json", certify: true,
			notes: []string{"--api-def e.json is ignored: with --settings, what c/settings.json says holds"},
		},
		"not there": {args: commands.ValidateArgs{Definition: "d.json"}, err: "d.json: there is no such file"},
		"unsaved":   {files: map[string]string{"d.json": small}, args: commands.ValidateArgs{Definition: "d.json"}, unsaved: "d.json", err: "DIR/d.json: it has changes in the editor"},
		"no JSON":   {files: map[string]string{"d.json": "{\n \"a\": 1,\n}"}, args: commands.ValidateArgs{Definition: "d.json"}, err: "the local check found an error; nothing was sent"},
		"Latin-1":   {files: map[string]string{"d.json": "{\"a\": \"\xe9\"}"}, args: commands.ValidateArgs{Definition: "d.json"}, err: "the local check found an error; nothing was sent"},
		"an array":  {files: map[string]string{"d.json": "[]"}, args: commands.ValidateArgs{Definition: "d.json"}, err: "the local check found an error; nothing was sent"},
		"empty":     {files: map[string]string{"d.json": ""}, args: commands.ValidateArgs{Definition: "d.json"}, err: "the local check found an error; nothing was sent"},
		"huge":      {files: map[string]string{"d.json": "{" + strings.Repeat(" ", 11<<20) + "}"}, args: commands.ValidateArgs{Definition: "d.json"}, err: "DIR/d.json: it is larger than 10 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.Manner = c.manner
			for name, content := range c.files {
				w.write(name, content)
			}
			w.Unsaved = func(path string) bool { return c.unsaved != "" && path == filepath.Join(w.Dir, c.unsaved) }
			got, err := commands.Validate(context.Background(), w.Env, c.args)
			if !failsWith(t, err, strings.ReplaceAll(c.err, "DIR", w.Dir)) {
				if len(w.Service.Calls) > 0 {
					t.Errorf("asked the service %v", w.Service.Calls)
				}
				return
			}
			want := []string{"Validate", small, fmt.Sprint(c.certify)}
			if calls := w.Service.Calls; len(calls) != 1 || !slices.Equal(append([]string{calls[0].Method}, calls[0].Args...), want) {
				t.Errorf("asked %q", calls)
			}
			if got.Given != c.given || !filepath.IsAbs(got.Definition) {
				t.Errorf("got %+v", got)
			}
			if !slices.Equal(w.Notes, c.notes) {
				t.Errorf("notes %q", w.Notes)
			}
		})
	}
}

// TestValidateBroken tells each mistake of a file that is no JSON at its place.
func TestValidateBroken(t *testing.T) {
	w := newWorld(t)
	path := w.write("d.json", "{\n  \"a\": 1,\n  \"b\" 2\n  \"c\": }\n")
	_, err := commands.Validate(context.Background(), w.Env, commands.ValidateArgs{Definition: "d.json"})
	var check *commands.CheckError
	if !errors.As(err, &check) || len(check.Problems) < 2 {
		t.Fatalf("error %v", err)
	}
	if p := check.Problems[0]; p.Path != path || p.Range.Start.Line != 2 || p.Rule != "json-syntax" || p.Source != "paconn" || p.Message == "" {
		t.Errorf("got %+v", p)
	}
}

// TestSecretsOfADefinition has a secret of the user's own on the line of what the service says, of what a refused update
// tells, and of a mistake of the file: no excerpt shows it, whatever a configuration says of the rule that finds it.
func TestSecretsOfADefinition(t *testing.T) {
	const secret = "k8Q~x1Zr4vLq"
	definition := strings.Replace(soundDefinition, `"parameters":[]`, `"parameters":[{"name":"api-key","in":"header","type":"string","default":"`+secret+`"}]`, 1)
	verdict := powerapps.Verdict{Refused: true, Text: "Error : paths/~1pets/get/operationId : A"}
	for name, problems := range map[string]func(*world) []report.Problem{
		"validate": func(w *world) []report.Problem {
			got, _ := commands.Validate(t.Context(), w.Env, commands.ValidateArgs{Definition: "apiDefinition.swagger.json"})
			return got.Problems
		},
		"update": func(w *world) []report.Problem {
			_, err := w.update(func(a *commands.UpdateArgs) { a.NoCheck = true })
			var refused *commands.RefusedError
			if !errors.As(err, &refused) {
				t.Fatalf("error %v", err)
			}
			return refused.Problems
		},
		"a mistake": func(w *world) []report.Problem {
			w.write("apiDefinition.swagger.json", strings.Replace(definition, `"basePath":`, `"basePath" `, 1))
			_, err := commands.Validate(t.Context(), w.Env, commands.ValidateArgs{Definition: "apiDefinition.swagger.json"})
			var check *commands.CheckError
			if !errors.As(err, &check) {
				t.Fatalf("error %v", err)
			}
			return check.Problems
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newDeployWorld(t, soundProperties, definition)
			w.write("paconn-ls.json", `{"rules": {"secret-in-file": "off"}}`)
			w.Service.Verdict = verdict
			found := problems(w)
			if len(found) == 0 {
				t.Fatal("nothing is told")
			}
			for _, p := range found {
				if strings.Contains(p.Excerpt.Text, secret) || !strings.Contains(p.Excerpt.Text, `"default":***`) {
					t.Errorf("the excerpt is %s", p.Excerpt.Text)
				}
			}
		})
	}
}

// TestValidateFails hands on what the service fails with.
func TestValidateFails(t *testing.T) {
	w := newWorld(t)
	w.Service.Errs = map[string]error{"Validate": &powerapps.Error{Doing: "validate the definition", Status: 503}}
	if _, err := w.validate(powerapps.Verdict{}); err == nil || err.Error() != "could not validate the definition: 503" {
		t.Errorf("error %v", err)
	}
}

// FuzzFindings checks that whatever the service says becomes findings inside the file, and none of a success in words.
func FuzzFindings(f *testing.F) {
	for _, seed := range []string{
		"Error : paths/~1a/get : A ## Warning : B''", `{"Errors": [{"Message": "A", "ValuePath": "#/info"}], "Warnings": ["x"]}`, "##[error]A ValuePath: '/info'",
		"Path 'paths['/a'].b[0]', line 3, position 9", "'GetPet' 'id' GET /pets/{id} #/definitions/Pet", "Error :  : x", `"\"Error : x\""`,
	} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, refused bool) {
		w := newWorld(t)
		got, err := w.validate(powerapps.Verdict{Text: text, Refused: refused})
		if err != nil {
			t.Fatal(err)
		}
		if refused && !slices.ContainsFunc(got.Findings, func(f commands.Finding) bool { return f.Severity == "error" }) {
			t.Errorf("a refusal without an error: %q", text)
		}
		lines := strings.Count(zoo, "\n")
		for i, f := range got.Findings {
			at := got.Problems[i].Range
			if f.Message == "" || f.Severity != "error" && f.Severity != "warning" || at.Start.Line > lines || at.End.Line < at.Start.Line {
				t.Errorf("%q became %+v", text, f)
			}
		}
	})
}
