package jsondoc

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Format returns a value of a tree without errors as JSON that is laid out in lines, indented by two blanks, with a line
// break at the end. Members stay in their order, duplicates included, and numbers are spelled as they were. Strings stay
// as they were but for escapes of characters that can be read, which become the characters: a control character, one that
// is invisible, a line separator and a lone surrogate stay escaped. The text of an absent value is empty.
func Format(v Value) string {
	if !v.Exists() {
		return ""
	}
	var b strings.Builder
	b.Grow(len(v.doc.src) + len(v.doc.src)/2)
	format(&b, v, "\n")
	b.WriteByte('\n')
	return b.String()
}

// format writes a value whose lines after the first start with newline.
func format(b *strings.Builder, v Value, newline string) {
	switch v.Kind() {
	case Object, Array:
		formatContainer(b, v, newline)
	case String:
		formatString(b, v.Raw())
	default:
		b.WriteString(v.Raw())
	}
}

func formatContainer(b *strings.Builder, v Value, newline string) {
	brackets := "[]"
	if v.IsObject() {
		brackets = "{}"
	}
	b.WriteByte(brackets[0])
	inside := newline + "  "
	separator := inside
	for c := range v.Children() {
		b.WriteString(separator)
		separator = "," + inside
		if v.IsObject() {
			formatString(b, v.doc.Text(c.KeySpan()))
			b.WriteString(": ")
		}
		format(b, c, inside)
	}
	if separator != inside {
		b.WriteString(newline)
	}
	b.WriteByte(brackets[1])
}

// formatString writes a JSON string, of which raw is the text with its quotes, with fewer escapes.
func formatString(b *strings.Builder, raw string) {
	for i := 0; i < len(raw); {
		n := strings.IndexByte(raw[i:], '\\')
		if n < 0 || i+n+1 >= len(raw) {
			b.WriteString(raw[i:])
			return
		}
		b.WriteString(raw[i : i+n])
		i += n
		text, size := readable(raw[i:])
		b.WriteString(text)
		i += size
	}
}

// readable returns the escape at the start of s as it is to be written, and its length in s.
func readable(s string) (text string, size int) {
	if s[1] == '/' {
		return "/", 2
	}
	if s[1] != 'u' {
		return s[:2], 2
	}
	r, size := unicodeEscape(s)
	switch {
	case r == '"' || r == '\\':
		return `\` + string(r), size
	case r == utf8.RuneError && !strings.EqualFold(s[:size], `\ufffd`), !unicode.IsPrint(r):
		return s[:size], size
	}
	return string(r), size
}
