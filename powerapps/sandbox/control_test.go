package sandbox_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// TestControl shows how another process sets faults and reads requests.
func TestControl(t *testing.T) {
	config := t.TempDir()
	s := start(t, sandbox.Options{ConfigDir: config})
	found, err := powerapps.ReadRendezvous(config)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(key, method, what, body string) answer {
		t.Helper()
		a, err := s.try(method, s.URL()+"/sandbox/"+what, body, http.Header{sandbox.KeyHeader: {key}})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	for _, c := range []struct {
		key, method, what, body string
		status                  int
		part                    string
	}{
		{"", "GET", "", "", 204, ""},
		{"", "GET", "requests", "", 403, "WrongKey"},
		{"wrong", "POST", "faults", `{"status": 503}`, 403, "WrongKey"},
		{found.Key, "POST", "faults", `{"kind": "nonsense"}`, 400, `no fault \"nonsense\"`},
		{found.Key, "POST", "faults", `{"knid": "reset"}`, 400, `unknown field`},
		{found.Key, "GET", "nothing", "", 404, "No HTTP resource"},
		{found.Key, "POST", "faults", `{"status": 503, "times": 2}`, 204, ""},
	} {
		if a := ask(c.key, c.method, c.what, c.body); a.status != c.status || !strings.Contains(a.body, c.part) {
			t.Errorf("%s %s: %d %s", c.method, c.what, a.status, a.body)
		}
	}
	if a := s.do("GET", apis("", home), ""); a.status != 503 {
		t.Errorf("%d", a.status)
	}
	ask(found.Key, "DELETE", "faults", "")
	if a := s.do("GET", apis("", home), ""); a.status != 200 {
		t.Errorf("%d", a.status)
	}
	var requests []sandbox.Request
	if err := json.Unmarshal([]byte(ask(found.Key, "GET", "requests", "").body), &requests); err != nil || len(requests) != 2 || requests[0].Status != 503 {
		t.Errorf("%v %+v", err, requests)
	}
	ask(found.Key, "DELETE", "requests", "")
	if left := s.Requests(); len(left) != 0 {
		t.Errorf("%+v", left)
	}
}
