// Package swagger gives typed, read-only views of an apiDefinition.swagger.json: its paths, operations, parameters,
// schemas and references. A view never fails; what is missing or broken in the file is absent in the view.
package swagger

import (
	"slices"
	"sync"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
)

// Methods are the HTTP methods that a path item of Swagger 2.0 may hold operations for.
var Methods = []string{"get", "put", "post", "delete", "options", "head", "patch"}

// Document is the view of one definition.
type Document struct {
	Root       jsondoc.Value
	Paths      []*PathItem
	Operations []*Operation // of all paths, in the order of the text

	byID     map[string][]*Operation
	sections map[string]map[string]jsondoc.Value // definitions, parameters, responses by name
	wide     sync.Map                            // members by key, by id of an object that Resolve went through
}

// PathItem is one member of paths.
type PathItem struct {
	Value      jsondoc.Value
	Path       string // the template: "/pets/{id}"
	Operations []*Operation
	parameters []Parameter
}

// Operation is one method of a path.
type Operation struct {
	Value  jsondoc.Value
	Item   *PathItem
	Method string // in lower case
	ID     string // "" when there is none

	doc        *Document
	parameters []Parameter
}

var memo = connector.NewMemo(func(f *connector.File) *Document { return New(f.Root()) })

// Of returns the view of a definition file; nil for a nil file. It is built once for each File.
func Of(f *connector.File) *Document { return memo.Of(f) }

// New returns the view of the definition with that root.
func New(root jsondoc.Value) *Document {
	d := &Document{Root: root, byID: map[string][]*Operation{}, sections: map[string]map[string]jsondoc.Value{}}
	for _, section := range []string{"definitions", "parameters", "responses"} {
		names := map[string]jsondoc.Value{}
		for v := range root.Get(section).Children() {
			names[v.Key()] = v
		}
		d.sections[section] = names
	}
	for v := range root.Get("paths").Children() {
		if key := v.Key(); v.IsObject() && !isExtension(key) {
			d.addPath(&PathItem{Value: v, Path: key})
		}
	}
	return d
}

func isExtension(key string) bool { return len(key) > 2 && key[0] == 'x' && key[1] == '-' }

func (d *Document) addPath(item *PathItem) {
	d.Paths = append(d.Paths, item)
	item.parameters = d.parameterList(item.Value.Get("parameters"))
	last := map[string]jsondoc.Value{}
	for v := range item.Value.Children() {
		if v.IsObject() && slices.Contains(Methods, v.Key()) {
			last[v.Key()] = v
		}
	}
	for v := range item.Value.Children() {
		method := v.Key()
		if last[method] != v {
			continue // the last of several with one key is the one that readers of JSON take
		}
		op := &Operation{Value: v, Item: item, Method: method, ID: v.Get("operationId").Text(), doc: d}
		op.parameters = d.merge(item.parameters, d.parameterList(v.Get("parameters")))
		item.Operations = append(item.Operations, op)
		d.Operations = append(d.Operations, op)
		if op.ID != "" {
			d.byID[op.ID] = append(d.byID[op.ID], op)
		}
	}
}

// Operation returns the operation with exactly that operationId, the first when there are several, or nil.
func (d *Document) Operation(id string) *Operation {
	if d == nil || len(d.byID[id]) == 0 {
		return nil
	}
	return d.byID[id][0]
}

// WithID returns every operation with exactly that operationId.
func (d *Document) WithID(id string) []*Operation { return d.byID[id] }

// OperationIDs returns the operationIds in the order of the text, each once.
func (d *Document) OperationIDs() []string {
	if d == nil {
		return nil
	}
	var ids []string
	for _, op := range d.Operations {
		if op.ID != "" && d.byID[op.ID][0] == op {
			ids = append(ids, op.ID)
		}
	}
	return ids
}

// OperationAt returns the operation that v lies in, or nil.
func (d *Document) OperationAt(v jsondoc.Value) *Operation {
	if item := d.PathItemAt(v); item != nil {
		for _, op := range item.Operations {
			if v.Inside(op.Value) {
				return op
			}
		}
	}
	return nil
}

// PathItemAt returns the path item that v lies in, or nil. Paths are searched by halves: rules ask this often.
func (d *Document) PathItemAt(v jsondoc.Value) *PathItem {
	if d == nil || !v.Exists() {
		return nil
	}
	i, found := slices.BinarySearchFunc(d.Paths, v, func(item *PathItem, v jsondoc.Value) int {
		switch {
		case v.Inside(item.Value):
			return 0
		case item.Value.ID() < v.ID():
			return -1
		}
		return 1
	})
	if !found {
		return nil
	}
	return d.Paths[i]
}

// Names returns what one of the sections "definitions", "parameters" and "responses" holds, by name.
func (d *Document) Names(section string) map[string]jsondoc.Value {
	if d == nil {
		return nil
	}
	return d.sections[section]
}

// Response returns the operation's response of that status code with references followed; absent when there is none.
func (o *Operation) Response(code string) jsondoc.Value {
	return o.doc.Deref(o.Value.Get("responses").Get(code))
}

// Output returns the schema of what the operation answers when all goes well: that of 200, else of 201, else of the
// first other 2xx response, else of default. References are followed; it is absent when no schema is given.
func (o *Operation) Output() jsondoc.Value {
	responses := o.Value.Get("responses")
	for _, code := range []string{"200", "201"} {
		if schema := o.doc.Deref(o.doc.Deref(responses.Get(code)).Get("schema")); schema.Exists() {
			return schema
		}
	}
	for r := range responses.Children() {
		if key := r.Key(); len(key) == 3 && key[0] == '2' {
			if schema := o.doc.Deref(o.doc.Deref(r).Get("schema")); schema.Exists() {
				return schema
			}
		}
	}
	return o.doc.Deref(o.doc.Deref(responses.Get("default")).Get("schema"))
}
