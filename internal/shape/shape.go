// Package shape joins the tree of a file with the dialect: which description fits each value. Shape diagnostics, hover
// and completion read it, and the rules find the objects of one kind through it.
package shape

import (
	"iter"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/dialect"
	"paconn-ls/internal/jsondoc"
)

// Place is what the dialect knows of one value.
type Place struct {
	Key    *dialect.Key    // the key it stands under, when the dialect knows that key
	Value  *dialect.Value  // what may stand there; nil when nothing is known
	Object *dialect.Object // the description that fits the object there; nil for other kinds and unknown objects
}

// Shape holds the Place of every value of a file.
type Shape struct {
	doc    *jsondoc.Doc
	places []Place
	byName map[string][]int32
}

var memo = connector.NewMemo(func(f *connector.File) *Shape {
	switch f.Role {
	case connector.Definition:
		return Build(f.Doc(), dialect.Definition())
	case connector.Properties:
		return Build(f.Doc(), dialect.Properties())
	case connector.Settings:
		return Build(f.Doc(), dialect.Settings())
	}
	return nil
})

// Of returns the shape of a file, nil for a file that the dialect does not describe. It is built once for each File.
func Of(f *connector.File) *Shape { return memo.Of(f) }

// Build joins a tree with the description of its root. It takes time linear in the size of the tree.
func Build(doc *jsondoc.Doc, root *dialect.Object) *Shape {
	s := &Shape{doc: doc, places: make([]Place, doc.Len()), byName: map[string][]int32{}}
	rootValue := &dialect.Value{Kinds: dialect.Mapping}
	for id := range doc.Len() {
		v := doc.Node(id)
		p := &s.places[id]
		var candidate *dialect.Object
		if parent := v.Parent(); parent.Exists() {
			above := &s.places[parent.ID()]
			p.Key, p.Value = below(above, parent, v)
			candidate = p.Value.Mapping()
		} else {
			p.Value, candidate = rootValue, root
		}
		if candidate != nil && v.IsObject() {
			p.Object = candidate.Choose(func(key string) (string, bool) {
				m := v.Get(key)
				return m.Text(), m.Exists()
			})
			s.byName[p.Object.Name] = append(s.byName[p.Object.Name], int32(id))
		}
	}
	return s
}

// below returns what the dialect says of a child of a value.
func below(above *Place, parent, v jsondoc.Value) (*dialect.Key, *dialect.Value) {
	if parent.IsArray() {
		if above.Value == nil {
			return nil, nil
		}
		return nil, above.Value.Items
	}
	if above.Object == nil {
		return nil, nil
	}
	name := v.Key()
	if k := above.Object.Key(name); k != nil {
		return k, &k.Value
	}
	if above.Object.FoldKeys {
		if k := above.Object.KeyFold(name); k != nil {
			return k, &k.Value
		}
	}
	if above.Object.Names != nil && !above.Object.IsExtension(name) {
		return nil, above.Object.Names
	}
	return nil, nil
}

// Place returns what the dialect knows of a value. The zero Place is nothing.
func (s *Shape) Place(v jsondoc.Value) Place {
	if s == nil || v.Doc() != s.doc || !v.Exists() {
		return Place{}
	}
	return s.places[v.ID()]
}

// Objects yields the objects that the dialect calls one of the names, name after name, each in the order of the text.
func (s *Shape) Objects(names ...string) iter.Seq[jsondoc.Value] {
	return func(yield func(jsondoc.Value) bool) {
		if s == nil {
			return
		}
		for _, name := range names {
			for _, id := range s.byName[name] {
				if !yield(s.doc.Node(int(id))) {
					return
				}
			}
		}
	}
}

// All yields every value with its place, in the order of the text.
func (s *Shape) All() iter.Seq2[jsondoc.Value, Place] {
	return func(yield func(jsondoc.Value, Place) bool) {
		if s == nil {
			return
		}
		for id, p := range s.places {
			if !yield(s.doc.Node(id), p) {
				return
			}
		}
	}
}
