package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

// TestSettingsCannotBeKept creates a connector whose settings.json cannot be written. What is known before is refused before
// anything is made; what turns out when the connector is there fails, with the id where scripts look for it.
func TestSettingsCannotBeKept(t *testing.T) {
	for _, c := range []struct {
		name    string
		args    string
		known   bool // before
		code    int
		onlyID  bool // on standard output
		message string
	}{
		{"known before", "paconn-ls create", true, codeFailed, false, "settings.json is to have the new connector's id, but cannot be written: permission denied; nothing was created"},
		{"known before, as paconn", "paconn create", true, paconnFailed, false, "nothing was created"},
		{"meanwhile", "paconn-ls create", false, codeFailed, true, "settings.json could not be written, keep the id"},
		{"meanwhile, as JSON", "paconn-ls create --json", false, codeFailed, false, "settings.json could not be written, keep the id"},
		{"meanwhile, as paconn", "paconn create", false, paconnFailed, false, "created successfully"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := placed(t, sandbox.Options{})
			if err := os.CopyFS(p.dir, os.DirFS(filepath.Join("..", "..", "testdata", "connectors", "pets"))); err != nil {
				t.Fatal(err)
			}
			p.signIn()
			settings := filepath.Join(p.dir, "settings.json")
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			must(os.Remove(settings))
			p.sandbox.Forget()
			if c.known {
				p.write("settings.json", "{}\n")
				must(os.Chmod(settings, 0o444))
			} else {
				p.sandbox.Fail(sandbox.Fault{Method: http.MethodPost, Path: "*/apis", Kind: sandbox.Slow, After: true})
			}
			create := p.start(append(strings.Fields(c.args), "-e", sandbox.Environments[0].Name, "-p", "apiProperties.json",
				"-d", "apiDefinition.swagger.json", "-i", "icon.png", "-x", "script.csx")...)
			if !c.known {
				p.await("the create", p.made)
				must(os.Mkdir(settings, 0o755))
				p.sandbox.Recover()
			}
			code, stdout, stderr := create.end()
			id := newIDs.FindString(stdout + stderr)
			if code != c.code || !strings.Contains(stderr, c.message) || p.made() == c.known || (id == "") != c.known || (stdout == id+"\n") != c.onlyID {
				t.Errorf("exit code %d\n%s\n%s", code, stdout, stderr)
			}
			if left, _ := filepath.Glob(filepath.Join(p.dir, ".settings*")); len(left) > 0 {
				t.Errorf("%v is left over", left)
			}
		})
	}
}

// made reports whether a connector was asked for.
func (p place) made() bool {
	for _, r := range p.sandbox.Requests() {
		if r.Method == http.MethodPost && strings.HasSuffix(r.Path, "/apis") {
			return true
		}
	}
	return false
}
