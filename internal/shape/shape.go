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
	root   *dialect.Object
	places []Place // nil when places are worked out one by one
	byName map[string][]int32
}

var memo = connector.NewMemo(func(f *connector.File) *Shape {
	if root := rootOf(f.Role); root != nil {
		return Build(f.Doc(), root)
	}
	return nil
})

func rootOf(role connector.Role) *dialect.Object {
	switch role {
	case connector.Definition:
		return dialect.Definition()
	case connector.Properties:
		return dialect.Properties()
	case connector.Settings:
		return dialect.Settings()
	}
	return nil
}

// Of returns the shape of a file, nil for a file that the dialect does not describe. It is built once for each File.
func Of(f *connector.File) *Shape { return memo.Of(f) }

// Sparse returns a shape of a file that works out each Place when it is asked for: for a question about one place of a
// file that has just changed. Its Objects and All yield nothing.
func Sparse(f *connector.File) *Shape {
	if f == nil || rootOf(f.Role) == nil {
		return nil
	}
	return &Shape{doc: f.Doc(), root: rootOf(f.Role)}
}

// Build joins a tree with the description of its root. It takes time linear in the size of the tree.
func Build(doc *jsondoc.Doc, root *dialect.Object) *Shape {
	s := &Shape{doc: doc, root: root, places: make([]Place, doc.Len()), byName: map[string][]int32{}}
	for id := range doc.Len() {
		v := doc.Node(id)
		p := &s.places[id]
		if parent := v.Parent(); parent.Exists() {
			*p = place(&s.places[parent.ID()], parent, v)
		} else {
			*p = s.outermost(v)
		}
		if p.Object != nil {
			s.byName[p.Object.Name] = append(s.byName[p.Object.Name], int32(id))
		}
	}
	return s
}

var rootValue = &dialect.Value{Kinds: dialect.Mapping}

func (s *Shape) outermost(v jsondoc.Value) Place {
	return Place{Value: rootValue, Object: choose(s.root, v)}
}

// place returns the Place of a value below one whose Place is known.
func place(above *Place, parent, v jsondoc.Value) Place {
	key, value := below(above, parent, v)
	return Place{Key: key, Value: value, Object: choose(value.Mapping(), v)}
}

// choose returns the description that fits an object best, nil for other kinds.
func choose(o *dialect.Object, v jsondoc.Value) *dialect.Object {
	if o == nil || !v.IsObject() {
		return nil
	}
	if len(o.Variants) == 0 {
		return o
	}
	return o.Choose(func(key string) (string, bool) {
		m := v.Get(key)
		return m.Text(), m.Exists()
	})
}

// trace works out the Place of a value from the root down.
func (s *Shape) trace(v jsondoc.Value) Place {
	parent := v.Parent()
	if !parent.Exists() {
		return s.outermost(v)
	}
	above := s.trace(parent)
	return place(&above, parent, v)
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
	if s.places == nil {
		return s.trace(v)
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
