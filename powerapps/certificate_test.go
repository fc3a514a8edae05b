package powerapps_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// keyPair makes a certificate and its key, as PEM.
var keyPair = sync.OnceValues(func() (certificate, key string) {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "connectors"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, k.Public(), k)
	if err != nil {
		panic(err)
	}
	inner, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: inner}))
})

// certificate returns the path of a file with a certificate: those of testdata were made with OpenSSL 3, with the password
// "hidden-password".
func (d *desk) certificate(name string) string {
	certificate, key := keyPair()
	made := map[string]string{
		"plain.pem": "Bag Attributes\n" + certificate + key, "key.pem": key, "lonely.pem": certificate,
		"text.pem": "hello", "empty.pem": "", "other-key.pem": certificate + otherKey(),
	}
	if content, ok := made[name]; ok {
		return d.file(name, content)
	}
	path, err := filepath.Abs(filepath.Join("testdata/certificates", name))
	if err != nil {
		d.Fatal(err)
	}
	return path
}

var otherKey = sync.OnceValue(func() string {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(k)}))
})

func TestCertificates(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{})
	for _, c := range []struct {
		file, password string
		want           string // of the error; "" when it can be signed in with
	}{
		{"plain.pem", "", ""},
		{"plain.pem", "not-needed", ""},
		{"protected.pem", "hidden-password", ""},
		{"modern.pfx", "hidden-password", ""},
		{"legacy.pfx", "hidden-password", ""},
		{"protected.pem", "", "protected with a password: give it in PACONN_CLIENT_CERTIFICATE_PASSWORD"},
		{"protected.pem", "wrong", "the password is wrong"},
		{"modern.pfx", "", "protected with a password: give it in PACONN_CLIENT_CERTIFICATE_PASSWORD"},
		{"modern.pfx", "wrong", "the password is wrong"},
		{"legacy.pfx", "wrong", "the password is wrong"},
		{"des3.pem", "hidden-password", "in a way that is not known: convert it with openssl"},
		{"weak.pem", "hidden-password", "in an old and weak way: convert it with openssl"},
		{"key.pem", "", "there is no certificate in it"},
		{"lonely.pem", "", "there is no private key in it"},
		{"other-key.pem", "", "key doesn't match any certificate"},
		{"text.pem", "", "neither as PEM nor as PKCS #12"},
		{"empty.pem", "", "neither as PEM nor as PKCS #12"},
		{"nowhere.pem", "", "no such file"},
	} {
		t.Run(c.file+" "+c.password, func(t *testing.T) {
			in := powerapps.SignIn{Means: powerapps.Certificate, Tenant: contoso, Cloud: powerapps.Cloud{Client: app}}
			in.Certificate, in.CertPassword = d.certificate(c.file), c.password
			_, err := d.open().SignIn(t.Context(), d.at(in), nil)
			text := d.told(err)
			if c.want == "" && err != nil || c.want != "" && (!strings.Contains(text, c.want) || !strings.Contains(text, in.Certificate)) {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
}

// TestCertificatesAreReadWhateverTheyHold has every file cut short and changed.
func TestCertificatesAreReadWhateverTheyHold(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{})
	book := d.open()
	for _, name := range []string{"protected.pem", "modern.pfx"} {
		content, err := os.ReadFile(d.certificate(name))
		d.must(err)
		for cut := 0; cut < len(content); cut += len(content)/40 + 1 {
			in := powerapps.SignIn{Means: powerapps.Certificate, Tenant: contoso, CertPassword: "hidden-password", Cloud: powerapps.Cloud{Client: app}}
			in.Certificate = d.file(name, string(content[:cut]))
			if _, err := book.SignIn(t.Context(), d.at(in), nil); err == nil {
				t.Errorf("%s can be cut to %d bytes", name, cut)
			} else {
				d.told(err)
			}
		}
	}
}
