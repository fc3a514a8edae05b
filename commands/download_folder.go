package commands

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"paconn-ls/internal/connector"
)

// destination is the folder that a connector is downloaded to. It is not made before everything is there.
type destination struct {
	path  string // absolute; of a folder that is there, with links followed
	shown string // as it is told
	there bool
}

// destination returns the folder to download to: dest, or one below the working folder that is named after the connector.
func (e *Env) destination(dest, id string) (destination, error) {
	name := dest
	if name == "" {
		if err := fileName(id); err != nil {
			return destination{}, &ArgumentError{"--cid", "no folder can be named after the connector: " + err.Error()}
		}
		name = id
	}
	t := destination{path: filepath.Clean(e.path(name)), shown: filepath.Clean(e.path(name))}
	if dest == "" {
		real, err := filepath.EvalSymlinks(e.Dir)
		if err != nil {
			return destination{}, err
		}
		inside, err := resolve(real, name)
		if err != nil {
			return destination{}, &ArgumentError{plain(name), err.Error()}
		}
		t.path = filepath.Join(real, inside)
	}
	info, err := os.Stat(t.path)
	switch {
	case err == nil && !info.IsDir():
		return destination{}, &ArgumentError{plain(name), "Couldn't download to the destination directory: there is a file of that name"}
	case err == nil:
		t.there = true
		t.path, err = filepath.EvalSymlinks(t.path)
		return t, err
	case !errors.Is(err, fs.ErrNotExist):
		return destination{}, &ArgumentError{plain(name), "the folder cannot be used: " + err.Error()}
	}
	if _, err := os.Lstat(t.path); err == nil {
		return destination{}, &ArgumentError{plain(name), "a link leads nowhere"}
	}
	return t, nil
}

// saving is a file of the folder: what it holds, and what it is to hold.
type saving struct {
	name  string // as the settings file says it
	path  string // below the folder, with links followed
	there bool
	mode  fs.FileMode
	old   string
	new   string
	write bool // whether the connector has such a file
}

// find returns what there is of a file. Its error is an *ArgumentError when the name cannot be used.
func (t destination) find(key, name string) (*saving, error) {
	refuse := func(err error) (*saving, error) {
		return nil, &ArgumentError{key + " " + plain(name), err.Error()}
	}
	path, err := localPath(name)
	if err != nil {
		return refuse(err)
	}
	s := &saving{name: name, path: path}
	if !t.there {
		return s, nil
	}
	if s.path, err = resolve(t.path, path); err != nil {
		return refuse(err)
	}
	info, err := os.Stat(filepath.Join(t.path, s.path))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	s.there, s.mode = true, info.Mode().Perm()
	if s.old, err = readFile(filepath.Join(t.path, s.path)); err != nil {
		return refuse(err)
	}
	return s, nil
}

// savings are the files of a download, in the order in which they are told.
type savings struct{ properties, definition, icon, script, settings *saving }

// list returns the files in the order in which paconn tells them.
func (s savings) list() []*saving {
	return []*saving{s.properties, s.definition, s.icon, s.script, s.settings}
}

// find returns what there is of the files of a connector that have these names. Two files with one name are refused.
func (t destination) savings(names Parts) (savings, error) {
	var out savings
	taken := map[string]string{}
	for _, x := range []struct {
		to        **saving
		key, name string
	}{
		{&out.properties, "apiProperties", names.Properties}, {&out.definition, "apiDefinition", names.Definition},
		{&out.icon, "icon", names.Icon}, {&out.script, "script", names.Script}, {&out.settings, "settings", connector.SettingsName},
	} {
		found, err := t.find(x.key, x.name)
		if err != nil {
			return savings{}, err
		}
		lower := strings.ToLower(found.path)
		if other := taken[lower]; other != "" {
			return savings{}, &ArgumentError{x.key + " " + plain(x.name), fmt.Sprintf("%s is the same file", other)}
		}
		taken[lower] = x.key
		*x.to = found
	}
	return out, nil
}

// changes reports whether writing the file would change more than its line breaks.
func (s *saving) changes() bool {
	if !s.write || !s.there {
		return s.write
	}
	return s.old != s.new && (s.isBinary() || unixLines(s.old) != unixLines(s.new))
}

// isBinary reports whether a file has no lines.
func (s *saving) isBinary() bool { return strings.Contains(s.new, "\x00") }

func unixLines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// change tells what becomes of the file; ok is false when there is nothing to tell.
func (s *saving) change() (c FileChange, ok bool) {
	c = FileChange{Name: filepath.ToSlash(s.name), Change: "unchanged"}
	switch {
	case !s.write && !s.there:
		return c, false
	case !s.write:
		c.Change = "stale"
	case !s.there:
		c.Change = "created"
	case s.changes():
		c.Change = "changed"
	}
	if s.changes() && !s.isBinary() {
		c.Added, c.Removed = changedLines(s.old, s.new)
	}
	return c, true
}
