package commands_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/commands"
	"paconn-ls/powerapps/sandbox"
)

// served is a world whose service is a sandbox, over TLS, with the real client.
type served struct {
	*world
	*sandbox.Sandbox
}

func newServed(t *testing.T) *served {
	t.Helper()
	w, box := newSandbox(t)
	return &served{w, box}
}

// requests returns what the sandbox was asked since the last time, sign-in left out.
func (s *served) requests() (out []string) {
	for _, r := range s.Requests() {
		if !strings.Contains(r.Path, "/oauth2/") && !strings.Contains(r.Path, "/.well-known/") {
			out = append(out, r.Method+" "+r.Path+"?"+r.Query)
		}
	}
	s.Forget()
	return out
}

const ordersID = "shared_orders-5f1f0e6a5c2b9d4783-5f0123456789abcdef"

func (s *served) download(ctx context.Context, id string) (commands.DownloadResult, error) {
	return commands.Download(ctx, s.Env, commands.DownloadArgs{Environment: sandbox.Environments[0].Name, Connector: id, Dest: "c", Overwrite: true})
}

// TestSandboxDownload downloads over TLS, twice, with the requests that paconn makes.
func TestSandboxDownload(t *testing.T) {
	s := newServed(t)
	got, err := s.download(t.Context(), ordersID)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"apiProperties.json created", "apiDefinition.swagger.json created", "icon.png created", "settings.json created"}
	if diff := cmp.Diff(want, names(got.Files)); diff != "" {
		t.Error(diff)
	}
	content, err := os.ReadFile(filepath.Join(s.Dir, "c", "apiDefinition.swagger.json"))
	if err != nil || !strings.HasPrefix(string(content), "{\n  \"swagger\": \"2.0\",\n  \"info\": {\n    \"title\": \"Orders\",") {
		t.Errorf("%s, %v", content, err)
	}
	asked := s.requests()
	if first := "GET /providers/Microsoft.PowerApps/apis/" + ordersID + "?api-version=2016-11-01&%24filter=environment%20eq%20%27" + sandbox.Environments[0].Name + "%27"; len(asked) != 3 || asked[0] != first {
		t.Errorf("asked %q, first %s", asked, first)
	}
	before := tree(t, s.Dir)
	if got, err = s.download(t.Context(), ordersID); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, tree(t, s.Dir)); diff != "" || !strings.HasSuffix(strings.Join(names(got.Files), ""), "unchanged") {
		t.Errorf("%v %s", got, diff)
	}
}

// TestSandboxDownloadFaults has each request of a download fail in each way. No file changes then, and the error says
// which request it was and tells no signature.
func TestSandboxDownloadFaults(t *testing.T) {
	t.Parallel()
	s := newServed(t)
	if _, err := s.download(t.Context(), ordersID); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir, "c", "icon.png"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := tree(t, s.Dir)
	faults := []sandbox.Fault{
		{Status: 401}, {Status: 403}, {Status: 404}, {Status: 409}, {Status: 429, RetryAfter: "0"}, {Status: 500}, {Status: 503},
		{Kind: sandbox.Reset}, {Kind: sandbox.Truncated}, {Kind: sandbox.HTML}, {Kind: sandbox.HTML, Status: 200}, {Kind: sandbox.Empty}, {Kind: sandbox.Huge},
		{Kind: sandbox.BadJSON}, {Kind: sandbox.WrongJSON},
	}
	for _, request := range []struct{ path, says string }{
		{"*/apis/" + ordersID, "connector"}, {"*apiDefinition*", "the definition"}, {"*icon.png*", "the icon"},
	} {
		for _, f := range faults {
			if f.Kind == sandbox.Huge && request.says != "the icon" {
				continue // once is enough of what takes so long
			}
			f.Path, f.Method, f.Times = request.path, "GET", -1
			t.Run(fmt.Sprintf("%s %s %d", request.says, f.Kind, f.Status), func(t *testing.T) {
				s.Fail(f)
				defer s.Recover()
				_, err := s.download(t.Context(), ordersID)
				if err == nil {
					t.Fatal("no error")
				}
				if !strings.Contains(err.Error(), request.says) || strings.Contains(err.Error(), "sig=") || strings.Contains(err.Error(), "\n") {
					t.Errorf("error %v", err)
				}
				if diff := cmp.Diff(before, tree(t, s.Dir)); diff != "" {
					t.Error(diff)
				}
				for _, r := range s.Requests() {
					if r.Method != "GET" && !strings.Contains(r.Path, "/oauth2/") {
						t.Errorf("asked %s %s", r.Method, r.Path)
					}
				}
			})
		}
	}
}

// TestSandboxDownloadSlow cancels while an answer is awaited.
func TestSandboxDownloadSlow(t *testing.T) {
	for _, part := range []string{"/apis/" + ordersID, "apiDefinition", "icon.png"} {
		t.Run(part, func(t *testing.T) {
			s := newServed(t)
			s.Fail(sandbox.Fault{Path: "*" + part + "*", Kind: sandbox.Slow})
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error)
			go func() {
				_, err := s.download(ctx, ordersID)
				ended <- err
			}()
			awaitRequest(t, s.Sandbox, part)
			cancel()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			if found := tree(t, s.Dir); len(found) != 1 {
				t.Errorf("there is %v", found)
			}
		})
	}
}

// TestSandboxBuiltIn downloads what is no custom connector.
func TestSandboxBuiltIn(t *testing.T) {
	s := newServed(t)
	_, err := s.download(t.Context(), "shared_office365")
	failsWith(t, err, "shared_office365 is no custom connector")
	if found := tree(t, s.Dir); len(found) != 1 {
		t.Errorf("there is %v", found)
	}
}

// TestSandboxValidate validates over TLS, with the request that paconn makes.
func TestSandboxValidate(t *testing.T) {
	const definition = `{
  "swagger": "2.0",
  "info": { "title": "Pets", "version": "1.0" },
  "host": "api.example.com",
  "paths": {
    "/pets": { "get": { "operationId": "ListPets", "responses": { "200": { "description": "Pets.", "schema": { "$ref": "#/definitions/Gone" } } } } }
  }
}`
	for name, c := range map[string]struct {
		certification bool
		want          string // query
	}{"certification": {true, "api-version=2016-11-01&enableConnectorCertificationRules=true"}, "without": {false, "api-version=2016-11-01"}} {
		t.Run(name, func(t *testing.T) {
			s := newServed(t)
			if err := os.WriteFile(filepath.Join(s.Dir, "d.json"), []byte(definition), 0o644); err != nil {
				t.Fatal(err)
			}
			got, err := commands.Validate(t.Context(), s.Env, commands.ValidateArgs{Definition: "d.json", Certification: c.certification})
			if err != nil {
				t.Fatal(err)
			}
			if i := slices.IndexFunc(got.Findings, func(f commands.Finding) bool {
				return f.Severity == "error" && f.Pointer == "/paths/~1pets/get/responses/200/schema/$ref"
			}); !got.Refused || i < 0 || got.Problems[i].Range.Start.Line != 5 || got.RequestID == "" {
				t.Errorf("got %+v", got)
			}
			if asked := s.requests(); len(asked) != 1 || !strings.HasPrefix(asked[0], "POST /providers/Microsoft.PowerApps/objectIds/") || !strings.HasSuffix(asked[0], "/validateApiSwagger?"+c.want) {
				t.Errorf("asked %q", asked)
			}
		})
	}
}
