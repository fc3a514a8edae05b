package report_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
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

// TestTextFitsTheTerminal looks at the excerpt: what is said of it may break, a line and its underlining may not.
func TestTextFitsTheTerminal(t *testing.T) {
	text := source.New(strings.Repeat(" ", 12) + `"templateId": "` + strings.Repeat("policy ", 30) + `", "title": 1`)
	at := strings.Index(text.String(), `"title"`)
	problem := report.Problem{Severity: diagnostics.Error, Excerpt: report.ExcerptOf(text, source.Span{Start: at, End: at + len(`"title"`)})}
	for _, width := range []int{0, 40, 60, 80, 200} {
		lines := strings.Split(report.Text([]report.Problem{problem}, report.Style{Paint: report.Plain, Width: width}), "\n")
		line, marks := lines[1], lines[2]
		if most := width; width > 0 && (columns(line) > most || columns(marks) > most) {
			t.Errorf("wider than %d columns:\n%s\n%s", width, line, marks)
		}
		if !strings.HasPrefix(from(line, strings.IndexByte(marks, '^')), `"title"`) {
			t.Errorf("%d columns, the underlining is elsewhere:\n%s\n%s", width, line, marks)
		}
	}
}

func TestTextShowsNoPicture(t *testing.T) {
	icon := connector.NewFile("icon.png", connector.Icon, "\xff\xd8\xff\xe0 a JPEG")
	problem := report.Of(diagnostics.Diagnostic{File: icon, Severity: diagnostics.Warning, Rule: "icon-not-png", Message: "a JPEG"})
	if got := report.Text([]report.Problem{problem}, report.Style{Paint: report.Plain}); got != "icon.png:1:1: warning: a JPEG [icon-not-png]\n" {
		t.Errorf("got\n%s", got)
	}
}

func TestPageWraps(t *testing.T) {
	page := "# a-rule\n\nKeys are compared letter by letter: `a key` is another.\n\n```json apiProperties.json\n\"a long line in a block stays as it is, whatever its length\"\n```\n\n- [b-rule](b-rule.md)\n"
	upper := func(c report.Color, s string) string {
		if c == report.Cyan {
			return strings.ToUpper(s)
		}
		return "*" + s + "*"
	}
	want := "*a-rule*\n\nKeys are compared letter by\nletter: A KEY is another.\n\n*apiProperties.json*\n  \"A LONG LINE IN A BLOCK STAYS AS IT IS, WHATEVER ITS LENGTH\"\n**\n\n- b-rule\n"
	if got := report.Page(page, upper, 30); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestTextWithoutRule is a finding of the service, which names no rule.
func TestTextWithoutRule(t *testing.T) {
	problem := report.Problem{Path: "a.json", Severity: diagnostics.Warning, Message: "no host"}
	if got := report.Text([]report.Problem{problem}, report.Style{Paint: report.Plain}); got != "a.json:1:1: warning: no host\n" {
		t.Errorf("got\n%s", got)
	}
}

// TestSecretsAreNotShown has a secret on the line of another problem: neither excerpt shows it.
func TestSecretsAreNotShown(t *testing.T) {
	const secret = "k8Q~x1Zr4vLq"
	text := `{"clientSecret": "` + secret + `", "type": 1}`
	f := connector.NewFile("apiProperties.json", connector.Properties, text)
	at := func(part string) source.Span {
		i := strings.Index(text, part)
		return source.Span{Start: i, End: i + len(part)}
	}
	problems := report.All([]diagnostics.Diagnostic{
		{File: f, Span: at(`"` + secret + `"`), Rule: "secret-in-file", Severity: diagnostics.Warning, Message: "a secret"},
		{File: f, Span: at("1}"), Rule: "wrong-type", Severity: diagnostics.Error, Message: "a number"},
	})
	shown := report.Text(problems, report.Style{Paint: report.Plain})
	if strings.Contains(shown, secret) || !strings.Contains(shown, `{"clientSecret": **************, "type": 1}`) {
		t.Errorf("got\n%s", shown)
	}
	if diagnostics.Find("secret-in-file") == nil {
		t.Error("no rule tells of secrets any more")
	}
}

// TestPrintableJSON checks that the characters which terminals obey are escaped, and say the same as before.
func TestPrintableJSON(t *testing.T) {
	text := "{\n\t\"ü😀\": \"a\u009b31m\u202e\ufeff\u007f\"\n}"
	got := report.PrintableJSON(text)
	if want := "{\n\t\"ü😀\": \"a\\u009b31m\\u202e\\ufeff\\u007f\"\n}"; got != want {
		t.Errorf("got %q", got)
	}
	var before, after any
	if json.Unmarshal([]byte(text), &before) != nil || json.Unmarshal([]byte(got), &after) != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("%v became %v", before, after)
	}
}
