// Package openapi asks libopenapi for its opinion of a Swagger 2.0 definition: which of its references run in circles.
// Nothing else of this program imports that library.
//
// libopenapi is asked only about definitions that are valid JSON and whose references all lead somewhere: about others
// it can say nothing. Its model of a definition is not built: that overflows the stack, which ends the process, where
// the items of a parameter refer to themselves, and what it complains of is said by rules already. No network and no
// file is read.
package openapi

import (
	"cmp"
	"slices"

	"paconn-ls/internal/jsondoc"
)

// Circle is a way from a definition back to itself on which every step is required: no value can ever fit it.
type Circle struct {
	Steps []Step // the first is the one whose definition stands first in the text
}

// Step is one reference of a circle. It leads to the definition of the next step, the last one's to that of the first.
type Step struct {
	Definition jsondoc.Value
	Ref        jsondoc.Value // the string in "$ref"
}

// Bounds beyond which a definition is not looked at: the service takes 1 MB.
const (
	maxBytes      = 4 << 20
	maxReferences = 20_000
	maxSteps      = 2_000_000 // looked at in the search of the shortest circles
)

// Circles returns the circles of required references in a definition, in the order of the text; one for definitions that
// are tied together by several. A circle through an optional property, an array or a dictionary is none: that is how
// trees are described.
func Circles(doc *jsondoc.Doc) []Circle {
	targets, ok := references(doc)
	if !ok || len(targets) == 0 {
		return nil
	}
	var out []Circle
	g := graph{targets: targets, edges: map[int][]Step{}, budget: maxSteps}
	for _, definition := range circular(doc) {
		if circle, ok := g.circle(definition); ok {
			out = append(out, circle)
		}
	}
	slices.SortFunc(out, func(a, b Circle) int { return cmp.Compare(a.Steps[0].Definition.ID(), b.Steps[0].Definition.ID()) })
	return out
}

// references returns what every reference leads to, by the id of its string. ok is false when libopenapi should not see
// the text.
func references(doc *jsondoc.Doc) (targets map[int]jsondoc.Value, ok bool) {
	root := doc.Root()
	if !root.IsObject() || root.Get("swagger").Text() != "2.0" || len(doc.Errors()) > 0 || len(doc.Source()) > maxBytes {
		return nil, false
	}
	targets = map[int]jsondoc.Value{}
	for v := range root.Descendants() {
		if v.Key() != "$ref" {
			continue
		}
		pointer, local := jsondoc.FragmentPointer(v.Text())
		target := root.Resolve(pointer)
		if !local || pointer == "" || !target.IsObject() || len(targets) == maxReferences {
			return nil, false
		}
		targets[v.ID()] = target
	}
	return targets, true
}
