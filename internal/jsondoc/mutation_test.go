package jsondoc_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// token is one token of a valid text.
type token struct {
	char       byte // the bracket, comma or colon; 'k' for a key, 's' for a string, 'v' for another value
	start, end int
}

func tokens(src string) []token {
	var out []token
	for i := 0; i < len(src); {
		start := i
		switch c := src[i]; c {
		case ' ', '\t', '\r', '\n':
			i++
			continue
		case '{', '}', '[', ']', ',', ':':
			i++
			if n := len(out); c == ':' && n > 0 && out[n-1].char == 's' {
				out[n-1].char = 'k'
			}
			out = append(out, token{c, start, i})
		case '"':
			for i++; src[i] != '"'; i++ {
				if src[i] == '\\' {
					i++
				}
			}
			i++
			out = append(out, token{'s', start, i})
		default:
			for i < len(src) && !strings.ContainsRune(" \t\r\n,]}:", rune(src[i])) {
				i++
			}
			out = append(out, token{'v', start, i})
		}
	}
	return out
}

// mistake makes one slip of the keyboard at a token: it returns the text with it and the offset in the new text.
type mistake struct {
	name  string
	chars string // the tokens it can be made at
	make  func(src string, t token) (string, int)
	loses bool // the node goes with it
}

func cut(src string, start, end int) (string, int) { return src[:start] + src[end:], start }

func put(src string, at int, text string) (string, int) { return src[:at] + text + src[at:], at }

func swap(src string, t token, text string) (string, int) {
	return src[:t.start] + text + src[t.end:], t.start
}

func remove(src string, t token) (string, int) { return cut(src, t.start, t.end) }

func before(text string) func(string, token) (string, int) {
	return func(src string, t token) (string, int) { return put(src, t.start, text) }
}

func after(text string) func(string, token) (string, int) {
	return func(src string, t token) (string, int) { return put(src, t.end, text) }
}

func by(text string) func(string, token) (string, int) {
	return func(src string, t token) (string, int) { return swap(src, t, text) }
}

var mistakes = []mistake{
	{name: "delete a comma", chars: ",", make: remove},
	{name: "delete a colon", chars: ":", make: remove},
	{name: "delete the opening quote of a key", chars: "k", make: func(src string, t token) (string, int) { return cut(src, t.start, t.start+1) }},
	{name: "delete the closing quote of a key", chars: "k", make: func(src string, t token) (string, int) { return cut(src, t.end-1, t.end) }},
	{name: "delete the opening quote of a string", chars: "s", make: func(src string, t token) (string, int) { return cut(src, t.start, t.start+1) }},
	{name: "delete the closing quote of a string", chars: "s", make: func(src string, t token) (string, int) { return cut(src, t.end-1, t.end) }},
	{name: "delete {", chars: "{", make: remove},
	{name: "delete }", chars: "}", make: remove},
	{name: "delete [", chars: "[", make: remove},
	{name: "delete ]", chars: "]", make: remove},
	{name: "double a comma", chars: ",", make: after(",")},
	{name: "add a trailing comma", chars: "}]", make: before(",")},
	{name: "double a colon", chars: ":", make: after(":")},
	{name: "double {", chars: "{", make: after("{")},
	{name: "double }", chars: "}", make: after("}")},
	{name: "double [", chars: "[", make: after("[")},
	{name: "double ]", chars: "]", make: after("]")},
	{name: "} in place of ]", chars: "]", make: by("}")},
	{name: "] in place of }", chars: "}", make: by("]")},
	{name: "[ in place of {", chars: "{", make: by("[")},
	{name: "{ in place of [", chars: "[", make: by("{")},
	{name: "delete a key", chars: "k", make: remove, loses: true},
	{name: "delete a value", chars: "sv", make: remove, loses: true},
	{name: "delete a key's quotes", chars: "k", make: func(src string, t token) (string, int) { return swap(src, t, src[t.start+1:t.end-1]) }},
	{name: "delete a string's quotes", chars: "s", make: func(src string, t token) (string, int) { return swap(src, t, src[t.start+1:t.end-1]) }, loses: true},
	{name: "double the closing quote", chars: "sk", make: after(`"`)},
	{name: "double the opening quote", chars: "sk", make: before(`"`)},
	{name: "semicolon for a comma", chars: ",", make: by(";")},
	{name: "equals sign for a colon", chars: ":", make: by("=")},
	{name: "single quotes", chars: "sk", make: func(src string, t token) (string, int) {
		return swap(src, t, "'"+strings.ReplaceAll(src[t.start+1:t.end-1], "'", "")+"'")
	}},
	{name: "a comment behind a comma", chars: ",", make: after(" /* why */")},
	{name: "a word after a value", chars: "sv", make: after(" x")},
	{name: "a quote inside a string", chars: "s", make: func(src string, t token) (string, int) { return put(src, (t.start+t.end)/2, `"`) }},
	{name: "two quotes inside a string", chars: "s", make: func(src string, t token) (string, int) {
		i := (2*t.start + t.end) / 3
		j := (t.start + 2*t.end) / 3
		return src[:i] + `"` + src[i:j] + `"` + src[j:], i
	}},
	{name: "[ in front of a value", chars: "sv", make: before("[")},
	{name: "{ in front of a key", chars: "k", make: before("{")},
	{name: "delete the rest of a line", chars: "sv:{[", make: func(src string, t token) (string, int) {
		end := t.start + strings.IndexAny(src[t.start:]+"\n", "\r\n")
		return cut(src, t.start, end)
	}, loses: true},
	{name: "delete the line of a bracket", chars: "]}", make: func(src string, t token) (string, int) {
		start := strings.LastIndexAny(src[:t.start], "\r\n") + 1
		end := t.start + strings.IndexAny(src[t.start:]+"\n", "\r\n")
		if strings.TrimRight(strings.TrimSpace(src[start:end]), ",") != src[t.start:t.end] {
			return src, 0
		}
		return cut(src, start, end)
	}},
	{name: "True for a value", chars: "v", make: by("True"), loses: true},
}

type score struct {
	tries, one, near, none int
	survival               float64
	worst                  float64
	bad                    []string
}

// pointers returns a number for every node that stands for its pointer and kind.
func pointers(d *jsondoc.Doc, without jsondoc.Value) map[uint64]bool {
	var h maphash.Hash
	out := make(map[uint64]bool, d.Len())
	path := make([]uint64, d.Len())
	index := make([]int, d.Len())
	for id := range d.Len() {
		v := d.Node(id)
		h.SetSeed(seed)
		if p := v.Parent(); p.Exists() {
			fmt.Fprintf(&h, "%x/", path[p.ID()])
			if v.HasKey() {
				h.WriteString(v.Key())
			} else {
				fmt.Fprint(&h, index[p.ID()])
			}
			index[p.ID()]++
		}
		path[id] = h.Sum64()
		if !v.Inside(without) {
			out[path[id]+uint64(v.Kind())] = true
		}
	}
	return out
}

var seed = maphash.MakeSeed()

func share(want, got map[uint64]bool) float64 {
	n := 0
	for p := range want {
		if got[p] {
			n++
		}
	}
	return float64(n) / float64(len(want))
}

// near reports whether an error stands where the mistake was made: on its line or at a neighbouring token.
func near(original string, ts []token, i int, mutated string, at int, e jsondoc.Error) bool {
	lo, hi := ts[i].start, ts[i].end
	if i > 0 {
		lo = ts[i-1].start
	}
	if i+1 < len(ts) {
		hi = ts[i+1].end
	}
	delta := len(mutated) - len(original)
	start := e.Span.Start
	if lo <= start && start <= max(hi, hi+delta) {
		return true
	}
	text := source.New(mutated)
	return text.LineOf(start) == text.LineOf(at)
}

func samples(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, pattern := range []string{"../../testdata/connectors/pets/*.json", "../../../shared/corpus/*/*/apiDefinition.swagger.json", "../../../shared/corpus/*/*/apiProperties.json"} {
		paths, err := filepath.Glob(filepath.FromSlash(pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Base(filepath.Dir(path)) + "/" + filepath.Base(path)
			out[name] = string(b)
		}
	}
	return out
}

func TestOneMistakeOneError(t *testing.T) {
	const tries = 600
	rng := rand.New(rand.NewPCG(1, 2))
	scores := make([]score, len(mistakes))
	all := samples(t)
	names := []string{}
	for name, src := range all {
		if len(src) < 90_000 && len(src) > 1000 && len(jsondoc.Parse(src).Errors()) == 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		src := all[name]
		if os.Getenv("MIN") != "" {
			var b bytes.Buffer
			json.Compact(&b, []byte(src))
			src = b.String()
		}
		ts := tokens(src)
		doc := jsondoc.Parse(src)
		want := pointers(doc, jsondoc.Value{})
		for m := range mistakes {
			var at []int
			for i, tk := range ts {
				if strings.IndexByte(mistakes[m].chars, tk.char) >= 0 {
					at = append(at, i)
				}
			}
			if len(at) == 0 {
				continue
			}
			n := min(len(at), max(2, tries/len(names)))
			for range n {
				i := at[rng.IntN(len(at))]
				left := want
				if mistakes[m].loses {
					left = pointers(doc, doc.At(ts[i].start+1))
				}
				try(&scores[m], mistakes[m], name, src, ts, i, left)
			}
		}
	}
	for m, s := range scores {
		t.Logf("%-40s %5d tries  %6.2f%% one  %6.2f%% near  %6.2f%% survive (worst %5.1f%%) silent %d", mistakes[m].name, s.tries,
			100*float64(s.one)/float64(s.tries), 100*float64(s.near)/float64(s.tries), 100*s.survival/float64(s.tries), 100*s.worst, s.none)
		if os.Getenv("BAD") != "" && strings.Contains(mistakes[m].name, os.Getenv("BAD")) {
			for _, b := range s.bad {
				t.Log(b)
			}
		}
	}
}

func try(s *score, m mistake, name, src string, ts []token, i int, want map[uint64]bool) {
	mutated, at := m.make(src, ts[i])
	if mutated == src || json.Valid([]byte(mutated)) {
		return // a mistake, but no longer JSON's
	}
	doc := jsondoc.Parse(mutated)
	if s.tries == 0 {
		s.worst = 1
	}
	s.tries++
	errs := doc.Errors()
	ok := len(errs) == 1
	if ok {
		s.one++
	}
	if len(errs) == 0 {
		s.none++
	}
	if len(errs) > 0 && near(src, ts, i, mutated, at, errs[0]) {
		s.near++
	} else {
		ok = false
	}
	got := share(want, pointers(doc, jsondoc.Value{}))
	s.survival += got
	s.worst = min(s.worst, got)
	if got < 0.97 {
		ok = false
	}
	if !ok {
		text := source.New(mutated)
		var b strings.Builder
		line := text.LineOf(at)
		from, to := text.Line(max(0, line-3)).Start, text.Line(line+3).End
		from, to = max(from, at-300), min(to, at+300)
		fmt.Fprintf(&b, "%s:%d survive %.2f\n%s«»%s\n", name, line+1, got, mutated[from:at], mutated[at:to])
		for _, e := range errs {
			p := text.Position(e.Span.Start, source.UTF16)
			fmt.Fprintf(&b, "   -> %d:%d %s\n", p.Line+1, p.Column+1, e.Message)
		}
		s.bad = append(s.bad, b.String())
	}
}
