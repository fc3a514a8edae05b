package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Edit replaces the bytes of a span by New.
type Edit struct {
	Span Span
	New  string
}

// Apply returns src with all edits made at once: their spans are offsets into src. Several insertions at one place are
// made in the order given. It fails when two edits overlap or one lies outside src.
func Apply(src string, edits []Edit) (string, error) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	var b strings.Builder
	last := 0
	for _, e := range sorted {
		if e.Span.Start < last || e.Span.End < e.Span.Start || e.Span.End > len(src) {
			return "", fmt.Errorf("edit of bytes %d to %d overlaps another or lies outside a text of %d bytes",
				e.Span.Start, e.Span.End, len(src))
		}
		b.WriteString(src[last:e.Span.Start])
		b.WriteString(e.New)
		last = e.Span.End
	}
	b.WriteString(src[last:])
	return b.String(), nil
}

// Replace returns the text with one span replaced. A span beyond the text counts as its nearest end.
func (t *Text) Replace(span Span, replacement string) *Text {
	start := min(max(span.Start, 0), len(t.src))
	end := min(max(span.End, start), len(t.src))
	return New(t.src[:start] + replacement + t.src[end:])
}
