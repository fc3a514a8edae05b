package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

func TestRefusals(t *testing.T) {
	s := start(t, sandbox.Options{})
	id := s.create("")["name"].(string)
	flowToken, _ := s.signIn("https://service.flow.microsoft.com/")
	me := "Microsoft.PowerApps/objectIds/" + s.me + "/"
	const version = "?api-version=2016-11-01"
	icon, script := s.upload("icon.png", "PNG"), s.upload("my script.csx", "class")
	with := func(more string) string { return registration(t, more) }
	for _, c := range []struct {
		method, path, body, token string
		status                    int
		code, part                string
	}{
		{"GET", apis("", home), "", "none", 401, "MissingAuthorizationHeaderAndClientCertificate", ""},
		{"GET", apis("", home), "", "Bearer forged", 401, "InvalidAuthenticationToken", ""},
		{"GET", apis("", home), "", "Bearer " + flowToken, 401, "InvalidAuthenticationToken", "wrong audience or resource 'https://service.flow.microsoft.com/'"},
		{"GET", "Microsoft.PowerApps/apis", "", "", 400, "MissingApiVersionParameter", ""},
		{"GET", "Microsoft.PowerApps/apis" + version, "", "", 400, "InvalidFilter", ""},
		{"GET", apis("", sandbox.Forbidden), "", "", 403, "EnvironmentAccess", ""},
		{"GET", apis("", "none"), "", "", 404, "EnvironmentNotFound", "'none'"},
		{"GET", apis("", home) + "&%24skiptoken=x", "", "", 400, "InvalidSkipToken", ""},
		{"GET", apis("shared_none", home), "", "", 404, "ApiResourceNotFound", "'shared_none'"},
		{"GET", apis(id, sandbox.Environments[2].Name), "", "", 404, "ApiResourceNotFound", id},
		{"PATCH", apis("shared_none", home), with(""), "", 404, "ApiResourceNotFound", ""},
		{"PATCH", apis("shared_office365", home), with(""), "", 403, "Forbidden", ""},
		{"PUT", apis(id, home), with(""), "", 405, "MethodNotAllowed", "'PUT'"},
		{"GET", "Microsoft.PowerApps/nothing" + version, "", "", 404, "", "No HTTP resource was found that matches the request URI"},
		{"GET", "Microsoft.Nobody/environments" + version, "", "", 404, "", "No HTTP resource"},
		{"POST", "Microsoft.PowerApps/objectIds//validateApiSwagger" + version, "{}", "", 400, "MissingObjectId", ""},
		{"POST", "Microsoft.PowerApps/objectIds/somebody/validateApiSwagger" + version, "{}", "", 403, "InvalidObjectId", ""},
		{"POST", me + "validateApiSwagger" + version, "[", "", 400, "InvalidRequestContent", ""},
		{"POST", me + "generateResourceStorage" + version, "{}", "", 400, "InvalidRequestContent", "'environment'"},
		{"POST", me + "generateResourceStorage" + version, `{"environment": {"name": "none"}}`, "", 404, "EnvironmentNotFound", ""},
		{"POST", me + "nothing" + version, "{}", "", 404, "", "No HTTP resource"},
		{"POST", apis("", home), "", "", 400, "InvalidRequestContent", ""},
		{"POST", apis("", home), "{}", "", 400, "InvalidRequestContent", "'properties'"},
		{"POST", apis("", home), with(`, "stackOwner": "Contoso"`), "", 400, "InvalidRequestContent", "Could not find member 'stackOwner' on object of type"},
		{"POST", apis("", home), with(`, "capabilities": [1]`), "", 400, "ApiDefinitionCapabilitiesInvalid", ""},
		{"POST", apis("", home), with(`, "displayName": ""`), "", 400, "InvalidRequestContent", "'displayName'"},
		{"POST", apis("", home), with(`, "openApiDefinition": 4`), "", 400, "InvalidRequestContent", "openApiDefinition"},
		{"POST", apis("", home), with(`, "openApiDefinition": {"swagger": "2.0"}`), "", 400, "InvalidApiSwagger", "\r\nError : "},
		{"POST", apis("", home), with(`, "environment": {"name": "other"}`), "", 400, "EnvironmentMismatch", ""},
		{"POST", apis("", home), with(`, "scriptDefinitionUrl": "", "scriptOperations": ["a"]`), "", 400, "InvalidScriptDefinitionUrlWithNonNullOperations", ""},
		{"PATCH", apis(id, home), with(`, "scriptDefinitionUrl": "", "scriptOperations": ["a"]`), "", 400, "InvalidScriptDefinitionUrlWithNonNullOperations", ""},
		{"POST", apis("", home), with(fmt.Sprintf(`, "iconUri": %q`, strings.Replace(icon, "icon", "other", 1))), "", 400, "InvalidIconUri", "BlobNotFound"},
		{"POST", apis("", home), with(fmt.Sprintf(`, "iconUri": %q`, strings.Replace(icon, "sig=", "sig=x", 1))), "", 400, "InvalidIconUri", "AuthorizationFailure"},
		{"POST", apis("", home), with(`, "iconUri": "https://elsewhere.example/icon.png?sig=hush"`), "", 400, "InvalidIconUri", "from this machine only"},
		{"POST", apis("", home), with(`, "iconUri": "http://127.0.0.1:1/icon.png?sig=hush"`), "", 400, "InvalidIconUri", "no answer from 127.0.0.1:1"},
		{"POST", apis("", home), with(fmt.Sprintf(`, "scriptDefinitionUrl": %q`, strings.Replace(script, "%20", " ", 1))), "", 400, "InvalidScriptDefinitionUrl", "well-formed"},
	} {
		header := s.bearer()
		switch c.token {
		case "none":
			header = http.Header{}
		case "":
		default:
			header.Set("Authorization", c.token)
		}
		a, err := s.try(c.method, s.URL()+"/providers/"+c.path, c.body, header)
		if err != nil {
			t.Errorf("%s %s: %v", c.method, c.path, err)
			continue
		}
		if a.status != c.status || a.code() != c.code || !strings.Contains(a.text(), c.part) {
			t.Errorf("%s %s: %d %s, want %d %s %q", c.method, c.path, a.status, a.body, c.status, c.code, c.part)
		}
		if a.header.Get("x-ms-request-id") == "" || strings.Contains(a.body, "hush") || strings.Contains(a.body, "sig=") {
			t.Errorf("%s %s: no request id, or a secret: %v %s", c.method, c.path, a.header, a.body)
		}
	}
	if n := len(s.connectors(home)); n != 1 {
		t.Errorf("%d connectors after refusals, want 1", n)
	}
}

func TestUnknownPaths(t *testing.T) {
	s := start(t, sandbox.Options{})
	for _, path := range []string{"/", "/nothing", "/providers", "//providers/Microsoft.PowerApps/apis", "/sandbox"} {
		if a := s.get(s.URL() + path); a.status != http.StatusNotFound || !strings.Contains(a.body, "No HTTP resource was found") {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
}

// TestStackOwnerPlace shows that the refusal of stackOwner says where it is, as .NET counts.
func TestStackOwnerPlace(t *testing.T) {
	s := start(t, sandbox.Options{})
	a := s.do("POST", apis("", home), "{\n  \"properties\": {\n    \"stackOwner\": \"x\"}}")
	if !strings.Contains(a.text(), "line 3, position 17") {
		t.Error(a.body)
	}
}
