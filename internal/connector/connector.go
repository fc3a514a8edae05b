package connector

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
)

// Files is what assembling a connector needs of the world.
type Files interface {
	// List returns the names of the files in a folder, not of folders; nil when it cannot be read.
	List(dir string) []string
	// Read returns the file at path in that role; nil when there is none. A file that is there but cannot be read comes
	// with Err set.
	Read(path string, role Role) *File
}

// Connector is a snapshot of one connector: the files of its folder by the parts they play. It never changes.
type Connector struct {
	Dir     string // absolute and clean
	parts   [roleCount]*File
	missing [roleCount]string // where settings.json puts a part that is not there
}

// Assemble reads the connector in dir: the parts by their names, then those that settings.json puts elsewhere.
func Assemble(dir string, files Files) *Connector {
	c := &Connector{Dir: dir}
	for role, name := range pick(files.List(dir)) {
		if name != "" {
			c.parts[role] = files.Read(filepath.Join(dir, name), Role(role))
		}
	}
	for _, r := range redirects {
		value, ok := c.parts[Settings].Root().Get(r.key).Str()
		if !ok || value == "" {
			continue
		}
		path := Redirect(dir, value)
		if old := c.parts[r.role]; old != nil && old.Path == path {
			continue
		}
		if f := files.Read(path, r.role); f != nil {
			c.parts[r.role] = f
		} else {
			c.missing[r.role] = path
		}
	}
	return c
}

// redirects are the keys of settings.json that say where a part lies.
var redirects = []struct {
	key  string
	role Role
}{{"apiDefinition", Definition}, {"apiProperties", Properties}, {"icon", Icon}, {"script", Script}}

// RedirectOf returns the role of the part that a key of settings.json says the path of; ok is false for other keys.
func RedirectOf(key string) (role Role, ok bool) {
	for _, r := range redirects {
		if r.key == key {
			return r.role, true
		}
	}
	return Other, false
}

// Redirect returns the path that a value in the settings.json of dir leads to.
func Redirect(dir, value string) string {
	value = filepath.FromSlash(strings.ReplaceAll(value, `\`, "/"))
	if filepath.IsAbs(value) {
		return filepath.Clean(value)
	}
	return filepath.Join(dir, value)
}

// pick chooses the best name for each part; the first in the order of the alphabet among equals.
func pick(names []string) [roleCount]string {
	var best [roleCount]string
	var doubts [roleCount]int
	names = slices.Clone(names)
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b))
	})
	for _, name := range names {
		role, doubt := RoleOf(name)
		if role != Other && (best[role] == "" || doubt < doubts[role]) {
			best[role], doubts[role] = name, doubt
		}
	}
	return best
}

// Of makes a connector of files that are already read, for tests and for one-off checks.
func Of(dir string, files ...*File) *Connector {
	c := &Connector{Dir: dir}
	for _, f := range files {
		c.parts[f.Role] = f
	}
	return c
}

// Part returns the file that plays a part, or nil.
func (c *Connector) Part(role Role) *File {
	if c == nil {
		return nil
	}
	return c.parts[role]
}

// Missing returns the path at which settings.json says that a part lies, when there is no file there; ok is false when
// the part is where it should be. The part is then the file that its name tells, if there is one.
func (c *Connector) Missing(role Role) (path string, ok bool) {
	if c == nil || c.missing[role] == "" {
		return "", false
	}
	return c.missing[role], true
}

// Definition returns the apiDefinition.swagger.json, or nil.
func (c *Connector) Definition() *File { return c.Part(Definition) }

// Properties returns the apiProperties.json, or nil.
func (c *Connector) Properties() *File { return c.Part(Properties) }

// Settings returns the settings.json, or nil.
func (c *Connector) Settings() *File { return c.Part(Settings) }

// Script returns the script, or nil.
func (c *Connector) Script() *File { return c.Part(Script) }

// Icon returns the icon, or nil.
func (c *Connector) Icon() *File { return c.Part(Icon) }

// Files returns the files of the connector that are there, in the order of their roles.
func (c *Connector) Files() []*File {
	if c == nil {
		return nil
	}
	var out []*File
	for _, f := range c.parts {
		if f != nil {
			out = append(out, f)
		}
	}
	return out
}

// File returns the connector's file at path, or nil.
func (c *Connector) File(path string) *File {
	if c == nil {
		return nil
	}
	for _, f := range c.parts {
		if f != nil && f.Path == path {
			return f
		}
	}
	return nil
}

// Claims returns the paths of the definition and the properties that lie in other folders. They make no connectors there.
func (c *Connector) Claims() []string {
	var out []string
	for _, f := range []*File{c.Definition(), c.Properties()} {
		if f != nil && filepath.Dir(f.Path) != c.Dir {
			out = append(out, f.Path)
		}
	}
	return out
}

// elsewhere returns the paths in other folders at which parts lie, or would if there were a file.
func (c *Connector) elsewhere() []string {
	if c == nil {
		return nil
	}
	var out []string
	add := func(path string) {
		if path != "" && filepath.Dir(path) != c.Dir && !slices.Contains(out, path) {
			out = append(out, path)
		}
	}
	for role, f := range c.parts {
		if f != nil {
			add(f.Path)
		}
		add(c.missing[role])
	}
	return out
}

// With returns the connector with f in the part it plays.
func (c *Connector) With(f *File) *Connector {
	n := *c
	n.parts[f.Role] = f
	if n.missing[f.Role] == f.Path {
		n.missing[f.Role] = ""
	}
	return &n
}
