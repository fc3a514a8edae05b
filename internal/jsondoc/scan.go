package jsondoc

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"paconn-ls/internal/source"
)

// plain marks the bytes that stand for themselves in a string.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 0x20 && c != '"' && c != '\\' && c != '\''
	}
	return t
}()

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c == '$' || c == '@' || c == '.' || c == '#'
}

func wordEnd(src string, i int) int {
	for i < len(src) && isWord(src[i]) {
		i++
	}
	return i
}

// scanString takes the string at pos and reports what is wrong in it. It returns its end and its flags.
func (p *parser) scanString(isKey bool) (int, flags) {
	src, start, quote := p.src, p.pos, p.src[p.pos]
	var fl flags
	i := start + 1
	for {
		for i < len(src) && plain[src[i]] {
			i++
		}
		if i == len(src) {
			return p.unterminated(start, i, isKey)
		}
		switch c := src[i]; {
		case c == quote:
			p.pos = i + 1
			return p.closedString(start, i+1, fl, isKey)
		case c == '"' || c == '\'':
			i++
		case c == '\\':
			fl |= valueEscaped
			i = p.escape(i)
		case c == '\n' || c == '\r':
			if !p.continues(i) {
				return p.unterminated(start, i, isKey)
			}
			fallthrough
		default:
			i = p.controlCharacter(i)
		}
	}
}

// doubledQuote passes over the first of two quotes in front of a string and returns where the string starts.
func (p *parser) doubledQuote(start int) int {
	src := p.src
	if start+2 >= len(src) || src[start+1] != src[start] || isDelimiter(src[start+2]) || src[start+2] == src[start] {
		return start
	}
	p.extraQuote(start)
	p.pos = start + 1
	return p.pos
}

// quoteAfter passes over a second quote behind a string, when what follows it is follow, or ends a value.
func (p *parser) quoteAfter(follow byte) {
	at := p.pos
	if at >= len(p.src) || p.src[at] != '"' || p.src[at-1] != '"' {
		return
	}
	next := at + 1 + blanks(p.src[at+1:])
	if next < len(p.src) && p.src[next] != follow && (follow == ':' || !endsValue(p.src[next])) {
		return
	}
	p.extraQuote(at)
	p.pos++
}

func endsValue(c byte) bool { return c == ',' || c == '}' || c == ']' || c == '\n' || c == '\r' }

func isDelimiter(c byte) bool { return endsValue(c) || c == ':' || c == ' ' || c == '\t' }

func (p *parser) extraQuote(at int) {
	span := source.Span{Start: at, End: at + 1}
	p.report(Error{Code: ExtraQuote, Span: span, Message: "unexpected second quote", Fix: []source.Edit{{Span: span}}, FixText: "Remove the quote"})
}

// closedString looks at a string that has both its quotes.
func (p *parser) closedString(start, end int, fl flags, isKey bool) (int, flags) {
	if p.src[start] == '\'' {
		text := unquote(p.src[start:end])
		p.report(Error{Code: SingleQuote, Span: source.Span{Start: start, End: end}, Message: "a JSON string stands in double quotes",
			Fix: []source.Edit{{Span: source.Span{Start: start, End: end}, New: Quote(text)}}, FixText: "Use double quotes"})
		fl |= valueEscaped | valueBroken
	}
	if !isKey && end < len(p.src) && isWord(p.src[end]) {
		// `"value, "key": …`: the string was not closed and ran up to the next quote.
		if body, ok := strings.CutSuffix(strings.TrimRight(p.src[start+1:end-1], " \t{["), ","); ok {
			p.pos = start + 1 + len(p.withoutClosers(start, body))
			p.report(missingQuote(p.pos))
			return p.pos, valueEscaped | valueBroken
		}
	}
	follow := byte(',')
	if isKey {
		follow = ':'
	}
	if p.src[start] == '"' && end < len(p.src) && p.src[end] != follow && p.src[end] >= ' ' {
		if last, ok := p.bareQuote(start, end, follow); ok {
			p.pos = last
			return last, valueEscaped | valueBroken
		}
	}
	return end, fl
}

// unterminated ends a string at the end of its line, leaving out what seems to follow it.
func (p *parser) unterminated(start, end int, isKey bool) (int, flags) {
	body := strings.TrimRight(p.src[start+1:end], " \t")
	if isKey {
		if n := bareKeyLength(body); n > 0 {
			body = body[:n]
		} else if i := strings.IndexByte(body, ':'); i > 0 {
			body = body[:i]
		}
	} else {
		body = p.withoutClosers(start, strings.TrimSuffix(body, ","))
	}
	p.pos = start + 1 + len(strings.TrimRight(body, " \t"))
	e := missingQuote(p.pos)
	if endsInEscape(p.src[start+1 : p.pos]) {
		e.Fix[0].New = `\"`
	}
	p.report(e)
	return p.pos, valueEscaped | valueBroken
}

// withoutClosers leaves out the brackets at the end of an unterminated string that close what its own line opened.
func (p *parser) withoutClosers(start int, body string) string {
	for i := len(p.stack) - 1; i >= 0 && body != ""; i-- {
		n := p.nodes[p.stack[i].id]
		if last := body[len(body)-1]; last != closerOf(openerChar(n.kind)) || !p.sameLine(int(n.start), start) {
			break
		}
		body = strings.TrimRight(body[:len(body)-1], " \t")
	}
	return body
}

// continues reports whether the string that a line break at offset interrupts seems to go on in the next line: that line
// starts like no JSON and has the closing quote.
func (p *parser) continues(offset int) bool {
	i := offset
	for i < len(p.src) && (p.src[i] == '\n' || p.src[i] == '\r') {
		i++
	}
	line := strings.TrimLeft(p.restOfLine(i), " \t")
	if line == "" || strings.IndexByte(`"{}[],'/`, line[0]) >= 0 {
		return false
	}
	q := strings.IndexByte(line, '"')
	if q < 0 {
		return false
	}
	rest := strings.TrimLeft(line[q+1:], " \t")
	return rest == "" || rest[0] == ',' || rest[0] == '}' || rest[0] == ']'
}

// escape checks the escape at offset and returns the offset after it.
func (p *parser) escape(offset int) int {
	if offset+1 >= len(p.src) {
		return len(p.src)
	}
	switch c := p.src[offset+1]; c {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return offset + 2
	case 'u':
		if _, ok := hex4(p.src[offset:]); ok {
			return offset + 6
		}
		p.errorf(BadEscape, offset, offset+2, `\u needs four hexadecimal digits`)
		return offset + 2
	case '\n', '\r':
		return offset + 1
	}
	_, size := utf8.DecodeRuneInString(p.src[offset+1:])
	end := offset + 1 + size
	e := Error{Code: BadEscape, Span: source.Span{Start: offset, End: end},
		Message: fmt.Sprintf(`%s is no JSON escape; a backslash is written \\`, clip(p.src[offset:end])),
		Fix:     []source.Edit{{Span: empty(offset), New: `\`}}, FixText: "Double the backslash"}
	if p.src[offset+1] == '\'' {
		e.Message = `\' is no JSON escape; a single quote needs none`
		e.Fix, e.FixText = []source.Edit{{Span: source.Span{Start: offset, End: offset + 1}}}, "Remove the backslash"
	}
	p.report(e)
	return end
}

// controlCharacter reports the run of raw control characters at offset and returns the offset after it.
func (p *parser) controlCharacter(offset int) int {
	end := offset
	for end < len(p.src) && p.src[end] < 0x20 {
		end++
	}
	quoted := Quote(p.src[offset:end])
	escaped := quoted[1 : len(quoted)-1]
	p.report(Error{Code: ControlCharacter, Span: source.Span{Start: offset, End: end},
		Message: fmt.Sprintf("raw control character in a string, expected %s", clip(escaped)),
		Fix:     []source.Edit{{Span: source.Span{Start: offset, End: end}, New: escaped}}, FixText: "Write it as an escape"})
	return end
}

// skipSpace moves pos over blanks and over what only stands between values by mistake, which it reports: comments, marks of
// a merge conflict, characters that only look like blanks.
func (p *parser) skipSpace() {
	for p.pos < len(p.src) {
		i := p.pos // kept out of memory: most of a file is indentation
		for i < len(p.src) && (p.src[i] == ' ' || p.src[i] == '\n') {
			i++
		}
		if p.pos = i; i == len(p.src) {
			return
		}
		switch c := p.src[i]; {
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
			p.pos++
		case c == '/' && p.pos+1 < len(p.src) && (p.src[p.pos+1] == '/' || p.src[p.pos+1] == '*'):
			p.comment()
		case (c == '<' || c == '|' || c == '=' || c == '>') && p.conflict():
		case c >= utf8.RuneSelf || c < 0x20 || c == 0x7F:
			if !p.oddSpace() {
				return
			}
		default:
			return
		}
	}
}

func (p *parser) comment() {
	start, end := p.pos, len(p.src)
	if p.src[start+1] == '/' {
		end = lineEnd(p.src, start)
	} else if i := strings.Index(p.src[start+2:], "*/"); i >= 0 {
		end = start + 2 + i + 2
	}
	p.pos = end
	p.report(Error{Code: Comment, Span: source.Span{Start: start, End: end}, Message: "JSON has no comments",
		Fix: []source.Edit{{Span: p.wholeLine(start, end)}}, FixText: "Remove the comment"})
}

// wholeLine widens a span to its line, break included, when nothing else stands on it, and else over the blanks before it.
func (p *parser) wholeLine(start, end int) source.Span {
	first := start
	for first > 0 && (p.src[first-1] == ' ' || p.src[first-1] == '\t') {
		first--
	}
	last := end
	for last < len(p.src) && (p.src[last] == ' ' || p.src[last] == '\t') {
		last++
	}
	startsLine := first == 0 || p.src[first-1] == '\n' || p.src[first-1] == '\r'
	if !startsLine {
		return source.Span{Start: first, End: end}
	}
	switch {
	case strings.HasPrefix(p.src[last:], "\r\n"):
		return source.Span{Start: first, End: last + 2}
	case last < len(p.src) && (p.src[last] == '\n' || p.src[last] == '\r'):
		return source.Span{Start: first, End: last + 1}
	}
	return source.Span{Start: start, End: end}
}

// oddSpace takes a character that a person does not see but JSON does not know: no-break and wide blanks, byte order
// marks, control characters. It returns false when the character at pos is none.
func (p *parser) oddSpace() bool {
	start := p.pos
	for p.pos < len(p.src) {
		r, size := utf8.DecodeRuneInString(p.src[p.pos:])
		if r == '\n' || r == '\r' || r == '\t' || r == ' ' {
			break
		}
		if r == utf8.RuneError && size == 1 || !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) {
			break
		}
		p.pos += size
	}
	if p.pos == start {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.src[start:])
	p.report(Error{Code: BadSpace, Span: source.Span{Start: start, End: p.pos}, Message: fmt.Sprintf("invisible character %U between values, expected a plain blank", r),
		Fix: []source.Edit{{Span: source.Span{Start: start, End: p.pos}, New: " "}}, FixText: "Replace by a blank"})
	return true
}
