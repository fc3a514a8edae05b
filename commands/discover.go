package commands

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"paconn-ls/internal/connector"
)

// skipped are folders that hold no connectors of the maker's own.
var skipped = map[string]bool{".git": true, "node_modules": true, ".vscode": true, ".hg": true, ".svn": true}

// Discover calls found for the folder of every connector in root and below it, in the order of their names. Symbolic
// links are followed, each folder once. It returns the first error of reading root itself, and stops when found returns
// false.
func Discover(root string, found func(dir string) bool) error {
	if _, err := os.ReadDir(root); err != nil {
		return err
	}
	w := walker{found: found, failed: func(string, error) {}, seen: map[string]bool{}}
	w.walk(root)
	return nil
}

// walker looks for connectors. What it has seen it does not visit again, whatever root leads there.
type walker struct {
	found  func(dir string) bool
	failed func(dir string, err error)
	seen   map[string]bool // folders by their real path: whether there is a connector in or below
	owned  map[string]bool // paths of files that belong to a connector in another folder than their own
	stop   func() error    // when set, an error of it ends the walk
	done   bool
}

// walk visits dir and what lies below, and reports whether there is a connector.
func (w *walker) walk(dir string) bool {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		w.failed(dir, err)
		return false
	}
	if has, seen := w.seen[real]; seen || w.done {
		return has
	}
	if w.stop != nil && w.stop() != nil {
		w.done = true
		return false
	}
	w.seen[real] = false
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.failed(dir, err)
		return false
	}
	names, folders := split(dir, entries)
	for _, path := range connector.Claims(dir, names, Disk{}) {
		if w.owned == nil {
			w.owned = map[string]bool{}
		}
		w.owned[path] = true
	}
	has := w.holds(dir, names)
	if has && !w.found(dir) {
		w.done = true
	}
	for _, f := range folders {
		has = w.walk(filepath.Join(dir, f)) || has
	}
	w.seen[real] = has
	return has
}

// holds reports whether a folder that holds files of these names is a connector's. What belongs to a connector in another
// folder makes none here.
func (w *walker) holds(dir string, names []string) bool {
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return w.owned[filepath.Join(dir, name)] })
	return connector.Holds(dir, names, Disk{})
}

// split tells files from the folders that are worth a visit.
func split(dir string, entries []fs.DirEntry) (files, folders []string) {
	for _, e := range entries {
		switch {
		case e.IsDir(), e.Type()&fs.ModeSymlink != 0 && isDir(filepath.Join(dir, e.Name())):
			if !skipped[e.Name()] {
				folders = append(folders, e.Name())
			}
		default:
			files = append(files, e.Name())
		}
	}
	return files, folders
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
