package jsondoc

import (
	"iter"
	"math"
	"strconv"
	"strings"

	"paconn-ls/internal/source"
)

// Value is a cursor to one value of a Doc. The zero Value is absent: it has no kind, no text and no children.
type Value struct {
	doc *Doc
	id  int32
}

// Exists reports whether there is such a value; one that is Missing in the text exists.
func (v Value) Exists() bool { return v.doc != nil }

// Doc returns the tree the value belongs to, nil when it is absent.
func (v Value) Doc() *Doc { return v.doc }

// ID returns the value's index in its tree, or -1 when it is absent.
func (v Value) ID() int {
	if v.doc == nil {
		return -1
	}
	return int(v.id)
}

func (v Value) node() *node {
	if v.doc == nil {
		return &node{}
	}
	return &v.doc.nodes[v.id]
}

// Kind returns the kind of the value; Missing when it is absent.
func (v Value) Kind() Kind { return v.node().kind }

// IsObject reports whether the value is an object.
func (v Value) IsObject() bool { return v.Kind() == Object }

// IsArray reports whether the value is an array.
func (v Value) IsArray() bool { return v.Kind() == Array }

// IsString reports whether the value is a string.
func (v Value) IsString() bool { return v.Kind() == String }

// IsBool reports whether the value is true or false.
func (v Value) IsBool() bool { return v.Kind() == True || v.Kind() == False }

// IsTrue reports whether the value is true.
func (v Value) IsTrue() bool { return v.Kind() == True }

// Broken reports whether the value or its key is not written as a complete JSON value, or a container lacks its end:
// what it seems to hold is not to be trusted to the letter.
func (v Value) Broken() bool { return v.node().flags&(valueBroken|keyBroken) != 0 }

// Span returns the bytes of the value. It is empty where the value is missing.
func (v Value) Span() source.Span {
	n := v.node()
	return source.Span{Start: int(n.start), End: int(n.end)}
}

// HasKey reports whether the value is a member of an object.
func (v Value) HasKey() bool { return v.node().flags&hasKey != 0 }

// KeySpan returns the bytes of the key, quotes included. For a value without a key it is the value's own start.
func (v Value) KeySpan() source.Span {
	n := v.node()
	if n.flags&hasKey == 0 {
		return source.Span{Start: int(n.start), End: int(n.start)}
	}
	return source.Span{Start: int(n.keyStart), End: int(n.keyEnd)}
}

// Full returns the bytes from the key, if there is one, to the end of the value.
func (v Value) Full() source.Span {
	n := v.node()
	if n.flags&hasKey == 0 {
		return v.Span()
	}
	return source.Span{Start: int(n.keyStart), End: max(int(n.end), int(n.keyEnd))}
}

// Name returns the smallest span that names the value: its key, or else its first byte or bracket.
func (v Value) Name() source.Span {
	if v.HasKey() {
		return v.KeySpan()
	}
	s := v.Span()
	if k := v.Kind(); (k == Object || k == Array) && s.Len() > 1 {
		s.End = s.Start + 1
	}
	return s
}

// Raw returns the text of the value as it stands in the file.
func (v Value) Raw() string {
	if v.doc == nil {
		return ""
	}
	return v.doc.Text(v.Span())
}

// Key returns the decoded key of a member, or "".
func (v Value) Key() string {
	n := v.node()
	if n.flags&hasKey == 0 {
		return ""
	}
	raw := v.doc.src[n.keyStart:n.keyEnd]
	if n.flags&keyEscaped == 0 {
		return raw[1 : len(raw)-1]
	}
	return unquote(raw)
}

// Str returns the decoded text of a string; ok is false for any other kind.
func (v Value) Str() (s string, ok bool) {
	n := v.node()
	if n.kind != String {
		return "", false
	}
	raw := v.doc.src[n.start:n.end]
	if n.flags&valueEscaped == 0 {
		return raw[1 : len(raw)-1], true
	}
	return unquote(raw), true
}

// Text returns the decoded text of a string, and "" for any other kind.
func (v Value) Text() string {
	s, _ := v.Str()
	return s
}

// Number returns a number's value; ok is false for any other kind.
func (v Value) Number() (f float64, ok bool) {
	if v.Kind() != Number {
		return 0, false
	}
	f, err := strconv.ParseFloat(v.Raw(), 64)
	return f, err == nil
}

// IsInteger reports whether the value is a number without a fraction: 1, 1.0 and 1e3 are, 1.5 is not.
func (v Value) IsInteger() bool {
	if v.Kind() != Number {
		return false
	}
	raw := v.Raw()
	if !strings.ContainsAny(raw, ".eE") {
		return true
	}
	f, err := strconv.ParseFloat(raw, 64)
	return err == nil && f == math.Trunc(f)
}

// Len returns the number of members or elements.
func (v Value) Len() int {
	n := 0
	for range v.Children() {
		n++
	}
	return n
}

// Children yields the members of an object or the elements of an array, duplicates included, in the order of the text.
func (v Value) Children() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.doc == nil {
			return
		}
		end := v.doc.nodes[v.id].next
		for i := v.id + 1; i < end; i = v.doc.nodes[i].next {
			if !yield(Value{v.doc, i}) {
				return
			}
		}
	}
}

// Descendants yields every value below v, in the order of the text.
func (v Value) Descendants() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.doc == nil {
			return
		}
		for i := v.id + 1; i < v.doc.nodes[v.id].next; i++ {
			if !yield(Value{v.doc, i}) {
				return
			}
		}
	}
}

// Get returns the member of that name: the last one, as JSON readers take it, when there are several. It is absent when
// v is not an object or has no such member.
func (v Value) Get(key string) Value {
	if v.doc == nil || v.doc.nodes[v.id].kind != Object {
		return Value{}
	}
	found := Value{}
	end := v.doc.nodes[v.id].next
	for i := v.id + 1; i < end; {
		n := &v.doc.nodes[i]
		if n.flags&keyEscaped == 0 {
			if int(n.keyEnd-n.keyStart) == len(key)+2 && v.doc.src[n.keyStart+1:n.keyEnd-1] == key {
				found = Value{v.doc, i}
			}
		} else if (Value{v.doc, i}).Key() == key {
			found = Value{v.doc, i}
		}
		i = n.next
	}
	return found
}

// GetFold returns the first member whose name is key without regard to case.
func (v Value) GetFold(key string) Value {
	if !v.IsObject() {
		return Value{}
	}
	for c := range v.Children() {
		if strings.EqualFold(c.Key(), key) {
			return c
		}
	}
	return Value{}
}

// Path returns the member reached by following keys one after the other.
func (v Value) Path(keys ...string) Value {
	for _, k := range keys {
		v = v.Get(k)
	}
	return v
}

// At returns the element of an array at index, counted from zero.
func (v Value) At(index int) Value {
	if !v.IsArray() {
		return Value{}
	}
	for c := range v.Children() {
		if index == 0 {
			return c
		}
		index--
	}
	return Value{}
}

// Index returns the place of v among its parent's children, counted from zero.
func (v Value) Index() int {
	n := 0
	for c := range v.Parent().Children() {
		if c.id == v.id {
			break
		}
		n++
	}
	return n
}

// Parent returns the object or array around the value.
func (v Value) Parent() Value {
	if v.doc == nil {
		return Value{}
	}
	p := v.doc.nodes[v.id].parent
	if p < 0 {
		return Value{}
	}
	return Value{v.doc, p}
}

// Inside reports whether v is outer or lies within it.
func (v Value) Inside(outer Value) bool {
	return v.doc != nil && v.doc == outer.doc && v.id >= outer.id && v.id < outer.doc.nodes[outer.id].next
}
