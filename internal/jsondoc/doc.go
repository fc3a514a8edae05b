// Package jsondoc parses JSON as people type it: any bytes give a tree, each mistake one error at its place.
//
// The tree is a flat arena of nodes in the order of the text, each with the byte span of its value and, for a member of
// an object, of its key. Duplicate keys are kept. The tree is read through Value, a cursor whose zero value stands for
// "nothing there" and answers every question with nothing, so that rules need no checks for broken files.
package jsondoc

import (
	"strings"

	"paconn-ls/internal/source"
)

// Kind is the kind of a JSON value.
type Kind uint8

// The kinds. Missing stands where a value should be and is not; Invalid is text that is no JSON value.
const (
	Missing Kind = iota
	Invalid
	Null
	True
	False
	Number
	String
	Array
	Object
)

var kindNames = [...]string{"nothing", "an invalid value", "null", "a boolean", "a boolean", "a number", "a string", "an array", "an object"}

// String names the kind as messages do: "a string", "an object".
func (k Kind) String() string { return kindNames[k] }

type flags uint8

const (
	hasKey       flags = 1 << iota // the node is a member of an object
	keyEscaped                     // the key holds a backslash or is written otherwise than in double quotes
	valueEscaped                   // the same for a string
	keyBroken                      // the key was not written as a complete JSON string
	valueBroken                    // the value was not written as a complete JSON value, or its container lacks its end
)

// Node is one value of the tree. Its children are the nodes from the one after it up to Next, each child's Next leading
// to the next sibling. KeyStart and KeyEnd hold the span of the key, quotes included, when the node is a member.
type node struct {
	start, end       uint32
	keyStart, keyEnd uint32
	parent, next     int32
	kind             Kind
	flags            flags
}

// Doc is the tree of a text together with the mistakes found in it. It never changes.
type Doc struct {
	src    string
	nodes  []node
	errors []Error
}

// Source returns the text that was parsed.
func (d *Doc) Source() string { return d.src }

// Errors returns the mistakes in the order of the text.
func (d *Doc) Errors() []Error { return d.errors }

// Len returns the number of nodes; their ids run from 0 to Len()-1 in the order of the text.
func (d *Doc) Len() int { return len(d.nodes) }

// Root returns the outermost value, absent when the text holds none.
func (d *Doc) Root() Value {
	if d == nil || len(d.nodes) == 0 {
		return Value{}
	}
	return Value{d, 0}
}

// Node returns the value with that id.
func (d *Doc) Node(id int) Value {
	if d == nil || id < 0 || id >= len(d.nodes) {
		return Value{}
	}
	return Value{d, int32(id)}
}

// At returns the innermost value at offset: the one whose key or value the offset lies in or directly touches at its
// end, or the container around it. Absent only when the text holds no value there.
func (d *Doc) At(offset int) Value {
	v := d.Root()
	if !v.Exists() || !v.Full().Contains(offset) {
		return Value{}
	}
	for {
		next := Value{}
		for c := range v.Children() {
			full := c.Full()
			if full.Start > offset {
				break
			}
			if full.Contains(offset) {
				next = c
			}
		}
		if !next.Exists() {
			return v
		}
		v = next
	}
}

// unquote decodes what stands between the quotes of a key or string: raw includes the quotes where there are some.
func unquote(raw string) string {
	if raw == "" {
		return ""
	}
	body := raw
	if q := raw[0]; q == '"' || q == '\'' {
		body = raw[1:]
		if body != "" && body[len(body)-1] == q && !endsInEscape(body[:len(body)-1]) {
			body = body[:len(body)-1]
		}
	} else {
		body = strings.TrimSuffix(body, `"`)
	}
	if strings.IndexByte(body, '\\') < 0 {
		return body
	}
	return unescape(body)
}

func endsInEscape(s string) bool {
	n := 0
	for i := len(s) - 1; i >= 0 && s[i] == '\\'; i-- {
		n++
	}
	return n%2 == 1
}

// Text returns the bytes of the source under a span.
func (d *Doc) Text(s source.Span) string { return d.src[s.Start:s.End] }
