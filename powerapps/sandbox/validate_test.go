package sandbox_test

import (
	"strings"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

// TestValidate shows the answers to a sound definition, one that draws a warning of the certification, and a wrong one.
func TestValidate(t *testing.T) {
	s := start(t, sandbox.Options{})
	const head = `{"swagger":"2.0","info":{"title":"Pets","version":"1","description":"Pets."},"host":"a.contoso.com","basePath":"/","schemes":["https"],"paths":{`
	const parameter = `"parameters":[{"name":"id","in":"path","required":true,"type":"string","x-ms-summary":"Id","description":"The id.","x-ms-url-encoding":"single"}],`
	const operation = `"operationId":"GetPet","summary":"Get","responses":{"200":{"description":"ok","schema":{"type":"string"}}}}}}}`
	sound := head + "}}"
	warned := head + `"/pets/{id}":{"get":{` + parameter + operation
	wrong := head + `"/pets/{id}":{"get":{` + operation
	for _, c := range []struct {
		query, definition string
		status            int
		code, text        string
	}{
		{"", sound, 200, "", `""`},
		{"", warned, 200, "", `""`},
		{"", wrong, 400, "InvalidApiSwagger",
			"Specified swagger has the following errors: 'Definition is not valid. Error: '\r\nError : paths/~1pets~1{id} : no parameter in \"path\" for \"id\" of get.''."},
		{"&enableConnectorCertificationRules=true", sound, 200, "", `""`},
		{"&enableConnectorCertificationRules=true", warned, 200, "",
			`"Swagger certification succeeded with the following warnings: \r\nWarning : paths/~1pets~1{id}/get : operation \"GetPet\" has no description."`},
		{"&enableConnectorCertificationRules=true", wrong, 400, "SwaggerCertificationFailedWithErrors",
			"Swagger certification failed with the following errors: \r\nError : paths/~1pets~1{id} : no parameter in \"path\" for \"id\" of get."},
	} {
		a := s.do("POST", "Microsoft.PowerApps/objectIds/"+s.me+"/validateApiSwagger?api-version=2016-11-01"+c.query, c.definition)
		text := a.text()
		if c.status == 200 {
			text = a.body
		}
		if a.status != c.status || a.code() != c.code || !strings.HasPrefix(text, c.text) {
			t.Errorf("%q %s:\n%d %s, want\n%d %s %s", c.query, c.definition, a.status, text, c.status, c.code, c.text)
		}
	}
}
