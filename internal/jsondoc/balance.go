package jsondoc

import (
	"strings"

	"paconn-ls/internal/source"
)

// maxRepairs is how many places the indentation may disagree with the brackets and still be believed.
const maxRepairs = 24

// maxReach bounds how far down the open brackets a closing one is looked for.
const maxReach = 64

// tabWidth is how many blanks a tab counts for, in files that indent by both.
const tabWidth = 4

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
	src       string
	conflicts conflicts
	stack     []opener
	repairs   []repair
	others    []repair // what might be meant as well
	pending   []int    // the repairs that pass over a closing bracket and may yet prove wrong

	line, indent int
	first        bool   // nothing stands on this line yet
	prev         byte   // the last token
	prevEnd      int    // the end of the last token that was no comma
	keyEnd       int    // the end of the last string that stands in the place of a key and has no colon
	popped       int    // line of the bracket that was closed last
	last         opener // that bracket
}

// balance returns, in the order of the text, what would have to be done to its brackets to make them agree with the
// indentation, and other single edits that might do. Both are nil when the indentation tells nothing.
func balance(src string) (all, others []repair) {
	b := balancer{src: src, conflicts: conflicts{src: src}, first: true}
	for i := bomLength(src); i < len(src); {
		if len(b.repairs) > maxRepairs+len(b.pending) || len(b.stack) > MaxDepth {
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
		if n := b.conflicts.skip(i); n > i {
			return n
		}
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
	case ',':
		if len(b.stack) > 0 && b.prev == b.top().char { // behind nothing: its container was empty
			b.others = append(b.others, repair{edit: source.Edit{Span: empty(b.prevEnd), New: string(closerOf(b.prev))}, related: b.top().at})
		}
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
		} else {
			b.others = append(b.others, repair{edit: replacement(f.at, '{'), related: -1})
		}
	case f.char == '{' && c != 'k' && f.items > 1 && f.lonely < 0 && f.items == f.keys+1:
		b.arrayBehind(f)
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

// arrayBehind considers that the value of the last member was to be an array.
func (b *balancer) arrayBehind(f *opener) {
	if f.colon > 0 {
		b.others = append(b.others, repair{edit: source.Edit{Span: empty(f.colon), New: "["}, related: -1})
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
