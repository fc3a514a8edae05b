package lsp

import (
	"maps"
	"path/filepath"
	"reflect"
	"slices"

	"paconn-ls/commands"
	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
)

// update is a snapshot in the making, and what has to be checked again because of it.
type update struct {
	snapshot
	disk  connector.Files
	dirty map[string]bool // folders of connectors and paths of configurations
	moved bool            // a connector came or went
}

// update replaces the snapshot. Whatever became dirty is checked at that pace. When change panics the texts of the open
// documents count all the same: the next change of one builds on them.
func (s *server) update(p pace, change func(*update)) {
	s.write.Lock()
	defer s.write.Unlock()
	old := s.state.Load()
	u := &update{snapshot: *old, disk: s.disk, dirty: map[string]bool{}}
	u.documents, u.configs = maps.Clone(u.documents), maps.Clone(u.configs)
	if u.documents == nil {
		u.documents, u.configs = map[string]*document{}, map[string]*connector.File{}
	}
	next := *old
	next.documents = u.documents
	defer func() { s.state.Store(&next) }()
	change(u)
	next = u.snapshot
	s.state.Store(&next) // before any check begins
	if s.client.asks && u.moved {
		s.listing.request(s, "list of connectors", s.tellConnectors)
	}
	for _, key := range slices.Sorted(maps.Keys(u.dirty)) {
		s.checks.schedule(key, u.pace(key, p))
	}
}

// pace returns how soon a check should follow. What nobody has open does not keep what somebody has open waiting.
func (u *update) pace(key string, p pace) pace {
	c := u.workspace.Connector(key)
	if c == nil || p == saved || slices.ContainsFunc(c.Files(), func(f *connector.File) bool { return f.Open }) {
		return p
	}
	return waiting
}

// put takes a connector in, or another state of it, under the configuration that holds for its folder.
func (u *update) put(c *connector.Connector, config *connector.File) {
	next := newUnit(c, config, configOf.Of(config).config.Options(u.editor.Options(diagnostics.Options{})))
	old := u.units.Of(c.Dir)
	u.moved = u.moved || old == nil
	u.units = u.units.With(c.Dir, next)
	switch {
	case old == nil || old.connector != c:
		before := u.workspace.Connector(c.Dir)
		u.workspace = u.workspace.With(c)
		u.claim(before.Claims(), c.Claims())
	case reflect.DeepEqual(old.options, next.options):
		next.inherit(old) // checking it is but telling what is known
	}
	u.dirty[c.Dir] = true
}

// drop forgets the connector in dir.
func (u *update) drop(dir string) {
	if u.units.Of(dir) == nil {
		return
	}
	old := u.workspace.Connector(dir)
	u.workspace, u.units = u.workspace.Without(dir), u.units.Without(dir)
	u.dirty[dir], u.moved = true, true
	u.claim(old.Claims(), nil)
}

// claim follows a connector whose claims on files in other folders were others before. A folder that only holds what is
// claimed is no connector; one that holds what is claimed no longer may be one again. A connector with claims of its own
// stays one whatever others claim, so that this comes to an end.
func (u *update) claim(before, now []string) {
	for _, path := range slices.Concat(before, now) {
		if slices.Contains(before, path) && slices.Contains(now, path) {
			continue
		}
		dir := filepath.Dir(path)
		world := u.world(dir)
		switch holds := u.wanted(dir) && u.holds(dir, world.List(dir), world); {
		case !holds:
			u.drop(dir)
		case u.units.Of(dir) == nil:
			u.put(connector.Assemble(dir, world), u.configFor(dir))
		}
	}
}

// holds reports whether dir, which holds files of these names, is a connector's, when files that belong to a connector in
// another folder do not count.
func (u *update) holds(dir string, names []string, world connector.Files) bool {
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return u.workspace.Claimed(filepath.Join(dir, name)) })
	return connector.Holds(dir, names, world)
}

// world returns the files as they are now, those of the connector in dir as they are known but for some that changed.
func (u *update) world(dir string, changed ...string) files {
	world := files{u.documents, map[string]*connector.File{}, u.disk}
	for _, f := range u.workspace.Connector(dir).Files() {
		if !slices.Contains(changed, f.Path) {
			world.known[f.Path] = f
		}
	}
	return world
}

// reload reads the connector in dir anew, except for its files that have not changed.
func (u *update) reload(dir string, changed ...string) {
	world := u.world(dir, changed...)
	if !u.wanted(dir) || !u.holds(dir, world.List(dir), world) {
		u.drop(dir)
		return
	}
	u.put(connector.Assemble(dir, world), u.configFor(dir))
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
		u.put(next, u.units.Of(c.Dir).config)
	}
	if u.configs[d.path] != nil {
		u.reconfigure(d.path, d.file(connector.Config))
	}
}

// reconfigure puts a configuration in the place of the one at path before.
func (u *update) reconfigure(path string, config *connector.File) {
	u.configs[path] = config
	u.dirty[path] = true
	for _, unit := range u.units.All() {
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
	for _, c := range u.workspace.Concerned(path) {
		u.reload(c.Dir, slices.Collect(u.below(c, path))...)
	}
	if u.units.Of(dir) == nil && mayMakeConnector(path) {
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
	for dir, unit := range u.units.All() {
		if under(dir, filepath.Dir(path)) {
			if config := u.configFor(dir); config != unit.config {
				u.put(unit.connector, config)
			}
		}
	}
}
