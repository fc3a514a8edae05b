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
	span := v.Span()
	if span.Len() == 0 && span.Start > 0 && v.doc.src[span.Start-1] == ':' && !strings.HasPrefix(v.doc.src[span.Start:], " ") {
		text = strings.TrimPrefix(v.doc.Style().Colon, ":") + text
	}
	return []source.Edit{{Span: span, New: text}}
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
	if next := v.next(); next.Exists() {
		// up to the next sibling, so that it takes this one's place and indentation
		return []source.Edit{{Span: source.Span{Start: full.Start, End: next.Full().Start}}}
	}
	if prev := v.previous(); prev.Exists() {
		return []source.Edit{{Span: source.Span{Start: prev.Full().End, End: full.End}}}
	}
	// the only one: leave "{}" or "[]", but keep what stands around it when that is more than blanks and a comma
	inner := v.Parent().inner()
	if inner.Start <= full.Start && full.End <= inner.End && strings.TrimSpace(src[inner.Start:full.Start]) == "" &&
		strings.Trim(src[full.End:inner.End], ", \t\r\n") == "" {
		return []source.Edit{{Span: inner}}
	}
	return []source.Edit{{Span: full}}
}

// next returns the sibling behind v, absent when v is the last one.
func (v Value) next() Value {
	n := v.node()
	if v.doc == nil || n.parent < 0 || n.next >= v.doc.nodes[n.parent].next {
		return Value{}
	}
	return Value{v.doc, n.next}
}

// previous returns the sibling before v, absent when v is the first one.
func (v Value) previous() Value {
	n := v.node()
	if v.doc == nil || n.parent < 0 || v.id == n.parent+1 {
		return Value{}
	}
	return Value{v.doc, v.doc.childAround(v.id-1, n.parent)}
}

// last returns the last child, absent when there is none.
func (v Value) last() Value {
	n := v.node()
	if v.doc == nil || n.next == v.id+1 {
		return Value{}
	}
	return Value{v.doc, v.doc.childAround(n.next-1, v.id)}
}

// childAround returns the child of parent that the node id is or lies in.
func (d *Doc) childAround(id, parent int32) int32 {
	for d.nodes[id].parent != parent {
		id = d.nodes[id].parent
	}
	return id
}

// inner returns what stands between the brackets of a container, as far as both are there.
func (v Value) inner() source.Span {
	s := v.Span()
	opens, closes := openerChar(v.Kind()), closerOf(openerChar(v.Kind()))
	if s.Len() > 0 && v.doc.src[s.Start] == opens {
		s.Start++
	}
	if s.Len() > 0 && v.doc.src[s.End-1] == closes {
		s.End--
	}
	return s
}

// Insert returns the edit that adds a member at the end of an object, in the style of the file: its indentation, its
// line breaks, one line or several. text is the JSON of the value; the tabs that indent its lines become steps of the
// file's indentation.
func (v Value) Insert(key, text string) []source.Edit {
	if !v.IsObject() {
		return nil
	}
	return v.insert(Quote(key) + v.doc.Style().Colon + text)
}

// Append returns the edit that adds an element at the end of an array, in the style of the file.
func (v Value) Append(text string) []source.Edit {
	if !v.IsArray() {
		return nil
	}
	return v.insert(text)
}

func (v Value) insert(text string) []source.Edit {
	style := v.doc.Style()
	if last := v.last(); last.Exists() {
		at := last.Full().End
		if indent, ok := v.doc.startsLine(last.Full().Start); ok {
			return insertion(at, ","+style.Newline+indent+reindent(text, style, indent))
		}
		return insertion(at, style.Comma+reindent(text, style, v.indent()))
	}
	inner := v.inner()
	indent := v.indent()
	if v.Span().Len() < 2 || inner.Len() != v.Span().Len()-2 || strings.TrimSpace(v.doc.Text(inner)) != "" {
		return insertion(inner.Start, reindent(text, style, indent))
	}
	if style.OneLine {
		return []source.Edit{{Span: inner, New: reindent(text, style, indent)}}
	}
	inside := indent + style.Indent
	return []source.Edit{{Span: inner, New: style.Newline + inside + reindent(text, style, inside) + style.Newline + indent}}
}

func insertion(at int, text string) []source.Edit {
	return []source.Edit{{Span: empty(at), New: text}}
}

// reindent fits text, whose lines are indented by tabs, into a file of that style behind that indentation.
func reindent(text string, style Style, indent string) string {
	if !strings.Contains(text, "\n") {
		return text
	}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := 1; i < len(lines); i++ {
		body := strings.TrimLeft(lines[i], "\t")
		if style.OneLine {
			lines[i] = body
			continue
		}
		lines[i] = indent + strings.Repeat(style.Indent, len(lines[i])-len(body)) + body
	}
	if style.OneLine {
		return strings.Join(lines, "")
	}
	return strings.Join(lines, style.Newline)
}

// indent returns the indentation of the line that v starts on.
func (v Value) indent() string {
	for p := v; p.Exists(); p = p.Parent() {
		if indent, ok := v.doc.startsLine(p.Full().Start); ok {
			return indent
		}
	}
	return ""
}

// startsLine reports whether only blanks stand before offset on its line, and returns them.
func (d *Doc) startsLine(offset int) (indent string, ok bool) {
	start := offset
	for start > 0 && (d.src[start-1] == ' ' || d.src[start-1] == '\t') {
		start--
	}
	if start > bomLength(d.src) && d.src[start-1] != '\n' && d.src[start-1] != '\r' {
		return "", false
	}
	return d.src[start:offset], true
}

// Style is how a file is laid out.
type Style struct {
	Indent  string // one step of indentation
	Newline string
	Colon   string // what stands between key and value: ": " or ":"
	Comma   string // what stands between members on one line: ", " or ","
	OneLine bool   // the whole value stands on one line
}

// styleSample is how many values, and how many bytes, of a file are looked at to tell its style.
const styleSample = 4096

// Style returns how the text is laid out, judged by its line breaks and by the first value that starts a line further in
// than the value around it; two blanks and LF when it shows nothing.
func (d *Doc) Style() Style {
	sample := d.src[:min(len(d.src), styleSample)]
	s := Style{Indent: "  ", Newline: source.New(sample).Newline(), Colon: ": ", Comma: ", "}
	if root := d.Root().Span(); d.Len() > 1 {
		s.OneLine = !hasNewline(sample[min(root.Start, len(sample)):min(root.End, len(sample))])
	}
	if d.colon() == ":" {
		s.Colon = ":"
		if s.OneLine {
			s.Comma = ","
		}
	}
	if s.OneLine {
		return s
	}
	for id := 1; id < len(d.nodes) && id < styleSample; id++ {
		v := Value{d, int32(id)}
		inside, ok := d.startsLine(v.Full().Start)
		if !ok {
			continue
		}
		if step, ok := strings.CutPrefix(inside, v.Parent().indent()); ok && step != "" {
			s.Indent = step
			if v.Parent().id > 0 {
				break // the outermost brackets may stand elsewhere than the rest, as in text that was pasted
			}
		}
	}
	return s
}

// colon returns what stands between the key and the value of the first member that has both.
func (d *Doc) colon() string {
	for v := range d.Root().Children() {
		if key := v.KeySpan(); v.HasKey() && v.Kind() != Missing && key.End <= v.Span().Start {
			return d.src[key.End:v.Span().Start]
		}
	}
	return ""
}
