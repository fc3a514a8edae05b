package powerapps_test

import (
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"paconn-ls/powerapps"
)

// TestProxyChild is not a test: it is what TestProxies runs in a process of its own, because the proxy's variables are read
// once in each.
func TestProxyChild(t *testing.T) {
	if os.Getenv("CLIENT_CHILD") == "" {
		t.Skip("for another test")
	}
	cloud := powerapps.Cloud{Name: "test", PowerApps: "https://example.com", Flow: "https://example.com", Resource: "r"}
	c := newClient(t, cloud, powerapps.ClientOptions{Retries: new(0)})
	if _, err := c.Create(t.Context(), "e", []byte(registration)); err != nil {
		e := failure(t, err)
		fmt.Printf("FAILED %s | %s | %v\n", e, e.Way, e.Uncertain)
		return
	}
	fmt.Println("FINE")
}

// proxy starts a proxy that answers the status, and leads whoever gets 200 to a service.
func proxy(t *testing.T, status int, to *service) *httptest.Server {
	p := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || status != http.StatusOK {
			w.WriteHeader(status)
			return
		}
		inner, err := net.Dial("tcp", to.Listener.Addr().String())
		if err != nil {
			t.Error(err)
			return
		}
		w.WriteHeader(http.StatusOK)
		outer, early, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		go func() { _, _ = io.Copy(inner, early); inner.Close() }() // first what came before the server let go of it
		go func() { _, _ = io.Copy(outer, inner); outer.Close() }()
	}))
	t.Cleanup(p.Close)
	return p
}

func TestProxies(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	roots := filepath.Join(t.TempDir(), "roots.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(roots, text, 0o600); err != nil {
		t.Fatal(err)
	}
	gone := httptest.NewServer(nil)
	gone.Close()
	for name, c := range map[string]struct {
		proxy string
		roots string
		want  []string
	}{
		"that leads on, with its root":     {proxy(t, 200, s).URL, roots, []string{"FINE"}},
		"that reads along":                 {proxy(t, 200, s).URL, "", []string{"FAILED", "certificate", "SSL_CERT_FILE", "| false"}},
		"that wants to know who asks":      {proxy(t, 407, nil).URL, "", []string{"FAILED", "answers 407 Proxy Authentication Required", "USER:PASSWORD", "| false"}},
		"that refuses":                     {proxy(t, 403, nil).URL, "", []string{"FAILED", "answers 403 Forbidden", "NO_PROXY", "| false"}},
		"that is not there":                {gone.URL, "", []string{"FAILED", "check the proxy in HTTPS_PROXY", "| false"}},
		"with a password that is not seen": {strings.Replace(gone.URL, "http://", "http://me:"+clientSecret[:9]+"@", 1), "", []string{"FAILED", "| false"}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.roots != "" && runtime.GOOS != "linux" {
				t.Skip("only Linux reads SSL_CERT_FILE")
			}
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProxyChild$", "-test.count=1")
			cmd.Env = append(os.Environ(), "CLIENT_CHILD=yes", "HTTPS_PROXY="+c.proxy, "https_proxy="+c.proxy, "NO_PROXY=", "no_proxy=", "SSL_CERT_FILE="+c.roots)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Errorf("%v", err)
			}
			for _, want := range c.want {
				if !strings.Contains(string(out), want) {
					t.Errorf("the output lacks %q: %s", want, out)
				}
			}
			noSecrets(t, "the output", string(out))
		})
	}
	if n := len(s.requests()); runtime.GOOS == "linux" && n != 1 {
		t.Errorf("%d requests arrived, want that of the first case only", n)
	}
}

// The services speak HTTP/2.
func TestHTTP2(t *testing.T) {
	for _, o := range operations {
		s := &service{}
		s.Server = httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
		s.EnableHTTP2 = true
		s.does = func(n int, w http.ResponseWriter, r *http.Request) {
			if n == 0 && o.name != "create" || r.ProtoMajor != 2 {
				w.WriteHeader(503)
				return
			}
			s.well(w, r)
		}
		s.StartTLS()
		if err := o.do(t.Context(), newClient(t, s.cloud(), powerapps.ClientOptions{}), s.URL); err != nil {
			t.Errorf("%s: %v", o.name, err)
		}
		s.Close()
	}
}
