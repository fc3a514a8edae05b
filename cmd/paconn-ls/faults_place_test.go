package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/powerapps/sandbox"
)

// faulty is where a verb runs whose requests go wrong: a connector's files, an older state of them to download over, and a
// sandbox that has the connector.
type faulty struct {
	place
	verb    faultVerb
	program string
	state   string // of the sandbox: a folder for each connector
}

// oauth are properties that need a secret.
const oauth = `{
  "properties": {
    "connectionParameters": {
      "token": {
        "type": "oauthSetting",
        "oAuthSettings": {
          "identityProvider": "oauth2",
          "clientId": "pets",
          "scopes": ["read"],
          "redirectMode": "Global",
          "redirectUrl": "https://global.consent.azure-apim.net/redirect",
          "customParameters": {
            "authorizationUrl": { "value": "https://login.pets.test/authorize" },
            "tokenUrl": { "value": "https://login.pets.test/token" },
            "refreshUrl": { "value": "https://login.pets.test/refresh" }
          }
        }
      }
    },
    "iconBrandColor": "#2B579A",
    "capabilities": [],
    "scriptOperations": ["GetPet"]
  }
}
`

// newFaulty returns a place for a verb. state is a folder with what the sandbox is to have; "" for nothing.
func newFaulty(t *testing.T, v faultVerb, state string, env ...string) faulty {
	t.Helper()
	f := faulty{verb: v, program: "paconn-ls", state: filepath.Join(t.TempDir(), "state")}
	if state != "" {
		if err := os.CopyFS(f.state, os.DirFS(state)); err != nil {
			t.Fatal(err)
		}
	}
	f.place = placed(t, sandbox.Options{Dir: f.state, TokenLife: v.life, CodeLife: v.code})
	f.env = append(append(f.env, "PACONN_SECRET="+connectorSecret), env...)
	if err := errors.Join(os.Mkdir(filepath.Join(f.dir, "pets"), 0o755), os.Mkdir(filepath.Join(f.dir, "old"), 0o750)); err != nil {
		t.Fatal(err)
	}
	f.write("pets/apiProperties.json", oauth)
	for _, name := range []string{"apiDefinition.swagger.json", "icon.png", "script.csx"} {
		content, err := os.ReadFile(filepath.Join("..", "..", "testdata", "connectors", "pets", name))
		if err != nil {
			t.Fatal(err)
		}
		f.write(filepath.Join("pets", name), string(content))
	}
	f.write("old/apiDefinition.swagger.json", "{}\n")
	f.write("old/icon.png", "not even a picture")
	f.write("old/settings.json", "{\"note\": \"mine\"}\n")
	if !v.signedOut {
		f.signInHere()
	}
	f.env = append(f.env, v.env...) // which do not describe who signed in before
	f.sandbox.Forget()
	return f
}

// signInHere signs in as the program does, but without a process of its own, of which there are enough.
func (f faulty) signInHere() {
	f.t.Helper()
	env := commands.NewEnv(f.dir, func(name string) string {
		i := slices.IndexFunc(f.env, func(e string) bool { return strings.HasPrefix(e, name+"=") })
		if i < 0 {
			return ""
		}
		return f.env[i][len(name)+1:]
	})
	env.Show = nobody{}
	if _, err := commands.Login(f.t.Context(), env, commands.LoginArgs{Means: "device-code"}); err != nil {
		f.t.Fatal(err)
	}
}

// nobody is shown what nobody has to do: the sandbox approves every sign-in.
type nobody struct{}

func (nobody) DeviceCode(context.Context, commands.DevicePrompt) error { return nil }
func (nobody) Open(context.Context, string) error                      { return nil }

// seeded returns a folder with the state of a sandbox that has a connector, and the connector's id.
func seeded(t *testing.T) (state, id string) {
	t.Helper()
	f := newFaulty(t, faultVerb{}, "")
	code, stdout, stderr := f.run("create", "-e", "$ENV", "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json", "-i", "pets/icon.png", "-x", "pets/script.csx")
	if code != codeFine {
		t.Fatalf("create: %d\n%s", code, stderr)
	}
	if err := f.sandbox.Close(); err != nil {
		t.Fatal(err)
	}
	return f.state, strings.TrimSpace(stdout)
}

// run runs the program to its end.
func (f faulty) run(args ...string) (code int, stdout, stderr string) {
	return f.start(append([]string{f.program}, filled(args, "")...)...).end()
}

// filled returns arguments with the environment and the connector that they are about.
func filled(args []string, id string) []string {
	var out []string
	for _, arg := range args {
		out = append(out, strings.NewReplacer("$ENV", sandbox.Environments[0].Name, "$ID", id).Replace(arg))
	}
	return out
}

// connectors returns how many connectors of people the sandbox has.
func (f faulty) connectors() int {
	f.t.Helper()
	found, err := filepath.Glob(filepath.Join(f.state, "shared_*"))
	if err != nil {
		f.t.Fatal(err)
	}
	return len(found)
}

// sent returns the sorts of the requests that have come.
func (f faulty) sent() (steps []step) {
	f.t.Helper()
	times := map[string]int{}
	for _, r := range f.sandbox.Requests() {
		s, ok := sortOf(r)
		if !ok {
			f.t.Fatalf("a request of no known sort is sent: %s %s", r.Method, r.Path)
		}
		steps = append(steps, step{s, len(steps), times[s.name]})
		times[s.name]++
	}
	return steps
}

func sortOf(r sandbox.Request) (sort, bool) {
	for _, s := range sorts {
		if s.method == r.Method && pathPattern(s.path).MatchString(r.Path) {
			return s, true
		}
	}
	return sort{}, false
}

func pathPattern(p string) *regexp.Regexp {
	return regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(p), `\*`, ".*") + "$")
}

// newIDs are the ids of connectors that are made, each time others.
var newIDs = regexp.MustCompile(`shared_pets-[0-9a-z-]+`)

// files returns the files below the working folder by their names, each with its mode and its content. Of what is kept of
// sign-ins, which may be renewed, only the mode counts.
func (f faulty) files() map[string]string {
	f.t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(f.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name, _ = filepath.Rel(f.dir, name)
		if name == filepath.Join("config", "tokens.lock") {
			return nil // whoever changes the tokens holds it, and nothing is in it
		}
		out[name] = info.Mode().String()
		if d.IsDir() || filepath.Dir(name) == "config" {
			return nil
		}
		content, err := os.ReadFile(filepath.Join(f.dir, name))
		sum := sha256.Sum256(newIDs.ReplaceAll(content, []byte("$$ID")))
		out[name] += " " + hex.EncodeToString(sum[:4])
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return out
}
