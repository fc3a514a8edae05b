package jsondoc

import (
	"fmt"
	"strings"

	"paconn-ls/internal/source"
)

// key is the key that a value is about to get.
type key struct {
	start, end int
	flags      flags
}

var noKey = key{}

// member parses the next member of an object: key, colon and, when it is no container, value.
func (p *parser) member(f *frame) {
	if c := p.peek(); c == '{' || c == '[' {
		p.valueWithoutKey(f)
		return
	}
	p.separate(f)
	k := p.key()
	if !p.colon(k) {
		p.missingNode(k)
		p.resumed = p.peek() != ',' && p.peek() != '}' && p.peek() != ']'
		return
	}
	p.skipSpace()
	switch c := p.peek(); {
	case p.pos == len(p.src) || c == ',' || c == '}' || c == ']':
		p.missingValue(k)
	case c == '"' && hasNewline(p.src[p.prevEnd:p.pos]) && p.nextIsKey():
		if indentOf(p.src, p.pos) > indentOf(p.src, k.start) {
			p.missing(p.prevEnd, " {", `expected "{"`)
			p.open(Object, k)
			return
		}
		p.missingValue(k)
		p.resumed = true
	default:
		p.value(k)
	}
}

func (p *parser) nextIsKey() bool {
	_, ok := p.stringThenColon(p.pos)
	return ok
}

// valueWithoutKey takes an object or array that stands where a key should.
func (p *parser) valueWithoutKey(f *frame) {
	p.unbalanced = true
	p.separate(f)
	p.errorf(MissingKey, p.pos, p.pos+1, "expected a key before %q", p.src[p.pos:p.pos+1])
	p.value(key{start: p.pos, end: p.pos, flags: keyEscaped | keyBroken})
}

func (p *parser) missingValue(k key) {
	p.errorf(MissingValue, p.prevEnd, p.prevEnd, "expected a value after %q", unquote(p.src[k.start:k.end])+":")
	p.missingNode(k)
}

func (p *parser) missingNode(k key) {
	p.add(Missing, k, p.prevEnd, p.prevEnd, valueBroken)
}

// key parses the key at pos.
func (p *parser) key() key {
	start := p.pos
	switch c := p.peek(); {
	case c == '"' || c == '\'':
		end, fl := p.scanString(true)
		k := key{start: start, end: end}
		if fl&valueEscaped != 0 {
			k.flags |= keyEscaped
		}
		if fl&valueBroken != 0 {
			k.flags |= keyEscaped | keyBroken
		}
		if cut, ok := p.swallowedColon(start, end); ok {
			p.report(missingQuote(cut))
			k.end, k.flags = cut, keyEscaped|keyBroken
		}
		p.pos, p.prevEnd = k.end, k.end
		return k
	case c == ':':
		p.errorf(MissingKey, start, start, `expected a key before ":"`)
		return key{start: start, end: start, flags: keyEscaped | keyBroken}
	}
	return p.bareKey(start)
}

// bareKey parses a key that does not start with a quote.
func (p *parser) bareKey(start int) key {
	k := key{start: start, flags: keyEscaped | keyBroken}
	line := p.src[start:lineEnd(p.src, start)]
	if q := strings.IndexByte(line, '"'); q > 0 && strings.HasPrefix(strings.TrimLeft(line[q+1:], " \t"), ":") {
		k.end = start + q + 1
		p.report(Error{Code: MissingQuote, Span: source.Span{Start: start, End: start + q}, Message: `expected "\"" before the key`,
			Fix: []source.Edit{{Span: source.Span{Start: start, End: start}, New: `"`}}, FixText: "Insert the quote"})
		p.pos, p.prevEnd = k.end, k.end
		return k
	}
	end := start
	for end < len(p.src) && isWord(p.src[end]) {
		end++
	}
	if end == start {
		end = p.garbage(start)
	}
	word := p.src[start:end]
	p.report(Error{Code: MissingQuote, Span: source.Span{Start: start, End: end}, Message: fmt.Sprintf("expected a key in double quotes, found %q", clip(word)),
		Fix: []source.Edit{{Span: source.Span{Start: start, End: end}, New: Quote(word)}}, FixText: "Put the key in quotes"})
	k.end = end
	p.pos, p.prevEnd = end, end
	return k
}

// garbage returns the end of a run of characters that start no token; it is at least one byte long.
func (p *parser) garbage(start int) int {
	end := start + 1
	for end < len(p.src) && !isWord(p.src[end]) && !strings.ContainsRune(" \t\r\n\"'{}[],:", rune(p.src[end])) {
		end++
	}
	return end
}

// colon takes the colon after a key. It returns false when neither colon nor value follow.
func (p *parser) colon(k key) bool {
	p.skipSpace()
	c := p.peek()
	if c == ':' {
		p.pos++
		p.prevEnd = p.pos
		return true
	}
	name := unquote(p.src[k.start:k.end])
	if p.pos == len(p.src) || c == ',' || c == '}' || c == ']' || c == '"' && p.nextIsKey() {
		p.errorf(MissingColon, p.prevEnd, p.prevEnd, `expected ":" and a value after %q`, clip(name))
		return false
	}
	fix := source.Edit{Span: source.Span{Start: p.prevEnd, End: p.prevEnd}, New: ":"}
	if c == '=' {
		fix.Span = source.Span{Start: p.pos, End: p.pos + 1}
		p.pos++
	}
	p.report(Error{Code: MissingColon, Span: source.Span{Start: fix.Span.Start, End: fix.Span.End}, Message: fmt.Sprintf(`expected ":" after %q`, clip(name)),
		Fix: []source.Edit{fix}, FixText: "Insert the colon"})
	return true
}

// swallowedColon finds the place of the quote that is missing in `"key: "value"`, where the string that was read holds
// the colon.
func (p *parser) swallowedColon(start, end int) (int, bool) {
	if end >= len(p.src) || end-start < 3 || !isWord(p.src[end]) && p.src[end] != '/' {
		return 0, false
	}
	body, ok := strings.CutSuffix(strings.TrimRight(p.src[start+1:end-1], " \t"), ":")
	return start + 1 + len(strings.TrimRight(body, " \t")), ok
}

func missingQuote(at int) Error {
	return Error{Code: MissingQuote, Span: source.Span{Start: at, End: at}, Message: `expected "\"" to close the string`,
		Fix: []source.Edit{{Span: source.Span{Start: at, End: at}, New: `"`}}, FixText: "Insert the quote"}
}

// stringThenColon reports whether a string that ends on its line starts at offset and a colon follows it, and where the
// string ends.
func (p *parser) stringThenColon(offset int) (int, bool) {
	q := p.src[offset]
	if q != '"' && q != '\'' {
		return 0, false
	}
	for i := offset + 1; i < len(p.src); i++ {
		switch c := p.src[i]; c {
		case '\\':
			i++
		case '\n', '\r':
			return 0, false
		case q:
			j := i + 1
			for j < len(p.src) && (p.src[j] == ' ' || p.src[j] == '\t') {
				j++
			}
			return i + 1, j < len(p.src) && p.src[j] == ':'
		}
	}
	return 0, false
}

func lineEnd(src string, offset int) int {
	for offset < len(src) && src[offset] != '\n' && src[offset] != '\r' {
		offset++
	}
	return offset
}

// indentOf returns how many blanks start the line that offset is on.
func indentOf(src string, offset int) int {
	start := offset
	for start > 0 && src[start-1] != '\n' && src[start-1] != '\r' {
		start--
	}
	i := start
	for i < offset && (src[i] == ' ' || src[i] == '\t') {
		i++
	}
	return i - start
}

func clip(s string) string {
	const most = 40
	for i := range s {
		if i >= most {
			return s[:i] + "…"
		}
	}
	return s
}
