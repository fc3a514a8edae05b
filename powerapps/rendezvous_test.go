package powerapps_test

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"testing"

	"paconn-ls/powerapps"
)

// TestRendezvous shows which addresses a sandbox may have: those of this machine, encrypted.
func TestRendezvous(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	certificate := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	for url, ok := range map[string]bool{
		"https://127.0.0.1:1": true, "https://127.8.9.1:1": true, "https://[::1]:1": true, "https://localhost:1": true, "https://127.0.0.1": true,
		"http://127.0.0.1:1": false, "https://192.0.2.1:1": false, "https://0.0.0.0:1": false, "https://[::]:1": false, "https://[fe80::1]:1": false,
		"https://sandbox.test": false, "https://127.0.0.1.test:1": false, "https://localhost.test:1": false, "https://127.0.0.1@192.0.2.1:1": false,
		"https://2130706433:1": false, "https://127.1:1": false, "https://:1": false, "127.0.0.1:1": false, "": false,
	} {
		cloud, err := powerapps.Rendezvous{URL: url, Certificate: certificate}.Cloud()
		if (err == nil) != ok || ok && (cloud.PowerApps != url || cloud.Authority != url || cloud.Roots == nil) {
			t.Errorf("%s: %+v %v", url, cloud, err)
		}
	}
	for _, text := range []string{"", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"} {
		if _, err := (powerapps.Rendezvous{URL: server.URL, Certificate: text}).Cloud(); err == nil {
			t.Errorf("a sandbox with the certificate %q is trusted", text)
		}
	}
}
