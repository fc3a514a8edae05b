package lsp

import (
	"os"

	"go.lsp.dev/protocol"
)

// watchers are the files whose changes on disk matter: the parts of connectors, whatever settings.json calls them, and
// paconn-ls.json.
func watchers() []protocol.FileSystemWatcher {
	var out []protocol.FileSystemWatcher
	for _, glob := range []string{"**/*.{json,JSON}", "**/*.{csx,CSX}", "**/[sS]cript.cs", "**/*.{png,PNG}", "**/{readme,README,Readme}.md"} {
		out = append(out, protocol.FileSystemWatcher{GlobPattern: protocol.Pattern(glob)})
	}
	return out
}

func (s *server) didChangeWatchedFiles(p *protocol.DidChangeWatchedFilesParams) {
	var paths []string
	for _, e := range p.Changes {
		if path, ok := pathOf(e.URI); ok {
			paths = append(paths, path)
		}
	}
	s.onDisk(paths)
}

func (s *server) didCreateFiles(p *protocol.CreateFilesParams) {
	var uris []string
	for _, f := range p.Files {
		uris = append(uris, f.URI)
	}
	s.onDiskURIs(uris)
}

func (s *server) didRenameFiles(p *protocol.RenameFilesParams) {
	var uris []string
	for _, f := range p.Files {
		uris = append(uris, f.OldURI, f.NewURI)
	}
	s.onDiskURIs(uris)
}

func (s *server) didDeleteFiles(p *protocol.DeleteFilesParams) {
	var uris []string
	for _, f := range p.Files {
		uris = append(uris, f.URI)
	}
	s.onDiskURIs(uris)
}

func (s *server) onDiskURIs(uris []string) {
	var paths []string
	for _, u := range uris {
		if path, ok := pathOfString(u); ok {
			paths = append(paths, path)
		}
	}
	s.onDisk(paths)
}

// onDisk follows files and folders that came, went or changed on disk. A document that is open stays as it is there.
func (s *server) onDisk(paths []string) {
	s.epoch.Add(1)
	var folders []string
	s.update(atOnce, func(u *update) {
		for _, path := range paths {
			u.changed(path)
			if info, err := os.Stat(path); err == nil && info.IsDir() && u.inRoots(path) {
				folders = append(folders, path)
			}
		}
	})
	if folders != nil {
		s.spawn("scan", func() { s.scan(folders) })
	}
}

func (s *server) didChangeWorkspaceFolders(p *protocol.DidChangeWorkspaceFoldersParams) {
	var added []string
	s.update(atOnce, func(u *update) {
		var roots []string
		gone := map[string]bool{}
		for _, f := range p.Event.Removed {
			if path, ok := pathOf(f.URI); ok {
				gone[path] = true
			}
		}
		for _, root := range u.roots {
			if !gone[root] {
				roots = append(roots, root)
			}
		}
		for _, f := range p.Event.Added {
			if path, ok := pathOf(f.URI); ok {
				roots, added = append(roots, path), append(added, path)
			}
		}
		u.roots = roots
		for dir := range u.units.All() {
			if !u.wanted(dir) {
				u.drop(dir)
			}
		}
	})
	if added != nil {
		s.spawn("scan", func() { s.scan(added) })
	}
}
