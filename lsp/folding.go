package lsp

import (
	"cmp"
	"context"
	"slices"

	"go.lsp.dev/protocol"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
)

// fold is a range of lines that can be folded away, and how deep it is nested.
type fold struct {
	first, last, depth int
}

// foldingRange answers with the objects and arrays that take several lines.
func (s *server) foldingRange(_ context.Context, snap *snapshot, p *protocol.FoldingRangeParams) ([]protocol.FoldingRange, error) {
	_, f, ok := snap.file(p.TextDocument.URI)
	if !ok || !f.Role.IsJSON() {
		return nil, nil
	}
	folds := foldsOf(f)
	if limit := s.client.foldingLimit; limit > 0 && len(folds) > limit {
		// the outer ones are worth more
		slices.SortStableFunc(folds, func(a, b fold) int { return cmp.Compare(a.depth, b.depth) })
		folds = folds[:limit]
		slices.SortFunc(folds, func(a, b fold) int { return cmp.Compare(a.first, b.first) })
	}
	out := make([]protocol.FoldingRange, len(folds))
	for i, r := range folds {
		out[i] = protocol.FoldingRange{StartLine: uint32(r.first), EndLine: uint32(r.last)}
	}
	return out, nil
}

// foldsOf returns the folds of a file in the order of their first lines, at most one for each line. The line of the
// closing bracket stays in sight.
func foldsOf(f *connector.File) []fold {
	doc := f.Doc()
	var out []fold
	depths := make([]int, doc.Len())
	last := -1
	for id := range doc.Len() {
		v := doc.Node(id)
		if parent := v.Parent(); parent.Exists() {
			depths[id] = depths[parent.ID()] + 1
		}
		if k := v.Kind(); k != jsondoc.Object && k != jsondoc.Array {
			continue
		}
		first, end := f.Content.LineOf(v.Span().Start), f.Content.LineOf(v.Span().End)
		if end-1 > first && first != last {
			out = append(out, fold{first, end - 1, depths[id]})
			last = first
		}
	}
	return out
}
