package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"paconn-ls/powerapps/sandbox"
)

// place is a folder with the connectors of testdata, a sandbox, and the variables by which the program finds it.
type place struct {
	t       *testing.T
	sandbox *sandbox.Sandbox
	dir     string
	env     []string
}

// signedIn returns a place where somebody is signed in.
func signedIn(t *testing.T) place {
	t.Helper()
	p := placed(t, sandbox.Options{})
	if err := os.CopyFS(p.dir, os.DirFS(filepath.Join("..", "..", "testdata", "connectors"))); err != nil {
		t.Fatal(err)
	}
	p.signIn()
	return p
}

// placed returns a place without files, with a sandbox that approves every sign-in.
func placed(t *testing.T, o sandbox.Options) place {
	t.Helper()
	dir := t.TempDir()
	o.ConfigDir, o.AutoApprove = filepath.Join(dir, "config"), true
	s, err := sandbox.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return place{t, s, dir, []string{
		"PACONN_CONFIG_DIR=" + o.ConfigDir, "PACONN_TOKEN_CACHE=file", "PACONN_RETRY_DELAY=1ms", "PACONN_CLOUD=sandbox",
		"GORACE=atexit_sleep_ms=0", // the race detector's second at the end of each process is for threads that we have not
	}}
}

func (p place) signIn() {
	p.t.Helper()
	if code, _, stderr := p.start("paconn-ls", "login", "--with", "device-code").end(); code != codeFine {
		p.t.Fatalf("login: %d\n%s", code, stderr)
	}
}

func (p place) write(name, content string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, name), []byte(content), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// program is a program that runs, without a terminal.
type program struct {
	t              *testing.T
	place          place
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer
}

func (p place) start(args ...string) *program {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // so that a hang ends
	p.t.Cleanup(cancel)
	out := &program{t: p.t, place: p, cmd: exec.CommandContext(ctx, args[0], args[1:]...)}
	out.cmd.Dir, out.cmd.Env = p.dir, append(os.Environ(), p.env...)
	out.cmd.Stdout, out.cmd.Stderr = &out.stdout, &out.stderr
	if err := out.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	return out
}

// end waits for the end. Whatever the program has said or written may hold no secret that the sandbox knows.
func (p *program) end() (code int, stdout, stderr string) {
	p.t.Helper()
	err := p.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	secrets := p.place.sandbox.Secrets()
	noSecret(p.t, secrets, "standard output", p.stdout.Bytes())
	noSecret(p.t, secrets, "standard error", p.stderr.Bytes())
	noSecretBelow(p.t, secrets, p.place.dir)
	return p.cmd.ProcessState.ExitCode(), p.stdout.String(), p.stderr.String()
}

// await waits until something has happened.
func (p place) await(what string, happened func() bool) {
	p.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if happened() {
			return
		}
	}
	p.t.Fatalf("%s does not come", what)
}

// awaitRequest waits until a request has reached the sandbox.
func (p place) awaitRequest(method string) {
	p.t.Helper()
	p.await(method, func() bool {
		return slices.ContainsFunc(p.sandbox.Requests(), func(r sandbox.Request) bool { return r.Method == method })
	})
}

// orders is a connector that every sandbox has.
const orders = "shared_orders-5f1f0e6a5c2b9d4783-5f0123456789abcdef"

// oauthProperties are properties of a connector that signs in with OAuth.
const oauthProperties = `{"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
  "identityProvider": "oauth2", "clientId": "pets", "scopes": ["read"], "redirectMode": "Global",
  "redirectUrl": "https://global.consent.azure-apim.net/redirect", "customParameters": {
    "authorizationUrl": {"value": "https://login.pets.test/authorize"}, "tokenUrl": {"value": "https://login.pets.test/token"},
    "refreshUrl": {"value": "https://login.pets.test/refresh"}}}}}, "iconBrandColor": "#2B579A", "capabilities": []}}
`
