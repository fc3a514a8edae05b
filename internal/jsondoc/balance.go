package jsondoc

import (
	"fmt"
	"strings"

	"paconn-ls/internal/source"
)

// maxRepairs is how many places the indentation may disagree with the brackets and still be believed.
const maxRepairs = 24

// maxReach bounds how far down the open brackets a closing one is looked for.
const maxReach = 64

// tabWidth is how many blanks a tab counts for, in files that indent by both.
const tabWidth = 4

// repair is an edit of one bracket that would make the brackets of a text agree with its indentation.
type repair struct {
	edit    source.Edit
	related int  // offset of the bracket at the other end, -1 when there is none
	void    bool // found to be wrong later on
}

// opener is a bracket that is open while balance reads a text.
type opener struct {
	char         byte
	at           int // offset of the bracket
	line, indent int // of the line it stands on
	child        int // indentation of the first line inside, -1 before there is one
	items, keys  int // how many items it has, and how many of them are members
	firstKey     int // offset of the first key in an array
	lonely       int // offset after a colon whose value stands on the next line, -1 when there is none
	colon        int // offset after the last colon and its line
	colonLine    int
	doubled      bool // it stands right behind another of its kind
	stray        bool // it stands where a key should
	sloppy       bool // what is inside is indented no further than itself
}

// balancer compares the brackets of a text with the indentation of its lines.
type balancer struct {
	src     string
	stack   []opener
	repairs []repair
	others  []repair // what might be meant as well
	pending []int    // the repairs that pass over a closing bracket and may yet prove wrong

	line, indent int
	first        bool   // nothing stands on this line yet
	prev         byte   // the last token
	prevEnd      int    // the end of the last token that was no comma
	commaEnd     int    // the end of the last token
	keyEnd       int    // the end of the last string that stands in the place of a key and has no colon
	popped       int    // line of the bracket that was closed last
	last         opener // that bracket
}

// balance returns, in the order of the text, what would have to be done to its brackets to make them agree with the
// indentation, and other single edits that might do. Both are nil when the indentation tells nothing.
func balance(src string) (all, others []repair) {
	b := balancer{src: src, first: true}
	for i := bomLength(src); i < len(src); {
		if len(b.repairs) > maxRepairs+len(b.pending) {
			return nil, nil
		}
		i = b.next(i)
	}
	for len(b.stack) > 0 && len(b.repairs) <= maxRepairs+len(b.pending) {
		b.unclosed(false)
	}
	for _, r := range b.repairs {
		if !r.void {
			all = append(all, r)
		}
	}
	if len(all) > maxRepairs {
		return nil, nil
	}
	return all, b.others[:min(len(b.others), maxRepairs)]
}

// next takes what stands at i and returns the offset after it.
func (b *balancer) next(i int) int {
	end := i + 1
	switch c := b.src[i]; c {
	case '\n':
		b.line++
		b.indent, b.first = 0, true
		return end
	case ' ':
		if b.first {
			b.indent++
		}
		return end
	case '\t':
		if b.first {
			b.indent += tabWidth
		}
		return end
	case '\r':
		return end
	case '{', '[', '}', ']', ',', ':':
		b.token(c, i, end)
	case '"', '\'':
		end = stringEnd(b.src, i)
		if b.isKey(end) {
			b.token('k', i, end)
		} else {
			b.token('s', i, end)
		}
	case '/':
		if end = commentEnd(b.src, i); end > i {
			return end
		}
		end = i + 1
		fallthrough
	default:
		for end < len(b.src) && isWord(b.src[end]) {
			end++
		}
		b.token('v', i, end)
	}
	return end
}

func (b *balancer) isKey(end int) bool {
	for end < len(b.src) && (b.src[end] == ' ' || b.src[end] == '\t') {
		end++
	}
	return end < len(b.src) && b.src[end] == ':'
}

func stringEnd(src string, i int) int {
	quote := src[i]
	for i++; i < len(src) && src[i] != '\n' && src[i] != '\r'; i++ {
		switch src[i] {
		case '\\':
			i++
		case quote:
			return i + 1
		}
	}
	return min(i, len(src))
}

// commentEnd returns the end of the comment at i, or i when there is none.
func commentEnd(src string, i int) int {
	switch {
	case strings.HasPrefix(src[i:], "//"):
		return lineEnd(src, i)
	case strings.HasPrefix(src[i:], "/*"):
		if n := strings.Index(src[i+2:], "*/"); n >= 0 {
			return i + 2 + n + 2
		}
		return len(src)
	}
	return i
}

func (b *balancer) top() *opener { return &b.stack[len(b.stack)-1] }

func (b *balancer) pop() {
	b.popped, b.last = b.top().line, *b.top()
	b.stack = b.stack[:len(b.stack)-1]
}

// token takes a token: a bracket, a comma, a colon, or k, s and v for a key, a string and another value.
func (b *balancer) token(c byte, start, end int) {
	first := b.first
	b.first = false
	if c == ',' && len(b.stack) == 0 && (b.prev == '}' || b.prev == ']') {
		b.drop(b.prevEnd - 1) // the outermost value goes on: it was closed too early
		b.stack = append(b.stack, b.last)
	}
	if first && len(b.stack) > 0 {
		b.lineStart(c, start, end)
	}
	switch c {
	case '{', '[':
		b.item(c, start)
		b.push(c, start)
	case '}', ']':
		b.closer(c, start, first)
	case ':':
		if len(b.stack) > 0 {
			b.top().colon, b.top().colonLine = end, b.line
		}
	case 'k', 's', 'v':
		if c == 's' && b.prev != ':' && len(b.stack) > 0 && b.top().char == '{' {
			b.keyEnd = end
		}
		if c == 'k' && b.prev == ':' && !first {
			b.others = append(b.others, repair{edit: source.Edit{Span: empty(start), New: "{"}, related: -1})
		}
		b.item(c, start)
	}
	b.prev = c
	if c != ',' {
		b.prevEnd = end
	}
}

func (b *balancer) push(c byte, at int) {
	if n := len(b.stack); n > 0 && b.prev == c && b.top().line == b.line && b.top().char == c {
		b.top().doubled = true
	}
	stray := len(b.stack) > 0 && b.top().char == '{' && (b.prev == '{' || b.prev == ',')
	b.stack = append(b.stack, opener{char: c, at: at, line: b.line, indent: b.indent, child: -1, lonely: -1, stray: stray})
}

// lineStart looks at the first token of a line: its indentation shows which containers are over.
func (b *balancer) lineStart(c byte, start, end int) {
	switch {
	case c == ':' || c == '}' || c == ']':
		return
	case c == ',' && lineEnd(b.src, end) != end+blanks(b.src[end:]):
		return // commas in front of the lines
	}
	if b.prev == ':' && c != 'k' {
		b.top().lonely = b.prevEnd
		return
	}
	if f := b.top(); b.prev == f.char && f.items == 0 && b.indent == f.indent && f.line < b.line && c != ',' && (c == 'k') == (f.char == '{') {
		f.indent, f.child, f.sloppy = b.indent-1, b.indent, true
	}
	for len(b.stack) > 1 && b.top().line < b.line && b.indent <= b.top().indent {
		b.unclosed(c != ',' && b.prev != ',')
	}
	f := b.top()
	if b.indent <= f.indent || c == ',' {
		return
	}
	if f.child < 0 {
		f.child = b.indent
	}
	if b.indent == f.child {
		b.pending = b.pending[:0]
	}
	value := b.prev == ':' && c == 'k'
	if (value || b.keyEnd == b.prevEnd) && b.indent > f.child {
		text := " {"
		if !value {
			text = ": {"
		}
		if c != 'k' {
			text = ": ["
		}
		b.insert(b.prevEnd, text, -1)
		b.stack = append(b.stack, opener{char: text[len(text)-1], at: b.prevEnd, line: b.line - 1, indent: f.child, child: b.indent, lonely: -1})
	}
}

func blanks(s string) int { return len(s) - len(strings.TrimLeft(s, " \t")) }

// item counts what an innermost container holds, and looks at what belongs into the other kind of container.
func (b *balancer) item(c byte, start int) {
	if len(b.stack) == 0 || b.prev == ':' {
		return
	}
	f := b.top()
	f.items++
	if c == 'k' {
		f.keys++
	}
	switch {
	case f.char == '[' && c == 'k' && f.keys == 1:
		f.firstKey = start
		if f.items > 1 {
			b.keyInArray(f, start)
		}
	case f.char == '{' && c != 'k' && f.items > 1 && f.lonely >= 0:
		b.insert(f.lonely, " [", -1)
		f.items--
		v := opener{char: '[', at: f.lonely, line: b.line - 1, indent: f.child, child: b.indent, items: 2, lonely: -1}
		f.lonely = -1
		b.stack = append(b.stack, v)
	}
	if c == 'k' {
		b.top().lonely = -1
	}
}

// keyInArray looks at a key behind the elements of an array: the array lacks its end, or the member's object its start.
func (b *balancer) keyInArray(f *opener, start int) {
	f.keys, f.items = 0, f.items-1
	n := len(b.stack)
	if n > 1 && b.stack[n-2].char == '{' && (f.line == b.line || f.child < 0 || b.indent < f.child) {
		b.insert(b.prevEnd, "]", f.at)
		b.pop()
		b.top().items++
		b.top().keys++
		return
	}
	b.insert(start, "{", -1)
	f.items++
	indent := b.indent - 1
	if f.child >= 0 && f.child < b.indent {
		indent = f.child
	}
	b.stack = append(b.stack, opener{char: '{', at: start, line: b.line, indent: indent, child: b.indent, items: 1, keys: 1, lonely: -1})
}

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

func empty(at int) source.Span { return source.Span{Start: at, End: at} }

func replacement(at int, by byte) source.Edit {
	return source.Edit{Span: source.Span{Start: at, End: at + 1}, New: string(by)}
}

func closerOf(open byte) byte {
	if open == '{' {
		return '}'
	}
	return ']'
}

func openerOf(close byte) byte {
	if close == '}' {
		return '{'
	}
	return '['
}

// err is the mistake that a repair mends.
func (r repair) err(src string) Error {
	e := Error{Span: r.edit.Span, Fix: []source.Edit{r.edit}}
	if r.related >= 0 {
		e.Related = source.Span{Start: r.related, End: r.related + 1}
	}
	bracket := strings.Trim(r.edit.New, " ,:")
	switch {
	case r.edit.New == "":
		e.Code, e.FixText = ExtraBracket, "Remove the bracket"
		e.Message = fmt.Sprintf("unexpected %q, one bracket too many", src[r.edit.Span.Start:r.edit.Span.End])
	case r.edit.Span.Len() > 0:
		e.Code, e.FixText = WrongBracket, "Replace by "+bracket
		e.Message = fmt.Sprintf("expected %q, found %q", bracket, src[r.edit.Span.Start:r.edit.Span.End])
	case bracket == "}":
		e.Code, e.FixText, e.Message = MissingBracket, "Insert the bracket", `expected "}" to close the object`
	case bracket == "]":
		e.Code, e.FixText, e.Message = MissingBracket, "Insert the bracket", `expected "]" to close the array`
	default:
		e.Code, e.FixText, e.Message = MissingBracket, "Insert "+bracket, fmt.Sprintf("expected %q", strings.TrimSpace(r.edit.New))
	}
	return e
}

func openerChar(k Kind) byte {
	if k == Object {
		return '{'
	}
	return '['
}
