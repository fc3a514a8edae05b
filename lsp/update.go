package lsp

import (
	"maps"
	"path/filepath"
	"slices"

	"paconn-ls/commands"
	"paconn-ls/internal/connector"
)

// update is a snapshot in the making, and what has to be checked again because of it.
type update struct {
	snapshot
	disk  connector.Files
	dirty map[string]bool // folders of connectors and paths of configurations
}

// update replaces the snapshot. Whatever became dirty is checked at that pace. When change panics the texts of the open
// documents count all the same: the next change of one builds on them.
func (s *server) update(p pace, change func(*update)) {
	s.write.Lock()
	defer s.write.Unlock()
	old := s.state.Load()
	u := &update{snapshot: *old, disk: s.disk, dirty: map[string]bool{}}
	u.units, u.documents, u.configs = maps.Clone(u.units), maps.Clone(u.documents), maps.Clone(u.configs)
	if u.units == nil {
		u.units, u.documents, u.configs = map[string]*unit{}, map[string]*document{}, map[string]*connector.File{}
	}
	next := *old
	next.documents = u.documents
	defer func() { s.state.Store(&next) }()
	change(u)
	next = u.snapshot
	s.state.Store(&next) // before any check begins
	for _, key := range slices.Sorted(maps.Keys(u.dirty)) {
		s.checks.schedule(key, p)
	}
}

// put takes a connector in, or another state of it, under the configuration that holds for its folder.
func (u *update) put(c *connector.Connector, config *connector.File) {
	u.workspace = u.workspace.With(c)
	u.units[c.Dir] = newUnit(c, config, configOf.Of(config).config.Options(u.editor.Options(u.base)))
	u.dirty[c.Dir] = true
}

// drop forgets the connector in dir.
func (u *update) drop(dir string) {
	if u.units[dir] == nil {
		return
	}
	u.workspace = u.workspace.Without(dir)
	delete(u.units, dir)
	u.dirty[dir] = true
}

// reload reads the connector in dir anew, except for its files that have not changed.
func (u *update) reload(dir string, changed ...string) {
	old := u.workspace.Connector(dir)
	world := files{u.documents, map[string]*connector.File{}, u.disk}
	for _, f := range old.Files() {
		if !slices.Contains(changed, f.Path) {
			world.known[f.Path] = f
		}
	}
	names := world.List(dir)
	if !u.wanted(dir) || !connector.Holds(dir, names, world) {
		u.drop(dir)
		return
	}
	u.add(connector.Assemble(dir, world), connector.Claims(dir, names, world))
}

// add takes a connector in that has been read. The folders whose files it claims hold no connectors of their own.
func (u *update) add(c *connector.Connector, claims []string) {
	for _, dir := range claims {
		u.drop(dir)
	}
	u.put(c, u.configFor(c.Dir))
}

// wanted reports whether the connector in dir is any business of ours: it lies in the workspace, or one of its files is
// open.
func (u *update) wanted(dir string) bool {
	if u.inRoots(dir) {
		return true
	}
	c := u.workspace.Connector(dir)
	for path := range u.documents {
		if filepath.Dir(path) == dir || c.File(path) != nil {
			return true
		}
	}
	return false
}

// configFor returns the configuration that holds for the connector in dir.
func (u *update) configFor(dir string) *connector.File {
	f := commands.FindConfig(dir, files{u.documents, u.configs, u.disk})
	if f != nil && u.configs[f.Path] != f {
		u.configs[f.Path] = f
		u.dirty[f.Path] = true
	}
	return f
}

// edit gives an open document another text.
func (u *update) edit(d *document) {
	u.documents[d.path] = d
	for _, c := range u.workspace.Users(d.path) {
		if f := c.File(d.path); f.Role == connector.Settings {
			u.reload(c.Dir)
			continue
		}
		next := c
		for _, f := range c.Files() {
			if f.Path == d.path {
				next = next.With(d.file(f.Role))
			}
		}
		u.put(next, u.units[c.Dir].config)
	}
	if u.configs[d.path] != nil {
		u.reconfigure(d.path, d.file(connector.Config))
	}
}

// reconfigure puts a configuration in the place of the one at path before.
func (u *update) reconfigure(path string, config *connector.File) {
	u.configs[path] = config
	u.dirty[path] = true
	for _, unit := range u.units {
		if unit.config != nil && unit.config.Path == path {
			u.put(unit.connector, config)
		}
	}
}

// changed follows a file that came, went or has another content, in the editor or on disk.
func (u *update) changed(path string) {
	dir := filepath.Dir(path)
	if filepath.Base(path) == connector.ConfigName {
		u.configChanged(path)
	}
	for _, c := range u.workspace.Connectors() {
		switch {
		case under(c.Dir, path):
			u.reload(c.Dir, slices.Collect(u.below(c, path))...)
		case c.Dir == dir, c.File(path) != nil, c.Names(path):
			u.reload(c.Dir, path)
		}
	}
	if u.units[dir] == nil && len(u.workspace.Users(path)) == 0 && mayMakeConnector(path) {
		u.reload(dir)
	}
}

// mayMakeConnector reports whether a file may make a connector of its folder, to go by its name.
func mayMakeConnector(path string) bool {
	role, doubt := connector.RoleOf(path)
	return role == connector.Settings || role != connector.Other && doubt < 2
}

// below yields the files of a connector that lie at or below path.
func (u *update) below(c *connector.Connector, path string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, f := range c.Files() {
			if under(f.Path, path) && !yield(f.Path) {
				return
			}
		}
	}
}

// configChanged finds out anew which configuration holds for whom, after one came, went or changed.
func (u *update) configChanged(path string) {
	delete(u.configs, path)
	u.dirty[path] = true
	if d := u.documents[path]; d != nil {
		u.configs[path] = d.file(connector.Config)
	}
	for dir, unit := range u.units {
		if under(dir, filepath.Dir(path)) {
			if config := u.configFor(dir); config != unit.config {
				u.put(unit.connector, config)
			}
		}
	}
}
