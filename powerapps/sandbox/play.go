package sandbox

import (
	"bytes"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// codeOf are the codes that go with a status. Those of 401, 404 and 500 are seen from the service.
var codeOf = map[int]string{
	400: "InvalidRequestContent", 401: "InvalidAuthenticationToken", 403: "Forbidden", 404: "ResourceNotFound", 408: "RequestTimeout",
	409: "Conflict", 412: "PreconditionFailed", 429: "TooManyRequests", 500: "InternalServerError", 502: "BadGateway", 503: "ServiceUnavailable",
	504: "GatewayTimeout",
}

// play lets a request go wrong whose body has been read.
func (s *Sandbox) play(f Fault, w http.ResponseWriter, r *http.Request) {
	if f.Kind == Slow {
		s.playSlow(f, w, r)
		return
	}
	done := memory{header: http.Header{}}
	if f.After || f.Kind == Truncated {
		s.route(&done, r)
	}
	switch f.Kind {
	case Reset:
		cut(w)
	case Truncated:
		truncate(w, done)
	case HTML:
		page := "<!DOCTYPE html>\r\n<html><head><title>" + strconv.Itoa(f.Status) + " " + http.StatusText(f.Status) +
			"</title></head>\r\n<body><center><h1>" + http.StatusText(f.Status) + "</h1></center><hr></body></html>\r\n"
		write(w, f, "text/html; charset=utf-8", page)
	case Empty:
		write(w, f, "", "")
	case Huge:
		flood(w, f)
	case BadJSON:
		write(w, f, "application/json", `{"value": [{"name": "shared_`)
	case WrongJSON:
		write(w, f, "application/json", `{"name": [4], "value": {"name": true}, "properties": "none", "access_token": {}, "sharedAccessSignature": 7}`)
	case Redirect:
		w.Header().Set("Location", s.elsewhere(f, r))
		write(w, f, "", "")
	case Echo:
		echo(w, f, r)
	default:
		s.playStatus(f, w)
	}
}

func (s *Sandbox) playStatus(f Fault, w http.ResponseWriter) {
	if f.Code == "" {
		f.Code = codeOf[f.Status]
	}
	setRetryAfter(w, f)
	refuse(f.Status, f.Code, "The sandbox was told to answer %d.", f.Status).write(w)
}

// echo answers with an error that repeats the request.
func echo(w http.ResponseWriter, f Fault, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var header strings.Builder
	_ = r.Header.Write(&header)
	refuse(f.Status, "BadRequest", "The request could not be understood: %s %s\r\n%s\r\n%.4000s", r.Method, r.URL.RequestURI(), header.String(), body).write(w)
}

func setRetryAfter(w http.ResponseWriter, f Fault) {
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
}

// playSlow waits before the work, or before the answer. Work that has not begun when the client goes is left undone. Whoever
// is still there when the waiting ends for nothing gets no answer: to return would be an empty 200.
func (s *Sandbox) playSlow(f Fault, w http.ResponseWriter, r *http.Request) {
	done := memory{header: http.Header{}}
	if f.After {
		s.route(&done, r)
	}
	switch {
	case !s.wait(f, r):
		cut(w)
	case f.After:
		done.replay(w)
	default:
		s.route(w, r)
	}
}

// wait reports whether the time of a fault passed, or the faults were taken back, while the client was still there.
func (s *Sandbox) wait(f Fault, r *http.Request) bool {
	var over <-chan time.Time
	if f.Delay > 0 {
		over = time.After(f.Delay)
	}
	select {
	case <-over:
		return true
	case <-f.over:
		return true
	case <-r.Context().Done():
	case <-s.closing:
	}
	return false
}

// elsewhere returns where a redirect leads to.
func (s *Sandbox) elsewhere(f Fault, r *http.Request) string {
	to := f.To
	if to == "" {
		_, port, _ := net.SplitHostPort(strings.TrimPrefix(s.url, "https://"))
		to = "https://localhost:" + port
	}
	return strings.TrimSuffix(to, "/") + r.URL.RequestURI()
}

func write(w http.ResponseWriter, f Fault, contentType, body string) {
	setRetryAfter(w, f)
	if contentType != "" {
		w.Header().Set("Content-Type", contentType)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(f.Status)
	_, _ = io.WriteString(w, body)
}

// flood sends one JSON text of HugeSize bytes.
func flood(w http.ResponseWriter, f Fault) {
	const begin, end = `{"value":[],"filler":"`, `"}`
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(HugeSize))
	w.WriteHeader(f.Status)
	chunk := bytes.Repeat([]byte("x"), 64<<10)
	_, err := io.WriteString(w, begin)
	for left := HugeSize - len(begin) - len(end); left > 0 && err == nil; left -= len(chunk) {
		_, err = w.Write(chunk[:min(left, len(chunk))])
	}
	_, _ = io.WriteString(w, end)
}

// truncate sends the first half of an answer and cuts the connection.
func truncate(w http.ResponseWriter, done memory) {
	body := done.body.Bytes()
	done.body = *bytes.NewBuffer(body[:len(body)/2])
	if len(body) < 2 {
		body = []byte(`{"`)
	}
	done.header.Set("Content-Length", strconv.Itoa(len(body)))
	done.replay(w)
	_ = http.NewResponseController(w).Flush()
	cut(w)
}

// cut resets the connection of a request, as a firewall or a dying process does.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	if plain, ok := conn.(*net.TCPConn); ok {
		_ = plain.SetLinger(0)
	}
	_ = conn.Close()
}

// memory is an answer that nobody has got yet.
type memory struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (m *memory) Header() http.Header { return m.header }

func (m *memory) WriteHeader(status int) { m.status = status }

func (m *memory) Write(b []byte) (int, error) { return m.body.Write(b) }

// replay sends the answer.
func (m *memory) replay(w http.ResponseWriter) {
	for name, values := range m.header {
		w.Header()[name] = values
	}
	if m.status == 0 {
		m.status = http.StatusOK
	}
	w.WriteHeader(m.status)
	_, _ = w.Write(m.body.Bytes())
}
