package powerapps_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"paconn-ls/commands"
	"paconn-ls/powerapps"

	"github.com/google/go-cmp/cmp"
)

var _ commands.Service = (*powerapps.Client)(nil)

// With what paconn 0.0.21 sends, seen on the wire, the requests agree in method, path, query and body, and in the headers
// but for User-Agent, Accept-Encoding, Connection and the case of names.
func TestRequestsAreThoseOfPaconn(t *testing.T) {
	const (
		filter = "api-version=2016-11-01&%24filter=environment%20eq%20%27Default-e1%27"
		apps   = "/providers/Microsoft.PowerApps"
	)
	flow := map[string]string{"Accept": "*/*", "Authorization": "Bearer " + oldToken}
	reading := with(flow, "X-Ms-Origin", "paconn-cli")
	writing := with(reading, "Content-Type", "application/json")
	blob := map[string]string{
		"Accept": "*/*", "X-Ms-Blob-Type": "BlockBlob", "X-Ms-Version": "2019-02-02", "X-Ms-Blob-Content-Type": "image/png",
		"X-Ms-Date": "a date", "X-Ms-Client-Request-Id": "an id",
	}
	for name, want := range map[string]struct {
		line, body string
		header     map[string]string
	}{
		"environments": {"GET /providers/Microsoft.ProcessSimple/environments?api-version=2016-11-01", "", flow},
		"connectors":   {"GET " + apps + "/apis?" + filter, "", reading},
		"connector":    {"GET " + apps + "/apis/shared_pets-5f1?" + filter, "", reading},
		"validate":     {"POST " + apps + "/objectIds/oid-1/validateApiSwagger?api-version=2016-11-01", `{"swagger": "2.0"}`, writing},
		"storage": {
			"POST " + apps + "/objectIds/oid-1/generateResourceStorage?api-version=2016-11-01",
			`{"environment": {"name": "Default-e1"}}`, with(flow, "Content-Type", "application/json"),
		},
		"upload": {"PUT /account/container/icon.png?" + signature, "PNG", blob},
		"create": {"POST " + apps + "/apis?" + filter, registration, writing},
		"update": {"PATCH " + apps + "/apis/shared_pets-5f1?" + filter, registration, writing},
		"fetch":  {"GET /icon.png?" + signature, "", map[string]string{"Accept": "*/*"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, nil)
			if err := operationNamed(t, name).do(t.Context(), newClient(t, s.cloud(), powerapps.ClientOptions{}), s.URL); err != nil {
				t.Fatal(err)
			}
			got := s.requests()
			if len(got) != 1 {
				t.Fatalf("%d requests", len(got))
			}
			if got[0].Line != want.line || got[0].Body != want.body {
				t.Errorf("sent\n%s\n%s\nwant\n%s\n%s", got[0].Line, got[0].Body, want.line, want.body)
			}
			header := with(want.header, "User-Agent", "paconn-ls/1.2.3")
			if diff := cmp.Diff(header, flat(t, got[0].Header)); diff != "" {
				t.Errorf("headers (-want +got):\n%s", diff)
			}
		})
	}
}

func operationNamed(t *testing.T, name string) operation {
	t.Helper()
	for _, o := range operations {
		if o.name == name {
			return o
		}
	}
	t.Fatalf("there is no operation %q", name)
	return operation{}
}

// with returns headers with one more.
func with(header map[string]string, name, value string) map[string]string {
	out := map[string]string{name: value}
	for n, v := range header {
		out[n] = v
	}
	return out
}

// flat returns headers without those that every client of HTTP sends in its own way, and without what differs each time.
func flat(t *testing.T, header http.Header) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name, values := range header {
		if len(values) != 1 {
			t.Errorf("%s is sent %d times", name, len(values))
		}
		out[name] = values[0]
	}
	delete(out, "Accept-Encoding")
	delete(out, "Content-Length")
	if _, err := http.ParseTime(out["X-Ms-Date"]); err == nil {
		out["X-Ms-Date"] = "a date"
	}
	if len(out["X-Ms-Client-Request-Id"]) == 36 {
		out["X-Ms-Client-Request-Id"] = "an id"
	}
	return out
}

func TestValidateAsksForTheRulesOfTheCertification(t *testing.T) {
	s := newService(t, nil)
	if _, err := newClient(t, s.cloud(), powerapps.ClientOptions{}).Validate(t.Context(), []byte(`{}`), powerapps.WithCertification); err != nil {
		t.Fatal(err)
	}
	const want = "POST /providers/Microsoft.PowerApps/objectIds/oid-1/validateApiSwagger?api-version=2016-11-01&enableConnectorCertificationRules=true"
	if got := s.requests()[0].Line; got != want {
		t.Errorf("sent %s, want %s", got, want)
	}
}

// paconn puts the name of a file raw into the URL that it tells the service.
func TestUploadEscapesTheName(t *testing.T) {
	for name, want := range map[string]string{
		"a b.png":   "a%20b.png",
		"100%#1.sv": "100%25%231.sv",
		"ä?+&.png":  "%C3%A4%3F%2B%26.png",
	} {
		s := newService(t, nil)
		place := powerapps.Storage{URL: s.URL + "/devstoreaccount1/cn/?" + signature}
		got, err := newClient(t, s.cloud(), powerapps.ClientOptions{}).Upload(t.Context(), place, name, nil)
		if err != nil {
			t.Fatal(err)
		}
		path := "/devstoreaccount1/cn/" + want + "?" + signature
		if got != s.URL+path || s.requests()[0].Line != "PUT "+path {
			t.Errorf("%s: the URL is %s and the request %s, want %s", name, got, s.requests()[0].Line, path)
		}
	}
}

func TestUploadNamesTheContent(t *testing.T) {
	for name, want := range map[string][2]string{
		"icon.PNG":   {"image/png", ""},
		"i.svgz":     {"image/svg+xml", "gzip"},
		"script.csx": {"", ""},
		".png":       {"", ""},
	} {
		s := newService(t, nil)
		if _, err := newClient(t, s.cloud(), powerapps.ClientOptions{}).Upload(t.Context(), powerapps.Storage{URL: s.URL + "/c"}, name, []byte("x")); err != nil {
			t.Fatal(err)
		}
		h := s.requests()[0].Header
		if got := [2]string{h.Get("X-Ms-Blob-Content-Type"), h.Get("X-Ms-Blob-Content-Encoding")}; got != want {
			t.Errorf("%s is sent as %v, want %v", name, got, want)
		}
		if h["Content-Type"] != nil {
			t.Errorf("%s is sent with a Content-Type", name)
		}
	}
}

// What would lead elsewhere than meant is refused before anything is sent.
func TestNamesThatAreNone(t *testing.T) {
	s := newService(t, nil)
	c := newClient(t, s.cloud(), powerapps.ClientOptions{})
	for _, name := range []string{"", ".", "..", "a/b", `a\b`, "a?b", "a#b", "a%2fb", "x..y", "a\nb", "a\x00", "\xff", "a\u202eb", strings.Repeat("x", 300)} {
		for what, do := range map[string]func(context.Context) error{
			"get":         func(ctx context.Context) error { _, err := c.Connector(ctx, "e", name); return err },
			"get in":      func(ctx context.Context) error { _, err := c.Connector(ctx, name, "id"); return err },
			"list in":     func(ctx context.Context) error { _, err := c.Connectors(ctx, name); return err },
			"storage for": func(ctx context.Context) error { _, err := c.Storage(ctx, name); return err },
			"create in":   func(ctx context.Context) error { _, err := c.Create(ctx, name, nil); return err },
			"update":      func(ctx context.Context) error { return c.Update(ctx, "e", name, nil) },
		} {
			if err := do(t.Context()); err == nil || !strings.Contains(err.Error(), "cannot be the name of") {
				t.Errorf("%s %q: %v", what, name, err)
			}
		}
	}
	for _, name := range []string{"", ".", "..", "../x", "a/b", `a\b`, "a\x00b"} {
		if _, err := c.Upload(t.Context(), powerapps.Storage{URL: s.URL + "/c"}, name, nil); err == nil {
			t.Errorf("a file %q is uploaded", name)
		}
	}
	if n := len(s.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestEnvironmentsAreListedWhereFlowRefuses(t *testing.T) {
	const apps = "GET /providers/Microsoft.PowerApps/environments?api-version=2016-11-01"
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound} {
		s := newService(t, func(_ int, w http.ResponseWriter, r *http.Request) {
			if strings.Contains(r.URL.Path, "ProcessSimple") {
				w.WriteHeader(status)
				return
			}
			w.Write([]byte(`{"value": [{"name": "e1", "location": "europe", "properties": {"displayName": "One", "isDefault": true}}, {"name": "e2"}, {}, 7]}`))
		})
		got, err := newClient(t, s.cloud(), powerapps.ClientOptions{}).Environments(t.Context())
		want := []powerapps.Environment{{Name: "e1", Title: "One", Region: "europe", Default: true}, {Name: "e2", Title: "e2"}}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%d: %v\n%s", status, err, diff)
		}
		all := s.requests()
		if last := all[len(all)-1].Line; last != apps {
			t.Errorf("%d: the last request is %s", status, last)
		}
	}
}

func TestACloudWithoutFlow(t *testing.T) {
	s := newService(t, nil)
	cloud := s.cloud()
	cloud.Flow = ""
	if _, err := newClient(t, cloud, powerapps.ClientOptions{}).Environments(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.requests()[0].Line; len(s.requests()) != 1 || !strings.HasPrefix(got, "GET /providers/Microsoft.PowerApps/environments?") {
		t.Errorf("the request is %s", got)
	}
}

func TestConnectorsAreThoseOfAllPages(t *testing.T) {
	s := newService(t, nil)
	s.does = func(n int, w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte([]string{
			`{"value": [{"name": "a", "properties": {"isCustomApi": true, "displayName": "A", "createdBy": {"displayName": "Ann"}, "changedTime": "2024-01-02T03:04:05Z"}},
				{"name": "office", "properties": {"isCustomApi": false}}], "nextLink": "` + s.URL + `/next?page=2"}`,
			`{"value": [{"name": "b", "properties": {"isCustomApi": true, "displayName": 7, "createdBy": null}}, null, {"properties": []}], "nextLink": "?page=3"}`,
			`{"value": []}`,
		}[n]))
	}
	got, err := newClient(t, s.cloud(), powerapps.ClientOptions{}).Connectors(t.Context(), "e")
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i].Raw = nil
	}
	want := []powerapps.Connector{
		{ID: "a", Title: "A", Author: "Ann", Changed: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)},
		{ID: "b", Title: "7"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("connectors (-want +got):\n%s", diff)
	}
}

func TestPagesThatLeadAstray(t *testing.T) {
	thief := newService(t, nil)
	for name, c := range map[string]struct{ link, want string }{
		"another host":   {thief.URL + "/next", "no host of the test cloud"},
		"without TLS":    {"http://127.0.0.1/next", "no host of the test cloud"},
		"round in rings": {"?", "do not end"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, func(_ int, w http.ResponseWriter, r *http.Request) {
				link := c.link
				if link == "?" {
					link = r.RequestURI
				}
				w.Write([]byte(`{"value": [], "nextLink": "` + link + `"}`))
			})
			_, err := newClient(t, s.cloud(), powerapps.ClientOptions{}).Connectors(t.Context(), "e")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v", err)
			}
		})
	}
	if n := len(thief.requests()); n != 0 {
		t.Errorf("another host was asked %d times", n)
	}
}
