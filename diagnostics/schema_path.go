package diagnostics

import (
	"slices"
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
	"paconn-ls/internal/swagger"
)

// schemaIndex answers questions about the properties of schemas. It keeps the names of each schema that it was asked
// of; it belongs to one run of one rule.
type schemaIndex struct {
	doc        *swagger.Document
	properties map[int]map[string]jsondoc.Value
	arrays     map[int][]string
}

func newSchemaIndex(d *swagger.Document) *schemaIndex {
	return &schemaIndex{doc: d, properties: map[int]map[string]jsondoc.Value{}, arrays: map[int][]string{}}
}

// of returns the properties of a schema, through references and allOf, by name.
func (ix *schemaIndex) of(schema jsondoc.Value) map[string]jsondoc.Value {
	schema = ix.doc.Deref(schema)
	if !schema.IsObject() {
		return nil
	}
	names, ok := ix.properties[schema.ID()]
	if !ok {
		names = map[string]jsondoc.Value{}
		for p := range ix.doc.Properties(schema) {
			names[p.Key()] = p
		}
		ix.properties[schema.ID()] = names
	}
	return names
}

// names returns the names of a schema's properties in the order of the text.
func (ix *schemaIndex) names(schema jsondoc.Value) []string {
	var names []string
	for p := range ix.doc.Properties(schema) {
		names = append(names, p.Key())
	}
	return names
}

// part returns a key's value from the first part of a schema that has it.
func (ix *schemaIndex) part(schema jsondoc.Value, key string) jsondoc.Value {
	for part := range ix.doc.Parts(schema) {
		if v := part.Get(key); v.Exists() {
			return v
		}
	}
	return jsondoc.Value{}
}

// open reports whether a value may hold names that its schema does not tell: a dynamic or free object, an object or
// array of which nothing is said, a reference that leads nowhere.
func (ix *schemaIndex) open(schema jsondoc.Value) bool {
	if !ix.doc.Deref(schema).IsObject() {
		return true
	}
	switch {
	case ix.isPlain(schema):
		return false
	case ix.part(schema, "items").Exists():
		return isDynamic(ix.doc.Deref(schema))
	}
	return ix.doc.Free(schema)
}

func isDynamic(schema jsondoc.Value) bool {
	return schema.Get("x-ms-dynamic-schema").Exists() || schema.Get("x-ms-dynamic-properties").Exists()
}

// pathStep is where following a path of names through a schema ended.
type pathStep struct {
	found   jsondoc.Value // the schema that the path leads to, absent when it leads nowhere
	at      jsondoc.Value // the schema in which the next name was not found
	left    []string      // the names not followed
	certain bool          // false when the schema leaves open what there is
}

// maxSteps is how long a path may be to be followed; nothing is said of a longer one.
const maxSteps = 64

// follow follows names through a schema. Arrays are passed through: a name after an array is one of its elements'.
func (ix *schemaIndex) follow(schema jsondoc.Value, names []string) pathStep {
	if len(names) > maxSteps {
		return pathStep{}
	}
	for len(names) > 0 {
		schema = ix.doc.Deref(schema)
		for range 8 { // an array of arrays of … itself must end
			items := ix.part(schema, "items")
			if !items.Exists() {
				break
			}
			schema = ix.doc.Deref(items)
		}
		properties := ix.of(schema)
		if whole, ok := properties[strings.Join(names, "/")]; ok { // a name may hold the separator
			return pathStep{found: ix.doc.Deref(whole), certain: ix.doc.Deref(whole).Exists()}
		}
		next, ok := properties[names[0]]
		if !ok {
			return pathStep{at: schema, left: names, certain: !ix.open(schema)}
		}
		schema, names = next, names[1:]
	}
	schema = ix.doc.Deref(schema)
	return pathStep{found: schema, certain: schema.Exists()}
}

// fixes returns the message's end and the fixes for a path that leads nowhere: the nearest names at the place where it
// ended.
func (s pathStep) fixes(ix *schemaIndex, path jsondoc.Value) (didYou string, options []Option) {
	if len(s.left) == 0 {
		return "", nil
	}
	all := strings.Split(strings.Trim(path.Text(), "/"), "/")
	before, names := all[:max(0, len(all)-len(s.left))], ix.names(s.at)
	for _, n := range spelling.Nearest(s.left[0], names) {
		mended := strings.Join(slices.Concat(before, []string{n}, s.left[1:]), "/")
		options = append(options, Suggest("Change to "+mended, path.Replace(jsondoc.Quote(mended))...))
	}
	return didYouMean(s.left[0], names), options
}
