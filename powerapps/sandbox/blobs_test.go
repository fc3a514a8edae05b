package sandbox_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

// query returns an address with a parameter of its query replaced.
func query(t *testing.T, address, name, value string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}

func TestStorage(t *testing.T) {
	s := start(t, sandbox.Options{})
	blob := http.Header{"X-Ms-Blob-Type": {"BlockBlob"}}
	address := s.upload("ä b.csx", "class Script {}") // with read and write
	place, _, _ := strings.Cut(address, "%C3")
	for _, c := range []struct {
		what, method, address string
		header                http.Header
		status                int
		code                  string
	}{
		{"get", "GET", address, nil, 200, ""},
		{"head", "HEAD", address, nil, 200, ""},
		{"put again", "PUT", address, blob, 201, ""},
		{"get another", "GET", strings.Replace(address, "csx", "txt", 1), nil, 404, "BlobNotFound"},
		{"forged", "PUT", query(t, address, "sig", "AAAA"), blob, 403, "AuthorizationFailure"},
		{"widened", "PUT", query(t, address, "sp", "racwdl"), blob, 403, "AuthorizationFailure"},
		{"prolonged", "GET", query(t, address, "se", "2099-01-01T00:00:00Z"), nil, 403, "AuthorizationFailure"},
		{"another container", "GET", strings.Replace(address, "/storage/", "/storage/x", 1), nil, 403, "AuthorizationFailure"},
		{"without signature", "GET", strings.Split(address, "?")[0], nil, 403, "AuthorizationFailure"},
		{"with a token", "PUT", address, http.Header{"X-Ms-Blob-Type": {"BlockBlob"}, "Authorization": {"Bearer x"}}, 400, "InvalidAuthenticationInfo"},
		{"no type", "PUT", address, nil, 400, "MissingRequiredHeader"},
		{"page blob", "PUT", address, http.Header{"X-Ms-Blob-Type": {"PageBlob"}}, 400, "InvalidHeaderValue"},
		{"bad content type", "PUT", address, http.Header{"X-Ms-Blob-Type": {"BlockBlob"}, "X-Ms-Blob-Content-Type": {"image/"}}, 400, "InvalidHeaderValue"},
		{"bad version", "PUT", address, http.Header{"X-Ms-Blob-Type": {"BlockBlob"}, "X-Ms-Version": {"now"}}, 400, "InvalidHeaderValue"},
		{"no name", "PUT", place + "?" + strings.Split(address, "?")[1], blob, 400, "InvalidUri"},
		{"delete", "DELETE", address, nil, 405, "UnsupportedHttpVerb"},
	} {
		a, err := s.try(c.method, c.address, "content", c.header.Clone())
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if a.status != c.status || a.header.Get("x-ms-error-code") != c.code || a.header.Get("x-ms-request-id") == "" {
			t.Errorf("%s: %d %v %s, want %d %s", c.what, a.status, a.header, a.body, c.status, c.code)
		}
		if c.code != "" && c.method != "HEAD" && !strings.Contains(a.body, "<Error><Code>"+c.code+"</Code><Message>") {
			t.Errorf("%s: %s", c.what, a.body)
		}
	}
}

// TestLinks shows that the files of a connector can be read by the links of an answer, and not be written.
func TestLinks(t *testing.T) {
	s := start(t, sandbox.Options{})
	made := s.create("")["properties"].(map[string]any)
	if made["scriptDefinitionUrl"] != nil {
		t.Errorf("a connector without a script links to one: %v", made["scriptDefinitionUrl"])
	}
	icon := made["iconUri"].(string)
	if a := s.get(icon); a.status != http.StatusOK || !strings.HasPrefix(a.body, "\x89PNG\r\n") || a.header.Get("Content-Type") != "image/png" {
		t.Errorf("default icon: %d %v", a.status, a.header)
	}
	a, err := s.try("PUT", icon, "x", http.Header{"X-Ms-Blob-Type": {"BlockBlob"}})
	if err != nil || a.status != http.StatusForbidden || a.header.Get("x-ms-error-code") != "AuthorizationPermissionMismatch" {
		t.Errorf("%v %d %s", err, a.status, a.body)
	}
	if !regexp.MustCompile(`^https://127\.0\.0\.1:\d+/storage/apis/shared_hello.*/icon\.png\?sv=.*&sr=b&sig=.*&se=.*&sp=r$`).MatchString(icon) {
		t.Errorf("icon %s", icon)
	}
}

// TestPatch shows what an update changes and what it leaves.
func TestPatch(t *testing.T) {
	s := start(t, sandbox.Options{})
	script := s.upload("script.csx", "class Script {}")
	id := s.create(`, "scriptDefinitionUrl": "` + script + `", "publisher": "Contoso"`)["name"].(string)
	head := `{"properties": {"environment": {"name": "` + home + `"}`
	for _, c := range []struct{ what, body, kept, gone string }{
		{"nothing", head + "}}", `"scriptDefinitionUrl":"https`, "xxx"},
		{"a member", head + `, "publisher": "Fabrikam"}}`, `"publisher":"Fabrikam"`, `"Contoso"`},
		{"beside", `{"beside": [1], ` + head[1:] + `}}`, `"beside":[1]`, "xxx"},
		{"the script", head + `, "scriptDefinitionUrl": ""}}`, `"scriptDefinitionUrl":""`, `script.csx`},
		{"the definition", head + `, "openApiDefinition": {"swagger":"2.0","info":{"title":"N","version":"1"},"host":"a.contoso.com","paths":{}}}}`, `"apiDefinitions"`, "xxx"},
	} {
		a := s.do("PATCH", apis(id, home), c.body)
		if a.status != http.StatusOK {
			t.Errorf("%s: %d %s", c.what, a.status, a.body)
		}
		if got := s.do("GET", apis(id, home), "").body; !strings.Contains(got, c.kept) || strings.Contains(got, c.gone) || !strings.Contains(got, `"displayName":"Hello World-1"`) {
			t.Errorf("%s: %s", c.what, got)
		}
	}
}
