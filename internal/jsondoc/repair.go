package jsondoc

import (
	"cmp"
	"slices"

	"paconn-ls/internal/source"
)

// rebalance looks for the brackets that are missing or too many in the text of first, whose errors they may have caused.
// Where an edit of one bracket, or a few, that the indentation suggests leaves no more errors than first has, it is
// believed: the errors then stand where the mistakes are and the rest of the tree keeps its shape.
func rebalance(first *parser) *Doc {
	all, others := balance(first.src)
	best := choice{doc: first.doc(), errors: len(first.errors) + 1}
	if len(all) == 0 && len(others) == 0 {
		return best.doc
	}
	best.consider(first.src, all)
	if len(all) > 1 || best.errors > 1 {
		tries := slices.Concat(all, others)
		for _, r := range tries[:min(len(tries), maxTries(len(first.src)))] {
			best.consider(first.src, []repair{r})
		}
	}
	return best.doc
}

// maxTries is how many readings of a text of that length are compared.
func maxTries(length int) int {
	if length > 256<<10 {
		return 8
	}
	return 2 * maxRepairs
}

// choice is the best reading of a text so far.
type choice struct {
	doc      *Doc
	errors   int
	residual int // what the indentation still disagrees with
}

// consider takes the text with the repairs made when that has fewer errors, or as many and better indentation.
func (c *choice) consider(src string, repairs []repair) {
	if len(repairs) == 0 || len(repairs) > c.errors {
		return
	}
	slices.SortStableFunc(repairs, func(a, b repair) int { return cmp.Compare(a.edit.Span.Start, b.edit.Span.Start) })
	var edits []source.Edit
	for _, r := range repairs {
		edits = append(edits, r.edit)
	}
	text, err := source.Apply(src, edits)
	if err != nil {
		return
	}
	p := parse(text)
	errors := len(p.errors) + len(repairs)
	if errors > c.errors {
		return
	}
	rest, _ := balance(text)
	if errors == c.errors && len(rest) >= c.residual {
		return
	}
	d := p.doc()
	d.translate(src, edits)
	for _, r := range repairs {
		d.errors = append(d.errors, r.err(src))
		d.markBroken(r)
	}
	d.sortErrors()
	*c = choice{d, errors, len(rest)}
}

// translate turns the tree of a text in which edits were made into one of the text before them.
func (d *Doc) translate(src string, edits []source.Edit) {
	d.src = src
	back := func(offset int, end bool) int {
		shift := 0
		for _, e := range edits {
			start := e.Span.Start + shift
			if offset < start || offset == start && (end || e.New != "") {
				break
			}
			if offset < start+len(e.New) {
				return e.Span.Start
			}
			shift += len(e.New) - e.Span.Len()
		}
		return min(max(offset-shift, 0), len(src))
	}
	span := func(s source.Span) source.Span {
		start := back(s.Start, s.Len() == 0)
		return source.Span{Start: start, End: max(start, back(s.End, true))}
	}
	for i := range d.nodes {
		n := &d.nodes[i]
		v := span(source.Span{Start: int(n.start), End: int(n.end)})
		k := span(source.Span{Start: int(n.keyStart), End: int(n.keyEnd)})
		n.start, n.end, n.keyStart, n.keyEnd = uint32(v.Start), uint32(v.End), uint32(k.Start), uint32(k.End)
	}
	for i := range d.errors {
		e := &d.errors[i]
		e.Span, e.Related = span(e.Span), span(e.Related)
		for j := range e.Fix {
			e.Fix[j].Span = span(e.Fix[j].Span)
		}
	}
}

// markBroken marks the container whose bracket a repair made up.
func (d *Doc) markBroken(r repair) {
	at := r.edit.Span.Start
	for i := range d.nodes {
		n := &d.nodes[i]
		if int(n.start) > at {
			return
		}
		opens := int(n.start) == at && r.edit.New != "" || int(n.start) == r.related
		if opens && (n.kind == Object || n.kind == Array) {
			n.flags |= valueBroken
		}
	}
}

// sortErrors puts the errors in the order of the text.
func (d *Doc) sortErrors() {
	slices.SortStableFunc(d.errors, func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
}
