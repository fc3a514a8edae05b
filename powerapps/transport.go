package powerapps

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptrace"
	"slices"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// What is read of an answer at most, in bytes.
const (
	maxBody         = 64 << 20
	maxError        = 64 << 10
	maxVerboseError = 4 << 20 // of a validation, whose errors are its result
)

// newPipeline returns what a request passes through: repeating, redirects, the log, and the transport with its guard.
func newPipeline(cloud Cloud, log *slog.Logger) runtime.Pipeline {
	return runtime.NewPipeline("paconn-ls", "", runtime.PipelineOptions{
		PerRetry: []policy.Policy{follow{cloud: cloud}, tell{log: log}},
	}, &policy.ClientOptions{
		Telemetry: policy.TelemetryOptions{Disabled: true},
		Transport: guard{cloud: cloud, next: NewTransport(cloud.Roots)},
	})
}

// guard is the last that a request passes: it keeps tokens to the cloud's hosts, whatever URL the request was given.
type guard struct {
	cloud Cloud
	next  http.RoundTripper
}

// errGuard is of a request that is not sent, so as not to give away a token.
var errGuard = errors.New("the token is not sent")

func (g guard) Do(req *http.Request) (*http.Response, error) {
	if err := g.allow(req); err != nil {
		return nil, err
	}
	s := sendingOf(req.Context())
	req = req.WithContext(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { s.reached.Store(true) },
	}))
	if s.call.body != nil {
		// Each try reads the body with its own reader: a failed one may still be reading.
		req.Body = io.NopCloser(bytes.NewReader(s.call.body))
		req.ContentLength = int64(len(s.call.body))
	}
	resp, err := g.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	return readWhole(resp, s.call)
}

// allow refuses requests that would give away a token, or a shared access signature in clear text.
func (g guard) allow(req *http.Request) error {
	u := req.URL
	plain := u.Scheme != "https"
	if req.Header.Get("Authorization") != "" && (plain || !slices.Contains(g.cloud.Hosts(), HostOf(u.String()))) {
		return &refused{text: "the token of the " + g.cloud.Name + " cloud is not sent to " + u.Scheme + "://" + u.Host}
	}
	if plain && !(u.Scheme == "http" && g.cloud.Roots != nil && loopback(u.Hostname())) {
		return &refused{text: u.Scheme + "://" + u.Host + " is not asked, because what is not encrypted can be read and changed on its way"}
	}
	return nil
}

// readWhole replaces the body of an answer by what it holds, so that a try ends with its last byte.
func readWhole(resp *http.Response, call call) (*http.Response, error) {
	defer resp.Body.Close()
	limit := int64(maxBody)
	failed := resp.StatusCode < 200 || resp.StatusCode > 299
	if failed {
		limit = maxError
		if call.verbose {
			limit = maxVerboseError
		}
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil && !failed {
		return nil, err
	}
	if int64(len(body)) > limit {
		if !failed {
			return nil, &refused{text: errTooLarge.Error()}
		}
		body = body[:limit]
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// refused is a request that is not made, or an answer that is not taken; another try would not change it.
type refused struct{ text string }

func (r *refused) Error() string { return r.text }

// NonRetriable tells the pipeline.
func (r *refused) NonRetriable() {}

// NewTransport returns the connections to the hosts of a cloud: with the proxy of the environment, and with the system's
// roots, but for loopback hosts where the cloud has roots of its own.
func NewTransport(roots *x509.CertPool) http.RoundTripper {
	general := newHTTPTransport(nil)
	if roots == nil {
		return general
	}
	return byHost{general: general, loopback: newHTTPTransport(roots)}
}

func newHTTPTransport(roots *x509.CertPool) *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          10,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   15 * time.Second,
		ExpectContinueTimeout: time.Second,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots},
	}
}

// byHost trusts certificates of its own only for this machine.
type byHost struct{ general, loopback http.RoundTripper }

func (b byHost) RoundTrip(req *http.Request) (*http.Response, error) {
	if loopback(req.URL.Hostname()) {
		return b.loopback.RoundTrip(req)
	}
	return b.general.RoundTrip(req)
}

// loopback reports whether a host is this machine.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback() || strings.EqualFold(host, "localhost")
}

// tell logs what was sent.
type tell struct{ log *slog.Logger }

func (t tell) Do(req *policy.Request) (*http.Response, error) {
	start := time.Now()
	resp, err := req.Next()
	attrs := []any{"method", req.Raw().Method, "url", WithoutQuery(req.Raw().URL.String()), "took", time.Since(start).Round(time.Millisecond)}
	if err != nil {
		t.log.DebugContext(req.Raw().Context(), "no answer", append(attrs, "error", withoutURLs(err).Error())...)
		return resp, err
	}
	t.log.DebugContext(req.Raw().Context(), "answered", append(attrs, "status", resp.StatusCode)...)
	return resp, nil
}
