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
	owners     map[string]string     // path of a file to the folder of its connector, for files that lie elsewhere
}

// With returns the workspace with c in place of what was in its folder.
func (w *Workspace) With(c *Connector) *Workspace {
	n := w.clone()
	n.connectors[c.Dir] = c
	maps.DeleteFunc(n.owners, func(_, dir string) bool { return dir == c.Dir })
	for _, f := range c.Files() {
		if filepath.Dir(f.Path) != c.Dir {
			n.owners[f.Path] = c.Dir
		}
	}
	return n
}

// Without returns the workspace without the connector in dir.
func (w *Workspace) Without(dir string) *Workspace {
	n := w.clone()
	delete(n.connectors, dir)
	maps.DeleteFunc(n.owners, func(_, owner string) bool { return owner == dir })
	return n
}

func (w *Workspace) clone() *Workspace {
	if w == nil {
		return &Workspace{connectors: map[string]*Connector{}, owners: map[string]string{}}
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

// Find returns the connector that the file at path belongs to and the file in it; nil, nil when there is none.
func (w *Workspace) Find(path string) (*Connector, *File) {
	if w == nil {
		return nil, nil
	}
	if c := w.connectors[filepath.Dir(path)]; c != nil {
		if f := c.File(path); f != nil {
			return c, f
		}
	}
	if dir, ok := w.owners[path]; ok {
		c := w.connectors[dir]
		return c, c.File(path)
	}
	return nil, nil
}

// Connectors returns all connectors in the order of their folders.
func (w *Workspace) Connectors() []*Connector {
	if w == nil {
		return nil
	}
	return slices.SortedFunc(maps.Values(w.connectors), func(a, b *Connector) int { return strings.Compare(a.Dir, b.Dir) })
}
