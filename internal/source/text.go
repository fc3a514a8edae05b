// Package source holds the text of a file: its lines, the spans that point into it, the edits that change it, and every
// conversion between byte offsets and the columns that editors count in.
package source

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// Span is a half-open range of byte offsets: Start is the first byte, End the one after the last.
type Span struct {
	Start, End int
}

// Len returns the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether offset lies in s or directly at its end, where a caret still touches it.
func (s Span) Contains(offset int) bool { return s.Start <= offset && offset <= s.End }

// Encoding is the unit in which a column is counted.
type Encoding uint8

// The units of the Language Server Protocol; UTF-16 is its default.
const (
	UTF16 Encoding = iota
	UTF8
	UTF32 // code points
)

// Position is a place in a text: line and column, both from zero, the column in units of some Encoding.
type Position struct {
	Line, Column int
}

// Text is the text of a file. It never changes; an edit makes a new Text.
//
// Lines end with LF, CRLF or a lone CR, as in the Language Server Protocol. A byte that is not part of valid UTF-8
// counts as one character, the way a decoder would show it as U+FFFD.
type Text struct {
	src   string
	once  sync.Once
	lines []uint32 // offset of the first byte of each line
	ascii bool
}

// New returns the text src.
func New(src string) *Text { return &Text{src: src} }

// String returns the whole text.
func (t *Text) String() string { return t.src }

// Len returns the length of the text in bytes.
func (t *Text) Len() int { return len(t.src) }

func (t *Text) index() {
	t.once.Do(func() {
		t.lines, t.ascii = lineStarts(t.src), isASCII(t.src)
	})
}

// lineStarts returns the offset of the first byte of each line.
func lineStarts(src string) []uint32 {
	lines := make([]uint32, 1, len(src)/32+2)
	carriage := strings.IndexByte(src, '\r') >= 0
	for start := 0; ; {
		n := strings.IndexByte(src[start:], '\n')
		end := start + n
		if n < 0 {
			end = len(src)
		}
		if carriage {
			for i := start; i < end; i++ {
				if src[i] == '\r' && (i+1 == len(src) || src[i+1] != '\n') {
					lines = append(lines, uint32(i+1))
				}
			}
		}
		if n < 0 {
			return lines
		}
		start = end + 1
		lines = append(lines, uint32(start))
	}
}

func isASCII(s string) bool {
	for len(s) >= 8 {
		if (s[0]|s[1]|s[2]|s[3]|s[4]|s[5]|s[6]|s[7])&utf8.RuneSelf != 0 {
			return false
		}
		s = s[8:]
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// LineCount returns the number of lines; a text that ends with a line break has an empty last line.
func (t *Text) LineCount() int {
	t.index()
	return len(t.lines)
}

// Line returns the span of a line without its line break. A line that is not there gives an empty span at the nearest end.
func (t *Text) Line(line int) Span {
	t.index()
	if line < 0 {
		return Span{}
	}
	if line >= len(t.lines) {
		return Span{len(t.src), len(t.src)}
	}
	start, end := int(t.lines[line]), len(t.src)
	if line+1 < len(t.lines) {
		end = int(t.lines[line+1])
	}
	for end > start && (t.src[end-1] == '\n' || t.src[end-1] == '\r') {
		end--
	}
	return Span{start, end}
}

// LineOf returns the line that offset is on. An offset beyond the text is on the first or the last line.
func (t *Text) LineOf(offset int) int {
	t.index()
	return max(0, sort.Search(len(t.lines), func(i int) bool { return int(t.lines[i]) > offset })-1)
}

// Position returns the place of a byte offset, the column in units of enc. An offset beyond the text counts as its
// nearest end; one inside a character or a line break counts as that character's or break's start.
func (t *Text) Position(offset int, enc Encoding) Position {
	t.index()
	offset = min(max(offset, 0), len(t.src))
	line := t.LineOf(offset)
	span := t.Line(line)
	offset = min(offset, span.End)
	if t.ascii {
		return Position{line, offset - span.Start}
	}
	column, i := 0, span.Start
	for i < offset {
		r, size := utf8.DecodeRuneInString(t.src[i:span.End])
		if i+size > offset {
			break
		}
		column += width(r, size, enc)
		i += size
	}
	return Position{line, column}
}

// Offset returns the byte offset of a position whose column is in units of enc. A position beyond the line or the text
// counts as the end of the line or of the text; one inside a character counts as that character's start.
func (t *Text) Offset(p Position, enc Encoding) int {
	t.index()
	if p.Line < 0 {
		return 0
	}
	if p.Line >= len(t.lines) {
		return len(t.src)
	}
	span := t.Line(p.Line)
	if t.ascii {
		return min(span.Start+max(p.Column, 0), span.End)
	}
	i := span.Start
	for column := 0; i < span.End; {
		r, size := utf8.DecodeRuneInString(t.src[i:span.End])
		column += width(r, size, enc)
		if column > p.Column {
			break
		}
		i += size
	}
	return i
}

// width returns how many units of enc a character takes that is size bytes long.
func width(r rune, size int, enc Encoding) int {
	switch {
	case enc == UTF8:
		return size
	case enc == UTF16 && r > 0xFFFF:
		return 2
	}
	return 1
}

// Newline returns the line break that most lines of the text end with; "\n" when there is none.
func (t *Text) Newline() string {
	crlf := strings.Count(t.src, "\r\n")
	lf := strings.Count(t.src, "\n") - crlf
	cr := strings.Count(t.src, "\r") - crlf
	switch {
	case crlf > 0 && crlf >= lf && crlf >= cr:
		return "\r\n"
	case cr > lf:
		return "\r"
	}
	return "\n"
}

// BOM is the UTF-8 byte order mark.
const BOM = "\uFEFF"
