package powerapps_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"paconn-ls/powerapps"
)

// configured returns a config folder with a clouds.json.
func configured(t *testing.T, clouds string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "clouds.json"), []byte(clouds), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestConfigDir(t *testing.T) {
	given := func(string) string { return filepath.Join("some", "where") }
	dir, err := powerapps.ConfigDir(given)
	if err != nil || !filepath.IsAbs(dir) || !strings.HasSuffix(dir, filepath.Join("some", "where")) {
		t.Errorf("given: %q, %v", dir, err)
	}
	dir, err = powerapps.ConfigDir(func(string) string { return "" })
	if err == nil && (!filepath.IsAbs(dir) || filepath.Base(dir) != "paconn-ls") {
		t.Errorf("not given: %q", dir)
	}
}

func TestLoadClouds(t *testing.T) {
	clouds, err := powerapps.LoadClouds(configured(t, "\ufeff"+`{"clouds": {
		"Test": {"like": "gcc", "title": "Test ring", "powerApps": "https://TIP1.api.powerapps.com/"},
		"gcc": {"resource": "https://mine/", "flowResource": ""},
		"own": {"authority": "https://adfs.example:8443", "powerApps": "https://pa.example", "resource": "pa", "flow": "https://flow.example"}
	}}`))
	if err != nil {
		t.Fatal(err)
	}
	if len(clouds) != 7 {
		t.Errorf("%d clouds", len(clouds))
	}
	public, _ := powerapps.BuiltinClouds().Named("public")
	if got, err := clouds.Named("public"); err != nil || got != public {
		t.Errorf("public: %+v, %v", got, err)
	}
	if got, err := clouds.Named("gcc"); err != nil || got.Resource != "https://mine/" || got.FlowResource != "" || got.PowerApps != "https://gov.api.powerapps.us" {
		t.Errorf("gcc: %+v, %v", got, err)
	}
	if got, err := clouds.Named("test"); err != nil || got.Resource != "https://mine/" || got.PowerApps != "https://tip1.api.powerapps.com" || got.Title != "Test ring" {
		t.Errorf("test: %+v, %v", got, err)
	}
	if got, err := clouds.Named("own"); err != nil || got.Client != public.Client || got.Authority != "https://adfs.example:8443" || got.PowerAppsVersion != public.PowerAppsVersion {
		t.Errorf("own: %+v, %v", got, err)
	}
}

func TestLoadCloudsWithoutFile(t *testing.T) {
	clouds, err := powerapps.LoadClouds(filepath.Join(t.TempDir(), "none"))
	if err != nil || len(clouds) != len(powerapps.BuiltinClouds()) {
		t.Errorf("%v, %v", clouds, err)
	}
}

func TestLoadCloudsRefuses(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"", "unexpected end of JSON input"},
		{`{"clouds": {`, "unexpected end of JSON input"},
		{"{\"clouds\":\n  {,}}", "line 2, column 4: invalid character ','"},
		{`[]`, "the file: it is no object"},
		{`{"cloud": {}}`, `"cloud" is unknown, did you mean "clouds"?`},
		{`{"clouds": {}, "clouds": {}}`, `the file: "clouds" is there twice`},
		{`{"clouds": []}`, "clouds: it is no object"},
		{`{"clouds": {"gcc": null}}`, "clouds.gcc: it is no object"},
		{`{"clouds": {"gcc": {}, "GCC": {}}}`, `clouds: "GCC" is there twice`},
		{`{"clouds": {"a b": {}}}`, "clouds.a b: a cloud's name has letters, digits, dots and dashes only"},
		{`{"clouds": {"sandbox": {}}}`, "clouds.sandbox: the sandbox says itself where it is"},
		{`{"clouds": {"gcc": {"resorce": "x"}}}`, `clouds.gcc.resorce is unknown, did you mean "resource"?`},
		{`{"clouds": {"gcc": {"powerapps": "https://x"}}}`, `clouds.gcc.powerapps is unknown, did you mean "powerApps"?`},
		{`{"clouds": {"gcc": {"nonsense": "x"}}}`, `clouds.gcc.nonsense is unknown: there are like, title, authority`},
		{`{"clouds": {"gcc": {"resource": 1}}}`, "clouds.gcc.resource: it is no text"},
		{`{"clouds": {"gcc": {"resource": null}}}`, "clouds.gcc.resource: it is no text"},
		{`{"clouds": {"gcc": {"resource": " "}}}`, "clouds.gcc.resource: it is empty"},
		{`{"clouds": {"gcc": {"flow": "http://flow.example"}}}`, `clouds.gcc.flow: "http://flow.example" is no https address`},
		{`{"clouds": {"gcc": {"flow": "flow.example"}}}`, `clouds.gcc.flow: "flow.example" is no address: write https://HOST`},
		{`{"clouds": {"gcc": {"flow": "https://:443"}}}`, `clouds.gcc.flow: "https://:443" is no address`},
		{`{"clouds": {"gcc": {"flow": "https://u:p@flow.example"}}}`, `"https://flow.example" has more than scheme and host`},
		{`{"clouds": {"gcc": {"flow": "https://flow.example/x?sig=y"}}}`, `"https://flow.example/x" has more than scheme and host`},
		{`{"clouds": {"mine": {"like": "pubic"}}}`, `clouds.mine.like: there is no cloud "pubic" before it, did you mean "public"?`},
		{`{"clouds": {"mine": {"powerApps": "https://x.example"}}}`, "clouds.mine: authority is missing: give it, or a cloud that it is like"},
	} {
		dir := configured(t, c.file)
		_, err := powerapps.LoadClouds(dir)
		if err == nil {
			t.Errorf("%s is taken", c.file)
			continue
		}
		if want := filepath.Join(dir, "clouds.json") + ": "; !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s\ngives %v\nwant  %s", c.file, err, c.want)
		}
		if strings.Contains(err.Error(), "u:p") || strings.Contains(err.Error(), "sig=") {
			t.Errorf("%v tells a secret", err)
		}
	}
}

func TestNamed(t *testing.T) {
	clouds := powerapps.BuiltinClouds()
	if _, err := clouds.Named("sandbox"); err == nil || !strings.Contains(err.Error(), "paconn-ls sandbox") {
		t.Errorf("sandbox: %v", err)
	}
	if _, err := clouds.Named("mars"); err == nil || !strings.Contains(err.Error(), "public, gcc, gcchigh, dod, china") {
		t.Errorf("mars: %v", err)
	}
}

// TestLoadCloudsSandbox finds a running sandbox by its file, and only that one.
func TestLoadCloudsSandbox(t *testing.T) {
	server, other := httptest.NewTLSServer(nil), httptest.NewUnstartedServer(nil)
	other.Config.ErrorLog = log.New(io.Discard, "", 0)
	other.StartTLS()
	defer other.Close()
	certificate := func(s *httptest.Server) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}))
	}
	dir := t.TempDir()
	named := func(file any) (powerapps.Cloud, error) {
		t.Helper()
		text, err := json.Marshal(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "sandbox.json"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		clouds, err := powerapps.LoadClouds(dir)
		if err != nil {
			t.Fatal(err)
		}
		return clouds.Named("sandbox")
	}
	ours := powerapps.Rendezvous{URL: server.URL, Certificate: certificate(server)}
	cloud, err := named(ours)
	if err != nil {
		t.Fatal(err)
	}
	if cloud.PowerApps != server.URL || cloud.Flow != server.URL || cloud.Authority != server.URL || cloud.Resource != "https://service.powerapps.com/" || cloud.Roots == nil {
		t.Errorf("%+v", cloud)
	}
	server.Close()
	for _, c := range []struct {
		why  string
		file any
	}{
		{"it is gone", ours},
		{"its port is another's", powerapps.Rendezvous{URL: other.URL, Certificate: selfSigned(t)}},
		{"it is not on this machine", powerapps.Rendezvous{URL: "https://192.0.2.1:443", Certificate: certificate(other)}},
		{"it is not TLS", powerapps.Rendezvous{URL: "http://127.0.0.1:1", Certificate: certificate(other)}},
		{"it has no certificate", powerapps.Rendezvous{URL: other.URL}},
		{"the file is no object", "nonsense"},
	} {
		if _, err := named(c.file); err == nil || !strings.Contains(err.Error(), "no sandbox is running: start one with paconn-ls sandbox (under the same PACONN_CONFIG_DIR)") {
			t.Errorf("%s: %v", c.why, err)
		}
	}
}

// selfSigned returns a certificate that no server has.
func selfSigned(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func TestLoadCloudsRefusesOpenFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are the profile's")
	}
	for name, open := range map[string]func(dir string) error{
		"the file":   func(dir string) error { return os.Chmod(filepath.Join(dir, "clouds.json"), 0o622) },
		"the folder": func(dir string) error { return os.Chmod(dir, 0o777) },
	} {
		dir := configured(t, `{"clouds": {}}`)
		if err := open(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := powerapps.LoadClouds(dir); err == nil || !strings.Contains(err.Error(), "chmod go-w") {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}

// TestLoadCloudsRefusesTheFileOfAnother puts a file where a service principal's secret would be sent to whoever wrote it.
func TestLoadCloudsRefusesTheFileOfAnother(t *testing.T) {
	dir := configured(t, `{"clouds": {}}`)
	if err := os.Chown(filepath.Join(dir, "clouds.json"), 12345, -1); err != nil {
		t.Skip("only the administrator can give a file to another user:", err)
	}
	if _, err := powerapps.LoadClouds(dir); err == nil || !strings.Contains(err.Error(), "belongs to another user") {
		t.Errorf("the error is %v", err)
	}
}
