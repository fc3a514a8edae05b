package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"paconn-ls/internal/leak"
	"paconn-ls/powerapps/sandbox"
)

// TestLife drives the program as it is built, with the sandbox as a process of its own, over TLS, with Microsoft's library
// signing in: from the first sign-in to the last sign-out.
func TestLife(t *testing.T) {
	for name, live := range map[string]func(*testing.T){
		"on the command line": lifeOnCommandLine,
		"under paconn's name": lifeAsPaconn,
		"as a service":        lifeAsService,
		"in an editor":        lifeInEditor,
		"renewed":             lifeRenewed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			live(t)
		})
	}
}

// signIn signs in with a device code, which the program shows on one of its streams and waits with.
func (w *world) signIn(args ...string) (shown, said string) {
	w.t.Helper()
	p := w.start(args...)
	s := &p.err
	if args[0] == paconnName {
		s = &p.out
	}
	page := p.awaits(s, `open the page (https://\S+) and enter`)
	code := p.awaits(s, `enter the code ([A-Z0-9]+) to authenticate`)
	w.awaitStatus("/oauth2/v2.0/token", http.StatusBadRequest) // it asks, and is told to wait
	p.arguments += shownArguments(p.cmd.Process.Pid)
	w.approve(page, code)
	if got := p.end(); got != codeFine {
		w.t.Fatalf("%s: %d\n%s%s", p.name, got, p.out.String(), p.err.String())
	}
	return p.out.String(), p.err.String()
}

// awaitStatus waits until the sandbox has answered a request with a status.
func (w *world) awaitStatus(path string, status int) {
	w.t.Helper()
	place{t: w.t}.await(path, func() bool {
		for _, r := range w.requests() {
			if strings.HasSuffix(r.Path, path) && r.Status == status {
				return true
			}
		}
		return false
	})
}

func (w *world) requests() []sandbox.Request {
	w.t.Helper()
	var list []sandbox.Request
	w.ask(http.MethodGet, "requests", "", &list)
	return list
}

var home = sandbox.Environments[0].Name

func lifeOnCommandLine(t *testing.T) {
	w := newWorld(t)
	if stdout, stderr := w.run(codeProblems, "paconn-ls", "status"); stdout != "" || !strings.HasPrefix(stderr, "Nobody is signed in: ") {
		t.Errorf("status: %q %q", stdout, stderr)
	}
	stdout, stderr := w.signIn("paconn-ls", "login", "--cloud", "sandbox", "--with", "device-code")
	if stdout != "" || !strings.Contains(stderr, "Login successful.\ngrace@sandbox.example is signed in to the cloud sandbox, directory ") {
		t.Errorf("login: %q %q", stdout, stderr)
	}
	w.keptForMeAlone()
	if stdout, _ := w.run(codeFine, "paconn-ls", "list", "environments"); !strings.Contains(stdout, "\n"+home+"  Contoso (default)  europe ") {
		t.Errorf("environments:\n%s", stdout)
	}

	w.write("work/pets/apiProperties.json", oauthProperties)
	w.edit("work/pets/script.csx", "Script : ScriptBase", "Script : ScriptBase // of w")
	if err := os.Remove(w.path("work/pets/settings.json")); err != nil {
		t.Fatal(err)
	}
	const secret = "PACONN_SECRET=a secret of OAuth / 42"
	stdout, stderr = w.runWith(codeFine, []string{secret}, "paconn-ls", "create", "-e", home, "-p", "pets/apiProperties.json",
		"-d", "pets/apiDefinition.swagger.json", "-i", "pets/icon.png", "-x", "pets/script.csx")
	id := strings.TrimSpace(stdout)
	if !strings.HasPrefix(id, "shared_pets-5f") || !strings.Contains(stderr, id+" created successfully.\n") || !strings.Contains(stderr, "Register this redirect URL") {
		t.Errorf("create: %q %q", stdout, stderr)
	}
	w.holds("work/pets/settings.json", `{
  "connectorId": "`+id+`",
  "environment": "`+home+`",
  "apiProperties": "apiProperties.json",
  "apiDefinition": "apiDefinition.swagger.json",
  "icon": "icon.png",
  "script": "script.csx"
}
`)
	if stdout, _ := w.run(codeFine, "paconn-ls", "list", "connectors", "-e", home, "--json"); !strings.Contains(stdout, `"id": "`+id+`"`) || !json.Valid([]byte(stdout)) {
		t.Errorf("connectors:\n%s", stdout)
	}

	updatesOnCommandLine(t, w, id, secret)

	if stdout, stderr := w.run(codeFine, "paconn-ls", "logout"); stdout != "" || !strings.HasPrefix(stderr, "Logout successful.\n") {
		t.Errorf("logout: %q %q", stdout, stderr)
	}
	w.nothingIsKept()
	if _, stderr := w.run(codeFailed, "paconn-ls", "list", "environments", "--cloud", "sandbox"); !strings.Contains(stderr, "nobody is signed in to the cloud sandbox") {
		t.Errorf("after logout: %q", stderr)
	}
}

// updatesOnCommandLine downloads a connector, changes it, deploys it, and breaks it so that the service says so.
func updatesOnCommandLine(t *testing.T, w *world, id, secret string) {
	t.Helper()
	stdout, stderr := w.run(codeFine, "paconn-ls", "download", "-e", home, "-c", id, "-d", "elsewhere")
	if stdout != "" || !strings.HasPrefix(stderr, "The connector is downloaded to "+w.path("work/elsewhere")+".\n") {
		t.Errorf("download: %q %q", stdout, stderr)
	}
	w.same("work/pets/icon.png", "work/elsewhere/icon.png")
	w.same("work/pets/script.csx", "work/elsewhere/script.csx")
	w.same("work/pets/settings.json", "work/elsewhere/settings.json")
	w.sameJSON("work/pets/apiDefinition.swagger.json", "work/elsewhere/apiDefinition.swagger.json")
	w.sameJSON("work/pets/apiProperties.json", "work/elsewhere/apiProperties.json")

	w.edit("work/elsewhere/apiDefinition.swagger.json", `"version": "1.0"`, `"version": "1.1"`)
	w.edit("work/elsewhere/script.csx", "// of w", "// of elsewhere")
	stdout, stderr = w.runWith(codeFine, []string{secret}, "paconn-ls", "update", "--settings", "elsewhere/settings.json")
	if stdout != "" || stderr != id+` updated successfully.
Uploaded: icon.png, script.csx.
What changed:
apiProperties
  + /properties/connectionParameters/token/oAuthSettings/clientSecret: "********"
apiDefinition
  ~ /info/version: "1.0" → "1.1"
script
  ~ (all of it): 270 bytes → 278 bytes
Register this redirect URL at the identity provider: https://global.consent.azure-apim.net/redirect
` {
		t.Errorf("update: %q\n%s", stdout, stderr)
	}
	w.run(codeFine, "paconn-ls", "download", "--settings", "elsewhere/settings.json", "--dest", "third")
	for _, name := range []string{"apiDefinition.swagger.json", "apiProperties.json", "icon.png", "script.csx", "settings.json"} {
		w.same("work/elsewhere/"+name, "work/third/"+name)
	}
	w.same("work/third/script.csx", "state/"+id+"/script.csx")

	if stdout, stderr := w.run(codeFine, "paconn-ls", "validate", "-d", "third/apiDefinition.swagger.json"); stdout != "" || stderr != "third/apiDefinition.swagger.json validated successfully.\n" {
		t.Errorf("validate: %q %q", stdout, stderr)
	}
	w.edit("work/third/apiDefinition.swagger.json", `"operationId": "GetPet"`, `"operationId": "ListPets"`)
	stdout, stderr = w.run(codeProblems, "paconn-ls", "validate", "-d", "third/apiDefinition.swagger.json")
	if !strings.HasPrefix(stdout, "third/apiDefinition.swagger.json:") || !strings.Contains(stdout, `error: operationId "ListPets" is taken`) || !strings.HasPrefix(stderr, "The service refuses ") {
		t.Errorf("validate: %q %q", stdout, stderr)
	}
}

func lifeAsPaconn(t *testing.T) {
	w := newWorld(t)
	w.env = append(w.env, "PACONN_CLOUD=sandbox", "PACONN_SECRET=a secret of OAuth / 43")
	if _, stderr := w.run(paconnFailed, "paconn", "validate", "-d", "pets/apiDefinition.swagger.json"); !strings.HasPrefix(stderr, "ERROR: Access token invalid. Please login again.\n") {
		t.Errorf("nobody: %q", stderr)
	}
	stdout, stderr := w.signIn("paconn", "login")
	if strings.Count(stdout, "\n") != 1 || !strings.HasPrefix(stderr, "Login successful.\n") {
		t.Errorf("login: %q %q", stdout, stderr)
	}
	w.keptForMeAlone()
	w.write("work/pets/apiProperties.json", oauthProperties)
	stdout, stderr = w.run(paconnFine, "paconn", "create", "-e", home, "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json",
		"-i", "pets/icon.png", "--script", "pets/script.csx")
	id, _, created := strings.Cut(stderr, " created successfully.\n")
	id = id[strings.LastIndex(id, "\n")+1:]
	if stdout != "" || !created {
		t.Errorf("create: %q %q", stdout, stderr)
	}
	w.holds("work/settings.json", `{
  "connectorId": "`+id+`",
  "environment": "`+home+`",
  "apiProperties": "pets/apiProperties.json",
  "apiDefinition": "pets/apiDefinition.swagger.json",
  "icon": "pets/icon.png",
  "powerAppsUrl": "`+w.url+`",
  "powerAppsApiVersion": "2016-11-01",
  "script": "pets/script.csx"
}
`)
	w.edit("work/pets/apiDefinition.swagger.json", `"version": "1.0"`, `"version": "1.1"`)
	stdout, stderr = w.run(paconnFine, "paconn", "update", "-s", "settings.json")
	if stdout != "" || !strings.Contains(stderr, id+" updated successfully.\n") {
		t.Errorf("update: %q %q", stdout, stderr)
	}
	stdout, stderr = w.run(paconnFine, "paconn", "download", "-e", home, "-c", id, "-d", "elsewhere")
	if stdout != "" || !strings.HasPrefix(stderr, "The connector is downloaded to "+w.path("work/elsewhere")+".\n") {
		t.Errorf("download: %q %q", stdout, stderr)
	}
	w.same("work/pets/script.csx", "work/elsewhere/script.csx")
	w.sameJSON("work/pets/apiDefinition.swagger.json", "work/elsewhere/apiDefinition.swagger.json")
	stdout, stderr = w.run(paconnFine, "paconn", "validate", "--api-def", "elsewhere/apiDefinition.swagger.json")
	if stdout != "" || !strings.HasPrefix(stderr, "elsewhere/apiDefinition.swagger.json validated successfully.\n") && !strings.Contains(stderr, "Error : ") {
		t.Errorf("validate: %q %q", stdout, stderr)
	}
	if stdout, stderr := w.run(paconnFine, "paconn", "logout"); stdout != "" || !strings.HasPrefix(stderr, "Logout successful.\n") {
		t.Errorf("logout: %q %q", stdout, stderr)
	}
	w.nothingIsKept()
}

// lifeAsService is that of a pipeline, where variables say who it is and nobody signs in.
func lifeAsService(t *testing.T) {
	w := newWorld(t)
	w.env = append(w.env, "PACONN_CLOUD=sandbox", "PACONN_TENANT_ID=contoso.example", "PACONN_CLIENT_ID=aaaaaaaa-0000-4000-8000-000000000001",
		"PACONN_CLIENT_SECRET=a secret of the service / 44")
	if stdout, _ := w.run(codeFine, "paconn-ls", "list", "environments"); !strings.Contains(stdout, home) {
		t.Errorf("environments:\n%s", stdout)
	}
	stdout, _ := w.run(codeFine, "paconn-ls", "create", "-e", home, "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json", "-x", "pets/script.csx", "-w")
	id := strings.TrimSpace(stdout)
	w.run(codeFine, "paconn-ls", "download", "-e", home, "-c", id, "-d", "elsewhere")
	w.edit("work/elsewhere/apiDefinition.swagger.json", `"version": "1.0"`, `"version": "1.1"`)
	w.run(codeFine, "paconn-ls", "update", "-s", "elsewhere/settings.json")
	w.run(codeFine, "paconn-ls", "validate", "-s", "elsewhere/settings.json")
	w.run(paconnFine, "paconn", "validate", "-d", "pets/apiDefinition.swagger.json")
	if stdout, _ := w.run(codeFine, "paconn-ls", "status", "--json"); !strings.Contains(stdout, `"variables": true`) {
		t.Errorf("status:\n%s", stdout)
	}
	w.nothingIsKept()
	w.run(codeFine, "paconn-ls", "logout")
	w.nothingIsKept()
}

// lifeRenewed has access tokens that are always about to end: each process renews them, with what another one kept.
func lifeRenewed(t *testing.T) {
	w := newWorld(t, "--token-life", "1m")
	w.signIn("paconn-ls", "login", "--cloud", "sandbox", "--with", "device-code")
	before := w.read("home/config/tokens")
	renewals := func() (n int) {
		for _, r := range w.requests() {
			if strings.Contains(string(r.Body), "grant_type=refresh_token") && r.Status == http.StatusOK {
				n++
			}
		}
		return n
	}
	for n := 1; n <= 2; n++ {
		w.run(codeFine, "paconn-ls", "list", "environments")
		if got := renewals(); got != n {
			t.Errorf("%d renewals after %d processes", got, n)
		}
	}
	if w.read("home/config/tokens") == before {
		t.Error("what was renewed is not kept")
	}
	w.keptForMeAlone()
	w.run(codeFine, "paconn-ls", "logout", "--cloud", "sandbox")
	w.nothingIsKept()
}

// keptForMeAlone checks that what is kept of a sign-in can be read by nobody else.
func (w *world) keptForMeAlone() {
	w.t.Helper()
	if len(leak.Of(w.secrets()).In([]byte(w.read("home/config/tokens")))) == 0 {
		w.t.Error("the tokens are not in the file that is looked at")
	}
	if runtime.GOOS == "windows" {
		return // the rights are those of the profile
	}
	for name, want := range map[string]os.FileMode{"home/config": 0o700, "home/config/tokens": 0o600} {
		info, err := os.Stat(w.path(name))
		if err != nil {
			w.t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			w.t.Errorf("%s has mode %o, want %o", name, got, want)
		}
	}
}

// nothingIsKept checks that no file on the whole machine has anything of a token.
func (w *world) nothingIsKept() {
	w.t.Helper()
	found, err := leak.Of(w.secrets()).Below(os.DirFS(w.root), func(path string) bool {
		return mayHoldSecrets(path) && filepath.Base(path) != "tokens" // the key of the sandbox, and what the test gives
	})
	if err != nil {
		w.t.Error(err)
	}
	for _, f := range found {
		w.t.Error(f)
	}
	if _, err := os.Stat(w.path("home/config/tokens")); err == nil {
		w.t.Error("the file of the tokens is there")
	}
}

func (w *world) holds(name, want string) {
	w.t.Helper()
	if got := w.read(name); got != want {
		w.t.Errorf("%s:\n%s\nwant:\n%s", name, got, want)
	}
}

func (w *world) same(name, other string) {
	w.t.Helper()
	w.holds(other, w.read(name))
}

// sameJSON checks that two files hold the same JSON, in the same order.
func (w *world) sameJSON(name, other string) {
	w.t.Helper()
	want, err := readOrdered(w.read(name))
	if err != nil {
		w.t.Fatal(err)
	}
	got, err := readOrdered(w.read(other))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, d := range differ("", want, got) {
		w.t.Errorf("%s is not %s: %s", other, name, d)
	}
}
