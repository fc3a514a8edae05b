package sandbox

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// secrets are the texts that only the two ends of a request may know. The nil secrets remember nothing.
type secrets struct {
	mu   sync.Mutex
	seen map[string]bool
}

// keep remembers a secret that was handed out or received.
func (k *secrets) keep(texts ...string) {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.seen == nil {
		k.seen = map[string]bool{}
	}
	for _, text := range texts {
		if text != "" {
			k.seen[text] = true
		}
	}
}

func (k *secrets) all() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	var out []string
	for text := range k.seen {
		out = append(out, text)
	}
	slices.Sort(out)
	return out
}

// Secrets returns every secret that the sandbox has handed out or received since it was started, each once: access,
// identity and refresh tokens, codes that a client polls with or exchanges, client secrets and assertions, signatures of
// storage URLs, the client secrets of connectors, the key that sets faults. Forget does not forget them. A test can search
// for them whatever must not hold them.
func (s *Sandbox) Secrets() []string { return s.secrets.all() }

// secretFields are the fields of a request for tokens that hold a secret.
var secretFields = []string{
	"client_secret", "client_assertion", "refresh_token", "device_code", "code", "code_verifier", "assertion", "password",
}

var clientSecret = regexp.MustCompile(`"clientSecret"\s*:\s*("(?:[^"\\]|\\.)*")`)

// received keeps the secrets of a request, of others too: a token that was not made here, a signature of another storage.
func (k *secrets) received(r *Request) {
	for _, header := range r.Header["Authorization"] {
		_, token, _ := strings.Cut(header, " ")
		k.keep(token)
	}
	k.keep(signatureOf("?" + r.Query))
	if strings.HasSuffix(r.Path, "/oauth2/v2.0/token") {
		form, _ := url.ParseQuery(string(r.Body))
		for _, field := range secretFields {
			k.keep(form[field]...)
		}
		return
	}
	for _, found := range clientSecret.FindAllSubmatch(r.Body, -1) {
		var text string
		if json.Unmarshal(found[1], &text) == nil {
			k.keep(text)
		}
	}
}

// signatureOf returns the shared access signature in a URL; "" when there is none.
func signatureOf(address string) string {
	_, query, _ := strings.Cut(address, "?")
	values, _ := url.ParseQuery(query)
	return values.Get("sig")
}
