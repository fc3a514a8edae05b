package jsondoc_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// checkTree checks what a tree promises whatever the text: spans inside it, parents before and around their children,
// children in order, errors in order, and cursors that never fail.
func checkTree(t *testing.T, doc *jsondoc.Doc) {
	t.Helper()
	size := len(doc.Source())
	inside := func(s source.Span) bool { return 0 <= s.Start && s.Start <= s.End && s.End <= size }
	for id := range doc.Len() {
		v := doc.Node(id)
		full := v.Full()
		if !inside(v.Span()) || !inside(v.KeySpan()) || !inside(full) {
			t.Fatalf("node %d lies at %v, key %v, outside %d bytes", id, v.Span(), v.KeySpan(), size)
		}
		if v.HasKey() != v.Parent().IsObject() || (id == 0) == v.Parent().Exists() {
			t.Fatalf("node %d: key %v, parent %v", id, v.HasKey(), v.Parent().Kind())
		}
		if p := v.Parent(); p.Exists() && (p.ID() >= id || full.Start < p.Span().Start || full.End > p.Span().End) {
			t.Fatalf("node %d at %v lies outside its parent %d at %v", id, full, p.ID(), p.Span())
		}
		last := v.Span().Start
		for c := range v.Children() {
			if c.Full().Start < last || c.Parent() != v {
				t.Fatalf("child %d of %d starts at %d, before %d", c.ID(), id, c.Full().Start, last)
			}
			last = c.Full().End
		}
		_, _, _, _ = v.Key(), v.Text(), v.Raw(), v.IsInteger()
	}
	last := 0
	for _, e := range doc.Errors() {
		if !inside(e.Span) || !inside(e.Related) || e.Span.Start < last || e.Message == "" {
			t.Fatalf("error %q at %v, related %v, after %d", e.Message, e.Span, e.Related, last)
		}
		last = e.Span.Start
		if _, err := source.Apply(doc.Source(), e.Fix); err != nil {
			t.Fatal(err)
		}
	}
}

// tolerated are the codes of what encoding/json does not mind.
func tolerated(e jsondoc.Error) bool {
	return e.Code == jsondoc.BadEncoding || e.Code == jsondoc.TooDeep
}

// checkValidity compares with encoding/json.
func checkValidity(t *testing.T, src string, doc *jsondoc.Doc) {
	t.Helper()
	if strings.HasPrefix(src, "\xff\xfe") || strings.HasPrefix(src, "\xfe\xff") {
		return
	}
	valid := json.Valid([]byte(strings.TrimPrefix(src, source.BOM)))
	sound := !slices.ContainsFunc(doc.Errors(), func(e jsondoc.Error) bool { return !tolerated(e) })
	if valid && !sound {
		t.Fatalf("valid JSON has the error %q at %v:\n%q", doc.Errors()[0].Message, doc.Errors()[0].Span, src)
	}
	if !valid && len(doc.Errors()) == 0 {
		t.Fatalf("invalid JSON has no error:\n%q", src)
	}
	if valid && !utf8.ValidString(src) && len(doc.Errors()) == 0 {
		t.Fatalf("invalid UTF-8 has no error:\n%q", src)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "{}", sample, `{"a":[1,-2.5e3,"x\u00e9",true,false,null,{}]}`, `{"a" 1}`, "{\n\"a\":\n\"b\":1\n}",
		`["a, "b"]`, "// c\n{'a': True,}", "[[{]}", "{\"a\": {{\n \"b\": 1\n},\n\"c\": 1}", "\"\xff\n", "[\n {\n  \"a\": 1\n  },\n }]", source.BOM + "[]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		doc := jsondoc.Parse(src)
		checkTree(t, doc)
		checkValidity(t, src, doc)
		for id := range min(doc.Len(), 50) {
			v := doc.Node(id)
			for _, edits := range [][]source.Edit{v.Remove(), v.Rename("k"), v.Replace("1"), v.Insert("k", "1"), v.Append("1")} {
				if _, err := source.Apply(src, edits); err != nil {
					t.Fatal(err)
				}
			}
			doc.At(v.Span().End)
		}
	})
}

// TestPrefixes parses real files cut short, as they are while they are typed, and with random bytes in them.
func TestPrefixes(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for name, src := range samples(t) {
		if len(src) > 100_000 {
			continue
		}
		doc := jsondoc.Parse(src)
		checkTree(t, doc)
		checkValidity(t, src, doc)
		for range 8 {
			n := rng.IntN(len(src) + 1)
			cut := jsondoc.Parse(src[:n])
			checkTree(t, cut)
			checkValidity(t, src[:n], cut)
			if t.Failed() {
				t.Fatalf("%s cut at %d", name, n)
			}
			b := []byte(src)
			for range 3 {
				b[rng.IntN(len(b))] = "{}[],:\"'\\/ \n\x00x0\xff"[rng.IntN(16)]
			}
			broken := jsondoc.Parse(string(b))
			checkTree(t, broken)
			checkValidity(t, string(b), broken)
		}
	}
}
