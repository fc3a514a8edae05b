package jsondoc

import "paconn-ls/internal/source"

// closer takes a closing bracket.
func (b *balancer) closer(c byte, at int, first bool) {
	if len(b.stack) == 0 {
		b.drop(at)
		return
	}
	f := b.top()
	if b.prev == ':' {
		b.others = append(b.others, repair{edit: source.Edit{Span: empty(at), New: string(openerOf(c))}, related: -1})
	}
	if c == ']' && f.char == '{' && b.prev != c {
		b.arrayBehind(f)
	}
	switch {
	case b.prev == ':' && (closerOf(f.char) != c || !first && f.line < b.line):
		b.insert(at, string(openerOf(c)), -1)
	case !first && c == ']' && b.prev != c && f.char == '{' && f.line < b.line && f.colonLine == b.line:
		b.insert(f.colon, "[", -1)
	case first && f.line < b.line:
		b.closerOnLine(c, at)
	case !first && f.line < b.line && (b.prev == '}' || b.prev == ']') && b.popped != f.line:
		b.passOver(at) // a second bracket that closes what another line opened
	case closerOf(f.char) == c:
		b.pop()
	default:
		b.mismatch(c, at)
	}
}

// closerOnLine takes a closing bracket that starts its line: it should be indented as its opening bracket's line is.
func (b *balancer) closerOnLine(c byte, at int) {
	f := b.top()
	switch {
	case f.indent > b.indent:
		if g := b.openedAt(b.indent); g >= 0 {
			for len(b.stack)-1 > g {
				b.unclosed(false)
			}
		}
	case f.indent < b.indent && f.char == '[' && c == '}' && f.keys > 0:
		b.insert(f.firstKey, "{", -1)
		f.keys, f.items, f.child = 0, 1, b.indent
		return
	case f.indent < b.indent && f.char == '{' && c == ']' && f.lonely >= 0:
		b.insert(f.lonely, " [", -1)
		f.lonely = -1
		return
	case f.indent < b.indent && f.child >= 0 && !f.sloppy:
		b.passOver(at)
		return
	}
	if closerOf(b.top().char) == c {
		b.pop()
		return
	}
	b.mismatch(c, at)
}

// openedAt returns the index of the innermost open bracket whose line is indented so far, or -1.
func (b *balancer) openedAt(indent int) int {
	for i := len(b.stack) - 1; i >= 0 && len(b.stack)-i < maxReach && b.stack[i].indent >= indent; i-- {
		if b.stack[i].indent == indent {
			return i
		}
	}
	return -1
}

// mismatch takes a closing bracket of the wrong kind where the innermost container should end.
func (b *balancer) mismatch(c byte, at int) {
	f := *b.top()
	n := len(b.stack)
	wrongOpener := f.char == '[' && f.keys > 0 || f.char == '{' && f.items > 0 && f.keys == 0
	closer := repair{edit: replacement(at, closerOf(f.char)), related: f.at}
	opener := repair{edit: replacement(f.at, openerOf(c)), related: at}
	missing := repair{edit: source.Edit{Span: empty(b.prevEnd), New: string(closerOf(f.char))}, related: f.at}
	below := n > 1 && closerOf(b.stack[n-2].char) == c
	extra := repair{edit: source.Edit{Span: source.Span{Start: at, End: at + 1}}, related: -1}
	b.others = append(b.others, missing, closer, opener, extra)
	switch {
	case wrongOpener:
		b.repairs = append(b.repairs, opener)
	case below && b.stack[n-2].line == f.line && f.line == b.line:
		b.repairs = append(b.repairs, missing)
		b.pop()
	default:
		b.repairs = append(b.repairs, closer)
	}
	b.pop()
}

// unclosed ends the innermost container, whose closing bracket is missing, or its opening one too many.
func (b *balancer) unclosed(comma bool) {
	f := *b.top()
	b.pop()
	if f.doubled {
		b.others = append(b.others, repair{edit: source.Edit{Span: source.Span{Start: f.at, End: f.at + 1}}, related: -1})
	}
	for i := len(b.pending) - 1; i >= 0; i-- {
		if r := &b.repairs[b.pending[i]]; b.src[r.edit.Span.Start] == closerOf(f.char) {
			r.void = true // it was right after all
			b.pending = append(b.pending[:i], b.pending[i+1:]...)
			return
		}
	}
	if f.doubled && f.items <= 1 || f.stray {
		b.drop(f.at)
		return
	}
	if f.char == '[' && f.keys > 0 {
		b.others = append(b.others, repair{edit: replacement(f.at, '{'), related: -1})
	}
	if f.char == '{' && f.items > 0 && f.keys == 0 {
		b.others = append(b.others, repair{edit: replacement(f.at, '['), related: -1})
	}
	text := string(closerOf(f.char))
	if comma {
		text += ","
	}
	b.insert(b.prevEnd, text, f.at)
}

func (b *balancer) insert(at int, text string, related int) {
	b.repairs = append(b.repairs, repair{edit: source.Edit{Span: empty(at), New: text}, related: related})
}

func (b *balancer) drop(at int) {
	end := at + 1
	if next := end + blanks(b.src[end:]); b.prev == ',' && next < len(b.src) && b.src[next] == ',' {
		end = next + 1 // with the comma that belongs to it
	}
	b.repairs = append(b.repairs, repair{edit: source.Edit{Span: source.Span{Start: at, End: end}}, related: -1})
}

// passOver drops a closing bracket that may yet prove right.
func (b *balancer) passOver(at int) {
	if f := b.top(); closerOf(f.char) != b.src[at] {
		b.others = append(b.others, repair{edit: replacement(at, closerOf(f.char)), related: f.at},
			repair{edit: replacement(f.at, openerOf(b.src[at])), related: at})
	}
	b.pending = append(b.pending, len(b.repairs))
	b.drop(at)
}
