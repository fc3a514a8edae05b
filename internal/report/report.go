// Package report holds what a check says as plain data, free of the files it was found in, and writes it in the formats
// that people and machines read. It does no IO: every format is a function from problems to text.
package report

import (
	"path/filepath"
	"slices"
	"strings"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/source"
)

// Range is a range of a file: lines and columns from zero, columns in UTF-16 code units, the end exclusive.
type Range struct {
	Start, End source.Position
}

// Problem is a diagnostic that holds on to nothing of its file but the line it stands on.
type Problem struct {
	Path     string // absolute
	Range    Range
	Severity diagnostics.Severity
	Rule     string
	Source   string
	Message  string
	Related  []Related
	Excerpt  Excerpt
	Fixable  bool // by a fix that may be applied without asking
}

// Related points at another place that has to do with a problem.
type Related struct {
	Path    string
	Range   Range
	Message string
}

// Excerpt is the part of a line around a problem, and the bytes of it that are underlined. There may be nothing to show.
type Excerpt struct {
	Text       string
	Start, End int
	CutBefore  bool // the line goes on before the text
	CutAfter   bool // the line goes on after it
}

// Counts says how many problems of each severity there are.
type Counts struct {
	Errors, Warnings, Information, Hints int
}

// Count counts problems.
func Count(problems []Problem) Counts {
	var c Counts
	for _, p := range problems {
		switch p.Severity {
		case diagnostics.Error:
			c.Errors++
		case diagnostics.Warning:
			c.Warnings++
		case diagnostics.Information:
			c.Information++
		case diagnostics.Hint:
			c.Hints++
		}
	}
	return c
}

// All returns the problems that the diagnostics of a check tell of. Where one says that a text is a secret, no excerpt
// shows it: what a check prints ends up in logs.
func All(found []diagnostics.Diagnostic) []Problem { return Without(found, found) }

// Without returns the problems that diagnostics tell of, with no excerpt that shows what a check calls a secret.
func Without(checked, found []diagnostics.Diagnostic) []Problem {
	secrets := map[*connector.File][]source.Span{}
	for _, d := range checked {
		if d.Rule == SecretRule {
			secrets[d.File] = append(secrets[d.File], d.Span)
		}
	}
	out := make([]Problem, 0, len(found))
	for _, d := range found {
		p := Of(d)
		p.Excerpt.hide(d.File.Content, d.Span, secrets[d.File])
		out = append(out, p)
	}
	return out
}

// SecretRule names the rule whose diagnostics underline secrets.
const SecretRule = "secret-in-file"

// hide puts stars in place of the secrets of a text, in the excerpt around a span of it.
func (e *Excerpt) hide(t *source.Text, span source.Span, secrets []source.Span) {
	from := min(span.Start, t.Line(t.LineOf(span.Start)).End) - e.Start
	for _, s := range secrets {
		start, end := max(s.Start-from, 0), min(s.End-from, len(e.Text))
		if start < end {
			e.Text = e.Text[:start] + strings.Repeat("*", end-start) + e.Text[end:]
		}
	}
}

// Of returns the problem that a diagnostic tells of.
func Of(d diagnostics.Diagnostic) Problem {
	p := Problem{
		Path: d.File.Path, Range: rangeOf(d.File, d.Span), Severity: d.Severity, Rule: d.Rule, Source: d.Source,
		Message: d.Message, Excerpt: ExcerptOf(d.File.Content, d.Span),
		Fixable: slices.ContainsFunc(d.Fixes, func(f diagnostics.Fix) bool { return f.Safe }),
	}
	if d.File.Role == connector.Icon {
		p.Excerpt = Excerpt{} // a picture has no lines to show
	}
	for _, r := range d.Related {
		p.Related = append(p.Related, Related{r.File.Path, rangeOf(r.File, r.Span), r.Message})
	}
	return p
}

func rangeOf(f *connector.File, s source.Span) Range {
	return Range{f.Content.Position(s.Start, source.UTF16), f.Content.Position(s.End, source.UTF16)}
}

// window is how many bytes of a line an excerpt keeps on either side of the place: minified files have lines of megabytes.
const window = 240

// ExcerptOf returns the line that a span starts on, cut to what is near the place.
func ExcerptOf(t *source.Text, span source.Span) Excerpt {
	line := t.Line(t.LineOf(span.Start))
	src := t.String()
	start := min(max(span.Start, line.Start), line.End)
	end := min(max(span.End, start), line.End, start+window)
	from, to := max(line.Start, start-window), min(line.End, end+window)
	for from > line.Start && !startsCharacter(src[from]) {
		from--
	}
	for to < line.End && !startsCharacter(src[to]) {
		to++
	}
	return Excerpt{
		Text: strings.Clone(src[from:to]), Start: start - from, End: end - from,
		CutBefore: from > line.Start, CutAfter: to < line.End,
	}
}

func startsCharacter(b byte) bool { return b&0xC0 != 0x80 }

// Name returns how a path is written for people and machines: relative to the folder base, with forward slashes, where it
// lies below base; else absolute.
func Name(base, path string) string {
	if rel, ok := below(base, path); ok {
		return rel
	}
	return filepath.ToSlash(path)
}

func below(base, path string) (rel string, ok bool) {
	rel, err := filepath.Rel(base, path)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}
