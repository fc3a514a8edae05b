package jsondoc

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"paconn-ls/internal/source"
)

// MaxDepth is how deep containers may nest; what lies deeper is skipped and reported.
const MaxDepth = 1000

// Parse returns the tree of src. It never fails: whatever src holds, there is a tree, and what is wrong stands in
// Errors. It takes time linear in the length of src and no stack for its depth.
func Parse(src string) *Doc {
	p := parse(src)
	if (p.unbalanced || p.structures > 1) && p.reports < maxReports {
		return rebalance(p)
	}
	return p.doc()
}

type parser struct {
	src        string
	pos        int
	nodes      []node
	errors     []Error
	stack      []frame
	prevEnd    int // end of the last token that was no comma
	structural int // offset of the last error about structure, -1 at first
	structures int // how many errors are about structure
	reports    int // how many mistakes were seen, whether they became errors or not
	lineEnd    int // end of the line of the last of them
	budget     int // how many more bytes may be read ahead of pos
	objects    int // open containers of either kind
	arrays     int
	tooDeep    bool // reported already
	unbalanced bool // a bracket is missing or too many
	conflicts  conflicts
	inConflict bool // a conflict was reported, and more of its marks may follow
	resumed    bool // a member was given up; the next one needs no comma
}

// frame is an open container.
type frame struct {
	id    int32
	comma int   // offset of the comma after the last child, -1 when there is none
	last  int32 // the last child
	some  bool  // it has a child
}

func parse(src string) *parser {
	p := &parser{src: src, conflicts: conflicts{src: src}, structural: -1, budget: 8*len(src) + 4096, nodes: make([]node, 0, len(src)/24+16), stack: make([]frame, 0, 32)}
	if !p.checkEncoding() {
		return p
	}
	p.pos = bomLength(src)
	p.prevEnd = p.pos
	if p.skipSpace(); p.pos == len(src) {
		p.report(Error{Code: Empty, Span: source.Span{Start: p.pos, End: p.pos}, Message: "the file is empty, expected a JSON object"})
		return p
	}
	p.root()
	for len(p.stack) > 0 {
		p.step()
	}
	p.afterEnd()
	return p
}

func bomLength(src string) int {
	if strings.HasPrefix(src, source.BOM) {
		return len(source.BOM)
	}
	return 0
}

func (p *parser) doc() *Doc {
	d := &Doc{src: p.src, nodes: p.nodes, errors: p.errors}
	d.sortErrors()
	return d
}

func (p *parser) peek() byte {
	if p.pos < len(p.src) {
		return p.src[p.pos]
	}
	return 0
}

func (p *parser) top() *frame { return &p.stack[len(p.stack)-1] }

// root parses the outermost value. A key without a brace before it is taken for the first member of an object.
func (p *parser) root() {
	if c := p.peek(); c == '"' || isWord(c) {
		if end, ok := p.stringThenColon(p.pos); ok && end > 0 {
			p.missing(p.pos, "{", `expected "{" before the first key`)
			p.open(Object, noKey)
			return
		}
	}
	if c := p.peek(); c == '}' || c == ']' || c == ',' || c == ':' {
		p.errorf(ExtraBracket, p.pos, p.pos+1, "expected a JSON object, found %q", string(c))
		p.unbalanced = true
		p.pos++
		if p.skipSpace(); p.pos == len(p.src) {
			return
		}
	}
	p.value(noKey)
}

// afterEnd reports what follows the outermost value.
func (p *parser) afterEnd() {
	p.skipSpace()
	if p.pos == len(p.src) {
		return
	}
	start, end := p.pos, p.pos
	for end < len(p.src) && p.src[end] != '\n' && p.src[end] != '\r' {
		end++
	}
	p.unbalanced = true
	p.structural = -1
	p.report(Error{Code: TextAfterEnd, Span: source.Span{Start: start, End: start + len(strings.TrimRight(p.src[start:end], " \t"))},
		Message: "unexpected text after the end of the JSON value"})
}

// step takes the next token of the innermost container.
func (p *parser) step() {
	p.skipSpace()
	f := p.top()
	object := p.nodes[f.id].kind == Object
	switch c := p.peek(); {
	case p.pos == len(p.src):
		p.unclosed()
	case c == '}' && object, c == ']' && !object:
		p.trailingComma(f)
		p.pos++
		p.close(p.pos)
	case c == '}' || c == ']':
		p.wrongCloser(c)
	case c == ',':
		p.comma(f)
	case c == ';' && f.some && f.comma < 0:
		f.comma = p.pos
		span := source.Span{Start: p.pos, End: p.pos + 1}
		p.report(Error{Code: MissingComma, Span: span, Message: `expected ",", found ";"`,
			Fix: []source.Edit{{Span: span, New: ","}}, FixText: "Replace by a comma"})
		p.pos++
	case isLetter(c) && f.some && f.comma < 0 && !p.resumed && p.strayWord():
	case object:
		p.member(f)
	default:
		p.element(f)
	}
}

func (p *parser) comma(f *frame) {
	at := p.pos
	p.pos++
	if f.comma < 0 && f.some {
		f.comma = at
		return
	}
	p.unbalanced = p.unbalanced || !f.some
	p.report(Error{Code: ExtraComma, Span: source.Span{Start: at, End: at + 1}, Message: `unexpected ",", expected a value`,
		Fix: []source.Edit{{Span: source.Span{Start: at, End: at + 1}}}, FixText: "Remove the comma"})
}

// strayWord passes over a word behind a value on the same line that starts neither value nor member.
func (p *parser) strayWord() bool {
	end := wordEnd(p.src, p.pos)
	_, literal := literals[p.src[p.pos:end]]
	next := end + blanks(p.src[end:])
	if literal || !p.sameLine(p.prevEnd, p.pos) || next < len(p.src) && !endsValue(p.src[next]) {
		return false
	}
	span := source.Span{Start: p.pos, End: end}
	p.report(Error{Code: BadLiteral, Span: span, Message: fmt.Sprintf("unexpected %q behind a value", clip(p.src[p.pos:end])),
		Fix: []source.Edit{{Span: span}}, FixText: "Remove it"})
	p.pos = end
	return true
}

func (p *parser) trailingComma(f *frame) {
	if f.comma >= 0 {
		p.report(Error{Code: TrailingComma, Span: source.Span{Start: f.comma, End: f.comma + 1},
			Message: fmt.Sprintf("unexpected \",\" before %q", p.src[p.pos:p.pos+1]),
			Fix:     []source.Edit{{Span: source.Span{Start: f.comma, End: f.comma + 1}}}, FixText: "Remove the comma"})
	}
}

// separate reports a missing comma before the value or member at pos.
func (p *parser) separate(f *frame) {
	if f.some && f.comma < 0 && !p.resumed {
		p.report(Error{Code: MissingComma, Span: source.Span{Start: p.prevEnd, End: p.prevEnd}, Message: `expected ","`,
			Fix: []source.Edit{{Span: source.Span{Start: p.prevEnd, End: p.prevEnd}, New: ","}}, FixText: "Insert a comma"})
	}
	p.resumed = false
	f.comma, f.some = -1, true
}

// element parses the next element of an array.
func (p *parser) element(f *frame) {
	c := p.peek()
	if c == ':' {
		p.errorf(MissingComma, p.pos, p.pos+1, `unexpected ":" in an array`)
		p.pos++
		return
	}
	if c == '"' || c == '\'' {
		if _, ok := p.stringThenColon(p.pos); ok {
			p.keyInArray(f)
			return
		}
	}
	p.separate(f)
	p.value(noKey)
}

// keyInArray deals with a key where an element should be: the array lacks its end, or the object its start.
func (p *parser) keyInArray(f *frame) {
	last := Value{&Doc{src: p.src, nodes: p.nodes}, f.last}
	if !f.some {
		last = Value{}
	}
	parentIsObject := len(p.stack) > 1 && p.nodes[p.stack[len(p.stack)-2].id].kind == Object
	if f.some && parentIsObject && !(last.IsObject() && f.comma >= 0 && p.deeperThan(int(p.nodes[last.id].start))) {
		p.missing(p.prevEnd, "]", `expected "]" to close the array`)
		comma := f.comma
		p.close(p.prevEnd)
		p.top().comma = comma
		return
	}
	p.separate(f)
	p.missing(p.pos, "{", `expected "{" before a key`)
	p.open(Object, noKey)
}

// deeperThan reports whether the line of pos is indented at least as far as the line of offset, both starting it.
func (p *parser) deeperThan(offset int) bool {
	return indentOf(p.src, p.pos) >= indentOf(p.src, offset)
}

// wrongCloser deals with a closing bracket that does not match the innermost container.
func (p *parser) wrongCloser(c byte) {
	p.unbalanced = true
	want := Object
	if c == ']' {
		want = Array
	}
	if want == Object && p.objects == 0 || want == Array && p.arrays == 0 {
		p.extraBracket(p.pos)
		p.pos++
		return
	}
	outer := len(p.stack) - 1
	for p.nodes[p.stack[outer].id].kind != want {
		outer--
	}
	p.missingCloser(p.prevEnd)
	for len(p.stack)-1 > outer {
		p.close(p.prevEnd)
	}
}

func (p *parser) extraBracket(at int) {
	p.report(Error{Code: ExtraBracket, Span: source.Span{Start: at, End: at + 1},
		Message: fmt.Sprintf("unexpected %q, nothing is open that it closes", p.src[at:at+1]),
		Fix:     []source.Edit{{Span: source.Span{Start: at, End: at + 1}}}, FixText: "Remove the bracket"})
}

// missingCloser reports that the innermost container should have ended at offset.
func (p *parser) missingCloser(offset int) {
	n := &p.nodes[p.top().id]
	closer, what := "}", "object"
	if n.kind == Array {
		closer, what = "]", "array"
	}
	p.unbalanced = true
	p.report(Error{Code: MissingBracket, Span: source.Span{Start: offset, End: offset},
		Message: fmt.Sprintf("expected %q to close the %s", closer, what),
		Fix:     []source.Edit{{Span: source.Span{Start: offset, End: offset}, New: closer}}, FixText: "Insert the bracket",
		Related: source.Span{Start: int(n.start), End: int(n.start) + 1}})
	n.flags |= valueBroken
}

// unclosed ends every open container at the end of the text and reports them together.
func (p *parser) unclosed() {
	if len(p.stack) == 1 {
		p.missingCloser(p.prevEnd)
	} else {
		p.missingClosers()
	}
	for len(p.stack) > 0 {
		p.nodes[p.top().id].flags |= valueBroken
		p.close(len(p.src))
	}
}

func (p *parser) missingClosers() {
	var closers []byte
	for i := len(p.stack) - 1; i >= 0; i-- {
		closers = append(closers, closerOf(openerChar(p.nodes[p.stack[i].id].kind)))
	}
	p.unbalanced = true
	start := int(p.nodes[p.top().id].start)
	p.report(Error{Code: MissingBracket, Span: empty(p.prevEnd),
		Message: fmt.Sprintf("the text ends before %d brackets are closed, expected %q", len(closers), clip(string(closers))),
		Fix:     []source.Edit{{Span: empty(p.prevEnd), New: string(closers)}}, FixText: "Insert the brackets",
		Related: source.Span{Start: start, End: min(start+1, len(p.src))}})
}

// missing reports that text should stand at offset.
func (p *parser) missing(offset int, text, message string) {
	p.unbalanced = true
	p.report(Error{Code: MissingBracket, Span: source.Span{Start: offset, End: offset}, Message: message,
		Fix: []source.Edit{{Span: source.Span{Start: offset, End: offset}, New: text}}, FixText: "Insert " + text})
}

func (p *parser) errorf(code Code, start, end int, format string, args ...any) {
	p.report(Error{Code: code, Span: source.Span{Start: start, End: end}, Message: fmt.Sprintf(format, args...)})
}

// independent mistakes do not make others up: each is reported.
var independent = map[Code]bool{TrailingComma: true, ExtraComma: true, Comment: true, SingleQuote: true, BadEscape: true,
	ControlCharacter: true, BadEncoding: true, BadSpace: true, BadNumber: true, TooDeep: true, Empty: true, Conflict: true}

// maxErrors bounds what one file reports; nobody reads further.
const maxErrors = 1000

// maxReports is how many mistakes are looked at closely. A text with more is no JSON that a person wrote.
const maxReports = 5000

// report adds an error. An error about structure on the same line as the one before is taken for its consequence.
func (p *parser) report(e Error) {
	if p.reports++; p.reports == maxReports {
		p.budget = 0
	}
	if len(p.errors) >= maxErrors {
		return
	}
	if !independent[e.Code] {
		at := e.Span.Start
		if last := p.structural; last >= 0 && at <= p.lineEnd && (at >= last || !hasNewline(p.src[at:last])) {
			return
		}
		p.structural, p.lineEnd = at, lineEnd(p.src, at)
		p.structures++
	}
	p.errors = append(p.errors, e)
}

func hasNewline(s string) bool {
	return strings.IndexByte(s, '\n') >= 0 || strings.IndexByte(s, '\r') >= 0
}

// checkEncoding reports the first bytes that are not UTF-8. It returns false when the text is none at all.
func (p *parser) checkEncoding() bool {
	if utf8.ValidString(p.src) {
		return true
	}
	if strings.HasPrefix(p.src, "\xFF\xFE") || strings.HasPrefix(p.src, "\xFE\xFF") {
		p.errorf(BadEncoding, 0, 2, "the file is UTF-16; save it as UTF-8")
		return false
	}
	first, count := -1, 0
	for i := 0; i < len(p.src); {
		r, size := utf8.DecodeRuneInString(p.src[i:])
		if r == utf8.RuneError && size == 1 {
			if count++; first < 0 {
				first = i
			}
		}
		i += size
	}
	message := fmt.Sprintf("byte 0x%02X is not valid UTF-8; save the file as UTF-8", p.src[first])
	if count > 1 {
		message += fmt.Sprintf(" (and %d more such bytes)", count-1)
	}
	p.errorf(BadEncoding, first, first+1, "%s", message)
	return true
}
