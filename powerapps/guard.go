package powerapps

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"slices"
)

// What is read of an answer at most, in bytes.
const (
	maxBody         = 64 << 20
	maxError        = 64 << 10
	maxVerboseError = 4 << 20 // of a validation, whose errors are its result
)

// guard is the last that a request passes: it keeps tokens to the cloud's hosts, whatever URL the request was given.
type guard struct {
	cloud Cloud
	next  http.RoundTripper
}

// Do sends a request and reads the answer to its end, so that a try is over with its last byte.
func (g guard) Do(req *http.Request) (*http.Response, error) {
	if err := g.allow(req); err != nil {
		return nil, err
	}
	s := sendingOf(req.Context())
	req = req.WithContext(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { s.reached.Store(true) },
	}))
	if len(s.call.body) > 0 {
		// Each try has a reader of its own: that of a failed one may still be in use.
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(s.call.body)), nil }
		req.Body, _ = req.GetBody()
		req.ContentLength = int64(len(s.call.body))
	}
	resp, err := g.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	return readWhole(resp, s.call)
}

// allow refuses requests that would give away a token, or a shared access signature in clear text. Without encryption
// only this machine is asked, and only by a cloud that is on it and has roots of its own: a storage beside a sandbox.
func (g guard) allow(req *http.Request) error {
	u := req.URL
	where := u.Scheme + "://" + u.Host
	if req.Header.Get("Authorization") != "" && (u.Scheme != "https" || !g.cloud.owns(u.String())) {
		return &refused{text: "the token of the " + g.cloud.Name + " cloud is not sent to " + where}
	}
	if nearby(u.Hostname()) && !nearby(hostname(g.cloud.PowerApps)) {
		return &refused{text: where + " is not asked: the service has no say over what runs on this machine"}
	}
	if u.Scheme == "https" || u.Scheme == "http" && g.cloud.Roots != nil && Loopback(u.Hostname()) {
		return nil
	}
	return &refused{text: where + " is not asked, because the answer would not come encrypted"}
}

// nearby reports whether a host is this machine or at the end of its cable. Whoever makes a connector says where its icon
// is, and so what the machines of others ask.
func nearby(host string) bool {
	ip := net.ParseIP(host)
	return Loopback(host) || linkLocal(host) || ip != nil && ip.IsUnspecified()
}

// owns reports whether a URL leads to a host that tokens of the cloud may be sent to.
func (c Cloud) owns(address string) bool {
	host := HostOf(address)
	return host != "" && slices.Contains(c.Hosts(), host)
}

// readWhole replaces the body of an answer by what it holds.
func readWhole(resp *http.Response, call call) (*http.Response, error) {
	defer resp.Body.Close()
	limit, failed := int64(maxBody), !succeeded(resp)
	switch {
	case failed && call.verbose:
		limit = maxVerboseError
	case failed:
		limit = maxError
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if failed {
		body, err = body[:min(int64(len(body)), limit)], nil // a part of an error is better than none
	}
	if err != nil {
		return nil, &cutError{err: err}
	}
	if int64(len(body)) > limit {
		return nil, &refused{text: "the answer is larger than 64 MB"}
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// cutError is an answer of success that ended before its end.
type cutError struct{ err error }

func (e *cutError) Error() string { return "the answer broke off: " + e.err.Error() }
func (e *cutError) Unwrap() error { return e.err }

// refused is a request that is not made, or an answer that is not taken. Another try would not change it.
type refused struct {
	text string
	way  string // what to do about it; may be ""
}

func (r *refused) Error() string { return r.text }

// NonRetriable tells the pipeline.
func (r *refused) NonRetriable() {}
