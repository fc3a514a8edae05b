package swagger

import (
	"iter"
	"strings"

	"paconn-ls/internal/jsondoc"
)

// maxRefs is how many references in a row are followed before they are taken for a circle.
const maxRefs = 32

// Deref follows the reference that v is, if it is one, and those behind it. The result is absent when a reference leads
// nowhere or round in a circle.
func (d *Document) Deref(v jsondoc.Value) jsondoc.Value {
	for range maxRefs {
		ref, ok := v.Get("$ref").Str()
		if !ok {
			return v
		}
		if v = d.Resolve(ref); !v.Exists() {
			break
		}
	}
	return jsondoc.Value{}
}

// Resolve returns what a reference ("#/definitions/Pet") points at in this document; absent when that is nothing.
func (d *Document) Resolve(ref string) jsondoc.Value {
	if d == nil {
		return jsondoc.Value{}
	}
	if section, name, ok := SplitRef(ref); ok {
		return d.sections[section][name]
	}
	pointer, ok := jsondoc.FragmentPointer(ref)
	if !ok {
		return jsondoc.Value{}
	}
	if pointer == "" {
		return d.Root
	}
	v := d.Root
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if v.IsArray() {
			v = v.Resolve("/" + token)
		} else {
			v = d.members(v)[tokenUnescape.Replace(token)]
		}
	}
	return v
}

// members returns the members of an object by key. They are gathered once: paths may be the way of every reference.
func (d *Document) members(v jsondoc.Value) map[string]jsondoc.Value {
	if !v.IsObject() {
		return nil
	}
	if m, ok := d.wide.Load(v.ID()); ok {
		return m.(map[string]jsondoc.Value)
	}
	m := map[string]jsondoc.Value{}
	for c := range v.Children() {
		m[c.Key()] = c
	}
	d.wide.Store(v.ID(), m)
	return m
}

// SplitRef splits a reference of the form "#/section/name" with a section of definitions, parameters or responses.
func SplitRef(ref string) (section, name string, ok bool) {
	pointer, ok := jsondoc.FragmentPointer(ref)
	if !ok || pointer == "" {
		return "", "", false
	}
	section, name, ok = strings.Cut(pointer[1:], "/")
	if !ok || strings.Contains(name, "/") || section != "definitions" && section != "parameters" && section != "responses" {
		return "", "", false
	}
	if strings.IndexByte(name, '~') >= 0 {
		name = tokenUnescape.Replace(name)
	}
	return section, name, true
}

var tokenUnescape = strings.NewReplacer("~1", "/", "~0", "~")

// Property returns the property of that name of a schema, through references and every part of allOf; absent when the
// schema names none.
func (d *Document) Property(schema jsondoc.Value, name string) jsondoc.Value {
	for p := range d.Properties(schema) {
		if p.Key() == name {
			return p
		}
	}
	return jsondoc.Value{}
}

// Properties yields the properties of a schema, through references and every part of allOf.
func (d *Document) Properties(schema jsondoc.Value) iter.Seq[jsondoc.Value] {
	return func(yield func(jsondoc.Value) bool) {
		for part := range d.Parts(schema) {
			for p := range part.Get("properties").Children() {
				if !yield(p) {
					return
				}
			}
		}
	}
}

// maxParts is how many schemas one may be made of. Real ones are made of a few; a chain of thousands, walked from each of
// its links, would take for ever.
const maxParts = 128

// Parts yields a schema and every schema that it is made of through references and allOf, each once, however they refer
// to one another: the first 128 of them, and Free holds for a schema of more.
func (d *Document) Parts(schema jsondoc.Value) iter.Seq[jsondoc.Value] {
	return func(yield func(jsondoc.Value) bool) {
		first := d.Deref(schema)
		if !first.IsObject() || !yield(first) || !first.Get("allOf").Exists() {
			return
		}
		seen := map[int]bool{first.ID(): true}
		for queue := []jsondoc.Value{first}; len(queue) > 0; queue = queue[1:] {
			for part := range queue[0].Get("allOf").Children() {
				part = d.Deref(part)
				if !part.IsObject() || seen[part.ID()] {
					continue
				}
				seen[part.ID()] = true
				if len(seen) > maxParts || !yield(part) {
					return
				}
				queue = append(queue, part)
			}
		}
	}
}

// Free reports whether a schema may hold properties that it does not name: it is dynamic, has additionalProperties, or
// says nothing of its properties. One of too many parts to look at may hold anything.
func (d *Document) Free(schema jsondoc.Value) bool {
	named, parts := false, 0
	for part := range d.Parts(schema) {
		if parts++; parts == maxParts {
			return true
		}
		if part.Get("x-ms-dynamic-schema").Exists() || part.Get("x-ms-dynamic-properties").Exists() {
			return true
		}
		if more := part.Get("additionalProperties"); more.Exists() && more.Kind() != jsondoc.False {
			return true
		}
		for range part.Get("properties").Children() {
			named = true
			break
		}
		for sub := range part.Get("allOf").Children() {
			if !d.Deref(sub).Exists() {
				return true
			}
		}
	}
	return !named
}
