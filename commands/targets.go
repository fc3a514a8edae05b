package commands

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"paconn-ls/internal/connector"
)

// target is a connector to check.
type target struct {
	dir   string
	files map[string]connector.Role // the only files to tell of, and the parts they play; nil means all
}

func (t target) wants(f *connector.File) bool {
	_, named := t.files[f.Path]
	return named || t.files == nil
}

// assemble reads the connector. A file that was named plays its part even when another would be chosen for it.
func (t target) assemble() *connector.Connector {
	c := connector.Assemble(t.dir, Disk{})
	for path, role := range t.files {
		if c.File(path) != nil {
			continue
		}
		if f := (Disk{}).Read(path, role); f != nil {
			c = c.With(f)
		}
	}
	return c
}

// findTargets returns the connectors that paths lead to, each once, in the order of their folders, and the folders that
// could not be read. No path means the working directory.
func findTargets(paths []string) ([]target, []Failure, error) {
	f := finder{byDir: map[string]target{}}
	f.walker = walker{found: f.folder, failed: f.fail, seen: map[string]bool{}}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, p := range paths {
		if err := f.add(p); err != nil {
			return nil, nil, err
		}
	}
	f.disown()
	targets := make([]target, 0, len(f.byDir))
	for _, t := range f.byDir {
		targets = append(targets, t)
	}
	slices.SortFunc(targets, func(a, b target) int { return cmp.Compare(a.dir, b.dir) })
	return targets, f.failures, nil
}

type finder struct {
	walker   walker
	byDir    map[string]target
	failures []Failure
}

func (f *finder) fail(dir string, err error) { f.failures = append(f.failures, Failure{dir, err}) }

func (f *finder) folder(dir string) bool {
	f.byDir[dir] = target{dir: dir}
	return true
}

// disown leaves out folders that were visited before the one whose settings.json claims their parts.
func (f *finder) disown() {
	for path := range f.walker.owned {
		dir := filepath.Dir(path)
		if t, ok := f.byDir[dir]; ok && t.files == nil && !f.walker.holds(dir, Disk{}.List(dir)) {
			delete(f.byDir, dir)
		}
	}
}

func (f *finder) add(path string) error {
	if path == "" { // a variable of a script that is not set must not stand for the working folder
		return &ArgumentError{`""`, "a path is empty; the working folder is ."}
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return &ArgumentError{path, err.Error()}
	}
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &ArgumentError{path, "there is no such file or folder"}
	case err != nil:
		f.fail(abs, err)
		return nil
	case !info.IsDir():
		return f.file(path, abs)
	}
	before := len(f.failures)
	if !f.walker.walk(abs) && len(f.failures) == before {
		return &ArgumentError{path, "there is no connector in this folder or below: a connector's folder holds apiDefinition.swagger.json and apiProperties.json"}
	}
	return nil
}

// file adds a file that was named: of its connector, or of a connector that is only this file.
func (f *finder) file(path, abs string) error {
	dir, role := ownerOf(abs)
	if role == connector.Other {
		return &ArgumentError{path, "this is no part of a connector: give a folder, or a definition, properties, settings, script or icon file"}
	}
	t, ok := f.byDir[dir]
	if ok && t.files == nil {
		return nil // the whole connector is checked anyway
	}
	if !ok {
		t = target{dir: dir, files: map[string]connector.Role{}}
	}
	t.files[abs] = role
	f.byDir[dir] = t
	return nil
}

// ownerOf returns the folder of the connector that a file belongs to, which may be one above when a settings.json there
// leads to it, and the part that the file plays.
func ownerOf(abs string) (dir string, role connector.Role) {
	dir = filepath.Dir(abs)
	up := dir
	for range maxClimb {
		c := connector.Assemble(up, Disk{})
		if file := c.File(abs); file != nil && belongs(file, c) {
			return up, file.Role
		}
		up = filepath.Dir(up)
	}
	switch role, _ = connector.RoleOf(abs); role {
	case connector.Settings, connector.Readme:
		return dir, connector.Other
	case connector.Other:
		return dir, roleByContent((Disk{}).Read(abs, connector.Definition))
	}
	return dir, role
}

// belongs reports whether a file that is named like a part of c is one: any folder may have a readme, and other programs
// have a settings.json too.
func belongs(f *connector.File, c *connector.Connector) bool {
	switch {
	case c.Definition() != nil || c.Properties() != nil:
		return true
	case f.Role == connector.Settings:
		return slices.ContainsFunc(settingsKeys, func(key string) bool { return f.Root().Get(key).Exists() })
	}
	return f.Role != connector.Readme
}

// settingsKeys are keys by which a settings.json is known for one of a connector.
var settingsKeys = []string{"apiDefinition", "apiProperties", "connectorId", "powerAppsUrl", "powerAppsApiVersion"}

// maxClimb is in how many folders, from a file's own upwards, its connector is looked for.
const maxClimb = 3

// roleByContent tells what a JSON file of an unusual name is by the keys that only one kind of file has.
func roleByContent(f *connector.File) connector.Role {
	root := f.Root()
	switch properties := root.Get("properties"); {
	case root.Get("swagger").Exists(), root.Get("openapi").Exists():
		return connector.Definition
	case properties.Get("connectionParameters").Exists(), properties.Get("iconBrandColor").Exists():
		return connector.Properties
	}
	return connector.Other
}
