package powerapps_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"paconn-ls/powerapps"
)

// The secrets of the tests. None of them may be found anywhere but in the requests to the service.
const (
	oldToken     = "tok-SECRET-old"
	newToken     = "tok-SECRET-new"
	signature    = "sv=2019&sig=SAS%2BSECRET"
	clientSecret = `cs-SECRET\"x`
)

var theSecrets = []string{oldToken, newToken, signature, "SAS%2BSECRET", "SAS+SECRET", "cs-SECRET"}

// registration is a body of create and update.
const registration = `{"properties": {"connectionParameters": {"token": {"oAuthSettings": {"clientSecret": "` + clientSecret + `"}}}}}`

// sent is a request as the service sees it.
type sent struct {
	Line   string // method, path and query, undecoded
	Header http.Header
	Body   string
}

// service is a fake of the Power Apps service, the Flow service and the storage, over TLS on loopback.
type service struct {
	*httptest.Server
	mu   sync.Mutex
	got  []sent
	does func(n int, w http.ResponseWriter, r *http.Request) // answers the nth request, from 0
}

// newService starts a fake. does answers its requests, whose bodies have been read; nil answers them well.
func newService(t testing.TB, does func(n int, w http.ResponseWriter, r *http.Request)) *service {
	t.Helper()
	s := &service{does: does}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func (s *service) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	s.mu.Lock()
	n := len(s.got)
	s.got = append(s.got, sent{Line: r.Method + " " + r.RequestURI, Header: r.Header.Clone(), Body: string(body)})
	s.mu.Unlock()
	if s.does == nil {
		s.well(w, r)
		return
	}
	s.does(n, w, r)
}

// well answers a request as the service does when all is well.
func (s *service) well(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodPut:
		w.WriteHeader(http.StatusCreated)
	case strings.HasSuffix(r.URL.Path, "validateApiSwagger"):
	case strings.HasSuffix(r.URL.Path, "generateResourceStorage"):
		fmt.Fprintf(w, `{"sharedAccessSignature": "%s/container?%s"}`, s.URL, signature)
	case r.Method == http.MethodPost:
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, `{"name": "shared_new"}`)
	default:
		io.WriteString(w, `{"name": "shared_pets", "properties": {}, "value": [{"name": "e1", "properties": {"isCustomApi": true}}]}`)
	}
}

func (s *service) requests() []sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]sent(nil), s.got...)
}

// cloud returns a cloud whose services are all the fake.
func (s *service) cloud() powerapps.Cloud {
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return powerapps.Cloud{
		Name: "test", PowerApps: s.URL, Flow: s.URL, PowerAppsVersion: "2016-11-01", FlowVersion: "2016-11-01",
		Resource: "https://service.powerapps.com/", Roots: roots,
	}
}

// serviceTokens is a TokenSource that can renew.
type serviceTokens struct{ renewals int }

func (*serviceTokens) Token(context.Context, string) (powerapps.Token, error) {
	return powerapps.Token{Value: oldToken, ObjectID: "oid-1"}, nil
}

func (s *serviceTokens) Renew(context.Context, string, powerapps.Token) (powerapps.Token, error) {
	s.renewals++
	return powerapps.Token{Value: newToken, ObjectID: "oid-1"}, nil
}

// newClient returns a client that repeats twice at once, unless the options say otherwise.
func newClient(t testing.TB, cloud powerapps.Cloud, o powerapps.ClientOptions) *powerapps.Client {
	t.Helper()
	if o.Retries == nil {
		o.Retries = new(2)
	}
	if o.RetryDelay == 0 {
		o.RetryDelay = time.Microsecond
	}
	o.Version = "1.2.3"
	c, err := powerapps.NewClient(cloud, &serviceTokens{}, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// operation is one of the client's methods.
type operation struct {
	name string
	do   func(ctx context.Context, c *powerapps.Client, base string) error
}

var operations = []operation{
	{"environments", func(ctx context.Context, c *powerapps.Client, _ string) error {
		_, err := c.Environments(ctx)
		return err
	}},
	{"connectors", func(ctx context.Context, c *powerapps.Client, _ string) error {
		_, err := c.Connectors(ctx, "Default-e1")
		return err
	}},
	{"connector", func(ctx context.Context, c *powerapps.Client, _ string) error {
		_, err := c.Connector(ctx, "Default-e1", "shared_pets-5f1")
		return err
	}},
	{"validate", func(ctx context.Context, c *powerapps.Client, _ string) error {
		_, err := c.Validate(ctx, []byte(`{"swagger": "2.0"}`), powerapps.WithoutCertification)
		return err
	}},
	{"storage", func(ctx context.Context, c *powerapps.Client, _ string) error {
		_, err := c.Storage(ctx, "Default-e1")
		return err
	}},
	{"upload", func(ctx context.Context, c *powerapps.Client, base string) error {
		_, err := c.Upload(ctx, powerapps.Storage{URL: base + "/account/container?" + signature}, "icon.png", []byte("PNG"))
		return err
	}},
	{"create", func(ctx context.Context, c *powerapps.Client, _ string) error {
		_, err := c.Create(ctx, "Default-e1", []byte(registration))
		return err
	}},
	{"update", func(ctx context.Context, c *powerapps.Client, _ string) error {
		return c.Update(ctx, "Default-e1", "shared_pets-5f1", []byte(registration))
	}},
	{"fetch", func(ctx context.Context, c *powerapps.Client, base string) error {
		_, err := c.Fetch(ctx, base+"/icon.png?"+signature, "download the icon")
		return err
	}},
}

// failure returns what an operation failed with.
func failure(t *testing.T, err error) *powerapps.Error {
	t.Helper()
	var e *powerapps.Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %T: %v", err, err)
	}
	return e
}

// noSecrets fails the test when a text holds a secret.
func noSecrets(t *testing.T, where, text string) {
	t.Helper()
	for _, secret := range theSecrets {
		if strings.Contains(text, secret) {
			t.Errorf("%s holds the secret %q: %s", where, secret, text)
		}
	}
}

// everything returns all that an error says.
func everything(err error) string {
	text := err.Error()
	var e *powerapps.Error
	if errors.As(err, &e) {
		text += fmt.Sprintf("\n%+v\n%v", *e, e.Err)
	}
	return text
}
