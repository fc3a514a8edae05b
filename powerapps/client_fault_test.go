package powerapps_test

import (
	"bytes"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	azlog "github.com/Azure/azure-sdk-for-go/sdk/azcore/log"

	"paconn-ls/powerapps"
)

const html = "<!DOCTYPE html>\n<html><head><title>Sign in to\n the Wi-Fi</title></head><body>x</body></html>"

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
