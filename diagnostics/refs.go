package diagnostics

import (
	"slices"
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/shape"
	"paconn-ls/internal/spelling"
	"paconn-ls/internal/swagger"
)

// reference is a "$ref" in a definition.
type reference struct {
	value   jsondoc.Value // the string
	text    string
	section string        // where it should point: "definitions", "parameters" or "responses"; "" where no reference is expected
	target  jsondoc.Value // what it points at, absent when that is nothing
}

// sectionOf says where references to an object of the dialect belong.
var sectionOf = map[string]string{"schema": "definitions", "parameter": "parameters", "response": "responses"}

// references of a definition, in the order of the text.
var references = connector.NewMemo(func(f *connector.File) []reference {
	var out []reference
	s, d, doc := shape.Of(f), swagger.Of(f), f.Doc()
	for id := range doc.Len() {
		v := doc.Node(id)
		if v.Key() != "$ref" || !v.IsString() || v.Broken() {
			continue
		}
		r := reference{value: v, text: v.Text()}
		r.target = d.Resolve(r.text)
		if place := s.Place(v.Parent()); place.Object != nil && place.Object.Name == "reference" {
			r.section = sectionOf[place.Value.Object]
		}
		out = append(out, r)
	}
	return out
})

// referencesOf returns the references of the connector's definition, also those in places that the dialect does not know.
func referencesOf(p *Pass) []reference {
	f := p.Connector.Definition()
	if p.Shape(f) == nil {
		return nil
	}
	return references.Of(f)
}

// names lists what a section holds, in the order of the text.
func names(d *swagger.Document, section string) []string {
	var out []string
	for v := range d.Root.Get(section).Children() {
		out = append(out, v.Key())
	}
	return out
}

// refEscape writes a name as it stands in a reference: RFC 6901 within the fragment of a URI.
var refEscape = strings.NewReplacer("~", "~0", "/", "~1", "%", "%25", " ", "%20", "\"", "%22", "<", "%3C", ">", "%3E", "#", "%23")

var refUnescape = strings.NewReplacer("~1", "/", "~0", "~")

// refTo returns the reference to a name of a section.
func refTo(section, name string) string { return "#/" + section + "/" + refEscape.Replace(name) }

// refName returns the last part of what looks like a reference, unescaped and without the ending of a file name.
func refName(ref string) string {
	if _, fragment, ok := strings.Cut(ref, "#"); ok && fragment != "" {
		ref = fragment
	}
	ref = ref[strings.LastIndexByte(ref, '/')+1:]
	pointer, ok := jsondoc.FragmentPointer("#/" + ref)
	if !ok {
		return ref
	}
	return refUnescape.Replace(strings.TrimSuffix(pointer[1:], ".json"))
}

// refCandidates returns the references of a section that a wrong one was probably meant to be, the nearest first.
func refCandidates(d *swagger.Document, r reference) []string {
	all, name := names(d, r.section), refName(r.text)
	near := spelling.Nearest(name, all)
	if slices.Contains(all, name) {
		near = []string{name}
	}
	for i, n := range near {
		near[i] = refTo(r.section, n)
	}
	return near
}

// refSuggestions returns the question at the end of a message about a wrong reference, and the fixes that answer it.
func refSuggestions(p *Pass, r reference) (question string, fixes []Option) {
	if p.full(p.FileOf(r.value)) {
		return "", nil
	}
	near := refCandidates(p.Definition, r)
	if len(near) == 0 {
		return "", nil
	}
	return ", did you mean " + quoted(near, " or ") + "?", replacements(r.value, near)
}
