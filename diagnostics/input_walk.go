package diagnostics

import (
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/swagger"
)

// bodyProperty is a property somewhere in the body of a request.
type bodyProperty struct {
	entry    jsondoc.Value // the member of properties: the schema or a reference to it
	schema   jsondoc.Value // the schema with references followed
	internal bool          // it, or something around it, is internal
	required bool          // it, and all around it, is required
}

// walkBodies calls visit for every property in the bodies of all operations. One that is reached in several ways is
// visited once for each combination of internal and required.
func walkBodies(d *swagger.Document, visit func(bodyProperty)) {
	w := bodyWalk{d, visit, map[bodyState]bool{}}
	for _, op := range d.Operations {
		if body, ok := op.Body(); ok {
			w.queue(body.Value.Get("schema"), isInternal(body.Value), body.Required())
		}
	}
}

type bodyState struct {
	schema             int
	internal, required bool
}

type bodyWalk struct {
	doc   *swagger.Document
	visit func(bodyProperty)
	seen  map[bodyState]bool
}

type bodySchema struct {
	schema             jsondoc.Value
	internal, required bool
}

// queue visits the properties below a schema, breadth first.
func (w *bodyWalk) queue(schema jsondoc.Value, internal, required bool) {
	for queue := []bodySchema{{schema, internal, required}}; len(queue) > 0; queue = queue[1:] {
		s := queue[0]
		s.schema = w.doc.Deref(s.schema)
		state := bodyState{s.schema.ID(), s.internal, s.required}
		if !s.schema.IsObject() || w.seen[state] {
			continue
		}
		w.seen[state] = true
		s.internal = s.internal || isInternal(s.schema)
		needed := map[string]bool{}
		for part := range w.doc.Parts(s.schema) {
			for name := range part.Get("required").Children() {
				needed[name.Text()] = true
			}
			if items := part.Get("items"); items.IsObject() {
				queue = append(queue, bodySchema{items, s.internal, s.required})
			}
		}
		for property := range w.doc.Properties(s.schema) {
			target := w.doc.Deref(property)
			p := bodyProperty{property, target, s.internal || isInternal(property) || isInternal(target), s.required && needed[property.Key()]}
			w.visit(p)
			queue = append(queue, bodySchema{target, p.internal, p.required})
		}
	}
}

func isInternal(v jsondoc.Value) bool {
	return strings.EqualFold(v.Get("x-ms-visibility").Text(), "internal")
}
