package jsondoc

import (
	"strings"

	"paconn-ls/internal/source"
)

// maxBareQuotes is how many quotes without a backslash one string may hold.
const maxBareQuotes = 64

// bareQuote looks at a string that seems to end at end although more of it follows on its line: it holds quotes without
// a backslash. It returns where the string ends indeed; ok is false when it ended well. follow is what may stand behind
// the string besides what ends a value: a colon for a key.
func (p *parser) bareQuote(start, end int, follow byte) (last int, ok bool) {
	gap := blanks(p.src[end:min(len(p.src), end+8)])
	if end+gap >= len(p.src) {
		return 0, false
	}
	next := p.src[end+gap]
	if isDelimiter(next) || next == '"' || next == follow || gap > 0 && (!isLetter(next) || follow == ':') {
		return 0, false
	}
	if follow == ':' && (!isWord(next) || strings.HasSuffix(strings.TrimRight(p.src[start:end-1], " \t[{"), ":")) {
		return 0, false
	}
	rest := p.restOfLine(end)
	if strings.HasPrefix(rest, "/*") && strings.Contains(rest, "*/") {
		return 0, false
	}
	edits := []source.Edit{{Span: empty(end - 1), New: `\`}}
	for i := gap; i < len(rest); i++ {
		switch {
		case rest[i] == '\\':
			i++
		case rest[i] == '"':
			after := strings.TrimLeft(rest[i+1:], " \t")
			if after == "" || after[0] == follow || follow != ':' && endsValue(after[0]) {
				p.reportBareQuote(end-1, edits)
				return end + i + 1, true
			}
			if len(edits) == maxBareQuotes || gap > 0 || after[0] == ':' || after[0] == '"' || strings.HasSuffix(strings.TrimRight(rest[:i], " \t"), ",") {
				return 0, false
			}
			edits = append(edits, source.Edit{Span: empty(end + i), New: `\`})
		}
	}
	return 0, false
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func (p *parser) reportBareQuote(at int, edits []source.Edit) {
	p.report(Error{Code: BareQuote, Span: source.Span{Start: at, End: at + 1}, Message: `a quote inside a string is written \"`,
		Fix: edits, FixText: "Put a backslash before it"})
}
