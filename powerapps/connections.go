package powerapps

import (
	"bytes"
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// maxAnswer is what is read of an answer of a sign-in service at most, in bytes.
const maxAnswer = 1 << 20

// connections are the ways to the sign-in services.
type connections struct {
	log     *slog.Logger
	retries int
	delay   time.Duration
	limit   time.Duration // of one try

	mu      sync.Mutex
	byRoots map[*x509.CertPool]http.RoundTripper
}

func newConnections(o AccountOptions, log *slog.Logger) *connections {
	c := &connections{
		log: log, retries: 3, delay: cmp.Or(o.RetryDelay, time.Second), limit: cmp.Or(o.TryTimeout, 30*time.Second),
		byRoots: map[*x509.CertPool]http.RoundTripper{},
	}
	if o.Retries != nil {
		c.retries = max(*o.Retries, 0)
	}
	return c
}

// client returns what MSAL sends its requests with: encrypted, nowhere else than they are for, each with a time limit,
// and again when they fail in passing.
func (c *connections) client(roots *x509.CertPool) *http.Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byRoots[roots] == nil {
		c.byRoots[roots] = NewTransport(roots)
	}
	return c.around(c.byRoots[roots], passing)
}

// local returns what asks services of this machine and its surroundings, which no proxy reaches.
func (c *connections) local() *http.Client {
	t := newHTTPTransport(nil)
	t.Proxy = nil
	t.DialContext = (&net.Dialer{Timeout: 3 * time.Second}).DialContext // who is not in Azure gets no answer at all
	t.DisableKeepAlives = true
	return c.around(t, settling)
}

// settling reports whether Azure's instance metadata service asks for patience, while it gets an identity or is renewed
// itself (Learn: "How to use managed identities on an Azure VM to acquire an access token", retry guidance).
func settling(resp *http.Response, err error) bool {
	return err == nil && (resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusGone || passing(resp, nil))
}

func (c *connections) around(next http.RoundTripper, again func(*http.Response, error) bool) *http.Client {
	return &http.Client{Transport: &repeating{connections: c, next: next, again: again}, CheckRedirect: stay}
}

// stay follows no redirect: a request of a sign-in has secrets in it.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// patiently marks the context of requests that are repeated for as long as it lasts: the questions whether a person has
// entered a code, which a moment without a network must not end.
func patiently(ctx context.Context) context.Context {
	return context.WithValue(ctx, patienceKey{}, true)
}

type patienceKey struct{}

// repeating sends a request again when it failed in passing.
type repeating struct {
	*connections
	next  http.RoundTripper
	again func(*http.Response, error) bool
}

func (r *repeating) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := bodyOf(req)
	if err == nil {
		err = encrypted(req.URL)
	}
	if err != nil {
		return nil, err
	}
	patient, most := req.Context().Value(patienceKey{}) != nil, maxWait
	if patient {
		most = 24 * time.Hour
	}
	var before error // of the try before
	for try := 0; ; try++ {
		resp, err := r.once(req, body)
		if before != nil && errors.Is(err, context.DeadlineExceeded) {
			err = before // rather than that the time is over, why nothing came of it
		}
		before = err
		again := r.again(resp, err) || patient && err != nil && !untrusted(err)
		if !again || !patient && try >= r.retries {
			return resp, err
		}
		if d := r.pause(resp, try); d > most || !wait(req.Context(), d) {
			return resp, err
		}
		r.log.DebugContext(req.Context(), "asking the sign-in service again", "host", req.URL.Host, "try", try+2)
	}
}

// encrypted refuses addresses that what is sent to could be read on its way. A service of the machine itself may be asked
// without: so are managed identities.
func encrypted(u *url.URL) error {
	if u.Scheme == "https" || u.Scheme == "http" && (Loopback(u.Hostname()) || linkLocal(u.Hostname())) {
		return nil
	}
	return &refused{text: u.Scheme + "://" + u.Host + " is not asked, because what is not encrypted can be read and changed on its way"}
}

// linkLocal reports an address that ends at the next machine, such as Azure's instance metadata service 169.254.169.254.
func linkLocal(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLinkLocalUnicast()
}

// bodyOf reads the body of a request, to send it more than once.
func bodyOf(req *http.Request) ([]byte, error) {
	if req.Body == nil {
		return nil, nil
	}
	defer req.Body.Close()
	return io.ReadAll(io.LimitReader(req.Body, maxAnswer))
}

// once sends a request once and reads the whole answer within the time limit. What an error's body repeats of the request's
// secrets is starred.
func (r *repeating) once(req *http.Request, body []byte) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), r.limit)
	defer cancel()
	try := req.Clone(ctx)
	if body != nil {
		try.Body, try.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	resp, err := r.next.RoundTrip(try)
	if err == nil {
		err = readAnswer(resp, secretsIn(body))
	}
	if err != nil && ctx.Err() != nil && req.Context().Err() == nil {
		err = &slowError{r.limit}
	}
	if err != nil {
		return nil, err
	}
	resp.Request = req
	return resp, nil
}

// slowError is an answer that did not come in time.
type slowError struct{ limit time.Duration }

func (e *slowError) Error() string { return fmt.Sprintf("no answer within %s", e.limit) }

// Timeout and Temporary make it a net.Error.
func (e *slowError) Timeout() bool   { return true }
func (e *slowError) Temporary() bool { return true }

// readAnswer puts what an answer's body holds in the place of the body.
func readAnswer(resp *http.Response, secrets []string) error {
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	_ = resp.Body.Close()
	if err != nil {
		return err
	}
	if len(text) > maxAnswer {
		return &refused{text: "the answer is too large to be one of a sign-in service"}
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		text = []byte(mask(string(text), secrets))
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	resp.Header.Del("Content-Length")
	return nil
}

// secretFields are the members of a sign-in's forms that are secrets.
var secretFields = []string{"client_secret", "client_assertion", "refresh_token", "device_code", "code", "code_verifier", "assertion"}

func secretsIn(body []byte) []string {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil
	}
	var secrets []string
	for _, name := range secretFields {
		if value := form.Get(name); value != "" {
			secrets = append(secrets, value, url.QueryEscape(value))
		}
	}
	return secrets
}

// pause returns how long to wait before the next try: what the service says, else twice as long each time.
func (r *repeating) pause(resp *http.Response, try int) time.Duration {
	if resp != nil {
		if wait := retryAfter(resp.Header, time.Now()); wait > 0 {
			return wait
		}
	}
	return min(r.delay<<min(try, 16), 30*time.Second)
}

// wait waits, unless the context would be over before; it reports whether it did.
func wait(ctx context.Context, d time.Duration) bool {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= d {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
