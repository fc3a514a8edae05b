package diagnostics

import (
	"slices"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/swagger"
)

// usage knows what refers to each part of a definition. A part is an operation, a path item (for what is in none of
// its operations), or an entry of definitions, parameters or responses.
type usage struct {
	doc     *swagger.Document
	entries []jsondoc.Value         // of the sections, in the order of the text
	users   map[int][]jsondoc.Value // by part: the references to it
}

var usageOf = connector.NewMemo(func(f *connector.File) *usage {
	r := &usage{doc: swagger.Of(f), users: map[int][]jsondoc.Value{}}
	root := f.Root()
	for section := range root.Children() {
		switch section.Key() {
		case "definitions", "parameters", "responses":
			r.entries = slices.AppendSeq(r.entries, section.Children())
		}
	}
	for v := range root.Descendants() {
		if part := r.part(r.target(v)); part.Exists() {
			r.users[part.ID()] = append(r.users[part.ID()], v)
		}
	}
	return r
})

// target returns what v refers to when it is the text of a $ref.
func (r *usage) target(v jsondoc.Value) jsondoc.Value {
	if ref, ok := v.Str(); ok && v.Key() == "$ref" {
		return r.doc.Resolve(ref)
	}
	return jsondoc.Value{}
}

// part returns the part that v lies in; absent when it lies in none.
func (r *usage) part(v jsondoc.Value) jsondoc.Value {
	if !v.Exists() {
		return v
	}
	if op := r.doc.OperationAt(v); op != nil {
		return op.Value
	}
	if item := r.doc.PathItemAt(v); item != nil {
		return item.Value
	}
	i, found := slices.BinarySearchFunc(r.entries, v, func(entry, v jsondoc.Value) int {
		if v.Inside(entry) {
			return 0
		}
		return entry.ID() - v.ID()
	})
	if !found {
		return jsondoc.Value{}
	}
	return r.entries[i]
}

// maxUsers is how many parts are looked at to find the operations that use one; beyond it nothing is said.
const maxUsers = 4096

// operations returns the operations that v lies in or that use it through references. complete is false when there are
// too many parts to look at. budget counts down over several calls.
func (r *usage) operations(v jsondoc.Value, budget *int) (ops []*swagger.Operation, complete bool) {
	start := r.part(v)
	seen := map[int]bool{start.ID(): true}
	for queue := []jsondoc.Value{start}; len(queue) > 0; queue = queue[1:] {
		part := queue[0]
		if op := r.doc.OperationAt(part); op != nil {
			ops = append(ops, op)
		} else if item := r.doc.PathItemAt(part); item != nil {
			ops = append(ops, item.Operations...)
		}
		for _, user := range r.users[part.ID()] {
			if *budget--; *budget < 0 || len(seen) > maxUsers {
				return nil, false
			}
			if next := r.part(user); next.Exists() && !seen[next.ID()] {
				seen[next.ID()] = true
				queue = append(queue, next)
			}
		}
	}
	return ops, true
}
