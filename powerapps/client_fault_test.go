package powerapps_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	azlog "github.com/Azure/azure-sdk-for-go/sdk/azcore/log"

	"paconn-ls/powerapps"
)

// fault is a way in which the service fails, always.
type fault struct {
	name   string
	does   func(w http.ResponseWriter, r *http.Request)
	says   string // in the error
	way    string // in what to do about it
	once   bool   // it is not tried again
	unsure bool   // what it did is unknown, so that a create and an update are Uncertain
	only   string // of the operations, separated by spaces; "" is all
}

// refuse answers with a status and an error that repeats everything secret that the request held.
func refuse(status int, header ...string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.Header().Set("x-ms-request-id", "req-1")
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"error": {"code": "Fault", "message": "no: %s, ?%s, %q"}}`, r.Header.Get("Authorization"), r.URL.RawQuery, body)
	}
}

// write answers with 200 and a body.
func write(body string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }
}

// reset cuts the connection with the hardest means there are.
func reset(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	if inner, ok := conn.(interface{ NetConn() net.Conn }); ok {
		_ = inner.NetConn().(*net.TCPConn).SetLinger(0)
		_ = inner.NetConn().Close()
	}
}

// truncate promises more than it sends.
func truncate(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	io.WriteString(w, `{"name": "shared_new", "value": [`)
}

// flood sends more than any answer has.
func flood(w http.ResponseWriter, _ *http.Request) {
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	for range 65 {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
}

const html = "<!DOCTYPE html>\n<html><head><title>Sign in to\n the Wi-Fi</title></head><body>x</body></html>"

var faults = []fault{
	{name: "401", does: refuse(401), says: "401 Fault: no: "},
	{name: "403", does: refuse(403), says: "403 Fault", way: "has no right", once: true, only: "environments connectors connector validate storage create update"},
	{name: "403 without a token", does: refuse(403), says: "403 Fault", way: "does not take the permission", once: true, only: "upload fetch"},
	{name: "404", does: refuse(404), says: "404 Fault", once: true},
	{name: "407", does: refuse(407), says: "407 Fault", way: "HTTPS_PROXY", once: true},
	{name: "408", does: refuse(408), says: "408 Fault", unsure: true},
	{name: "409", does: refuse(409), says: "409 Fault", way: "at the same time", once: true, only: "create update"},
	{name: "409 where nothing changes", does: refuse(409), says: "409 Fault", way: "try again", once: true, only: "environments connectors connector validate storage upload fetch"},
	{name: "413", does: refuse(413), says: "413 Fault", way: "too large", once: true},
	{name: "429", does: refuse(429), says: "429 Fault", way: "too often", unsure: true},
	{name: "429 for longer than we wait", does: refuse(429, "Retry-After", "3600"), says: "429 Fault", way: "asks to wait 1h0m0s", once: true, unsure: true},
	{name: "503 until a time that is far", does: refuse(503, "Retry-After", "Fri, 31 Dec 2199 23:59:59 GMT"), says: "503 Fault", way: "asks to wait", once: true, unsure: true},
	{name: "500", does: refuse(500), says: "500 Fault", way: "try again later", unsure: true},
	{name: "503", does: refuse(503), says: "503 Fault", way: "try again later", unsure: true},
	{name: "501", does: refuse(501), says: "501 Fault", once: true, unsure: true},
	{name: "reset", does: reset, says: "the connection was cut", way: "a firewall can be the cause", unsure: true},
	{name: "truncated", does: truncate, says: "broke off", unsure: true},
	{name: "too large", does: flood, says: "larger than 64 MB", once: true, unsure: true, only: "connectors create fetch"},
	{name: "HTML", does: write(html), says: "the answer is an HTML page: Sign in to the Wi-Fi", way: "in its place", once: true, unsure: true, only: "environments connectors connector validate storage upload create update"},
	{name: "empty", does: write(""), says: "the answer is empty", once: true, unsure: true, only: "environments connectors connector storage create"},
	{name: "half JSON", does: write(`{"value": [`), says: "cut short", once: true, unsure: true, only: "environments connectors connector validate storage create update"},
	{name: "other JSON", does: write(`[1]`), says: "the answer", once: true, unsure: true, only: "environments connectors connector storage create"},
	{name: "200 for a file", does: write(""), says: "the storage does not say that it has the file", way: "in its place", once: true, only: "upload"},
	{name: "HTML with 502", does: func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(502)
		io.WriteString(w, html)
	}, says: "502: an HTML page: Sign in to the Wi-Fi", unsure: true},
	{name: "empty 502", does: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(502) }, says: "502: Bad Gateway", unsure: true},
	{name: "huge 400", does: func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(400)
		io.WriteString(w, `{"error": {"code": "Big", "message": "`+strings.Repeat("x", 1<<17))
	}, says: "400 Big: xxx", once: true},
}

func (f fault) concerns(o operation) bool {
	return f.only == "" || strings.Contains(" "+f.only+" ", " "+o.name+" ")
}

// sends says how often a request of the fault's is sent by an operation with two repetitions, and with one more for a
// renewed token; environments are listed at a second place where the first refuses.
func (f fault) sends(o operation) int {
	n := 3
	if f.once || o.name == "create" {
		n = 1
	}
	if f.name == "401" {
		n = 2
		if o.name == "upload" || o.name == "fetch" || o.name == "create" { // "Fault" is no code that is about the token
			n = 1
		}
	}
	if o.name == "environments" && (f.name == "401" || f.name == "403" || f.name == "404") {
		n *= 2
	}
	return n
}

func TestFaults(t *testing.T) {
	logs := listen(t)
	t.Run("always", func(t *testing.T) { testFaults(t, logs) })
	noSecrets(t, "the log", logs.text())
	if !strings.Contains(logs.text(), "status=503") {
		t.Error("nothing was logged")
	}
}

func testFaults(t *testing.T, logs *logs) {
	for _, f := range faults {
		for _, o := range operations {
			if !f.concerns(o) {
				continue
			}
			t.Run(f.name+"/"+o.name, func(t *testing.T) {
				t.Parallel()
				s := newService(t, func(_ int, w http.ResponseWriter, r *http.Request) { f.does(w, r) })
				err := o.do(t.Context(), newClient(t, s.cloud(), powerapps.ClientOptions{Log: logs.logger()}), s.URL)
				e := failure(t, err)
				if !strings.Contains(err.Error(), f.says) || !strings.HasPrefix(err.Error(), "could not "+e.Doing) {
					t.Errorf("the error is %q", err)
				}
				if !strings.Contains(e.Way, f.way) {
					t.Errorf("the way out is %q", e.Way)
				}
				if n := len(s.requests()); n != f.sends(o) {
					t.Errorf("%d requests were sent, want %d", n, f.sends(o))
				}
				changes := o.name == "create" || o.name == "update"
				if f.name == "401" { // which the service has from one behind it, since the code is none about tokens
					changes = o.name == "create"
				}
				if e.Uncertain != (changes && (f.unsure || f.name == "401")) {
					t.Errorf("Uncertain is %v", e.Uncertain)
				}
				if e.Uncertain && o.name == "create" && !strings.Contains(e.Way, "paconn-ls list connectors --env Default-e1") {
					t.Errorf("the way to look is %q", e.Way)
				}
				if len(err.Error()) > 20_000 {
					t.Errorf("the error is %d bytes long", len(err.Error()))
				}
				noSecrets(t, "the error", everything(err))
			})
		}
	}
}

// logs keeps what the client and the library below it log.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func listen(t *testing.T) *logs {
	l := &logs{}
	azlog.SetListener(func(_ azlog.Event, text string) { _, _ = l.Write([]byte(text)) })
	t.Cleanup(func() { azlog.SetListener(nil) })
	return l
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logs) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// A request that never arrived was certainly not done.
func TestNoConnection(t *testing.T) {
	closed := newService(t, nil)
	closed.Close()
	slams, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { slams.Close() })
	go func() {
		for {
			conn, err := slams.Accept()
			if err != nil {
				return
			}
			conn.Close()
		}
	}()
	for name, c := range map[string]struct{ address, way string }{
		"refused":                {closed.URL, "is the sandbox still running"},
		"slammed":                {"https://" + slams.Addr().String(), "a firewall can be the cause"},
		"a name that is unknown": {"https://api.powerapps.invalid", ""},
	} {
		for _, o := range operations {
			t.Run(name+"/"+o.name, func(t *testing.T) {
				cloud := closed.cloud()
				cloud.PowerApps, cloud.Flow = c.address, c.address
				e := failure(t, o.do(t.Context(), newClient(t, cloud, powerapps.ClientOptions{}), c.address))
				if e.Uncertain || e.Status != 0 || e.Err == nil {
					t.Errorf("the error is %+v", e)
				}
				if !strings.Contains(e.Way, c.way) {
					t.Errorf("the way out is %q", e.Way)
				}
				noSecrets(t, "the error", everything(e))
			})
		}
	}
}

// Nothing secret goes where a redirect leads, and nothing that would change something goes there at all.
func TestRedirects(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status  int
		to      string // THIEF is another host
		follows string // operations that arrive
	}{
		"302 to another host":       {302, "THIEF/x", "fetch"},
		"307 to another host":       {307, "THIEF/x", "fetch"},
		"308 to another host":       {308, "//THIEFHOST/x", "fetch"},
		"307 without TLS":           {307, "http://example.invalid/x", ""},
		"302 to another scheme":     {302, "ftp://example.invalid/x", ""},
		"302 to the same place":     {302, "", ""},
		"303 to what is no URL":     {303, "https://%zz", ""},
		"301 with somebody's name":  {301, "https://user:pass@example.invalid/x", ""},
		"307 within the cloud":      {307, "/ok", "environments connectors connector fetch"},
		"300 that is no redirect":   {300, "THIEF/x", ""},
		"304 that is no redirect":   {304, "THIEF/x", ""},
		"302 that leads round":      {302, "ROUND", ""},
		"308 back to the authority": {308, "SELF/ok", "environments connectors connector fetch"},
	} {
		for _, o := range operations {
			t.Run(name+"/"+o.name, func(t *testing.T) {
				thief := newService(t, nil)
				var s *service
				s = newService(t, func(_ int, w http.ResponseWriter, r *http.Request) {
					if r.URL.Path == "/ok" {
						s.well(w, r)
						return
					}
					to := strings.NewReplacer("THIEFHOST", strings.TrimPrefix(thief.URL, "https://"), "THIEF", thief.URL, "SELF", s.URL, "ROUND", r.URL.Path+"x").Replace(c.to)
					w.Header()["Location"] = []string{to}
					w.WriteHeader(c.status)
				})
				err := o.do(t.Context(), newClient(t, s.cloud(), powerapps.ClientOptions{}), s.URL)
				if arrives := strings.Contains(" "+c.follows+" ", " "+o.name+" "); arrives != (err == nil) {
					t.Errorf("the error is %v", err)
				}
				if err != nil {
					if e := failure(t, err); e.Uncertain {
						t.Errorf("the error is uncertain: %v", err)
					} else if redirected := strings.Contains(err.Error(), "redirects to"); redirected && (!strings.Contains(e.Way, "in its place") || strings.Contains(err.Error(), "cannot be read")) {
						t.Errorf("the error is %v, the way out %q", err, e.Way)
					}
					noSecrets(t, "the error", everything(err))
				}
				for _, r := range thief.requests() {
					noSecrets(t, "what another host got", fmt.Sprint(r))
					if r.Header.Get("Referer") != "" || o.name != "fetch" {
						t.Errorf("another host got %v", r)
					}
				}
			})
		}
	}
}

// Tokens go to https hosts of the cloud, and files are not fetched or put in clear text.
func TestTheTokenStaysWithinTheCloud(t *testing.T) {
	plain := newService(t, nil)
	for _, address := range []string{"http://api.powerapps.com", "", "api.powerapps.com", "https://user@api.powerapps.com", "https://"} {
		cloud := plain.cloud()
		cloud.PowerApps = address
		if _, err := powerapps.NewClient(cloud, &serviceTokens{}, powerapps.ClientOptions{}); err == nil {
			t.Errorf("a client sends tokens to %q", address)
		}
	}
	cloud := plain.cloud()
	cloud.Roots = nil
	c := newClient(t, cloud, powerapps.ClientOptions{})
	for _, address := range []string{"http://127.0.0.1:1/x?" + signature, "http://example.invalid/x?" + signature, "file:///etc/passwd", "x", ""} {
		_, err := c.Fetch(t.Context(), address, "download the icon")
		noSecrets(t, "the error", everything(failure(t, err)))
		if _, err = c.Upload(t.Context(), powerapps.Storage{URL: address}, "i.png", nil); err == nil {
			t.Errorf("a file is put to %q", address)
		}
		noSecrets(t, "the error", everything(err))
	}
	if _, err := c.Environments(t.Context()); failure(t, err).Uncertain || !strings.Contains(failure(t, err).Way, "SSL_CERT_FILE") {
		t.Errorf("a host whose certificate nobody vouches for: %v", err)
	}
	if n := len(plain.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// A storage beside a sandbox may speak plainly: Azurite does.
func TestAStorageOnThisMachine(t *testing.T) {
	storage := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			w.WriteHeader(http.StatusCreated)
		}
		if r.Header.Get("Authorization") != "" {
			t.Error("the storage got a token")
		}
	}))
	t.Cleanup(storage.Close)
	c := newClient(t, newService(t, nil).cloud(), powerapps.ClientOptions{})
	address, err := c.Upload(t.Context(), powerapps.Storage{URL: storage.URL + "/devstoreaccount1/cn?" + signature}, "i.png", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Fetch(t.Context(), address, "download the icon"); err != nil {
		t.Error(err)
	}
}

// A service that does not answer in time is tried again, within a time for all.
func TestSlowness(t *testing.T) {
	for _, o := range operations {
		t.Run(o.name, func(t *testing.T) {
			t.Parallel()
			over := make(chan struct{})
			s := newService(t, func(_ int, _ http.ResponseWriter, r *http.Request) {
				select {
				case <-r.Context().Done():
				case <-over:
				}
				panic(http.ErrAbortHandler) // no answer
			})
			t.Cleanup(func() { close(over) })
			e := failure(t, o.do(t.Context(), newClient(t, s.cloud(), powerapps.ClientOptions{TryTimeout: 150 * time.Millisecond, Retries: new(1)}), s.URL))
			if !errors.Is(e, context.DeadlineExceeded) || !strings.Contains(e.Error(), "no answer within 150ms") {
				t.Errorf("the error of a try is %v", e)
			}
			n := len(s.requests()) // on a busy machine a try can be over before its request arrives
			if n > 2 || n > 1 && o.name == "create" {
				t.Errorf("%d requests were sent", n)
			}
			if changes := o.name == "create" || o.name == "update"; n > 0 && e.Uncertain != changes {
				t.Errorf("Uncertain is %v", e.Uncertain)
			}
			e = failure(t, o.do(t.Context(), newClient(t, s.cloud(), powerapps.ClientOptions{Timeout: 150 * time.Millisecond}), s.URL))
			if !errors.Is(e, context.DeadlineExceeded) || !strings.Contains(e.Error(), "no answer within 150ms") {
				t.Errorf("the error of all is %v", e)
			}
		})
	}
}

// The time for all ends a wait too, and the error says what the service last answered.
func TestTheTimeForAllEndsAWait(t *testing.T) {
	t.Parallel()
	s := newService(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "100")
		w.WriteHeader(503)
	})
	_, err := newClient(t, s.cloud(), powerapps.ClientOptions{Timeout: 2 * time.Second}).Connectors(t.Context(), "e")
	if want := "no success within 2s, and the last answer was 503 Service Unavailable"; !strings.Contains(err.Error(), want) {
		t.Errorf("the error is %v", err)
	}
}

// A wait that the service asks for takes the place of our own, whichever way it is spelled.
func TestRetryAfter(t *testing.T) {
	for name, value := range map[string]func() string{
		"seconds": func() string { return "1" },
		"a date":  func() string { return time.Now().Add(2 * time.Second).UTC().Format(http.TimeFormat) },
	} {
		for _, status := range []int{429, 503} {
			t.Run(fmt.Sprint(name, " ", status), func(t *testing.T) {
				t.Parallel()
				var s *service
				s = newService(t, func(n int, w http.ResponseWriter, r *http.Request) {
					if n > 0 {
						s.well(w, r)
						return
					}
					w.Header().Set("Retry-After", value())
					w.WriteHeader(status)
				})
				c := newClient(t, s.cloud(), powerapps.ClientOptions{RetryDelay: time.Hour, Timeout: time.Minute})
				if _, err := c.Connectors(t.Context(), "e"); err != nil || len(s.requests()) != 2 {
					t.Errorf("%v after %d requests", err, len(s.requests()))
				}
			})
		}
	}
}

// onLog calls a function when something was answered.
type onLog struct{ do func() }

func (onLog) Enabled(context.Context, slog.Level) bool        { return true }
func (h onLog) Handle(_ context.Context, r slog.Record) error { h.do(); return nil }
func (h onLog) WithAttrs([]slog.Attr) slog.Handler            { return h }
func (h onLog) WithGroup(string) slog.Handler                 { return h }

func TestCancelling(t *testing.T) {
	t.Parallel()
	for _, o := range operations {
		t.Run(o.name+"/while it waits", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			s := newService(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", "100")
				w.WriteHeader(503)
			})
			err := o.do(ctx, newClient(t, s.cloud(), powerapps.ClientOptions{Log: slog.New(onLog{cancel})}), s.URL)
			if e := failure(t, err); !errors.Is(err, context.Canceled) || len(s.requests()) != 1 || e.Uncertain != (o.name == "create" || o.name == "update") {
				t.Errorf("%v after %d requests, Uncertain is %v", err, len(s.requests()), e.Uncertain)
			}
		})
		t.Run(o.name+"/while it is asked", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			s := newService(t, func(_ int, _ http.ResponseWriter, r *http.Request) {
				cancel()
				<-r.Context().Done()
				panic(http.ErrAbortHandler) // no answer
			})
			err := o.do(ctx, newClient(t, s.cloud(), powerapps.ClientOptions{}), s.URL)
			if e := failure(t, err); !errors.Is(err, context.Canceled) || len(s.requests()) != 1 || e.Uncertain != (o.name == "create" || o.name == "update") {
				t.Errorf("%v after %d requests, Uncertain is %v", err, len(s.requests()), e.Uncertain)
			}
		})
		t.Run(o.name+"/with the answer", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			s := newService(t, nil)
			if err := o.do(ctx, newClient(t, s.cloud(), powerapps.ClientOptions{Log: slog.New(onLog{cancel})}), s.URL); err != nil {
				t.Errorf("what was done is the error %v", err)
			}
		})
		t.Run(o.name+"/before", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			s := newService(t, nil)
			if err := o.do(ctx, newClient(t, s.cloud(), powerapps.ClientOptions{}), s.URL); !errors.Is(err, context.Canceled) || failure(t, err).Uncertain {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

// A passing fault is got over by what may be repeated.
func TestFaultsThatPass(t *testing.T) {
	t.Parallel()
	for name, does := range map[string]func(http.ResponseWriter, *http.Request){"503": refuse(503), "reset": reset, "truncated": truncate, "500": refuse(500)} {
		for _, o := range operations {
			t.Run(name+"/"+o.name, func(t *testing.T) {
				var s *service
				s = newService(t, func(n int, w http.ResponseWriter, r *http.Request) {
					if n < 2 {
						does(w, r)
						return
					}
					s.well(w, r)
				})
				err := o.do(t.Context(), newClient(t, s.cloud(), powerapps.ClientOptions{}), s.URL)
				if o.name == "create" {
					if e := failure(t, err); !e.Uncertain || len(s.requests()) != 1 {
						t.Errorf("%v after %d requests", err, len(s.requests()))
					}
					return
				}
				if err != nil || len(s.requests()) != 3 {
					t.Errorf("%v after %d requests", err, len(s.requests()))
				}
			})
		}
	}
}

// What one try of an update may have done, the refusal of the next does not undo.
func TestAnUpdateStaysUncertain(t *testing.T) {
	s := newService(t, func(n int, w http.ResponseWriter, r *http.Request) {
		if n == 0 {
			reset(w, r)
			return
		}
		refuse(409)(w, r)
	})
	err := newClient(t, s.cloud(), powerapps.ClientOptions{}).Update(t.Context(), "e", "id", []byte("{}"))
	if e := failure(t, err); !e.Uncertain || e.Status != 409 {
		t.Errorf("the error is %+v", e)
	}
}
