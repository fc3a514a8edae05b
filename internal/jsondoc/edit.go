package jsondoc

import (
	"strings"

	"paconn-ls/internal/source"
)

// Replace returns the edit that puts text in place of a value.
func (v Value) Replace(text string) []source.Edit {
	if !v.Exists() {
		return nil
	}
	return []source.Edit{{Span: v.Span(), New: text}}
}

// Rename returns the edit that gives a member another key.
func (v Value) Rename(key string) []source.Edit {
	if !v.HasKey() {
		return nil
	}
	return []source.Edit{{Span: v.KeySpan(), New: Quote(key)}}
}

// Remove returns the edits that take a member or element out together with the comma that belongs to it and, when it
// stands on lines of its own, those lines.
func (v Value) Remove() []source.Edit {
	if !v.Parent().Exists() {
		return nil
	}
	src := v.doc.src
	full := v.Full()
	prev, next := v.siblings()
	switch {
	case next.Exists():
		// up to the next sibling, so that it takes this one's place and indentation
		return []source.Edit{{Span: source.Span{Start: full.Start, End: next.Full().Start}}}
	case prev.Exists():
		return []source.Edit{{Span: source.Span{Start: prev.Full().End, End: full.End}}}
	}
	// the only one: leave "{}" or "[]", but keep what stands around it when that is more than blanks
	inner := source.Span{Start: v.Parent().Span().Start + 1, End: max(full.End, v.Parent().Span().End-1)}
	if strings.TrimSpace(src[inner.Start:full.Start]) == "" && strings.TrimSpace(src[full.End:inner.End]) == "" {
		return []source.Edit{{Span: inner}}
	}
	return []source.Edit{{Span: full}}
}

// siblings returns the values before and after v in its container. It does not walk through the container, which may
// hold any number of them.
func (v Value) siblings() (prev, next Value) {
	nodes := v.doc.nodes
	parent := nodes[v.id].parent
	if parent < 0 {
		return Value{}, Value{}
	}
	if v.id-1 > parent {
		before := v.id - 1 // the last value inside the previous sibling
		for nodes[before].parent != parent {
			before = nodes[before].parent
		}
		prev = Value{v.doc, before}
	}
	if after := nodes[v.id].next; after < nodes[parent].next {
		next = Value{v.doc, after}
	}
	return prev, next
}

// Insert returns the edit that adds a member at the end of an object, in the style of the file: its indentation, its
// line breaks, one line or several. text is the JSON of the value; line breaks in it are turned into the file's and
// its lines indented to fit.
func (v Value) Insert(key, text string) []source.Edit {
	if !v.IsObject() {
		return nil
	}
	return v.insert(Quote(key) + ": " + text)
}

// Append returns the edit that adds an element at the end of an array, in the style of the file.
func (v Value) Append(text string) []source.Edit {
	if !v.IsArray() {
		return nil
	}
	return v.insert(text)
}

func (v Value) insert(text string) []source.Edit {
	src, span := v.doc.src, v.Span()
	last := Value{}
	for c := range v.Children() {
		last = c
	}
	style := v.doc.Style()
	if last.Exists() {
		at := last.Full().End
		start := last.Full().Start
		if indent, ok := indentation(src, start); ok {
			return insertion(at, ","+style.Newline+indent+reindent(text, style, indent))
		}
		return insertion(at, ", "+text)
	}
	inner := strings.TrimSpace(src[span.Start+1 : max(span.Start+1, span.End-1)])
	if inner != "" || span.Len() < 2 {
		return insertion(span.Start+1, text)
	}
	outer := src[lineStart(src, span.Start):]
	outer = outer[:len(outer)-len(strings.TrimLeft(outer, " \t"))]
	indent := outer + style.Indent
	return []source.Edit{{Span: source.Span{Start: span.Start + 1, End: span.End - 1},
		New: style.Newline + indent + reindent(text, style, indent) + style.Newline + outer}}
}

func insertion(at int, text string) []source.Edit {
	return []source.Edit{{Span: source.Span{Start: at, End: at}, New: text}}
}

func reindent(text string, style Style, indent string) string {
	if !strings.Contains(text, "\n") {
		return text
	}
	lines := strings.Split(text, "\n")
	for i := 1; i < len(lines); i++ {
		body := strings.TrimLeft(lines[i], "\t")
		lines[i] = indent + strings.Repeat(style.Indent, len(lines[i])-len(body)) + body
	}
	return strings.Join(lines, style.Newline)
}

// indentation returns the blanks before an offset; ok is false when something else stands before it in its line. It does
// not look further back than it must: a file may be one line of megabytes.
func indentation(src string, offset int) (blanks string, ok bool) {
	start := offset
	for start > 0 && (src[start-1] == ' ' || src[start-1] == '\t') {
		start--
	}
	return src[start:offset], start == 0 || src[start-1] == '\n' || src[start-1] == '\r'
}

func lineStart(src string, offset int) int {
	for offset > 0 && src[offset-1] != '\n' && src[offset-1] != '\r' {
		offset--
	}
	return offset
}

// Style is how a file is laid out.
type Style struct {
	Indent  string // one step of indentation
	Newline string
}

// Style returns how the text is laid out, judged by its first indented line and its line breaks; two blanks and LF when
// it shows nothing.
func (d *Doc) Style() Style {
	s := Style{Indent: "  ", Newline: source.New(d.src[:min(len(d.src), 4096)]).Newline()}
	for c := range d.Root().Children() {
		start := c.Full().Start
		if indent, ok := indentation(d.src, start); ok && indent != "" {
			s.Indent = indent
			break
		}
	}
	return s
}
