package jsondoc

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// Draft is a JSON value in the making: what a text held, with members put in, replaced and taken out. Strings and numbers
// keep their spelling and members their order. Of several members with one key the last value stands at the place of the
// first, the way most readers of JSON take them. A nil Draft is absent.
type Draft struct {
	kind     Kind
	raw      string // of everything but an object or array
	children []*draftChild
	byKey    map[string]*draftChild // nil for an array
}

// draftChild is a member of an object or an element of an array, which has no key.
type draftChild struct {
	key   string // as it is written, with its quotes
	value *Draft
}

// Draft returns the value as one that can be changed. What is missing or invalid in the text becomes null.
func (v Value) Draft() *Draft {
	switch kind := v.Kind(); kind {
	case Object:
		d := NewObject()
		for c := range v.Children() {
			d.put(nameOf(c), quotedKey(c), c.Draft())
		}
		return d
	case Array:
		d := NewArray()
		for c := range v.Children() {
			d.children = append(d.children, &draftChild{value: c.Draft()})
		}
		return d
	case Missing, Invalid:
		return &Draft{kind: Null, raw: "null"}
	default:
		return &Draft{kind: kind, raw: v.Raw()}
	}
}

// nameOf returns what a member is told from others by: its key, but its spelling where that cannot be decoded, as keys
// with different halves of surrogate pairs are different keys.
func nameOf(member Value) string {
	if key := member.Key(); !strings.ContainsRune(key, utf8.RuneError) {
		return key
	}
	return quotedKey(member)
}

func quotedKey(member Value) string { return member.doc.Text(member.KeySpan()) }

// NewObject returns an object without members.
func NewObject() *Draft { return &Draft{kind: Object, byKey: map[string]*draftChild{}} }

// NewArray returns an array of elements.
func NewArray(elements ...*Draft) *Draft {
	d := &Draft{kind: Array}
	for _, e := range elements {
		d.children = append(d.children, &draftChild{value: e})
	}
	return d
}

// NewString returns a string.
func NewString(s string) *Draft { return &Draft{kind: String, raw: Quote(s)} }

// NewNull returns null.
func NewNull() *Draft { return &Draft{kind: Null, raw: "null"} }

// Kind returns the kind of the value; Missing when it is absent.
func (d *Draft) Kind() Kind {
	if d == nil {
		return Missing
	}
	return d.kind
}

// Text returns the decoded text of a string, and "" for any other kind.
func (d *Draft) Text() string {
	if d.Kind() != String {
		return ""
	}
	return unquote(d.raw)
}

// Get returns the value reached by following keys one after the other, nil when there is none.
func (d *Draft) Get(keys ...string) *Draft {
	for _, key := range keys {
		if d.Kind() != Object || d.byKey[key] == nil {
			return nil
		}
		d = d.byKey[key].value
	}
	return d
}

// Members yields the members of an object by their keys, and nothing for any other kind.
func (d *Draft) Members() iter.Seq2[string, *Draft] {
	return func(yield func(string, *Draft) bool) {
		if d.Kind() != Object {
			return
		}
		for _, c := range d.children {
			if !yield(unquote(c.key), c.value) {
				return
			}
		}
	}
}

// Elements yields the elements of an array, and nothing for any other kind.
func (d *Draft) Elements() iter.Seq[*Draft] {
	return func(yield func(*Draft) bool) {
		if d.Kind() != Array {
			return
		}
		for _, c := range d.children {
			if !yield(c.value) {
				return
			}
		}
	}
}

// Set gives a member of an object a value: in its place when there is one of that key, else behind the others.
func (d *Draft) Set(key string, value *Draft) { d.put(key, Quote(key), value) }

func (d *Draft) put(name, quoted string, value *Draft) {
	if c := d.byKey[name]; c != nil {
		c.value = value
		return
	}
	c := &draftChild{quoted, value}
	d.byKey[name] = c
	d.children = append(d.children, c)
}

// Remove takes a member out of an object and reports whether there was one.
func (d *Draft) Remove(key string) bool {
	if d.Kind() != Object || d.byKey[key] == nil {
		return false
	}
	gone := d.byKey[key]
	delete(d.byKey, key)
	kept := d.children[:0]
	for _, c := range d.children {
		if c != gone {
			kept = append(kept, c)
		}
	}
	d.children = kept
	return true
}

// Compact returns the JSON of the value on one line without blanks.
func (d *Draft) Compact() string {
	var b strings.Builder
	d.write(&b)
	return b.String()
}

func (d *Draft) write(b *strings.Builder) {
	switch d.Kind() {
	case Missing:
		b.WriteString("null")
	case Object:
		d.writeChildren(b, "{", "}")
	case Array:
		d.writeChildren(b, "[", "]")
	default:
		b.WriteString(d.raw)
	}
}

func (d *Draft) writeChildren(b *strings.Builder, opens, closes string) {
	b.WriteString(opens)
	for i, c := range d.children {
		if i > 0 {
			b.WriteString(",")
		}
		if c.key != "" {
			b.WriteString(c.key + ":")
		}
		c.value.write(b)
	}
	b.WriteString(closes)
}
