package sandbox

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"sync"
)

// Request is a request that reached the sandbox.
type Request struct {
	Method string      `json:"method"`
	Host   string      `json:"host"`
	Path   string      `json:"path"`  // escaped, as it was sent
	Query  string      `json:"query"` // as it was sent
	Header http.Header `json:"header"`
	Body   []byte      `json:"body"`
	Status int         `json:"status"` // 0 while there is no answer, or when there was none
}

// maxBody is how much of a body is taken, in bytes.
const maxBody = 128 << 20

// How many requests are kept, and how many bytes of bodies: a sandbox may run for weeks.
const (
	maxRecorded      = 10_000
	maxRecordedBytes = 256 << 20
)

// recorder keeps the latest requests in the order of their coming.
type recorder struct {
	mu       sync.Mutex
	requests []*Request
	bytes    int // of bodies
}

// begin records a request whose body is still to be read.
func (c *recorder) begin(r *http.Request) *Request {
	kept := &Request{
		Method: r.Method, Host: r.Host, Path: r.URL.EscapedPath(), Query: r.URL.RawQuery, Header: r.Header.Clone(),
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests = append(c.requests, kept)
	c.prune()
	return kept
}

// body reads the body of a request, which can then be read again.
func (c *recorder) body(kept *Request, w http.ResponseWriter, r *http.Request) error {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	r.Body = io.NopCloser(bytes.NewReader(body))
	c.mu.Lock()
	defer c.mu.Unlock()
	if slices.Contains(c.requests, kept) { // it was not forgotten meanwhile
		kept.Body = body
		c.bytes += len(body)
		c.prune()
	}
	return err
}

// prune drops the oldest requests that are too many.
func (c *recorder) prune() {
	for len(c.requests) > maxRecorded || c.bytes > maxRecordedBytes && len(c.requests) > 1 {
		c.bytes -= len(c.requests[0].Body)
		c.requests = slices.Delete(c.requests, 0, 1)
	}
}

func (c *recorder) status(kept *Request, status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if kept.Status == 0 {
		kept.Status = status
	}
}

func (c *recorder) statusOf(kept *Request) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return kept.Status
}

func (c *recorder) all() []Request {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]Request, len(c.requests))
	for i, r := range c.requests {
		out[i] = *r
		out[i].Header, out[i].Body = r.Header.Clone(), slices.Clone(r.Body)
	}
	return out
}

func (c *recorder) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests, c.bytes = nil, 0
}

// Requests returns the latest requests in the order of their coming, but not those that set faults or read requests. The
// status of a request is there before its answer is.
func (s *Sandbox) Requests() []Request { return s.recorder.all() }

// Forget forgets the requests that have been recorded.
func (s *Sandbox) Forget() { s.recorder.forget() }

// observed is a ResponseWriter that tells the status before it is sent.
type observed struct {
	http.ResponseWriter
	tell func(status int)
}

func (o observed) WriteHeader(status int) {
	o.tell(status)
	o.ResponseWriter.WriteHeader(status)
}

func (o observed) Write(b []byte) (int, error) {
	o.tell(http.StatusOK) // unless WriteHeader has told another
	return o.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (o observed) Unwrap() http.ResponseWriter { return o.ResponseWriter }
