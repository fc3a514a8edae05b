package csharp

import (
	"strings"
)

// maxDollars is how many $ may stand before a raw string. Each stands for one brace more around its holes.
const maxDollars = 16

// prefix returns how many bytes of $ and @ stand before the quote of a string at s, and what they mean; ok is false when
// no string begins there.
func prefix(s string) (n, dollars int, verbatim, ok bool) {
	for n < len(s) && dollars <= maxDollars && (s[n] == '$' || s[n] == '@' && !verbatim) {
		if s[n] == '$' {
			dollars++
		} else {
			verbatim = true
		}
		n++
	}
	return n, dollars, verbatim, n < len(s) && s[n] == '"'
}

func (s *scanner) isString() bool {
	c := s.src[s.at]
	if c != '"' && c != '$' && c != '@' {
		return false
	}
	_, _, _, ok := prefix(s.src[s.at:])
	return ok
}

// literal reads a string of any form: plain, verbatim, interpolated, raw.
func (s *scanner) literal() {
	start := s.at
	end, message := stringEnd(s.src, s.at, 0)
	if message != "" {
		first, _, _, _ := prefix(s.src[start:])
		s.fail(start, start+first+1, message)
		return
	}
	s.at = end
	s.add(Literal, start)
	t := &s.out.Tokens[len(s.out.Tokens)-1]
	if n, dollars, verbatim, _ := prefix(t.Text); dollars == 0 && !strings.HasPrefix(t.Text[n:], `"""`) {
		t.Text, t.Constant = constant(t.Text[n+1:len(t.Text)-1], verbatim), true
	}
}

// constant returns what the text between the quotes of a string stands for. Escapes other than those of quotes and
// backslashes are left as they are: names do not hold them.
func constant(body string, verbatim bool) string {
	if verbatim {
		return strings.ReplaceAll(body, `""`, `"`)
	}
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(body)
}

const notClosed = `the string is not closed, expected '"'`

// maxNested is how deep strings may stand in the holes of strings before the scanner gives up on what is inside.
const maxNested = 16

// stringEnd returns where the string that begins at i ends, or what is wrong with it.
func stringEnd(src string, i, depth int) (end int, message string) {
	n, dollars, verbatim, _ := prefix(src[i:])
	i += n
	if quotes := countByte(src[i:], '"'); quotes >= 3 && !verbatim {
		return rawEnd(src, i, quotes)
	}
	for i++; i < len(src); i++ {
		switch c := src[i]; {
		case c == '"' && verbatim && strings.HasPrefix(src[i:], `""`):
			i++
		case c == '"':
			return i + 1, ""
		case c == '\\' && !verbatim:
			i++
		case (c == '\n' || c == '\r') && !verbatim:
			return 0, notClosed
		case c == '{' && dollars > 0:
			if strings.HasPrefix(src[i:], "{{") {
				i++
				continue
			}
			if i, message = holeEnd(src, i+1, depth); message != "" {
				return 0, message
			}
		}
	}
	return 0, notClosed
}

func countByte(s string, b byte) int {
	n := 0
	for n < len(s) && s[n] == b {
		n++
	}
	return n
}

// rawEnd returns where a raw string ends: at as many quotes as it begins with. What stands in its holes is not looked at,
// since those quotes may not stand there.
func rawEnd(src string, i, quotes int) (int, string) {
	fence := strings.Repeat(`"`, quotes)
	n := strings.Index(src[i+quotes:], fence)
	if n < 0 {
		return 0, "the string is not closed, expected '" + fence + "'"
	}
	end := i + quotes + n + quotes
	return end + countByte(src[end:], '"'), ""
}

// holeEnd returns the place of the bracket that closes a hole in an interpolated string. i is the first byte in the hole.
func holeEnd(src string, i, depth int) (int, string) {
	const open = `a hole in the string is not closed, expected "}"`
	if depth > maxNested {
		return 0, open
	}
	nesting := 0
	for ; i < len(src); i++ {
		switch c := src[i]; c {
		case '(', '[', '{':
			nesting++
		case ')', ']':
			nesting--
		case '}':
			if nesting <= 0 {
				return i, ""
			}
			nesting--
		case ':':
			if strings.HasPrefix(src[i:], "::") {
				i++
			} else if nesting <= 0 { // the format of the value, plain text up to the end of the hole
				n := strings.IndexAny(src[i:], "}\n")
				if n < 0 || src[i+n] != '}' {
					return 0, open
				}
				return i + n, ""
			}
		case '\'':
			if n := charLength(src[i:]); n > 0 {
				i += n - 1
			}
		case '"', '$', '@':
			if _, _, _, ok := prefix(src[i:]); ok {
				end, message := stringEnd(src, i, depth+1)
				if message != "" {
					return 0, message
				}
				i = end - 1
			}
		}
	}
	return 0, open
}

// charLength returns the length of a character literal at the start of s, 0 when there is none.
func charLength(s string) int {
	for i := 1; i < len(s) && i < 12; i++ {
		switch s[i] {
		case '\\':
			i++
		case '\'':
			return i + 1
		case '\n':
			return 0
		}
	}
	return 0
}
