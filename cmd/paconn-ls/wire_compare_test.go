package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

// comparison compares the requests that were sent with those that are wanted, and collects the differences that it shows.
type comparison struct {
	t     *testing.T
	dir   string // with the files
	vars  variables
	got   []sandbox.Request
	shown map[string]bool
}

// sequence compares all requests. Between those that are wanted there may be the ones that are added, in their order.
func (m *comparison) sequence(wanted []wantedRequest, added [][]string) {
	m.t.Helper()
	for _, r := range m.got {
		switch {
		case len(wanted) > 0 && m.is(wanted[0], r):
			if wanted[0].header != nil {
				m.headers(wanted[0], r)
				m.body(wanted[0], r)
			}
			wanted = wanted[1:]
		case len(added) > 0 && r.Method == added[0][0] && m.vars.fits(added[0][1], r.Path):
			m.addition(r)
			added = added[1:]
		default:
			m.t.Errorf("a request that is not wanted here: %s %s?%s", r.Method, r.Path, r.Query)
		}
	}
	for _, w := range wanted {
		m.t.Errorf("a request is missing: %s %s?%s", w.method, w.path, w.query)
	}
	if len(added) > 0 {
		m.t.Errorf("requests were not added: %s", added)
	}
}

// is reports whether a request is the one that is wanted, as far as its first line says, or differs in a way that is known.
func (m *comparison) is(w wantedRequest, r sandbox.Request) bool {
	if w.method != r.Method {
		return false
	}
	path := m.vars.fits(w.path, r.Path)
	if !path && r.Method == http.MethodPut {
		path = m.renamed(w.path, r.Path)
	}
	if !path {
		return false
	}
	if m.vars.fits(w.query, r.Query) {
		return true
	}
	if m.vars.fits(strings.TrimSuffix(w.query, "&enableConnectorCertificationRules=true"), r.Query) {
		m.shown["certification"] = true
		return true
	}
	return false
}

// renamed reports whether a file goes by icon-NAME or script-NAME.
func (m *comparison) renamed(want, got string) bool {
	dir, name := want[:strings.LastIndex(want, "/")+1], want[strings.LastIndex(want, "/")+1:]
	for _, part := range []string{"icon-", "script-"} {
		if m.vars.fits(dir+part+name, got) {
			m.shown["same-name"] = true
			return true
		}
	}
	return false
}

// addition takes a request that paconn does not send: one that reads.
func (m *comparison) addition(r sandbox.Request) {
	if r.Method != http.MethodGet || len(r.Body) > 0 {
		m.t.Errorf("a request is added that does not only read: %s %s", r.Method, r.Path)
	}
	name := "reads"
	if strings.Contains(r.Query, "skiptoken") {
		name = "pages"
	}
	m.shown[name] = true
}

// ofUs is how we name ourselves: a product and its version, of letters that a header may have there.
var ofUs = regexp.MustCompile(`^paconn-ls/[\w.+-]+$`)

// ofGo are the headers that a client of Go sets by itself.
var ofGo = []string{"Accept-Encoding", "Connection"}

// headers compares the headers of a request: none may be missing or another, and none more.
func (m *comparison) headers(w wantedRequest, r sandbox.Request) {
	m.t.Helper()
	for name, want := range w.header {
		got := r.Header.Get(name)
		if name == "Host" {
			got = r.Host
		}
		switch {
		case m.vars.fits(want, got):
		case name == "User-Agent" && ofUs.MatchString(got):
			m.shown["agent"] = true
		case slices.Contains(ofGo, name):
			m.shown["connection"] = true
		default:
			m.t.Errorf("%s %s: the header %s is %q, want %q", r.Method, r.Path, name, got, want)
		}
	}
	for name := range r.Header {
		if _, ok := w.header[name]; !ok && name != "Content-Length" {
			m.t.Errorf("%s %s: the header %s is not wanted", r.Method, r.Path, name)
		}
	}
}

// body compares the body of a request: a file's, named in angle brackets, or a text, which is JSON if it is another one.
func (m *comparison) body(w wantedRequest, r sandbox.Request) {
	m.t.Helper()
	want, got := m.vars.expand(w.body), string(r.Body)
	if name, ok := strings.CutPrefix(want, "<"); ok {
		content, err := os.ReadFile(filepath.Join(m.dir, strings.TrimSuffix(name, ">")))
		if err != nil || string(content) != got {
			m.t.Errorf("%s %s: the body is not that of %s, %v", r.Method, r.Path, want, err)
		}
		return
	}
	if want == got {
		return
	}
	wanted, err := readOrdered(want)
	if err != nil {
		m.t.Fatalf("%s %s: %v in what is wanted\n%s", r.Method, r.Path, err, want)
	}
	found, err := readOrdered(got)
	if err != nil {
		m.t.Fatalf("%s %s: %v\n%s", r.Method, r.Path, err, got)
	}
	if strings.HasSuffix(r.Path, "/validateApiSwagger") && strings.Contains(got, "\n") {
		m.shown["as-it-is"] = true
	} else {
		m.shown["blanks"] = true
	}
	for _, d := range differ("", wanted, found) {
		name := m.nameOf(d)
		if name == "" {
			m.t.Errorf("%s %s: %s\nwant %s\ngot  %s", r.Method, r.Path, d, want, got)
		}
		m.shown[name] = true
	}
}

// nameOf returns which of the known differences one between two bodies is; "" for none.
func (m *comparison) nameOf(d difference) string {
	switch last := d.pointer[strings.LastIndex(d.pointer, "/")+1:]; {
	case d.kind == "number":
		return "numbers"
	case d.kind == "removed" && (d.pointer == "/properties/stackOwner" || d.pointer == "/$schema"):
		return "members"
	case d.kind == "removed" && d.pointer == "/properties/scriptDefinitionUrl" && d.want.text == "":
		return "script"
	case d.kind == "changed" && (d.pointer == "/properties/iconUri" || d.pointer == "/properties/scriptDefinitionUrl"):
		return addressDifference(d.want.text, d.got.text)
	case d.kind == "added" && last == "clientSecret" && !strings.HasSuffix(d.pointer, "/token/oAuthSettings/clientSecret"):
		return "secret"
	case d.kind == "removed" && last == "clientSecret" && strings.Contains(d.pointer, "/token/"):
		return "certificate"
	}
	return ""
}

// addressDifference tells in which way the address of an uploaded file is another one.
func addressDifference(want, got string) string {
	want, query, _ := strings.Cut(want, "?sv=")
	got, other, _ := strings.Cut(got, "?sv=")
	place, name := want[:strings.LastIndex(want, "/")+1], want[strings.LastIndex(want, "/")+1:]
	switch {
	case query != other:
		return ""
	case got == place+strings.ReplaceAll(url.QueryEscape(name), "+", "%20"):
		return "escaped"
	case got == place+"icon-"+name || got == place+"script-"+name:
		return "same-name"
	}
	return ""
}
