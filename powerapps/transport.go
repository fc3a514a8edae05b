package powerapps

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
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

// NewTransport returns the connections to the hosts of a cloud: with the proxy of the environment, and with the system's
// roots. Roots of the cloud's own take their place for the hosts of this machine, and for no other.
func NewTransport(roots *x509.CertPool) http.RoundTripper {
	general := newHTTPTransport(nil)
	if roots == nil {
		return general
	}
	return byHost{general: general, loopback: newHTTPTransport(roots)}
}

func newHTTPTransport(roots *x509.CertPool) *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		OnProxyConnectResponse: proxyAnswered,
		DialContext:            (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           10,
		MaxResponseHeaderBytes: 1 << 20,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    15 * time.Second,
		ExpectContinueTimeout:  time.Second,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots},
	}
}

// proxyAnswered makes an error of a proxy's refusal that says whose it is.
func proxyAnswered(_ context.Context, proxy *url.URL, _ *http.Request, resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	return &proxyError{host: proxy.Host, status: resp.StatusCode}
}

// byHost trusts certificates of its own only for this machine.
type byHost struct{ general, loopback http.RoundTripper }

func (b byHost) RoundTrip(req *http.Request) (*http.Response, error) {
	if Loopback(req.URL.Hostname()) {
		return b.loopback.RoundTrip(req)
	}
	return b.general.RoundTrip(req)
}

// tell logs what was sent, and keeps what came of it.
type tell struct{ log *slog.Logger }

func (t tell) Do(req *policy.Request) (*http.Response, error) {
	ctx, start := req.Raw().Context(), time.Now()
	s := sendingOf(ctx)
	resp, err := req.Next()
	s.note(resp, err)
	attrs := []any{"method", req.Raw().Method, "url", WithoutQuery(req.Raw().URL.String()), "try", s.tries, "took", time.Since(start).Round(time.Millisecond)}
	if err != nil {
		t.log.DebugContext(ctx, "no answer", append(attrs, "error", cleaned(err).Error())...)
		return resp, err
	}
	t.log.DebugContext(ctx, "answered", append(attrs, "status", resp.StatusCode, "request", requestID(resp.Header))...)
	return resp, nil
}

// note keeps what came of a try.
func (s *sending) note(resp *http.Response, err error) {
	s.tries++
	s.status = 0
	if err != nil {
		s.unsure = s.unsure || s.reached.Load()
		return
	}
	s.status = resp.StatusCode
	s.unsure = s.unsure || unclear(resp.StatusCode)
}
