package jsondoc

// hint says that a bracket is missing or too many at a place, as the indentation of the text shows.
type hint struct {
	at     int  // offset where the bracket should stand, or stands
	insert byte // the bracket to take as standing there
	skip   bool // the bracket there is to be passed over
}

// maxHints is how many places the indentation may disagree with the brackets and still be believed.
const maxHints = 8

// opener is a bracket that is open while balance reads a text.
type opener struct {
	char         byte
	line, indent int
}

// balance compares the brackets of a text with the indentation of its lines and returns, in the order of the text, where
// a bracket seems to be missing or too many. It returns nil when the indentation tells nothing.
func balance(src string) []hint {
	b := balancer{src: src}
	for i := bomLength(src); i < len(src); {
		if len(b.hints) > maxHints {
			return nil
		}
		i = b.token(i)
	}
	return b.hints
}

type balancer struct {
	src          string
	stack        []opener
	hints        []hint
	line, indent int
	inLine       bool // something stands on this line already
	prevEnd      int  // end of the last token that was no comma
}

// token takes what stands at i and returns the offset after it.
func (b *balancer) token(i int) int {
	c := b.src[i]
	switch c {
	case '\n':
		b.line++
		b.indent, b.inLine = 0, false
		return i + 1
	case ' ', '\t':
		if !b.inLine {
			b.indent++
		}
		return i + 1
	case '\r':
		return i + 1
	}
	first := !b.inLine
	b.inLine = true
	switch c {
	case ',', ':':
		if first && c == ',' {
			b.content()
		}
		return i + 1
	case '{', '[':
		if first {
			b.content()
		}
		b.stack = append(b.stack, opener{c, b.line, b.indent})
	case '}', ']':
		b.closer(i, c, first)
	case '"':
		if first {
			b.content()
		}
		i = stringEnd(b.src, i) - 1
	}
	b.prevEnd = i + 1
	return i + 1
}

func stringEnd(src string, i int) int {
	for i++; i < len(src) && src[i] != '\n'; i++ {
		switch src[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return min(i, len(src))
}

// content ends the containers that a line which starts a member or an element shows to be over: those opened on lines
// indented as far or further.
func (b *balancer) content() {
	for len(b.stack) > 1 {
		top := b.stack[len(b.stack)-1]
		if top.indent < b.indent || top.line == b.line {
			return
		}
		b.hints = append(b.hints, hint{at: b.prevEnd, insert: closerOf(top.char)})
		b.stack = b.stack[:len(b.stack)-1]
	}
}

func (b *balancer) closer(i int, c byte, first bool) {
	if len(b.stack) == 0 {
		b.hints = append(b.hints, hint{at: i, skip: true})
		return
	}
	top := b.stack[len(b.stack)-1]
	if first && top.indent < b.indent && top.line < b.line {
		b.hints = append(b.hints, hint{at: i, skip: true})
		return
	}
	if first && top.indent > b.indent && b.closesOuter(c) {
		for b.stack[len(b.stack)-1].indent > b.indent {
			b.hints = append(b.hints, hint{at: b.prevEnd, insert: closerOf(b.stack[len(b.stack)-1].char)})
			b.stack = b.stack[:len(b.stack)-1]
		}
		top = b.stack[len(b.stack)-1]
	}
	if closerOf(top.char) != c {
		b.hints = append(b.hints, hint{at: b.prevEnd, insert: closerOf(top.char)}, hint{at: i, skip: true})
	}
	b.stack = b.stack[:len(b.stack)-1]
}

// closesOuter reports whether an open container of the kind that c ends starts on a line indented like this one.
func (b *balancer) closesOuter(c byte) bool {
	for i := len(b.stack) - 1; i >= 0 && b.stack[i].indent >= b.indent; i-- {
		if b.stack[i].indent == b.indent {
			return closerOf(b.stack[i].char) == c
		}
	}
	return false
}

func closerOf(open byte) byte {
	if open == '{' {
		return '}'
	}
	return ']'
}

// applyHint acts on the hint that is due at pos. It returns true when it did.
func (p *parser) applyHint() bool {
	if len(p.hints) == 0 || p.hints[0].at > p.pos {
		return false
	}
	h := p.hints[0]
	p.hints = p.hints[1:]
	if h.skip {
		if h.at == p.pos {
			p.extraBracket(p.pos)
			p.pos++
		}
		return true
	}
	if closerOf(openerChar(p.nodes[p.top().id].kind)) != h.insert || len(p.stack) == 1 {
		return true
	}
	comma := p.top().comma
	p.missingCloser(h.at)
	p.close(h.at)
	p.top().comma = comma
	return true
}

// applySkips passes over the brackets too many that stand at pos, after the end of the outermost value.
func (p *parser) applySkips() {
	for len(p.hints) > 0 && p.hints[0].skip && p.hints[0].at == p.pos {
		p.extraBracket(p.pos)
		p.pos++
		p.hints = p.hints[1:]
	}
}

func openerChar(k Kind) byte {
	if k == Object {
		return '{'
	}
	return '['
}
