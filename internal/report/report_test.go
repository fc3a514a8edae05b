package report_test

import (
	"strings"
	"testing"

	"paconn-ls/internal/report"
	"paconn-ls/internal/source"
)

// TestDraw shows lines as a terminal does; «» mark the place.
func TestDraw(t *testing.T) {
	long := strings.Repeat("abcdefghi ", 60)
	for name, c := range map[string]struct {
		text  string
		line  string
		marks string
	}{
		"plain":           {text: `{"a": «1»}`, line: `{"a": 1}`, marks: `      ^`},
		"nothing":         {text: `{"a": «»}`, line: `{"a": }`, marks: `      ^`},
		"end of line":     {text: `{"a": 1«»`, line: `{"a": 1`, marks: `       ^`},
		"tabs":            {text: "\t\t\"a\":\t«true»", line: `        "a":    true`, marks: `                ^~~~`},
		"wide":            {text: `"宠物": «"店"»`, line: `"宠物": "店"`, marks: `        ^~~~`},
		"combining":       {text: "\"e\u0301\": «1»", line: "\"e\u0301\": 1", marks: `     ^`},
		"escape sequence": {text: "\"\x1b[31m\": «1»", line: "\"\uFFFD[31m\": 1", marks: `         ^`},
		"broken UTF-8":    {text: "\"\xff\": «1»", line: "\"\uFFFD\": 1", marks: `     ^`},
		"direction mark":  {text: "\"\u202e\": «1»", line: "\"\uFFFD\": 1", marks: `     ^`},
		"several lines":   {text: "«{\n\"a\": 1}»", line: `{`, marks: `^`},
	} {
		t.Run(name, func(t *testing.T) {
			line, marks := draw(c.text)
			if line != c.line || marks != c.marks {
				t.Errorf("got\n%s\n%s\nwant\n%s\n%s", line, marks, c.line, c.marks)
			}
		})
	}
	for name, text := range map[string]string{
		"late":  long + "«here»",
		"early": "«here»" + long,
		"mid":   long + "«here»" + long,
		"all":   "«" + long + "»",
		"wide":  strings.Repeat("宠", 400) + "«物»" + strings.Repeat("店", 400),
	} {
		t.Run("long line, "+name, func(t *testing.T) {
			line, marks := draw(text)
			if n := columns(line); n > 122 || columns(marks) > n {
				t.Errorf("%d columns and %d of underlining:\n%s\n%s", n, columns(marks), line, marks)
			}
			marked, _, _ := strings.Cut(strings.SplitAfter(text, "«")[1], "»")
			if at := columns(marks[:strings.IndexByte(marks, '^')]); !strings.HasPrefix(from(line, at), marked[:3]) {
				t.Errorf("the underlining is not below %.10q:\n%s\n%s", marked, line, marks)
			}
		})
	}
}

func draw(marked string) (line, marks string) {
	start := strings.Index(marked, "«")
	end := strings.Index(marked, "»") - len("«")
	text := source.New(strings.NewReplacer("«", "", "»", "").Replace(marked))
	line, indent, width := report.ExcerptOf(text, source.Span{Start: start, End: end}).Draw(120)
	return line, strings.Repeat(" ", indent) + "^" + strings.Repeat("~", width-1)
}

func columns(s string) int {
	n := 0
	for _, r := range s {
		n += report.Width(r)
	}
	return n
}

// from returns what of s is right of a column.
func from(s string, column int) string {
	n := 0
	for i, r := range s {
		if n >= column {
			return s[i:]
		}
		n += report.Width(r)
	}
	return ""
}
