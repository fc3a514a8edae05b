package powerapps_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

const (
	app        = "aaaaaaaa-0000-4000-8000-000000000001"
	contoso    = "bbbbbbbb-0000-4000-8000-000000000002"
	resource   = "https://service.powerapps.com/"
	flow       = "https://service.flow.microsoft.com/"
	goodSecret = "s3cret~Value_of-the.app"
)

// desk is a machine with sign-ins, and a sandbox to sign in to.
type desk struct {
	*testing.T
	*sandbox.Sandbox
	dir  string
	env  map[string]string
	said *said

	patience time.Duration
}

// said is all that is logged, noted, shown or returned as an error. It is searched for secrets when the test ends.
type said struct {
	mu sync.Mutex
	bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Buffer.Write(p)
}

var tokenShape = regexp.MustCompile(`eyJ[\w-]{8,}`)

func newDesk(t *testing.T, o sandbox.Options) *desk {
	t.Helper()
	d := &desk{T: t, dir: filepath.Join(t.TempDir(), "config"), env: map[string]string{}, said: &said{}}
	s, err := sandbox.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	d.Sandbox = s
	t.Cleanup(func() {
		d.noSecrets()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// noSecrets looks for secrets in all that was said: those of the requests, and whatever looks like a token.
func (d *desk) noSecrets() {
	d.Helper()
	text := d.said.String()
	secrets := []string{goodSecret, "hidden-password", "runner-token"}
	for _, r := range d.Requests() {
		form, err := url.ParseQuery(string(r.Body))
		if err != nil {
			continue
		}
		for _, name := range []string{"device_code", "refresh_token", "client_assertion", "code", "code_verifier"} {
			if value := form.Get(name); r.Path != "/device" && value != "" {
				secrets = append(secrets, value)
			}
		}
	}
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			d.Errorf("a secret was told: %q in\n%s", secret, text)
		}
	}
	if found := tokenShape.FindString(text); found != "" {
		d.Errorf("a token was told: %q in\n%s", found, text)
	}
}

// open returns the sign-ins as another process of the same user would see them.
func (d *desk) open() *powerapps.AccountBook {
	note := func(text string) { fmt.Fprintln(d.said, text) }
	store := powerapps.OpenStore(powerapps.StoreOptions{Dir: d.dir, Mode: powerapps.CacheFile, Note: note, Log: note})
	return powerapps.OpenAccounts(powerapps.AccountOptions{
		Store: store, Getenv: func(name string) string { return d.env[name] }, RetryDelay: time.Millisecond, Patience: d.patience,
		Log: slog.New(slog.NewTextHandler(d.said, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
}

// told notes an error, to look for secrets in it, and returns its text with the way out.
func (d *desk) told(err error) string {
	if err == nil {
		return ""
	}
	text := err.Error()
	var refused *powerapps.SignInError
	if errors.As(err, &refused) && refused.Way != "" {
		text += " -> " + refused.Way
	}
	fmt.Fprintf(d.said, "%s\n%+v\n%#v\n", text, err, err)
	return text
}

// must ends the test on an error.
func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(d.told(err))
	}
}

func (d *desk) signIn(in powerapps.SignIn, show powerapps.Interaction) powerapps.Account {
	d.Helper()
	account, err := d.open().SignIn(d.Context(), d.at(in), show)
	d.must(err)
	return account
}

// at completes a sign-in with the sandbox's cloud, and its application by default.
func (d *desk) at(in powerapps.SignIn) powerapps.SignIn {
	client, name := in.Cloud.Client, in.Cloud.Name
	in.Cloud = d.Cloud()
	if client != "" {
		in.Cloud.Client = client
	}
	if name != "" {
		in.Cloud.Name = name
	}
	return in
}

// token gets a token as another process would.
func (d *desk) token(account powerapps.Account, audience string) (powerapps.Token, error) {
	d.Helper()
	source, err := d.open().Source(account, d.Cloud())
	d.must(err)
	return source.Token(d.Context(), audience)
}

// asked counts the requests for tokens by their grant.
func (d *desk) asked() map[string]int {
	count := map[string]int{}
	for _, r := range d.Requests() {
		if form, err := url.ParseQuery(string(r.Body)); err == nil && strings.HasSuffix(r.Path, "/token") {
			count[form.Get("grant_type")]++
		}
	}
	return count
}

// await waits until something has happened. It gives up after a time that only a defect takes.
func (d *desk) await(what string, happened func() bool) {
	d.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if happened() {
			return
		}
	}
	d.Fatalf("%s does not come", what)
}

// person is somebody who signs in.
type person struct {
	*desk
	user    string // "" is Ada Lovelace
	decline bool
	away    bool // does nothing
	prompts []powerapps.DevicePrompt
}

// browser follows no address by itself, and trusts the sandbox.
func (d *desk) browser() *http.Client {
	return &http.Client{Transport: powerapps.NewTransport(d.Cloud().Roots)}
}

func (p *person) decision() url.Values {
	v := url.Values{"user": {p.user}, "decision": {"approve"}}
	if p.decline {
		v.Set("decision", "decline")
	}
	return v
}

func (p *person) DeviceCode(_ context.Context, code powerapps.DevicePrompt) error {
	fmt.Fprintln(p.said, code.Message)
	p.prompts = append(p.prompts, code)
	if p.away {
		return nil
	}
	form := p.decision()
	form.Set("code", code.Code)
	resp, err := p.browser().PostForm(code.URL, form)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

var (
	hidden = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
	action = regexp.MustCompile(`action="([^"]*)"`)
)

// Open does what a person and a browser do: decide on the page, and send the form that comes back to where it is for.
func (p *person) Open(_ context.Context, page string) error {
	if p.away {
		return nil
	}
	resp, err := p.browser().PostForm(page, p.decision())
	if err != nil {
		return err
	}
	text, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return err
	}
	to := action.FindSubmatch(text)
	if to == nil {
		return fmt.Errorf("the page has no form: %s", text)
	}
	form := url.Values{}
	for _, field := range hidden.FindAllSubmatch(text, -1) {
		form.Set(string(field[1]), string(field[2]))
	}
	go func() { // a browser does not keep the program waiting that opened it
		if resp, err := http.PostForm(string(to[1]), form); err == nil {
			resp.Body.Close()
		}
	}()
	return nil
}

// unsigned makes a token as another provider than the sandbox would.
func unsigned(claims map[string]any) string {
	body, _ := json.Marshal(claims)
	part := base64.RawURLEncoding.EncodeToString
	return part([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + part(body) + "." + part([]byte("signature"))
}

// claimsOf reads what a token says; nothing of the empty one.
func claimsOf(t *testing.T, token string) map[string]any {
	t.Helper()
	if token == "" {
		return nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	var claims map[string]any
	if err != nil || json.Unmarshal(raw, &claims) != nil {
		t.Fatalf("not a token: %d bytes", len(token))
	}
	return claims
}

// provider is another identity provider, or the endpoint of a managed identity, on this machine. It answers what the request
// makes of it.
func (d *desk) provider(answer func(r *http.Request) (int, any)) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, body := answer(r)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body)
	}))
	d.Cleanup(s.Close)
	return s.URL
}

func (d *desk) file(name, content string) string {
	path := filepath.Join(d.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		d.Fatal(err)
	}
	return path
}
