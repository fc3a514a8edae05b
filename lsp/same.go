package lsp

import (
	"os"
	"path/filepath"

	"go.lsp.dev/uri"
)

// A file has as many paths as there are links to it and, where case does not matter, ways to write it. A client is told of a
// file under the path by which it knows it, so that paths stay as they are. Where it matters whether two lead to one
// file, the system is asked.

// samePlace reports whether two paths lead to one file or folder.
func samePlace(a, b string) bool {
	if a == b {
		return true
	}
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// spelt returns a path as pathOf spells it: clean, and with a small drive letter.
func spelt(path string) string {
	if same, ok := pathOf(uri.File(path)); ok {
		return same
	}
	return filepath.Clean(path)
}

// document returns the open document of a file, under whatever path the client knows it; nil when it is not open.
func (s *snapshot) document(path string) *document {
	if d := s.documents[path]; d != nil {
		return d
	}
	for _, d := range s.documents {
		if samePlace(d.path, path) {
			return d
		}
	}
	return nil
}

// folderOf returns the folder of the connector that a path leads to, or to a file of, as the server knows it; else the path,
// or the folder of a file.
func (s *snapshot) folderOf(path string) string {
	if c, f := s.workspace.Find(path); f != nil {
		return c.Dir
	}
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		path = filepath.Dir(path)
	}
	if s.workspace.Connector(path) != nil {
		return path
	}
	for _, c := range s.workspace.Connectors() {
		if samePlace(c.Dir, path) {
			return c.Dir
		}
	}
	return path
}
