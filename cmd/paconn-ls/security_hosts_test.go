package main

import (
	"encoding/json"
	"encoding/pem"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"

	"paconn-ls/powerapps"
)

// stranger is a server that must get nothing. It answers as a sandbox does that is there.
type stranger struct {
	*httptest.Server
	mu  sync.Mutex
	got []string // first lines and headers of the requests
}

// newStranger starts one, over TLS with a certificate of its own at an address, or without TLS at any when that is "".
func newStranger(t *testing.T, address string) *stranger {
	t.Helper()
	s := &stranger{}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header, _ := json.Marshal(r.Header)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.got = append(s.got, r.Method+" "+r.URL.Path+" "+string(header))
		w.WriteHeader(http.StatusNoContent)
	}))
	s.Config.ErrorLog = nil
	t.Cleanup(s.Close)
	if address == "" {
		s.Start()
		return s
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Listener.Close()
	s.Listener = listener
	s.StartTLS()
	return s
}

// host is host and port.
func (s *stranger) host() string { return s.Listener.Addr().String() }

func (s *stranger) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.got...)
}

// asksService are verbs that talk to the service, or to where people sign in.
var asksService = [][]string{
	{"list", "environments"},
	{"download", "-e", home, "-c", orders, "-d", "elsewhere"},
	{"validate", "-d", "pets/apiDefinition.swagger.json"},
	{"update", "-e", home, "-c", orders, "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json", "-x", "pets/script.csx"},
	{"login", "--force", "--with", "device-code"},
	{"login", "--force", "--with", "client-secret", "-t", "contoso.example", "-i", "aaaaaaaa-0000-4000-8000-000000000001"},
}

// TestStolenPort signs in and kills the sandbox. Whoever gets its port has no certificate that is trusted.
func TestStolenPort(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.signIn("paconn-ls", "login", "--cloud", "sandbox", "--with", "device-code")
	w.kill()
	thief := newStranger(t, strings.TrimPrefix(w.url, "https://"))
	for _, args := range asksService {
		p := w.startWith([]string{"PACONN_CLIENT_SECRET=a secret of the service / 49"}, append(append([]string{"paconn-ls"}, args...), "--cloud", "sandbox")...)
		if code := p.end(); code != codeUsage || !strings.Contains(p.err.String(), "no sandbox is running") {
			t.Errorf("%s: exit code %d\n%s", p.name, code, p.err.String())
		}
	}
	if got := thief.requests(); len(got) > 0 {
		t.Errorf("the thief got %q", got)
	}
}

// TestFalseSandbox puts other addresses and certificates into sandbox.json.
func TestFalseSandbox(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.signIn("paconn-ls", "login", "--cloud", "sandbox", "--with", "device-code")
	sound, err := powerapps.ReadRendezvous(w.config())
	if err != nil {
		t.Fatal(err)
	}
	w.known = w.secrets() // it is not found any more
	liar, open := newStranger(t, "127.0.0.1:0"), newStranger(t, "")
	own := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: liar.Certificate().Raw}))
	_, port, _ := net.SplitHostPort(liar.host())
	for name, r := range map[string]powerapps.Rendezvous{
		"another server":          {URL: "https://" + liar.host(), Certificate: sound.Certificate},
		"another certificate":     {URL: sound.URL, Certificate: own},
		"no certificate":          {URL: sound.URL},
		"not encrypted":           {URL: open.URL, Certificate: sound.Certificate},
		"elsewhere":               {URL: "https://192.0.2.1", Certificate: own},
		"a name":                  {URL: "https://sandbox.test:" + port, Certificate: own},
		"almost this machine":     {URL: "https://127.0.0.1.test:" + port, Certificate: own},
		"this machine's user":     {URL: "https://127.0.0.1@192.0.2.1:" + port, Certificate: own},
		"a name for this machine": {URL: "https://localhost.test:" + port, Certificate: own},
	} {
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		w.write("home/config/sandbox.json", string(text))
		for _, args := range asksService {
			p := w.startWith([]string{"PACONN_CLIENT_SECRET=a secret of the service / 50", "PACONN_TRUST_HOSTS=" + liar.host() + "," + powerapps.HostOf(r.URL)},
				append(append([]string{"paconn-ls"}, args...), "--cloud", "sandbox")...)
			if code := p.end(); code != codeUsage || !strings.Contains(p.err.String(), "sandbox") {
				t.Errorf("%s: %s: exit code %d\n%s", name, p.name, code, p.err.String())
			}
		}
	}
	if got := append(liar.requests(), open.requests()...); len(got) > 0 {
		t.Errorf("the liar got %q", got)
	}
}

// TestRedirectsGetNoToken redirects every request to another name of the sandbox, whose certificate is trusted there too,
// and to a server without encryption.
func TestRedirectsGetNoToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "--auto-approve", "--token-life", "1m")
	w.env = append(w.env, "PACONN_CLOUD=sandbox", "PACONN_RETRIES=0", "PACONN_CLIENT_SECRET=a secret of the service / 51")
	w.run(codeFine, "paconn-ls", "login", "--with", "device-code")
	open := newStranger(t, "")
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(w.url, "https://"))
	for _, to := range []string{"https://localhost:" + port, open.URL} {
		for _, path := range []string{"/providers/*", "*/oauth2/*", "*openid-configuration", "/storage/*"} {
			w.ask(http.MethodPost, "faults", `{"path": "`+path+`", "kind": "redirect", "times": -1, "to": "`+to+`"}`, nil)
			for _, args := range asksService {
				w.start(append([]string{"paconn-ls"}, args...)...).end()
			}
			w.ask(http.MethodDelete, "faults", "", nil)
		}
	}
	followed := 0
	for _, r := range w.requests() {
		if r.Host != "localhost:"+port {
			continue
		}
		followed++
		if r.Method != http.MethodGet || r.Header.Get("Authorization") != "" || r.Header.Get("Referer") != "" || !strings.HasPrefix(r.Path, "/storage/") {
			t.Errorf("redirected: %s %s %v", r.Method, r.Path, r.Header)
		}
	}
	for _, got := range open.requests() {
		followed++
		if !strings.HasPrefix(got, "GET /storage/") || strings.Contains(got, "Authorization") || strings.Contains(got, "Referer") {
			t.Errorf("redirected out of encryption: %s", got)
		}
	}
	if followed == 0 {
		t.Error("no redirect was followed at all, so that nothing is shown")
	}
}

// TestUntrustedCertificate has a cloud of the user's own whose certificate nobody vouches for: whatever is set, it is sent
// nothing.
func TestUntrustedCertificate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	server := newStranger(t, "127.0.0.1:0")
	w.ownCloud("https://" + server.host())
	service := []string{"PACONN_TENANT_ID=contoso.example", "PACONN_CLIENT_ID=aaaaaaaa-0000-4000-8000-000000000001", "PACONN_CLIENT_SECRET=a secret of the service / 52",
		"PACONN_RETRIES=0", "PACONN_CLOUD=own"}
	for _, variable := range []string{
		"", "GODEBUG=x509ignoreCN=0,x509sha1=1,tlsrsakex=1,x509negativeserial=1", "NODE_TLS_REJECT_UNAUTHORIZED=0", "PYTHONHTTPSVERIFY=0", "CURL_CA_BUNDLE=",
		"ADAL_PYTHON_SSL_NO_VERIFY=1", "AZURE_CLI_DISABLE_CONNECTION_VERIFICATION=1", "GIT_SSL_NO_VERIFY=1", "SSL_CERT_FILE=" + os.DevNull, "SSL_CERT_DIR=",
		"PACONN_INSECURE=1", "PACONN_TRUST_HOSTS=" + server.host(),
	} {
		if variable == "" {
			variable = "NOTHING=" // as usual
		}
		_, stderr := w.runWith(codeFailed, append([]string{variable}, service...), "paconn-ls", "list", "environments", "--trust-host", server.host())
		if !strings.Contains(stderr, "certificate") {
			t.Errorf("%s: %s", variable, stderr)
		}
	}
	for _, args := range asksService[4:] {
		if _, stderr := w.runWith(codeFailed, service, append([]string{"paconn-ls"}, args...)...); !strings.Contains(stderr, "certificate") {
			t.Errorf("%s: %s", args, stderr)
		}
	}
	if got := server.requests(); len(got) > 0 {
		t.Errorf("it got %q", got)
	}
}

// ownCloud makes a cloud of the user's own, all of whose services are at one address.
func (w *world) ownCloud(address string) {
	w.t.Helper()
	w.write("home/config/clouds.json", `{"clouds": {"own": {"authority": "`+address+`", "powerApps": "`+address+`", "flow": "`+address+`",
		"resource": "https://service.powerapps.com/"}}}`)
}

// TestSettingsOfStrangers has a settings.json send what is kept to a server that no cloud knows, whose certificate is
// trusted: nothing is sent without a yes.
func TestSettingsOfStrangers(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("SKIPPED: SSL_CERT_FILE names the trusted certificates on Linux only")
	}
	t.Parallel()
	w := newWorld(t, "--auto-approve")
	server := newStranger(t, "127.0.0.1:0")
	sound, err := powerapps.ReadRendezvous(w.config())
	if err != nil {
		t.Fatal(err)
	}
	w.write("tmp/roots.pem", sound.Certificate+string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})))
	w.ownCloud(w.url)
	w.env = append(w.env, "SSL_CERT_FILE="+w.path("tmp/roots.pem"), "PACONN_CLOUD=own", "PACONN_RETRIES=0", "PACONN_CLIENT_SECRET=a secret of the service / 53")
	w.run(codeFine, "paconn-ls", "login", "--with", "device-code")
	w.write("work/settings.json", "{}")
	for _, key := range []string{"powerAppsUrl", "flowUrl", "authorityUrl"} {
		w.write("work/settings.json", `{"connectorId": "`+orders+`", "environment": "`+home+`", "apiProperties": "pets/apiProperties.json",
			"apiDefinition": "pets/apiDefinition.swagger.json", "`+key+`": "https://`+server.host()+`"}`)
		for _, program := range []string{"paconn-ls", paconnName} {
			for _, args := range [][]string{
				{"download", "-s", "settings.json", "-d", "elsewhere", "-w"}, {"validate", "-s", "settings.json"}, {"update", "-s", "settings.json"},
				{"create", "-s", "settings.json", "-w"}, {"login", "-s", "settings.json", "--force", "--with", "device-code"},
				{"login", "-s", "settings.json", "--force", "--with", "client-secret", "-t", "contoso.example", "-i", "aaaaaaaa-0000-4000-8000-000000000001"},
			} {
				p := w.start(append([]string{program}, args...)...)
				signsIn := args[0] == "login"
				refused := p.end() != codeFine && strings.Contains(p.err.String(), "no host of a known cloud")
				if wants := signsIn == (key == "authorityUrl"); wants != refused {
					t.Errorf("%s of %s: %s: exit code %d\n%s", key, program, p.name, p.end(), p.err.String())
				}
			}
		}
	}
	if got := server.requests(); len(got) > 0 {
		t.Errorf("it got %q", got)
	}
	w.run(codeFailed, "paconn-ls", "login", "-s", "settings.json", "--force", "--with", "device-code", "--trust-host", server.host())
	if got := server.requests(); len(got) == 0 {
		t.Error("it gets nothing after a yes either, so that nothing is shown")
	}
}
