package jsondoc_test

import (
	"fmt"
	"strings"
	"testing"

	"paconn-ls/internal/jsondoc"
)

// hostile are texts that cost a careless parser quadratic time, of about n bytes.
var hostile = []struct {
	name string
	text func(n int) string
}{
	{"brackets", func(n int) string { return strings.Repeat("[", n) }},
	{"braces", func(n int) string { return strings.Repeat("{", n) }},
	{"objects", func(n int) string { return strings.Repeat(`{"a":`, n/5) }},
	{"open lines", func(n int) string { return strings.Repeat("[\n", n/2) }},
	{"closing", func(n int) string { return strings.Repeat("[", n/2) + strings.Repeat("}", n/2) }},
	{"closing lines", func(n int) string { return strings.Repeat("[", n/2) + strings.Repeat("\n}", n/4) }},
	{"closed deep", func(n int) string { return strings.Repeat("[", n/2) + strings.Repeat("]", n/2) }},
	{"quotes", func(n int) string { return strings.Repeat(`"`, n) }},
	{"quotes and newlines", func(n int) string { return strings.Repeat("\"\n", n/2) }},
	{"newlines behind a quote", func(n int) string { return `"` + strings.Repeat("\n", n) }},
	{"escaped quotes", func(n int) string { return "{" + strings.Repeat(`"\"a:`, n/5) }},
	{"single quotes", func(n int) string { return "[" + strings.Repeat(`'"`, n/2) }},
	{"bare quotes", func(n int) string { return "[" + strings.Repeat(`"a"b`, n/4) }},
	{"words", func(n int) string { return "[" + strings.Repeat("a ", n/2) }},
	{"bare keys", func(n int) string { return "{" + strings.Repeat("a:1,", n/4) }},
	{"bare keys without values", func(n int) string { return "{" + strings.Repeat("a ", n/2) }},
	{"missing commas", func(n int) string { return "[" + strings.Repeat("1 ", n/2) + "]" }},
	{"missing colons", func(n int) string { return "{" + strings.Repeat(`"a" `, n/4) }},
	{"keys in an array", func(n int) string { return `{"x":[` + strings.Repeat(`{},"a":1},`, n/10) }},
	{"keys in an array by lines", func(n int) string { return "{\"x\":[\n" + strings.Repeat("{},\n \"a\":1},\n", n/13) }},
	{"commas", func(n int) string { return "[" + strings.Repeat(",", n) }},
	{"colons", func(n int) string { return "{" + strings.Repeat(":", n) }},
	{"comments", func(n int) string { return strings.Repeat("/**/", n/4) }},
	{"conflicts without end", func(n int) string { return "[" + strings.Repeat("\n=======", n/8) }},
	{"conflicts with a false end", func(n int) string { return "[" + strings.Repeat("\n=======\n >>>>>>>", n/17) }},
	{"odd blanks", func(n int) string { return strings.Repeat("\u00a0 ", n/3) }},
	{"bad bytes", func(n int) string { return strings.Repeat("\xff", n) }},
	{"many keys", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, ",\"k%d\":%d", i, i)
		}
		return "{" + b.String()[1:] + "}"
	}},
	{"one long line", func(n int) string { return `{"a":[` + strings.Repeat(`{"b":"c"},`, n/10) }},
	{"one long string", func(n int) string { return `{"a":"` + strings.Repeat("x", n) }},
	{"values on their own lines", func(n int) string { return "{" + strings.Repeat("\"a\":\n", n/5) }},
}

// TestHostile parses them all: a parser of more than linear time does not come back. BenchmarkHostile shows the figures.
func TestHostile(t *testing.T) {
	for _, h := range hostile {
		doc := jsondoc.Parse(h.text(60_000))
		checkTree(t, doc)
		if t.Failed() {
			t.Fatal(h.name)
		}
	}
}

// TestDeep nests deeper than is read: one error, and what stands outside is there.
func TestDeep(t *testing.T) {
	deep := strings.Repeat("[", 5000) + strings.Repeat("]", 5000)
	doc := jsondoc.Parse(`{"a":` + deep + `,"b":` + deep + `,"c":1}`)
	if len(doc.Errors()) != 1 || doc.Errors()[0].Code != jsondoc.TooDeep {
		t.Errorf("errors %v", doc.Errors())
	}
	if doc.Root().Get("c").Raw() != "1" || !doc.Root().Get("b").IsArray() {
		t.Error("what follows the deep arrays is lost")
	}
	fits := strings.Repeat("[", jsondoc.MaxDepth) + strings.Repeat("]", jsondoc.MaxDepth)
	if errors := jsondoc.Parse(fits).Errors(); len(errors) > 0 {
		t.Errorf("%d levels give %q", jsondoc.MaxDepth, errors[0].Message)
	}
}

func BenchmarkHostile(b *testing.B) {
	for _, h := range hostile {
		for _, mb := range []int{1, 4} {
			src := h.text(mb << 20)
			b.Run(fmt.Sprintf("%s/%d MB", h.name, mb), func(b *testing.B) {
				b.SetBytes(int64(len(src)))
				for b.Loop() {
					jsondoc.Parse(src)
				}
			})
		}
	}
}
