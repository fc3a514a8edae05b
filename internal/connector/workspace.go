package connector

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// Workspace is a snapshot of every connector that is known. It never changes.
type Workspace struct {
	connectors map[string]*Connector // by folder
	owners     map[string][]string   // path of a file to the folders of its connectors, for files that lie elsewhere
}

// With returns the workspace with c in place of what was in its folder.
func (w *Workspace) With(c *Connector) *Workspace {
	n := w.clone()
	n.connectors[c.Dir] = c
	n.disown(c.Dir)
	for _, f := range c.Files() {
		if filepath.Dir(f.Path) != c.Dir && !slices.Contains(n.owners[f.Path], c.Dir) {
			n.owners[f.Path] = append(slices.Clone(n.owners[f.Path]), c.Dir)
		}
	}
	return n
}

// Without returns the workspace without the connector in dir.
func (w *Workspace) Without(dir string) *Workspace {
	n := w.clone()
	delete(n.connectors, dir)
	n.disown(dir)
	return n
}

// disown forgets which files the connector in dir has elsewhere.
func (w *Workspace) disown(dir string) {
	for path, dirs := range w.owners {
		if !slices.Contains(dirs, dir) {
			continue
		}
		if len(dirs) == 1 {
			delete(w.owners, path)
			continue
		}
		w.owners[path] = slices.DeleteFunc(slices.Clone(dirs), func(d string) bool { return d == dir })
	}
}

func (w *Workspace) clone() *Workspace {
	if w == nil {
		return &Workspace{connectors: map[string]*Connector{}, owners: map[string][]string{}}
	}
	return &Workspace{connectors: maps.Clone(w.connectors), owners: maps.Clone(w.owners)}
}

// Connector returns the connector in dir, or nil.
func (w *Workspace) Connector(dir string) *Connector {
	if w == nil {
		return nil
	}
	return w.connectors[dir]
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
	if c := w.connectors[filepath.Dir(path)]; c.File(path) != nil {
		users = append(users, c)
	}
	for _, dir := range w.owners[path] {
		users = append(users, w.connectors[dir])
	}
	return users
}

// Connectors returns all connectors in the order of their folders.
func (w *Workspace) Connectors() []*Connector {
	if w == nil {
		return nil
	}
	return slices.SortedFunc(maps.Values(w.connectors), func(a, b *Connector) int { return strings.Compare(a.Dir, b.Dir) })
}
