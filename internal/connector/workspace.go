package connector

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"paconn-ls/internal/immutable"
)

// Workspace is a snapshot of every connector that is known. It never changes; a change of one of thousands is cheap.
type Workspace struct {
	connectors *immutable.Map[*Connector] // by folder
	elsewhere  *immutable.Map[[]string]   // paths that lie in no folder of their connectors, to the folders of these
}

// With returns the workspace with c in place of what was in its folder.
func (w *Workspace) With(c *Connector) *Workspace {
	n := w.Without(c.Dir)
	n.connectors = n.connectors.With(c.Dir, c)
	for _, path := range c.elsewhere() {
		n.elsewhere = n.elsewhere.With(path, append(slices.Clone(n.elsewhere.Of(path)), c.Dir))
	}
	return n
}

// Without returns the workspace without the connector in dir.
func (w *Workspace) Without(dir string) *Workspace {
	n := &Workspace{}
	if w != nil {
		*n = *w
	}
	for _, path := range n.Connector(dir).elsewhere() {
		left := slices.DeleteFunc(slices.Clone(n.elsewhere.Of(path)), func(d string) bool { return d == dir })
		if n.elsewhere = n.elsewhere.With(path, left); len(left) == 0 {
			n.elsewhere = n.elsewhere.Without(path)
		}
	}
	n.connectors = n.connectors.Without(dir)
	return n
}

// Connector returns the connector in dir, or nil.
func (w *Workspace) Connector(dir string) *Connector {
	if w == nil {
		return nil
	}
	return w.connectors.Of(dir)
}

// Find returns the connector that the file at path belongs to and the file in it; nil, nil when there is none. Of several
// connectors that share the file it is the one in the file's own folder, or else the first that came.
func (w *Workspace) Find(path string) (*Connector, *File) {
	for _, c := range w.Users(path) {
		return c, c.File(path)
	}
	return nil, nil
}

// Users returns every connector that has the file at path for one of its parts.
func (w *Workspace) Users(path string) []*Connector {
	if w == nil {
		return nil
	}
	var users []*Connector
	for _, dir := range append([]string{filepath.Dir(path)}, w.elsewhere.Of(path)...) {
		if c := w.Connector(dir); c.File(path) != nil {
			users = append(users, c)
		}
	}
	return users
}

// Claimed reports whether the file at path is the definition or the properties of a connector in another folder.
func (w *Workspace) Claimed(path string) bool {
	return slices.ContainsFunc(w.Users(path), func(c *Connector) bool { return slices.Contains(c.Claims(), path) })
}

// Concerned returns the connectors that a change at path may make different, in the order of their folders: path is a
// file that came, went or has another content, or a folder that came or went with all that is in it.
func (w *Workspace) Concerned(path string) []*Connector {
	if w == nil {
		return nil
	}
	dirs := map[string]bool{}
	for dir := range w.connectors.All() {
		if dir == filepath.Dir(path) || atOrBelow(dir, path) {
			dirs[dir] = true
		}
	}
	for file, users := range w.elsewhere.All() {
		for _, dir := range users {
			if atOrBelow(file, path) {
				dirs[dir] = true
			}
		}
	}
	var out []*Connector
	for _, dir := range slices.Sorted(maps.Keys(dirs)) {
		out = append(out, w.Connector(dir))
	}
	return out
}

// atOrBelow reports whether a clean path is that of a folder or lies below it.
func atOrBelow(path, folder string) bool {
	rest, ok := strings.CutPrefix(path, folder)
	return ok && (rest == "" || rest[0] == filepath.Separator)
}

// Connectors returns all connectors in the order of their folders.
func (w *Workspace) Connectors() []*Connector {
	if w == nil {
		return nil
	}
	out := make([]*Connector, 0, w.connectors.Len())
	for _, c := range w.connectors.All() {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b *Connector) int { return strings.Compare(a.Dir, b.Dir) })
	return out
}
