package jsondoc_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
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

// score counts what came of one kind of mistake.
type score struct {
	tries, one, near, fixes, mended int
	survival                        float64
	bad                             []string
}

// pointers returns a number for every node, but those in without, that stands for its pointer and kind.
func pointers(d *jsondoc.Doc, without jsondoc.Value) map[uint64]bool {
	out := make(map[uint64]bool, d.Len())
	path := make([]uint64, d.Len())
	index := make([]uint64, d.Len())
	for id := range d.Len() {
		v := d.Node(id)
		if p := v.Parent(); p.Exists() {
			step := index[p.ID()]
			index[p.ID()]++
			if v.HasKey() {
				step = maphash.String(seed, v.Key())
			}
			path[id] = (path[p.ID()]+step+1)*0x9E3779B97F4A7C15 ^ path[p.ID()]>>29
		}
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

// TestOneMistakeOneError makes every mistake at random places of real files and counts what comes of it. The bar: one
// error, on the line of the mistake or at a neighbouring token; the values elsewhere keep their pointers; what the error
// offers as its fix mends the text. SHOW=name prints the tries that fail it.
func TestOneMistakeOneError(t *testing.T) {
	for _, form := range []struct {
		name               string
		write              func(string) string
		one, near, survive float64
	}{
		{"as they are", func(s string) string { return s }, 0.98, 0.95, 0.98},
		{"CRLF and tabs", withCRLFAndTabs, 0.98, 0.95, 0.98},
		{"minified", minify, 0.90, 0.95, 0.40}, // without indentation a bracket's place is anyone's guess
	}[:forms] {
		t.Run(form.name, func(t *testing.T) {
			scores := mutate(t, form.write)
			for m, s := range scores {
				if s.tries == 0 {
					continue
				}
				n := float64(s.tries)
				one, near, survive := float64(s.one)/n, float64(s.near)/n, s.survival/n
				t.Logf("%-38s %4d tries %6.1f%% one error %6.1f%% near %6.2f%% of the values survive, %d of %d fixes mend",
					mistakes[m].name, s.tries, 100*one, 100*near, 100*survive, s.mended, s.fixes)
				if one < form.one || near < form.near || survive < form.survive {
					t.Errorf("%s: worse than %v one error, %v near, %v survive", mistakes[m].name, form.one, form.near, form.survive)
				}
				if float64(s.mended) < 0.85*float64(s.fixes) && form.name != "minified" {
					t.Errorf("%s: %d of %d fixes mend the text", mistakes[m].name, s.mended, s.fixes)
				}
				if show := os.Getenv("SHOW"); show != "" && strings.Contains(mistakes[m].name, show) {
					t.Log(strings.Join(s.bad, "\n"))
				}
			}
		})
	}
}

func minify(s string) string {
	var b bytes.Buffer
	if json.Compact(&b, []byte(s)) != nil {
		return s
	}
	return b.String()
}

func withCRLFAndTabs(s string) string {
	s = regexp.MustCompile(`(?m)^( {2})+`).ReplaceAllStringFunc(s, func(in string) string { return strings.Repeat("\t", len(in)/2) })
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n")
}

// mutate returns a score for each mistake.
func mutate(t *testing.T, write func(string) string) []score {
	const tries = 200
	rng := rand.New(rand.NewPCG(1, 2))
	scores := make([]score, len(mistakes))
	all := samples(t)
	var names []string
	for name, src := range all {
		if len(src) > 1000 && len(src) < 25_000 && len(jsondoc.Parse(src).Errors()) == 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		src := write(all[name])
		ts := tokens(src)
		doc := jsondoc.Parse(src)
		want := pointers(doc, jsondoc.Value{})
		for m, mistake := range mistakes {
			var at []int
			for i, tk := range ts {
				if strings.IndexByte(mistake.chars, tk.char) >= 0 {
					at = append(at, i)
				}
			}
			for range min(len(at), max(2, tries/len(names))) {
				i := at[rng.IntN(len(at))]
				left := want
				if mistake.loses {
					left = pointers(doc, doc.At(ts[i].start+1))
				}
				if len(left) > 0 {
					try(&scores[m], mistake, name, src, ts, i, left)
				}
			}
		}
	}
	return scores
}

func try(s *score, m mistake, name, src string, ts []token, i int, want map[uint64]bool) {
	mutated, at := m.make(src, ts[i])
	if mutated == src || json.Valid([]byte(mutated)) {
		return // a mistake perhaps, but none of JSON
	}
	doc := jsondoc.Parse(mutated)
	s.tries++
	errs := doc.Errors()
	one, close := len(errs) == 1, len(errs) > 0 && near(src, ts, i, mutated, at, errs[0])
	if one {
		s.one++
	}
	if close {
		s.near++
	}
	mends := true
	if one && len(errs[0].Fix) > 0 {
		s.fixes++
		fixed, err := source.Apply(mutated, errs[0].Fix)
		if mends = err == nil && json.Valid([]byte(strings.TrimPrefix(fixed, source.BOM))); mends {
			s.mended++
		}
	}
	survive := share(want, pointers(doc, jsondoc.Value{}))
	s.survival += survive
	if !one || !close || !mends || survive < 0.97 {
		s.bad = append(s.bad, report(name, mutated, at, survive, errs))
	}
}

func report(name, mutated string, at int, survive float64, errs []jsondoc.Error) string {
	text := source.New(mutated)
	line := text.LineOf(at)
	from, to := text.Line(max(0, line-3)).Start, text.Line(line+3).End
	from, to = max(from, at-300), min(to, at+300)
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d, %.0f%% survive\n%s«»%s\n", name, line+1, 100*survive, mutated[from:at], mutated[at:to])
	for _, e := range errs {
		p := text.Position(e.Span.Start, source.UTF16)
		fmt.Fprintf(&b, "   -> %d:%d %s\n", p.Line+1, p.Column+1, e.Message)
	}
	return b.String()
}
