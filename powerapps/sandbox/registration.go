package sandbox

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"paconn-ls/internal/jsondoc"
)

// registration is what create and update send.
type registration struct {
	beside     object // members beside the properties
	properties object // without the definition and without secrets; the URLs of icon and script are ""
	definition string // "" when it is not sent
	icon       string // URL; "" when it is not sent
	script     string // URL; "" when it is not sent, or sent as ""
	dropScript bool   // the URL of the script is sent as ""
}

// invalidContent is what the service says of a body that it cannot make sense of.
func invalidContent(format string, args ...any) *refusal {
	return refuse(http.StatusBadRequest, "InvalidRequestContent",
		"The request content was invalid and could not be deserialized: '%s'.", fmt.Sprintf(format, args...))
}

// readRegistration reads the body of a create or an update and refuses what the service is known to refuse.
func readRegistration(c call, environment string) (registration, error) {
	body, err := io.ReadAll(c.Body)
	if err != nil {
		return registration{}, err
	}
	sent, ok := parseObject(string(body))
	if !ok {
		return registration{}, invalidContent("Unexpected character encountered while parsing value. Path '', line 0, position 0.")
	}
	properties, ok := parseObject(raw(sent.value("properties")))
	if !ok {
		return registration{}, invalidContent("Required property 'properties' not found in JSON. Path ''.")
	}
	if err := checkMembers(string(body), properties, environment); err != nil {
		return registration{}, err
	}
	r := registration{
		definition: raw(properties.value("openApiDefinition")),
		icon:       properties.text("iconUri"), script: properties.text("scriptDefinitionUrl"),
	}
	r.dropScript = properties.has("scriptDefinitionUrl") && r.script == ""
	for _, m := range sent.without("properties", "name", "id", "type") {
		r.beside = append(r.beside, member{m.name, redacted(parse(m.raw))})
	}
	for _, m := range properties.without("openApiDefinition") {
		value := redacted(parse(m.raw))
		if m.name == "iconUri" || m.name == "scriptDefinitionUrl" {
			value = `""`
		}
		r.properties = append(r.properties, member{m.name, value})
	}
	return r, nil
}

func raw(v jsondoc.Value) string {
	if !v.Exists() {
		return ""
	}
	return v.Raw()
}

// checkMembers refuses what users have seen refused: stackOwner (whose message comes with the place in the body), and
// capabilities that are none. That the environment is sent twice, and must be the same, is our own strictness.
func checkMembers(body string, properties object, environment string) error {
	if properties.has("stackOwner") {
		line, position := place(body, "stackOwner")
		return invalidContent("Could not find member 'stackOwner' on object of type 'ApiPropertiesDefinition'. Path 'properties.stackOwner', line %d, position %d.", line, position)
	}
	for v := range properties.value("capabilities").Children() {
		if !v.IsString() {
			return refuse(http.StatusBadRequest, "ApiDefinitionCapabilitiesInvalid", "The capabilities of the API definition are invalid.")
		}
	}
	name, _ := parseObject(raw(properties.value("environment")))
	if got := name.text("name"); got != environment {
		return refuse(http.StatusBadRequest, "EnvironmentMismatch", "The environment '%s' of the request content is not '%s', that of the request URI.", got, environment)
	}
	if v := properties.value("openApiDefinition"); v.Exists() && !v.IsObject() {
		return invalidContent("Error converting value to type 'OpenApiDefinition'. Path 'properties.openApiDefinition'.")
	}
	return nil
}

// place returns the line, counted from 1, and the column at which a name ends in a text, as .NET counts them.
func place(text, name string) (line, position int) {
	before, _, _ := strings.Cut(text, `"`+name+`"`)
	return strings.Count(before, "\n") + 1, len(before) - strings.LastIndexByte(before, '\n') - 1 + len(name) + 3
}
