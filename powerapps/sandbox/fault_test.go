package sandbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptrace"
	"strings"
	"testing"
	"time"

	"paconn-ls/powerapps/sandbox"
)

// TestFaults shows what each kind of fault answers, and whether the work is done.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		fault  sandbox.Fault
		status int    // 0: the answer does not come, or not whole
		header string // NAME: VALUE
		body   string // a part of it
		done   bool
	}{
		{sandbox.Fault{Status: 401}, 401, "", "InvalidAuthenticationToken", false},
		{sandbox.Fault{Status: 403}, 403, "", "Forbidden", false},
		{sandbox.Fault{Status: 404}, 404, "", "ResourceNotFound", false},
		{sandbox.Fault{Status: 409, Code: "Mine"}, 409, "", `"code":"Mine"`, false},
		{sandbox.Fault{Status: 429, RetryAfter: "7"}, 429, "Retry-After: 7", "TooManyRequests", false},
		{sandbox.Fault{Status: 500, After: true}, 500, "", "InternalServerError", true},
		{sandbox.Fault{Kind: sandbox.Status}, 503, "", "ServiceUnavailable", false},
		{sandbox.Fault{Kind: "nonsense"}, 500, "", "NoSuchFault", false},
		{sandbox.Fault{Kind: sandbox.Reset}, 0, "", "", false},
		{sandbox.Fault{Kind: sandbox.Reset, After: true}, 0, "", "", true},
		{sandbox.Fault{Kind: sandbox.Truncated}, 0, "", "", true},
		{sandbox.Fault{Kind: sandbox.Slow, Delay: 1}, 201, "", "shared_", true},
		{sandbox.Fault{Kind: sandbox.Slow, Delay: 1, After: true}, 201, "", "shared_", true},
		{sandbox.Fault{Kind: sandbox.HTML}, 502, "Content-Type: text/html; charset=utf-8", "<h1>Bad Gateway</h1>", false},
		{sandbox.Fault{Kind: sandbox.HTML, Status: 200, After: true}, 200, "", "<html>", true},
		{sandbox.Fault{Kind: sandbox.Empty}, 200, "Content-Length: 0", "", false},
		{sandbox.Fault{Kind: sandbox.BadJSON}, 200, "Content-Type: application/json", `{"value": [`, false},
		{sandbox.Fault{Kind: sandbox.WrongJSON, After: true}, 200, "", `"value": {`, true},
		{sandbox.Fault{Kind: sandbox.Echo}, 400, "", `Authorization: Bearer eyJ`, false},
		{sandbox.Fault{Kind: sandbox.Redirect}, 307, "", "", false},
		{sandbox.Fault{Kind: sandbox.Redirect, Status: 302, To: "https://elsewhere.example/"}, 302, "", "", false},
	} {
		t.Run(name(c.fault), func(t *testing.T) {
			s := start(t, sandbox.Options{})
			c.fault.Method, c.fault.Path = "POST", "*/apis"
			s.Fail(c.fault)
			a, err := s.try("POST", s.URL()+"/providers/"+apis("", home), registration(t, ""), s.bearer())
			if c.status == 0 && err == nil {
				t.Errorf("an answer came: %d %s", a.status, a.body)
			}
			if c.status != 0 && (err != nil || a.status != c.status || !strings.Contains(a.body, c.body)) {
				t.Errorf("%v %d %s, want %d %s", err, a.status, a.body, c.status, c.body)
			}
			if header, value, _ := strings.Cut(c.header, ": "); a.header.Get(header) != value {
				t.Errorf("header %v, want %s", a.header, c.header)
			}
			if got := len(s.connectors(home)) == 1; got != c.done {
				t.Errorf("the work is done: %v, want %v", got, c.done)
			}
			checkRecorded(t, s.Requests()[0], c.fault)
		})
	}
}

// checkRecorded checks what is recorded of a request that went wrong.
func checkRecorded(t *testing.T, r sandbox.Request, f sandbox.Fault) {
	t.Helper()
	unread := f.Kind == sandbox.Reset && !f.After
	if r.Method != "POST" || r.Path != "/providers/Microsoft.PowerApps/apis" || r.Query == "" || r.Header.Get("Authorization") == "" || (len(r.Body) == 0) != unread {
		t.Errorf("recorded %+v", r)
	}
}

func name(f sandbox.Fault) string {
	text, _ := json.Marshal(f)
	return string(text)
}

func TestHugeAnswer(t *testing.T) {
	s := start(t, sandbox.Options{})
	s.Fail(sandbox.Fault{Kind: sandbox.Huge})
	a := s.do("GET", apis("", home), "")
	if len(a.body) != sandbox.HugeSize || !strings.HasPrefix(a.body, `{"value":[],"filler":"xxx`) || !strings.HasSuffix(a.body, `xxx"}`) {
		t.Errorf("%d bytes, %.40s", len(a.body), a.body)
	}
}

// TestRedirect shows that a redirect leads to the sandbox by another name, which is another host.
func TestRedirect(t *testing.T) {
	s := start(t, sandbox.Options{})
	s.Fail(sandbox.Fault{Kind: sandbox.Redirect})
	a := s.do("GET", apis("", home), "")
	to := a.header.Get("Location")
	if want := strings.Replace(s.URL(), "127.0.0.1", "localhost", 1) + "/providers/" + apis("", home); to != want {
		t.Fatalf("leads to %s, want %s", to, want)
	}
	if there := s.get(to); there.status != http.StatusUnauthorized {
		t.Errorf("%d %s", there.status, there.body)
	}
	if last := s.Requests()[1]; !strings.HasPrefix(last.Host, "localhost:") || last.Header.Get("Authorization") != "" || last.Status != 401 {
		t.Errorf("recorded %+v", last)
	}
}

// TestWhichRequestsFail shows which requests a fault takes, and how often.
func TestWhichRequestsFail(t *testing.T) {
	s := start(t, sandbox.Options{})
	for _, c := range []struct {
		fault sandbox.Fault
		want  string // of GET apis, GET environments, and again
	}{
		{sandbox.Fault{Status: 503}, "503 200 200 200"},
		{sandbox.Fault{Status: 503, Times: 3}, "503 503 503 200"},
		{sandbox.Fault{Status: 503, Times: -1}, "503 503 503 503"},
		{sandbox.Fault{Status: 503, Skip: 1, Times: 2}, "200 503 503 200"},
		{sandbox.Fault{Status: 503, Path: "*environments", Times: -1}, "200 503 200 503"},
		{sandbox.Fault{Status: 503, Path: "/providers/*/apis"}, "503 200 200 200"},
		{sandbox.Fault{Status: 503, Path: "/providers/Microsoft.PowerApps/apis", Skip: 1}, "200 200 503 200"},
		{sandbox.Fault{Status: 503, Path: "apis"}, "200 200 200 200"},
		{sandbox.Fault{Status: 503, Path: "*Apps*Apps*"}, "200 200 200 200"},
		{sandbox.Fault{Status: 503, Method: "POST"}, "200 200 200 200"},
	} {
		s.Fail(c.fault)
		var got []string
		for range 2 {
			for _, path := range []string{apis("", home), "Microsoft.ProcessSimple/environments?api-version=2016-11-01"} {
				got = append(got, map[int]string{200: "200", 503: "503"}[s.do("GET", path, "").status])
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %v, want %s", c.fault, got, c.want)
		}
		s.Recover()
	}
}

// TestCancelledWhileSlow shows that work that waits is left undone when the client goes, and that nothing keeps the sandbox
// from ending.
func TestCancelledWhileSlow(t *testing.T) {
	s := start(t, sandbox.Options{})
	s.Fail(sandbox.Fault{Kind: sandbox.Slow, Times: -1, Method: "POST"})
	ctx, cancel := context.WithCancel(t.Context())
	if err := s.post(ctx, cancel); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if n := len(s.connectors(home)); n != 0 {
		t.Errorf("%d connectors", n)
	}
	sent, done := make(chan struct{}), make(chan error)
	go func() { done <- s.post(t.Context(), func() { close(sent) }) }()
	<-sent
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; err == nil {
		t.Error("an answer came after the end")
	}
}

// TestRecoverEndsWaiting lets the work be done that waited, and an answer be sent that did, once the faults are taken back.
func TestRecoverEndsWaiting(t *testing.T) {
	for _, after := range []bool{false, true} {
		s := start(t, sandbox.Options{})
		s.Fail(sandbox.Fault{Kind: sandbox.Slow, Times: -1, Method: "POST", After: after})
		sent, done := make(chan struct{}), make(chan error)
		go func() { done <- s.post(t.Context(), func() { close(sent) }) }()
		<-sent
		s.Recover()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if n := len(s.connectors(home)); n != 1 {
			t.Errorf("%d connectors", n)
		}
	}
}

// post creates a connector, and calls sent when the request is on its way.
func (s *service) post(ctx context.Context, sent func()) error {
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { sent() }})
	request, err := http.NewRequestWithContext(ctx, "POST", s.URL()+"/providers/"+apis("", home), strings.NewReader(registration(s.t, "")))
	if err != nil {
		return err
	}
	request.Header = s.bearer()
	response, err := s.client.Do(request)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

func TestParseFault(t *testing.T) {
	for text, want := range map[string]sandbox.Fault{
		"503":                          {Kind: sandbox.Status, Status: 503},
		"429 retry-after=2 times=3":    {Kind: sandbox.Status, Status: 429, RetryAfter: "2", Times: 3},
		"POST */apis reset after":      {Method: "POST", Path: "*/apis", Kind: sandbox.Reset, After: true},
		"slow delay=2s times=always":   {Kind: sandbox.Slow, Delay: 2 * time.Second, Times: -1},
		"/device html status=200":      {Path: "/device", Kind: sandbox.HTML, Status: 200},
		"redirect to=https://x skip=1": {Kind: sandbox.Redirect, To: "https://x", Skip: 1},
		"400 code=Mine":                {Kind: sandbox.Status, Status: 400, Code: "Mine"},
	} {
		if got, err := sandbox.ParseFault(text); err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"": "needs a status such as 503", "POST */apis": "needs a status", "99": "status 99", "never": `"never" is no kind`,
		"503 wait=1": `there is no "wait"`, "slow delay=long": "invalid duration", "503 times=x": "invalid syntax",
	} {
		if _, err := sandbox.ParseFault(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
