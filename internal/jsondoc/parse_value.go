package jsondoc

import (
	"fmt"
	"strings"

	"paconn-ls/internal/source"
)

// add appends a node below the innermost container.
func (p *parser) add(kind Kind, k key, start, end int, fl flags) int32 {
	id := int32(len(p.nodes))
	n := node{start: uint32(start), end: uint32(end), parent: -1, next: id + 1, kind: kind, flags: fl}
	if len(p.stack) > 0 {
		f := p.top()
		n.parent, f.last = f.id, id
		if p.nodes[n.parent].kind == Object {
			n.keyStart, n.keyEnd = uint32(k.start), uint32(k.end)
			n.flags |= hasKey | k.flags
		}
	}
	p.nodes = append(p.nodes, n)
	return id
}

// open starts a container at pos without taking its bracket.
func (p *parser) open(kind Kind, k key) int32 {
	id := p.add(kind, k, p.pos, p.pos, 0)
	p.stack = append(p.stack, frame{id: id, comma: -1})
	p.count(kind, 1)
	return id
}

// close ends the innermost container at offset.
func (p *parser) close(end int) {
	n := &p.nodes[p.top().id]
	n.end = uint32(max(end, int(n.start)))
	n.next = int32(len(p.nodes))
	p.count(n.kind, -1)
	p.stack = p.stack[:len(p.stack)-1]
	p.prevEnd = end
	p.resumed = false
}

func (p *parser) count(kind Kind, by int) {
	if kind == Object {
		p.objects += by
	} else {
		p.arrays += by
	}
}

// value parses the value at pos; a container is only opened.
func (p *parser) value(k key) {
	start := p.pos
	switch c := p.peek(); {
	case c == '"' || c == '\'':
		start = p.doubledQuote(start)
		end, fl := p.scanString(false)
		p.add(String, k, start, end, fl)
		p.prevEnd = p.pos
		p.quoteAfter(',')
		return
	case (c == '{' || c == '[') && !p.isPlaceholder():
		p.container(c, k)
		return
	case c == '-' || c == '+' || c == '.' || '0' <= c && c <= '9':
		p.number(k)
	default:
		p.word(k)
	}
	p.prevEnd = p.pos
}

// isPlaceholder reports whether a string without its opening quote stands at pos that starts as templates do:
// {{name}}" or [[NAME]]".
func (p *parser) isPlaceholder() bool {
	if rest := p.src[p.pos:]; !strings.HasPrefix(rest, "{{") && !strings.HasPrefix(rest, "[[") {
		return false
	}
	_, ok := p.unopenedString(p.pos)
	return ok
}

func (p *parser) container(c byte, k key) {
	kind := Object
	if c == '[' {
		kind = Array
	}
	if len(p.stack) < MaxDepth {
		p.open(kind, k)
		p.pos++
		p.prevEnd = p.pos
		return
	}
	start := p.pos
	if !p.tooDeep {
		p.tooDeep = true
		p.errorf(TooDeep, start, start+1, "nested more than %d levels deep; what lies deeper is not read", MaxDepth)
	}
	p.pos = skipContainer(p.src, start)
	p.add(kind, k, start, p.pos, valueBroken)
	p.prevEnd = p.pos
}

// skipContainer returns the offset after the container that starts at offset, counting brackets outside strings.
func skipContainer(src string, offset int) int {
	depth := 0
	for i := offset; i < len(src); i++ {
		switch src[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"':
			for i++; i < len(src) && src[i] != '"' && src[i] != '\n'; i++ {
				if src[i] == '\\' {
					i++
				}
			}
		}
	}
	return len(src)
}

// number parses a number, or a word that starts like one.
func (p *parser) number(k key) {
	start := p.pos
	end := start
	for end < len(p.src) && (isWord(p.src[end]) || p.src[end] == '+') {
		end++
	}
	text := p.src[start:end]
	if end < len(p.src) && p.src[end] == '"' {
		if _, ok := p.unopenedString(start); ok {
			p.word(k)
			return
		}
	}
	if IsNumber(text) {
		p.pos = end
		p.add(Number, k, start, end, 0)
		return
	}
	if strings.Trim(text, "+-.0123456789eE") != "" {
		p.word(k)
		return
	}
	p.pos = end
	p.report(badNumber(source.Span{Start: start, End: end}, text))
	p.add(Number, k, start, end, valueBroken)
}

func badNumber(span source.Span, text string) Error {
	e := Error{Code: BadNumber, Span: span, Message: fmt.Sprintf("%q is not a JSON number", clip(text))}
	mended := ""
	switch {
	case text[0] == '+':
		e.Message += "; leave out the plus sign"
		mended = text[1:]
	case text[0] == '.':
		e.Message += "; write a 0 before the point"
		mended = "0" + text
	case strings.HasSuffix(text, "."):
		e.Message += "; write a digit after the point"
		mended = text + "0"
	case strings.HasPrefix(text, "0") && digits(text) == len(text):
		e.Message += "; leave out the leading zeros or make it a string"
	}
	if IsNumber(mended) {
		e.Fix, e.FixText = []source.Edit{{Span: span, New: mended}}, "Write "+mended
	}
	return e
}

// IsNumber reports whether s is a number by the JSON grammar.
func IsNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole := digits(s)
	if whole == 0 || whole > 1 && s[0] == '0' {
		return false
	}
	s = s[whole:]
	if strings.HasPrefix(s, ".") {
		n := digits(s[1:])
		if n == 0 {
			return false
		}
		s = s[1+n:]
	}
	if s == "" {
		return true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	return s != "" && digits(s) == len(s)
}

func digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

var literals = map[string]Kind{"true": True, "false": False, "null": Null}

// literalAdvice maps what people write in other languages to JSON.
var literalAdvice = map[string]string{"none": "null", "nil": "null", "undefined": "null", "nan": "null", "yes": "true", "on": "true",
	"no": "false", "off": "false", "true": "true", "false": "false", "null": "null", "ture": "true", "flase": "false", "tru": "true",
	"fals": "false", "nul": "null"}

// word parses true, false and null, and everything that starts like no JSON value.
func (p *parser) word(k key) {
	start := p.pos
	end := wordEnd(p.src, start)
	if kind, ok := literals[p.src[start:end]]; ok && (end == len(p.src) || p.src[end] != '"') {
		p.pos = end
		p.add(kind, k, start, end, 0)
		return
	}
	if cut, ok := p.unopenedString(start); ok {
		p.report(Error{Code: MissingQuote, Span: source.Span{Start: start, End: cut - 1}, Message: "expected a quote before the string",
			Fix: []source.Edit{{Span: source.Span{Start: start, End: start}, New: `"`}}, FixText: "Insert the quote"})
		p.pos = cut
		p.add(String, k, start, cut, valueEscaped|valueBroken)
		return
	}
	end = p.bareRun(start)
	p.pos = end
	p.badWord(start, end)
	p.add(Invalid, k, start, end, valueBroken)
}

// opensOnLine reports whether the innermost container starts on the line that offset is on.
func (p *parser) opensOnLine(offset int) bool {
	if len(p.stack) == 0 {
		return false
	}
	return p.sameLine(int(p.nodes[p.top().id].start), offset)
}

// sameLine reports whether no line break stands between two offsets; for those far apart it says that there is one.
func (p *parser) sameLine(from, to int) bool {
	return to-from <= maxIndent && !hasNewline(p.src[from:to])
}

func isHexadecimal(word string) bool {
	digits, ok := strings.CutPrefix(strings.ToLower(word), "0x")
	return ok && digits != "" && strings.Trim(digits, "0123456789abcdef") == ""
}

// typographicQuotes are what word processors make of quotes.
const typographicQuotes = "“”„‟‘’"

func (p *parser) badWord(start, end int) {
	word := strings.Trim(p.src[start:end], typographicQuotes)
	e := Error{Code: BadLiteral, Span: source.Span{Start: start, End: end}}
	if len(p.stack) == 0 {
		e.Message = fmt.Sprintf("expected a JSON object, found %q", clip(word))
	} else if right, ok := literalAdvice[strings.ToLower(word)]; ok {
		e.Message = fmt.Sprintf("%q is not a JSON value, did you mean %q?", clip(word), right)
		e.Fix, e.FixText = []source.Edit{{Span: e.Span, New: right}}, "Replace by "+right
	} else if isHexadecimal(word) {
		e.Message = fmt.Sprintf("%q is not a JSON number; write it in decimal", clip(word))
	} else {
		e.Message = fmt.Sprintf("expected a value, found %q; a string stands in double quotes", clip(word))
		e.Fix, e.FixText = []source.Edit{{Span: e.Span, New: Quote(word)}}, "Put it in quotes"
	}
	p.report(e)
}

// unopenedString finds the end of a string that lacks its opening quote: the next quote on the line, when what ends a
// value follows it.
func (p *parser) unopenedString(start int) (int, bool) {
	line := p.restOfLine(start)
	q := strings.IndexByte(line, '"')
	if q <= 0 {
		return 0, false
	}
	rest := strings.TrimLeft(line[q+1:], " \t")
	return start + q + 1, rest == "" || rest[0] == ',' || rest[0] == '}' || rest[0] == ']'
}

// bareRun returns the end of the words that start at offset, up to what ends a value on that line.
func (p *parser) bareRun(start int) int {
	if line := strings.TrimRight(strings.TrimSuffix(strings.TrimRight(p.restOfLine(start), " \t"), ","), " \t"); line != "" &&
		!strings.ContainsAny(line, "{}[]\":") && !p.opensOnLine(start) {
		return start + len(line)
	}
	end := start
	for end < len(p.src) && !strings.ContainsRune(",{}[]\"\r\n", rune(p.src[end])) {
		end++
	}
	if end == start {
		return p.garbage(start)
	}
	return start + max(1, len(strings.TrimRight(p.src[start:end], " \t")))
}
