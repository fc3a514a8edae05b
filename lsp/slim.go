package lsp

import (
	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
)

// settle puts a slim unit into the place of one whose files nobody has open, once it is checked: in a repository with a
// thousand connectors the trees of their files would take many times the room of their texts.
func (s *server) settle(key string, u *unit) {
	s.write.Lock()
	defer s.write.Unlock()
	next := *s.state.Load()
	if next.units.Of(key) != u {
		return
	}
	for _, f := range u.connector.Files() {
		if f.Open {
			return
		}
	}
	slim := u.slim()
	next.workspace = next.workspace.With(slim.connector)
	next.units = next.units.With(key, slim)
	s.state.Store(&next)
}

// exchange holds the files that take the place of others.
type exchange map[*connector.File]*connector.File

func (x exchange) of(f *connector.File) *connector.File {
	if g := x[f]; g != nil {
		return g
	}
	return f
}

// slim returns the unit with files of the same content of which nothing is computed yet, and what is known to be found in
// them.
func (u *unit) slim() *unit {
	c := u.connector
	fresh := exchange{}
	for _, f := range u.connector.Files() {
		fresh[f] = &connector.File{Path: f.Path, Role: f.Role, Content: f.Content, Err: f.Err}
		c = c.With(fresh[f])
	}
	out := newUnit(c, u.config, u.options)
	for d := range u.found {
		if f := u.found[d].Load(); f != nil {
			out.found[d].Store(f.moved(fresh))
		}
	}
	return out
}

// moved returns the findings with other files in place of those they were made in.
func (f *findings) moved(to exchange) *findings {
	out := &findings{byPath: map[string][]diagnostics.Diagnostic{}, cost: f.cost}
	for path, list := range f.byPath {
		moved := make([]diagnostics.Diagnostic, len(list))
		for i, d := range list {
			d.File = to.of(d.File)
			d.Related = append([]diagnostics.Related(nil), d.Related...)
			for j := range d.Related {
				d.Related[j].File = to.of(d.Related[j].File)
			}
			d.Fixes = append([]diagnostics.Fix(nil), d.Fixes...)
			for j := range d.Fixes {
				d.Fixes[j].Edits = append([]diagnostics.FileEdit(nil), d.Fixes[j].Edits...)
				for k := range d.Fixes[j].Edits {
					d.Fixes[j].Edits[k].File = to.of(d.Fixes[j].Edits[k].File)
				}
			}
			moved[i] = d
		}
		out.byPath[path] = moved
	}
	return out
}
