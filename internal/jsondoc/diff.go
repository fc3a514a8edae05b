package jsondoc

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Difference is a place where two JSON values differ. Old is absent where something was added, New where it was removed.
type Difference struct {
	Old, New Value
	Order    bool // both are arrays, and only the order of their elements differs
}

// Pointer returns the JSON pointer of the place: in the new text, or in the old one for what was removed.
func (d Difference) Pointer() string {
	if d.New.Exists() {
		return d.New.Pointer()
	}
	return d.Old.Pointer()
}

// Diff returns where two values differ, each difference as deep down as it goes. The order of members does not count, nor
// how a string or number is spelled. Elements of an array are told apart by what names them (a parameter's name and place,
// a reference, the title of a policy) where each has such a name of its own, else by where they stand.
func Diff(old, new Value) []Difference {
	var d differ
	d.values(old, new)
	return d.found
}

type differ struct{ found []Difference }

func (d *differ) add(old, new Value) { d.found = append(d.found, Difference{Old: old, New: new}) }

func (d *differ) values(old, new Value) {
	switch {
	case old.IsObject() && new.IsObject():
		d.pairs(members(old), members(new))
	case old.IsArray() && new.IsArray():
		d.arrays(old, new)
	case !sameScalar(old, new):
		d.add(old, new)
	}
}

// named is the children of a container by what tells them apart, in their order.
type named struct {
	names  []string
	values map[string]Value
}

func (n *named) put(name string, v Value) (fresh bool) {
	if _, there := n.values[name]; !there {
		n.names, fresh = append(n.names, name), true
	}
	n.values[name] = v
	return fresh
}

func members(v Value) named {
	n := named{values: map[string]Value{}}
	for c := range v.Children() {
		n.put(nameOf(c), c)
	}
	return n
}

// pairs compares children that have the same name, and adds those that have no partner.
func (d *differ) pairs(old, new named) {
	for _, name := range old.names {
		if n, there := new.values[name]; there {
			d.values(old.values[name], n)
		} else {
			d.add(old.values[name], Value{})
		}
	}
	for _, name := range new.names {
		if _, there := old.values[name]; !there {
			d.add(Value{}, new.values[name])
		}
	}
}

func (d *differ) arrays(old, new Value) {
	before, ok := elements(old)
	after, ok2 := elements(new)
	if !ok || !ok2 {
		d.positions(children(old), children(new))
		return
	}
	count := len(d.found)
	d.pairs(before, after)
	if len(d.found) == count && !sameOrder(before, after) {
		d.found = append(d.found, Difference{Old: old, New: new, Order: true})
	}
}

func sameOrder(a, b named) bool {
	for i, name := range a.names {
		if b.names[i] != name {
			return false
		}
	}
	return true
}

// positions compares elements that have no names one by one. Where some were added or removed, what is the same at the
// beginning and at the end stays.
func (d *differ) positions(old, new []Value) {
	if len(old) != len(new) {
		for len(old) > 0 && len(new) > 0 && Same(old[0], new[0]) {
			old, new = old[1:], new[1:]
		}
		for len(old) > 0 && len(new) > 0 && Same(old[len(old)-1], new[len(new)-1]) {
			old, new = old[:len(old)-1], new[:len(new)-1]
		}
	}
	for i := range min(len(old), len(new)) {
		d.values(old[i], new[i])
	}
	for _, v := range old[min(len(old), len(new)):] {
		d.add(v, Value{})
	}
	for _, v := range new[min(len(old), len(new)):] {
		d.add(Value{}, v)
	}
}

func children(v Value) []Value {
	var out []Value
	for c := range v.Children() {
		out = append(out, c)
	}
	return out
}

// elements returns the elements of an array by their names; ok is false when one has none, or that of another.
func elements(v Value) (n named, ok bool) {
	n.values = map[string]Value{}
	for c := range v.Children() {
		name := elementName(c)
		if name == "" || !n.put(name, c) {
			return n, false
		}
	}
	return n, true
}

// elementName returns what tells an element from the others of its array, "" when nothing does.
func elementName(v Value) string {
	switch v.Kind() {
	case Object:
		for _, keys := range elementNames {
			if name := joined(v, keys); name != "" {
				return name
			}
		}
		return ""
	case String:
		return `"` + comparable(v)
	case Number, Null, True, False:
		return v.Raw()
	}
	return ""
}

// elementNames are the members that name an element, those that say most first.
var elementNames = [][]string{{"$ref"}, {"name", "in"}, {"templateId", "title"}, {"name"}, {"operationId"}, {"id"}}

func joined(v Value, keys []string) string {
	var b strings.Builder
	for _, key := range keys {
		text, ok := v.Get(key).Str()
		if !ok {
			return ""
		}
		b.WriteString(key + "\x00" + text + "\x00")
	}
	return b.String()
}

// Same reports whether two values are the same but for the order of members and the spelling of strings and numbers.
func Same(a, b Value) bool {
	switch {
	case a.IsObject() && b.IsObject():
		return sameMembers(members(a), members(b))
	case a.IsArray() && b.IsArray():
		return slices.EqualFunc(children(a), children(b), Same)
	}
	return sameScalar(a, b)
}

func sameMembers(a, b named) bool {
	if len(a.names) != len(b.names) {
		return false
	}
	for name, v := range a.values {
		if other, there := b.values[name]; !there || !Same(v, other) {
			return false
		}
	}
	return true
}

func sameScalar(a, b Value) bool {
	switch {
	case a.Kind() != b.Kind():
		return false
	case a.Kind() == String:
		return comparable(a) == comparable(b)
	case a.Kind() == Number:
		return sameNumber(a.Raw(), b.Raw())
	}
	return true
}

// comparable returns the text of a string, but its spelling where that cannot be decoded.
func comparable(v Value) string {
	if text := v.Text(); !strings.ContainsRune(text, utf8.RuneError) {
		return text
	}
	return v.Raw()
}

// exact is up to how many digits a number is kept by every reader of JSON.
const exact = 15

func sameNumber(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) > exact && len(b) > exact && !strings.ContainsAny(a+b, ".eE") {
		return false // as floating-point numbers, different integers may be the same
	}
	x, err := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err == nil && err2 == nil && x == y && !math.IsInf(x, 0)
}
