package commands

import (
	"context"
	"slices"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/source"
)

// maxRounds bounds how often a connector is checked again because a fix made another possible.
const maxRounds = 20

// FixAll applies the safe fixes of everything the rules find in the files that wants accepts, again and again until there
// are no more, and returns the connector as it is then and what was done. It writes nothing.
func FixAll(ctx context.Context, c *connector.Connector, o diagnostics.Options, wants func(*connector.File) bool) (*connector.Connector, []Fixed) {
	o.Most = 1 << 20 // a fix left out would need another round
	var done []Fixed
	for range maxRounds {
		b := batch{wants: wants, edits: map[*connector.File][]source.Edit{}}
		for _, d := range diagnostics.Check(ctx, c, o) {
			b.add(d)
		}
		next, ok := b.apply(c)
		if !ok {
			break
		}
		c, done = next, append(done, b.fixed...)
	}
	return c, done
}

// batch gathers fixes that can be applied together.
type batch struct {
	wants func(*connector.File) bool
	edits map[*connector.File][]source.Edit // in the order of their places, none touching another
	fixed []Fixed
}

// add takes the first safe fix of a diagnostic, unless it meets with one that was taken before.
func (b *batch) add(d diagnostics.Diagnostic) {
	i := safeFix(d)
	if i < 0 {
		return
	}
	fix := d.Fixes[i]
	for _, e := range fix.Edits {
		if e.File.Err != nil || !b.wants(e.File) || !b.free(e.File, e.Span) {
			return
		}
	}
	for _, e := range fix.Edits {
		at := b.after(e.File, e.Span.Start)
		b.edits[e.File] = slices.Insert(b.edits[e.File], at, e.Edit)
	}
	b.fixed = append(b.fixed, Fixed{d.File.Path, d.Rule, fix.Title})
}

// safeFix returns the index of the first safe fix of a diagnostic, or -1.
func safeFix(d diagnostics.Diagnostic) int {
	return slices.IndexFunc(d.Fixes, func(f diagnostics.Fix) bool { return f.Safe })
}

// after returns the index of the first edit that starts behind an offset.
func (b *batch) after(f *connector.File, offset int) int {
	i, _ := slices.BinarySearchFunc(b.edits[f], offset, func(e source.Edit, offset int) int {
		if e.Span.Start <= offset {
			return -1
		}
		return 1
	})
	return i
}

// free reports whether no edit so far touches the span.
func (b *batch) free(f *connector.File, span source.Span) bool {
	i := b.after(f, span.Start)
	edits := b.edits[f]
	return (i == 0 || edits[i-1].Span.End < span.Start) && (i == len(edits) || span.End < edits[i].Span.Start)
}

// apply makes the edits. It refuses when there are none, and when one would make the JSON worse.
func (b *batch) apply(c *connector.Connector) (*connector.Connector, bool) {
	if len(b.edits) == 0 {
		return c, false
	}
	for f, edits := range b.edits {
		content, err := source.Apply(f.Content.String(), edits)
		if err != nil {
			return c, false
		}
		next := connector.NewFile(f.Path, f.Role, content)
		if f.Role.IsJSON() && len(next.Doc().Errors()) > len(f.Doc().Errors()) {
			return c, false
		}
		c = c.With(next)
	}
	return c, true
}
