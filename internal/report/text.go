package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"paconn-ls/diagnostics"
)

// Style says how text is written for a person.
type Style struct {
	Base  string // paths are written relative to this folder
	Paint Paint
	Width int // columns of the terminal; 0 when there is none
}

// Paint colours text, or leaves it alone.
type Paint func(Color, string) string

// Color is an ANSI attribute.
type Color string

// The colours that the text format uses.
const (
	Bold   Color = "1"
	Dim    Color = "2"
	Red    Color = "31;1"
	Yellow Color = "33;1"
	Blue   Color = "34;1"
	Cyan   Color = "36"
	Green  Color = "32;1"
)

// Plain paints nothing.
func Plain(_ Color, s string) string { return s }

// ANSI paints with the escape sequences that terminals know.
func ANSI(c Color, s string) string {
	if s == "" {
		return ""
	}
	return "\x1b[" + string(c) + "m" + s + "\x1b[0m"
}

var severityColors = [...]Color{
	diagnostics.Off: Dim, diagnostics.Error: Red, diagnostics.Warning: Yellow, diagnostics.Information: Blue, diagnostics.Hint: Cyan,
}

// Text writes problems for a person: where, what, the line with the place underlined, and what else has to do with it.
func Text(problems []Problem, s Style) string {
	var b strings.Builder
	for _, p := range problems {
		writeProblem(&b, p, s)
	}
	return b.String()
}

func writeProblem(b *strings.Builder, p Problem, s Style) {
	color := severityColors[p.Severity]
	fmt.Fprintf(b, "%s %s %s%s\n", s.Paint(Bold, s.place(p.Path, p.Range)+":"), s.Paint(color, p.Severity.String()+":"),
		Printable(p.Message), s.rule(p.Rule))
	gutter := fmt.Sprint(p.Range.Start.Line + 1)
	blank := strings.Repeat(" ", len(gutter))
	if p.Excerpt.Text != "" {
		line, indent, width := p.Excerpt.Draw(s.room(gutter + " | "))
		fmt.Fprintf(b, "%s %s\n", s.Paint(Dim, gutter+" |"), line)
		marks := "^" + strings.Repeat("~", width-1)
		fmt.Fprintf(b, "%s %s%s\n", s.Paint(Dim, blank+" |"), strings.Repeat(" ", indent), s.Paint(color, marks))
	}
	for _, r := range p.Related {
		fmt.Fprintf(b, "%s %s %s\n", s.Paint(Dim, blank+" ="), s.place(r.Path, r.Range)+":", Printable(r.Message))
	}
}

// rule is the name of a problem's rule as it stands behind the message. What a service says may have none.
func (s Style) rule(name string) string {
	if name == "" {
		return ""
	}
	return " " + s.Paint(Dim, "["+name+"]")
}

func (s Style) place(path string, r Range) string {
	return fmt.Sprintf("%s:%d:%d", Printable(Name(s.Base, path)), r.Start.Line+1, r.Start.Column+1)
}

// A longer line than maxWidth is cut to what is around the place; so much less is shown of it as a terminal is narrower,
// but never less than minWidth: a line that breaks leaves its underlining behind.
const (
	maxWidth = 120
	minWidth = 24
)

// room is how many columns an excerpt may take behind its line number, apart from the two dots that say it is cut.
func (s Style) room(gutter string) int {
	const dots = 2
	if s.Width == 0 {
		return maxWidth
	}
	return min(maxWidth, max(minWidth, s.Width-len(gutter)-dots))
}

// Draw returns the excerpt as a terminal shows it, at most most columns wide, and where the underlining goes: how many
// columns from the left and how many columns wide, one at the least.
func (e Excerpt) Draw(most int) (line string, indent, width int) {
	before := cells(e.Text[:e.Start], 0)
	marked := cells(e.Text[e.Start:e.End], total(before))
	after := cells(e.Text[e.End:], total(before)+total(marked))
	cutBefore, cutAfter := e.CutBefore, e.CutAfter
	if !cutBefore {
		before, marked, after = unindent(before, marked, after, most)
	}
	for total(marked) > most*2/3 && len(marked) > 1 {
		marked, after, cutAfter = marked[:len(marked)-1], nil, true
	}
	room := most - total(marked)
	for total(before) > max(room/2, room-total(after)) {
		before, cutBefore = before[1:], true
	}
	for total(after) > room-total(before) {
		after, cutAfter = after[:len(after)-1], true
	}
	var b strings.Builder
	if cutBefore {
		b.WriteString("…")
		indent = 1
	}
	for _, part := range [][]cell{before, marked, after} {
		for _, c := range part {
			b.WriteString(c.text)
		}
	}
	if cutAfter {
		b.WriteString("…")
	}
	return strings.TrimRight(b.String(), " "), indent + total(before), max(1, total(marked))
}

// unindent takes away the indentation of a line that would not fit with it.
func unindent(before, marked, after []cell, most int) (b, m, a []cell) {
	if total(before)+total(marked)+total(after) <= most {
		return before, marked, after
	}
	for len(before) > 0 && before[0].blank() {
		before = before[1:]
	}
	return before, marked, after
}

// cell is one character as a terminal shows it.
type cell struct {
	text  string
	width int
}

func (c cell) blank() bool { return strings.TrimLeft(c.text, " ") == "" }

const tabWidth = 4

// cells returns what the characters of text look like when they start at a column. Tabs become spaces; what would move the
// cursor or hide text is shown as U+FFFD.
func cells(text string, column int) []cell {
	out := make([]cell, 0, len(text))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		c := cell{text[i : i+size], Width(r)}
		switch {
		case r == '\t':
			c.width = tabWidth - column%tabWidth
			c.text = strings.Repeat(" ", c.width)
		case r == utf8.RuneError || invisible(r):
			c = cell{"\uFFFD", 1}
		}
		out = append(out, c)
		column += c.width
		i += size
	}
	return out
}

func total(cs []cell) int {
	n := 0
	for _, c := range cs {
		n += c.width
	}
	return n
}

// Printable returns text without the characters that would move a terminal's cursor, change its colours or hide text.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		if invisible(r) {
			return '\uFFFD'
		}
		return r
	}, text)
}

// PrintableJSON returns JSON in which characters of that kind stand as escapes: encoders escape those below the blank only.
// The line breaks and tabs between its values stay.
func PrintableJSON(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r > '~' && invisible(r) { // none of which is beyond four digits
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// invisible reports control characters and the marks that turn the direction of text around.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\uFEFF'
}
