package commands_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// TestDeployFaults lets every request of create and update go wrong on the wire: a connector is never made twice, what may
// have been made is told with the way to look, nothing local changes but for a connector that is known to be made, and no
// signature is told.
func TestDeployFaults(t *testing.T) {
	t.Parallel()
	faults := []sandbox.Fault{
		{Status: 401, Times: -1}, {Status: 403}, {Status: 404}, {Status: 429, RetryAfter: "0"}, {Status: 503, Times: -1},
		{Kind: sandbox.Reset, Times: -1}, {Kind: sandbox.Reset, After: true, Times: -1}, {Kind: sandbox.Truncated, Times: -1},
		{Kind: sandbox.HTML, Times: -1}, {Kind: sandbox.Empty, Times: -1}, {Kind: sandbox.WrongJSON, Times: -1},
	}
	requests := []struct{ name, method, path string }{
		{"list", "GET", "*/apis"}, {"read", "GET", "*/apis/*"}, {"validate", "POST", "*/validateApiSwagger"}, {"storage", "POST", "*/generateResourceStorage"},
		{"upload", "PUT", "*"}, {"create", "POST", "*/apis"}, {"update", "PATCH", "*"}, {"fetch", "GET", "*/apiDefinition.swagger.json"},
	}
	for _, verb := range []string{"create", "update"} {
		t.Run(verb, func(t *testing.T) {
			t.Parallel()
			w, box := newSandbox(t)
			w.copyFolder("../testdata/connectors/pets", partNames...)
			made, err := w.create(func(a *commands.CreateArgs) { a.Environment = home })
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range requests {
				for _, f := range faults {
					f.Method, f.Path = r.method, r.path
					t.Run(r.name+" "+string(f.Kind)+http.StatusText(f.Status), func(t *testing.T) {
						box.Recover()
						box.Forget()
						before := w.files()
						box.Fail(f)
						var err error
						if verb == "create" {
							_, err = w.create(func(a *commands.CreateArgs) { a.Environment = home })
						} else {
							_, err = w.update(func(a *commands.UpdateArgs) { a.Environment, a.Connector = home, made.ConnectorID })
						}
						checkFault(t, box, err, verb == "create", w.files() != before)
					})
				}
			}
		})
	}
}

// checkFault checks what a create or update did whose requests went wrong.
func checkFault(t *testing.T, box *sandbox.Sandbox, err error, creating, changed bool) {
	t.Helper()
	posts, made := 0, 0
	for _, r := range box.Requests() {
		if r.Method == http.MethodPost && strings.HasSuffix(r.Path, "/apis") {
			posts++
			if r.Status == http.StatusCreated {
				made++
			}
		}
	}
	var failed *powerapps.Error
	switch {
	case made > 1:
		t.Errorf("made %d times", made)
	case err == nil && creating && made != 1:
		t.Errorf("succeeded, but %d were made", made)
	case err != nil && posts > 0 && errors.As(err, &failed) && !failed.Uncertain && (failed.Status < 400 || failed.Status >= 500):
		t.Errorf("it is not told that the connector may be there: %v", err)
	}
	if changed != (creating && err == nil) {
		t.Errorf("files changed: %v, error %v", changed, err)
	}
	if err != nil && strings.Contains(err.Error(), "sig=") {
		t.Errorf("a signature is told: %v", err)
	}
}
