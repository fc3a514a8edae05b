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
		start = p.doubledQuote(start)
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
		p.quoteAfter(':')
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
	line := p.restOfLine(start)
	if q := strings.IndexByte(line, '"'); q > 0 && strings.HasPrefix(strings.TrimLeft(line[q+1:], " \t"), ":") {
		k.end = start + q + 1
		p.report(Error{Code: MissingQuote, Span: source.Span{Start: start, End: start + q}, Message: "expected a quote before the key",
			Fix: []source.Edit{{Span: source.Span{Start: start, End: start}, New: `"`}}, FixText: "Insert the quote"})
		p.pos, p.prevEnd = k.end, k.end
		return k
	}
	end := start + bareKeyLength(line)
	if end == start {
		end = wordEnd(p.src, start)
	}
	if end == start {
		end = p.garbage(start)
	}
	word := strings.Trim(p.src[start:end], typographicQuotes)
	p.report(Error{Code: MissingQuote, Span: source.Span{Start: start, End: end}, Message: fmt.Sprintf("expected a key in double quotes, found %q", clip(word)),
		Fix: []source.Edit{{Span: source.Span{Start: start, End: end}, New: Quote(word)}}, FixText: "Put the key in quotes"})
	k.end = end
	p.pos, p.prevEnd = end, end
	return k
}

// bareKeyLength returns how much of a line is a key without quotes: what stands before a colon that a value follows, or 0.
func bareKeyLength(line string) int {
	braces := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; c {
		case ',', '"', '\'', '[', ']':
			return 0
		case '{':
			braces++
			if i == 0 || line[i-1] != '/' {
				return 0 // only a path's template holds braces
			}
		case '}':
			if braces--; braces < 0 {
				return 0
			}
		case ':':
			if i+1 == len(line) || strings.IndexByte(" \t{[\"", line[i+1]) >= 0 {
				return len(strings.TrimRight(line[:i], " \t"))
			}
		}
	}
	return 0
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
		p.skipSpace()
		if p.peek() == ':' {
			p.report(Error{Code: ExtraColon, Span: source.Span{Start: p.pos, End: p.pos + 1}, Message: `unexpected ":", expected a value`,
				Fix: []source.Edit{{Span: source.Span{Start: p.pos, End: p.pos + 1}}}, FixText: "Remove the colon"})
			p.pos++
		}
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
	if end < len(p.src) && p.src[end] == ':' {
		return 0, false
	}
	if end-start < 3 || p.src[start] != '"' || p.src[end-1] != '"' {
		return 0, false
	}
	if next := end + blanks(p.src[end:]); next < len(p.src) && p.src[next] == ':' {
		return 0, false
	}
	body, ok := strings.CutSuffix(strings.TrimRight(p.src[start+1:end-1], " \t[{"), ":")
	return start + 1 + len(strings.TrimRight(body, " \t")), ok
}

func missingQuote(at int) Error {
	return Error{Code: MissingQuote, Span: source.Span{Start: at, End: at}, Message: "expected a quote to close the string",
		Fix: []source.Edit{{Span: source.Span{Start: at, End: at}, New: `"`}}, FixText: "Insert the quote"}
}

// stringThenColon reports whether a string that ends on its line starts at offset and a colon follows it, and where the
// string ends.
func (p *parser) stringThenColon(offset int) (int, bool) {
	q := p.src[offset]
	if q != '"' && q != '\'' {
		return 0, false
	}
	for i := offset + 1; i < len(p.src) && p.budget > 0; i++ {
		p.budget--
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
	rest := src[offset:]
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	if i := strings.IndexByte(rest, '\r'); i >= 0 {
		rest = rest[:i]
	}
	return offset + len(rest)
}

// restOfLine returns the text from offset to the end of its line. All reading ahead is paid from a budget that grows with
// the text, so that no text takes more than linear time; without budget there is nothing to see.
func (p *parser) restOfLine(offset int) string {
	if p.budget <= 0 {
		return ""
	}
	end := lineEnd(p.src, offset)
	p.budget -= end - offset
	return p.src[offset:end]
}

// maxIndent is how far into a line its indentation is looked for.
const maxIndent = 1024

// indentOf returns how many blanks start the line that offset is on.
func indentOf(src string, offset int) int {
	start := offset
	for start > max(0, offset-maxIndent) && src[start-1] != '\n' && src[start-1] != '\r' {
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
