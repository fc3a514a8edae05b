package powerapps_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"paconn-ls/powerapps"
)

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
