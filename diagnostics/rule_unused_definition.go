package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/swagger"
)

var unusedDefinition = &Rule{
	Name: "unused-definition", Severity: Hint,
	Check: func(p *Pass) {
		used, needed := usedDefinitions(p)
		for _, section := range []string{"definitions", "parameters", "responses"} {
			for v := range p.Definition.Root.Get(section).Children() {
				if used[v.ID()] || v.Broken() || p.Definition.Names(section)[v.Key()] != v {
					continue
				}
				options := []Option{Tagged(Unnecessary)}
				if !needed[v.ID()] && !p.full(p.FileOf(v)) {
					options = append(options, Suggest("Remove it", v.Remove()...))
				}
				p.ReportKey(v, fmt.Sprintf("nothing that is used refers to %q", "#/"+section+"/"+v.Key()), options...)
			}
		}
	},
}

// usedDefinitions returns the ids of what is referred to, directly or by way of others, from outside of the sections, and
// of what other entries refer to.
func usedDefinitions(p *Pass) (used, needed map[int]bool) {
	d := p.Definition
	uses := map[int][]int{} // what each entry of a section refers to
	used, needed = map[int]bool{}, map[int]bool{}
	var queue []int
	for _, r := range referencesOf(p) {
		to, from := entryOf(d, r.target), entryOf(d, r.value)
		switch {
		case !to.Exists():
		case !from.Exists():
			queue = append(queue, to.ID())
		default:
			uses[from.ID()] = append(uses[from.ID()], to.ID())
			needed[to.ID()] = needed[to.ID()] || from != to
			if r.value.Parent().Parent().Key() == "allOf" && r.target.Get("discriminator").Exists() {
				uses[to.ID()] = append(uses[to.ID()], from.ID()) // the value of the discriminator names it
			}
		}
	}
	for len(queue) > 0 {
		id := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if !used[id] {
			used[id] = true
			queue = append(queue, uses[id]...)
		}
	}
	return used, needed
}

// entryOf returns the entry of definitions, parameters or responses that a value lies in; absent for any other place.
func entryOf(d *swagger.Document, v jsondoc.Value) jsondoc.Value {
	for up := v.Parent(); up.Exists(); v, up = up, up.Parent() {
		if above := up.Parent(); above.Exists() && above == d.Root {
			switch up.Key() {
			case "definitions", "parameters", "responses":
				return v
			}
		}
	}
	return jsondoc.Value{}
}
