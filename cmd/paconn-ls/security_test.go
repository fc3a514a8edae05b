package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io/fs"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"paconn-ls/commands"
)

// TestTalk has the program say all that it ever says, of what works and of what goes wrong, under both names. Whatever it
// says is searched for secrets at the end of the world.
func TestTalk(t *testing.T) {
	for _, program := range []string{"paconn-ls", paconnName} {
		t.Run(program, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "--token-life", "1m")
			w.env = append(w.env, "PACONN_CLOUD=sandbox", "PACONN_SECRET=a secret of OAuth / 46", "PACONN_RETRIES=1", "AZURE_SDK_GO_LOGGING=all")
			w.write("work/pets/apiProperties.json", oauthProperties)
			w.signIn(program, "login", "--debug", "--with", "device-code")
			var said strings.Builder
			for _, c := range talks() {
				if c.fault != "" {
					w.ask(http.MethodPost, "faults", c.fault, nil)
				}
				p := w.start(append([]string{program}, c.args...)...)
				if code := p.end(); (code == codeFine) != c.fine {
					t.Errorf("%s with %s: exit code %d\n%s", p.name, c.fault, code, p.err.String())
				}
				said.WriteString(p.err.String())
				w.ask(http.MethodDelete, "faults", "", nil)
			}
			for _, what := range []string{"level=DEBUG", "==> OUTGOING REQUEST", "ERROR:", "asking the sign-in service again"} {
				if !strings.Contains(said.String(), what) {
					t.Errorf("%s is not said", what)
				}
			}
		})
	}
}

type talk struct {
	fault string // as JSON
	fine  bool
	args  []string
}

func talks() []talk {
	files := []string{"-e", home, "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json", "-i", "pets/icon.png", "-x", "pets/script.csx", "--debug"}
	create, update := append([]string{"create", "-w"}, files...), append([]string{"update", "-c", orders}, files...)
	download := []string{"download", "-e", home, "-c", orders, "-d", "elsewhere", "-w", "--debug"}
	validate := []string{"validate", "-d", "pets/apiDefinition.swagger.json", "--debug"}
	fault := func(method, path, rest string) string {
		return fmt.Sprintf(`{"method": %q, "path": %q, "times": -1, %s}`, method, path, rest)
	}
	return []talk{
		{"", true, create}, {"", true, update}, {"", true, download}, {"", true, append(validate, "--certification")},
		{fault("POST", "*/apis", `"status": 500`), false, create},
		{fault("POST", "*/apis", `"kind": "html"`), false, create},
		{fault("POST", "*/apis", `"kind": "reset", "after": true`), false, create},
		{fault("PUT", "*", `"status": 403`), false, create},
		{fault("PUT", "*", `"kind": "reset"`), false, update},
		{fault("PUT", "*", `"kind": "redirect"`), false, update},
		{fault("PATCH", "*", `"status": 409`), false, update},
		{fault("PATCH", "*", `"kind": "truncated"`), false, update},
		{fault("PATCH", "*", `"kind": "redirect"`), false, update},
		{fault("POST", "*/generateResourceStorage", `"kind": "bad-json"`), false, update},
		{fault("GET", "*/apis/*", `"status": 401`), false, download},
		{fault("GET", "*/apis/*", `"kind": "redirect"`), false, download},
		{fault("GET", "/storage/*", `"status": 404`), false, download},
		{fault("GET", "/storage/*", `"kind": "reset"`), false, download},
		{fault("GET", "/storage/*", `"kind": "truncated"`), false, download},
		{fault("POST", "*/oauth2/v2.0/token", `"status": 400`), false, validate},
		{fault("POST", "*/oauth2/v2.0/token", `"status": 503`), false, validate},
		{fault("POST", "*/oauth2/v2.0/token", `"kind": "html"`), false, validate},
		{fault("POST", "*/oauth2/v2.0/token", `"kind": "redirect"`), false, validate},
		{fault("POST", "*/validateApiSwagger", `"status": 400, "code": "InvalidApiSwagger"`), false, validate},
		{fault("POST", "*/validateApiSwagger", `"kind": "echo"`), false, validate},
		{fault("POST", "*/validateApiSwagger", `"kind": "echo", "status": 401`), false, update},
		{fault("POST", "*/oauth2/v2.0/token", `"kind": "echo"`), false, validate},
		{fault("GET", "*/openid-configuration", `"kind": "echo"`), false, validate},
		{fault("GET", "*/apis/*", `"kind": "echo"`), false, download},
		{fault("GET", "/storage/*", `"kind": "echo"`), false, download},
		{fault("PUT", "*", `"kind": "echo"`), false, create},
		{fault("PUT", "*", `"kind": "echo", "status": 503`), false, create},
		{fault("POST", "*/generateResourceStorage", `"kind": "echo"`), false, create},
		{fault("POST", "*/apis", `"kind": "echo"`), false, create},
		{fault("PATCH", "*", `"kind": "echo"`), false, update},
		{fault("PATCH", "*", `"kind": "echo", "status": 500`), false, update},
	}
}

// TestProofs signs a service principal in by each of its proofs, kept and not, and has them refused.
func TestProofs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env = append(w.env, "PACONN_CLOUD=sandbox", "PACONN_TENANT_ID=contoso.example", "PACONN_CLIENT_ID=aaaaaaaa-0000-4000-8000-000000000001",
		"PACONN_RETRIES=0", "AZURE_SDK_GO_LOGGING=all")
	w.write("work/certificate.pem", certificate(t))
	w.write("work/secret.txt", assertion("repo:contoso/connectors:ref:refs/heads/main"))
	for _, c := range []struct{ means, variable string }{
		{"client-secret", "PACONN_CLIENT_SECRET=a secret of the service / 47"},
		{"certificate", "PACONN_CLIENT_CERTIFICATE=" + w.path("work/certificate.pem")},
		{"federated", "PACONN_FEDERATED_TOKEN_FILE=" + w.path("work/secret.txt")},
	} {
		proof := []string{c.variable}
		w.runWith(codeFine, proof, "paconn-ls", "list", "environments", "--debug")
		if _, err := os.Stat(w.path("home/config/tokens")); err == nil {
			t.Errorf("%s: something is kept", c.means)
		}
		w.runWith(codeFine, proof, "paconn-ls", "login", "--with", c.means, "--debug")
		if kept := w.read("home/config/tokens"); strings.Contains(kept, "a secret of the service") || strings.Contains(kept, "refs/heads/main") {
			t.Errorf("%s: the proof is kept", c.means)
		}
		w.keptForMeAlone()
		for _, kind := range []string{`"status": 401`, `"kind": "html"`, `"kind": "wrong-json"`, `"kind": "reset"`, `"kind": "echo"`, `"kind": "echo", "status": 401`} {
			w.ask(http.MethodPost, "faults", `{"path": "*/oauth2/v2.0/token", "times": -1, `+kind+`}`, nil)
			w.runWith(codeFailed, proof, "paconn-ls", "login", "--force", "--with", c.means, "--debug")
			w.ask(http.MethodDelete, "faults", "", nil)
		}
		w.run(codeFine, "paconn-ls", "logout")
		w.nothingIsKept()
	}
}

// certificate returns a new certificate with its key, as PEM.
func certificate(t *testing.T) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "service"}, NotAfter: time.Now().Add(time.Hour)}
	public, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: public})) + string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))
}

// assertion returns a token of another identity provider.
func assertion(subject string) string {
	var parts []string
	for _, part := range []string{
		`{"alg":"RS256","typ":"JWT"}`,
		fmt.Sprintf(`{"iss":"https://issuer.test","sub":%q,"aud":"api://AzureADTokenExchange","exp":%d}`, subject, time.Now().Add(time.Hour).Unix()),
		"a signature of the other identity provider",
	} {
		parts = append(parts, base64.RawURLEncoding.EncodeToString([]byte(part)))
	}
	return strings.Join(parts, ".")
}

// TestPanicShowsNothing has a verb fail by a mistake of ours, which holds a secret.
func TestPanicShowsNothing(t *testing.T) {
	secret := assertion("somebody")
	for name, cause := range map[string]any{"text": "token " + secret, "error": fmt.Errorf("refused: %s", secret), "value": struct{ Token string }{secret}} {
		t.Run(name, func(t *testing.T) {
			verb, _ := verbOf("status")
			verb.Run = func(context.Context, *commands.Env, any) (any, error) { panic(cause) }
			root, out := newRoot(), &bytes.Buffer{}
			for _, c := range root.Commands() {
				if c.Name() == verb.Name {
					root.RemoveCommand(c)
				}
			}
			root.AddCommand(newVerb(verb))
			root.SetArgs([]string{verb.Name, "--debug"})
			root.SetOut(out)
			root.SetErr(out)
			code := exitCode(root.ExecuteContextC(t.Context()))
			if code != codeFailed || !strings.Contains(out.String(), "a mistake of this program") || strings.Contains(out.String(), "goroutine") {
				t.Errorf("exit code %d\n%s", code, out)
			}
			noSecret(t, []string{secret}, "what is said", out.Bytes())
		})
	}
}

// TestVerificationStaysOn shows that no code, and no option, leaves out what makes TLS worth anything.
func TestVerificationStaysOn(t *testing.T) {
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2 || d.Name() == "node_modules"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		text, err := os.ReadFile(path)
		for _, word := range []string{"InsecureSkipVerify", "VerifyPeerCertificate", "VerifyConnection", "tls.VersionTLS10", "tls.VersionTLS11", "VersionSSL30"} {
			if bytes.Contains(text, []byte(word)) {
				t.Errorf("%s has %s", path, word)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	for _, v := range commands.Verbs {
		for _, o := range optionsOf(v.Args) {
			for _, word := range []string{"insecure", "verif", "tls", "ssl", "http"} {
				if strings.Contains(o.long, word) && o.long != "validate" {
					t.Errorf("%s has the option --%s", v.Name, o.long)
				}
			}
		}
	}
}
