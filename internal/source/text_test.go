package source_test

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"paconn-ls/internal/source"
)

func TestPosition(t *testing.T) {
	// bytes:     0-2 3  4-5 6  7-10 11   12 13-14 15 16  17
	const text = "\uFEFFaü\n\U0001F600b\r\r\nc\xffd"
	for _, c := range []struct {
		offset              int
		utf8, utf16, code32 source.Position
	}{
		{-5, source.Position{}, source.Position{}, source.Position{}},
		{0, source.Position{}, source.Position{}, source.Position{}},
		{1, source.Position{}, source.Position{}, source.Position{}}, // inside the byte order mark
		{3, source.Position{Column: 3}, source.Position{Column: 1}, source.Position{Column: 1}},
		{4, source.Position{Column: 4}, source.Position{Column: 2}, source.Position{Column: 2}},
		{5, source.Position{Column: 4}, source.Position{Column: 2}, source.Position{Column: 2}}, // inside ü
		{6, source.Position{Column: 6}, source.Position{Column: 3}, source.Position{Column: 3}},
		{7, source.Position{Line: 1}, source.Position{Line: 1}, source.Position{Line: 1}},
		{9, source.Position{Line: 1}, source.Position{Line: 1}, source.Position{Line: 1}}, // inside the emoji
		{11, source.Position{Line: 1, Column: 4}, source.Position{Line: 1, Column: 2}, source.Position{Line: 1, Column: 1}},
		{12, source.Position{Line: 1, Column: 5}, source.Position{Line: 1, Column: 3}, source.Position{Line: 1, Column: 2}},
		{13, source.Position{Line: 2}, source.Position{Line: 2}, source.Position{Line: 2}},
		{14, source.Position{Line: 2}, source.Position{Line: 2}, source.Position{Line: 2}}, // inside CRLF
		{15, source.Position{Line: 3}, source.Position{Line: 3}, source.Position{Line: 3}},
		{17, source.Position{Line: 3, Column: 2}, source.Position{Line: 3, Column: 2}, source.Position{Line: 3, Column: 2}},
		{18, source.Position{Line: 3, Column: 3}, source.Position{Line: 3, Column: 3}, source.Position{Line: 3, Column: 3}},
		{99, source.Position{Line: 3, Column: 3}, source.Position{Line: 3, Column: 3}, source.Position{Line: 3, Column: 3}},
	} {
		text := source.New(text)
		for enc, want := range map[source.Encoding]source.Position{source.UTF8: c.utf8, source.UTF16: c.utf16, source.UTF32: c.code32} {
			if got := text.Position(c.offset, enc); got != want {
				t.Errorf("Position(%d, %d) = %v, want %v", c.offset, enc, got, want)
			}
		}
	}
}

func TestOffset(t *testing.T) {
	text := source.New("aü\U0001F600b\r\nc")
	for _, c := range []struct {
		line, column int
		enc          source.Encoding
		want         int
	}{
		{-1, 3, source.UTF16, 0},
		{0, -1, source.UTF16, 0},
		{0, 1, source.UTF16, 1},
		{0, 2, source.UTF16, 3},
		{0, 3, source.UTF16, 3}, // inside the emoji
		{0, 4, source.UTF16, 7},
		{0, 5, source.UTF16, 8},
		{0, 99, source.UTF16, 8}, // not into the line break
		{0, 3, source.UTF32, 7},
		{0, 2, source.UTF8, 1}, // inside ü
		{0, 7, source.UTF8, 7},
		{1, 0, source.UTF16, 10},
		{1, 99, source.UTF16, 11},
		{2, 0, source.UTF16, 11},
	} {
		if got := text.Offset(source.Position{Line: c.line, Column: c.column}, c.enc); got != c.want {
			t.Errorf("Offset(%d:%d, %d) = %d, want %d", c.line, c.column, c.enc, got, c.want)
		}
	}
	ascii := source.New("ab\ncd")
	for column, want := range map[int]int{-1: 3, 0: 3, 1: 4, 2: 5, 9: 5} {
		if got := ascii.Offset(source.Position{Line: 1, Column: column}, source.UTF16); got != want {
			t.Errorf("Offset(1:%d) of ASCII = %d, want %d", column, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		text  string
		lines []string
	}{
		{"", []string{""}},
		{"a", []string{"a"}},
		{"a\n", []string{"a", ""}},
		{"\r\n\r", []string{"", "", ""}},
		{"a\rb\r\nc\nd", []string{"a", "b", "c", "d"}},
		{"\n\n", []string{"", "", ""}},
	} {
		text := source.New(c.text)
		var got []string
		for i := range text.LineCount() {
			span := text.Line(i)
			got = append(got, c.text[span.Start:span.End])
			if text.LineOf(span.Start) != i || text.LineOf(span.End) != i {
				t.Errorf("%q: LineOf the ends of line %d: %d, %d", c.text, i, text.LineOf(span.Start), text.LineOf(span.End))
			}
		}
		if strings.Join(got, "|") != strings.Join(c.lines, "|") {
			t.Errorf("lines of %q: %q, want %q", c.text, got, c.lines)
		}
		if text.Line(-1) != (source.Span{}) || text.Line(99) != (source.Span{Start: len(c.text), End: len(c.text)}) {
			t.Errorf("%q: lines that are not there lie at %v and %v", c.text, text.Line(-1), text.Line(99))
		}
	}
}

func TestNewline(t *testing.T) {
	for text, want := range map[string]string{"": "\n", "a": "\n", "a\nb": "\n", "a\r\nb": "\r\n", "a\rb": "\r",
		"a\r\nb\r\nc\n": "\r\n", "a\r\nb\nc\n": "\n", "a\r\nb\n": "\r\n"} {
		if got := source.New(text).Newline(); got != want {
			t.Errorf("Newline of %q is %q, want %q", text, got, want)
		}
	}
}

// FuzzPositions checks that every offset at the start of a character, outside line breaks, survives the way to a position
// and back, and that columns agree with how Go counts.
func FuzzPositions(f *testing.F) {
	for _, seed := range []string{"", "a\r\nb\rc\n", "\uFEFF{\"ü\": \"\U0001F600\"}\r\n", "\xff\xfe\n\xe2\x82", "\r\r\n\n\r"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		text := source.New(src)
		for i := 0; i <= len(src); {
			line := text.Line(text.LineOf(i))
			before := src[line.Start:min(i, line.End)]
			want := map[source.Encoding]int{source.UTF8: len(before), source.UTF16: len(utf16.Encode([]rune(before))), source.UTF32: utf8.RuneCountInString(before)}
			for enc, column := range want {
				p := text.Position(i, enc)
				if p.Column != column {
					t.Fatalf("Position(%d, %d) of %q = %v, want column %d", i, enc, src, p, column)
				}
				if back := text.Offset(p, enc); back != min(i, line.End) {
					t.Fatalf("%q: %d becomes %v becomes %d in %d", src, i, p, back, enc)
				}
			}
			_, size := utf8.DecodeRuneInString(src[i:])
			i += max(size, 1)
		}
	})
}
