package csharp

import (
	"strings"
	"unicode/utf8"

	"paconn-ls/internal/source"
)

// Parse reads a script. It takes time linear in the length of the text and never fails.
func Parse(src string) *File {
	s := scanner{src: src, out: &File{}, lineStart: true}
	if strings.HasPrefix(src, source.BOM) {
		s.at = len(source.BOM)
	}
	for s.at < len(src) {
		s.next()
	}
	if !s.out.Partial && !s.conditional {
		s.out.Error = balance(s.out.Tokens)
	}
	return s.out
}

type scanner struct {
	src         string
	at          int
	lineStart   bool // nothing but blanks came before on the line
	conditional bool // #if: brackets in its branches need not balance
	out         *File
}

func (s *scanner) fail(start, end int, message string) {
	s.out.Partial = true
	if !s.conditional { // what a branch leaves out may be anything
		s.out.Error = &Error{Span: source.Span{Start: start, End: min(end, len(s.src))}, Message: message}
	}
	s.at = len(s.src)
}

func (s *scanner) add(kind Kind, start int) {
	s.out.Tokens = append(s.out.Tokens, Token{Kind: kind, Span: source.Span{Start: start, End: s.at}, Text: s.src[start:s.at]})
	s.lineStart = false
}

func (s *scanner) next() {
	switch c := s.src[s.at]; {
	case c == '\n' || c == '\r':
		s.lineStart = true
		s.at++
	case c == ' ' || c == '\t' || c == '\f' || c == '\v':
		s.at++
	case c == '#' && s.lineStart:
		s.directive()
	case strings.HasPrefix(s.src[s.at:], "//"):
		s.at = lineEnd(s.src, s.at)
	case strings.HasPrefix(s.src[s.at:], "/*"):
		s.comment()
	case c == '\'':
		s.character()
	case s.isString():
		s.literal()
	case isWordStart(s.src[s.at:]), c == '@' && isWordStart(s.src[s.at+1:]):
		s.word()
	case c >= '0' && c <= '9':
		s.number()
	default:
		start := s.at
		_, size := utf8.DecodeRuneInString(s.src[s.at:])
		s.at += size
		s.add(Mark, start)
	}
}

func lineEnd(src string, at int) int {
	if n := strings.IndexAny(src[at:], "\r\n"); n >= 0 {
		return at + n
	}
	return len(src)
}

func (s *scanner) directive() {
	end := lineEnd(s.src, s.at)
	if strings.HasPrefix(strings.TrimSpace(s.src[s.at+1:end]), "if") {
		s.conditional = true
	}
	s.at = end
}

func (s *scanner) comment() {
	n := strings.Index(s.src[s.at+2:], "*/")
	if n < 0 {
		s.fail(s.at, s.at+2, `the comment is not closed, expected "*/"`)
		return
	}
	s.at += n + 4
}

// character reads a character literal. Anything but one character or escape between the quotes is a mistake.
func (s *scanner) character() {
	start, i := s.at, s.at+1
	for i < len(s.src) && s.src[i] != '\'' && s.src[i] != '\n' && s.src[i] != '\r' {
		if s.src[i] == '\\' {
			i++
		}
		i++
	}
	switch {
	case i >= len(s.src) || s.src[i] != '\'':
		s.fail(start, start+1, "the character is not closed, expected \"'\"")
	case i == start+1:
		s.fail(start, i+1, "no character between the quotes")
	case s.src[start+1] != '\\' && utf8.RuneCountInString(s.src[start+1:i]) > 1:
		s.fail(start, i+1, `several characters between the quotes, a string stands in "…"`)
	default:
		s.at = i + 1
		s.add(Literal, start)
	}
}

func isWordStart(s string) bool {
	if s == "" {
		return false
	}
	c := s[0]
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf && !isSpace(s)
}

// isSpace reports whether s begins with a blank beyond ASCII, such as the no-break space of a text that was pasted.
func isSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == 0xA0 || r >= 0x2000 && r <= 0x200B || r == 0x202F || r == 0x3000 || r == 0xFEFF || r == 0x2028 || r == 0x2029 || r == 0x85
}

func (s *scanner) word() {
	start := s.at
	if s.src[s.at] == '@' {
		s.at++
	}
	for s.at < len(s.src) && (isWordStart(s.src[s.at:]) || s.src[s.at] >= '0' && s.src[s.at] <= '9') {
		_, size := utf8.DecodeRuneInString(s.src[s.at:])
		s.at += size
	}
	s.add(Word, start)
}

func (s *scanner) number() {
	start := s.at
	for s.at < len(s.src) && (isWordStart(s.src[s.at:]) || s.src[s.at] >= '0' && s.src[s.at] <= '9') {
		s.at++
	}
	s.add(Number, start)
}

var closing = map[string]string{"(": ")", "[": "]", "{": "}"}

// balance returns the first bracket that has no partner.
func balance(tokens []Token) *Error {
	var open []Token
	for _, t := range tokens {
		if t.Kind != Mark {
			continue
		}
		switch t.Text {
		case "(", "[", "{":
			open = append(open, t)
		case ")", "]", "}":
			if len(open) == 0 {
				return &Error{Span: t.Span, Message: `"` + t.Text + `" closes nothing`}
			}
			last := open[len(open)-1]
			if closing[last.Text] != t.Text {
				return &Error{Span: t.Span, Message: `expected "` + closing[last.Text] + `", found "` + t.Text + `"`, Related: last.Span}
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return nil
	}
	last := open[len(open)-1]
	return &Error{Span: last.Span, Message: `"` + last.Text + `" is not closed, expected "` + closing[last.Text] + `"`}
}
