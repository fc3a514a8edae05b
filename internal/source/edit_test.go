package source_test

import (
	"testing"

	"paconn-ls/internal/source"
)

func edit(start, end int, text string) source.Edit {
	return source.Edit{Span: source.Span{Start: start, End: end}, New: text}
}

func TestApply(t *testing.T) {
	for _, c := range []struct {
		name  string
		edits []source.Edit
		want  string
	}{
		{"none", nil, "0123456789"},
		{"out of order", []source.Edit{edit(8, 9, "eight"), edit(0, 1, "zero")}, "zero1234567eight9"},
		{"side by side", []source.Edit{edit(2, 4, "x"), edit(4, 6, "y")}, "01xy6789"},
		{"insertions at one place keep their order", []source.Edit{edit(3, 3, "a"), edit(3, 3, "b")}, "012ab3456789"},
		{"an insertion before a replacement", []source.Edit{edit(3, 5, "r"), edit(3, 3, "i")}, "012ir56789"},
		{"an insertion behind a removal", []source.Edit{edit(3, 5, ""), edit(5, 5, "i")}, "012i56789"},
		{"everything", []source.Edit{edit(0, 10, "")}, ""},
		{"at the end", []source.Edit{edit(10, 10, "!")}, "0123456789!"},
	} {
		got, err := source.Apply("0123456789", c.edits)
		if err != nil || got != c.want {
			t.Errorf("%s: got %q, %v, want %q", c.name, got, err, c.want)
		}
	}
	for name, edits := range map[string][]source.Edit{
		"overlap":          {edit(0, 5, ""), edit(4, 6, "")},
		"the same twice":   {edit(1, 2, "a"), edit(1, 2, "b")},
		"inside another":   {edit(0, 9, ""), edit(4, 4, "x")},
		"behind the end":   {edit(9, 11, "")},
		"before the start": {edit(-1, 2, "")},
		"end before start": {edit(5, 4, "")},
	} {
		if got, err := source.Apply("0123456789", edits); err == nil {
			t.Errorf("%s: got %q and no error", name, got)
		}
	}
}

func TestReplace(t *testing.T) {
	for _, c := range []struct {
		start, end int
		want       string
	}{{1, 2, "axc"}, {3, 3, "abcx"}, {-4, 1, "xbc"}, {2, 99, "abx"}, {2, 1, "abxc"}, {99, 99, "abcx"}} {
		old := source.New("abc")
		if got := old.Replace(source.Span{Start: c.start, End: c.end}, "x").String(); got != c.want || old.String() != "abc" {
			t.Errorf("Replace(%d, %d) = %q, want %q", c.start, c.end, got, c.want)
		}
	}
}
