package lsp

import (
	"path/filepath"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"paconn-ls/commands"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/immutable"
	"paconn-ls/internal/source"
)

// snapshot is all that the server knows at one moment. It never changes.
type snapshot struct {
	workspace   *connector.Workspace
	units       *immutable.Map[*unit]      // what there is to check, by folder of the connector
	documents   map[string]*document       // open in the editor, by path
	configs     map[string]*connector.File // paconn-ls.json files that are open or hold for a connector, by path
	roots       []string                   // the folders of the workspace
	editor      commands.Config            // the settings of the editor
	environment string                     // of the settings of the editor: where nothing else names one
	othersJSON  bool                       // the client has a JSON server of its own, which reports mistakes of plain JSON
	verdicts    map[string]verdict         // what the service said of files, by path
}

// document is an open document.
type document struct {
	path     string
	language protocol.LanguageKind
	text     *source.Text
	version  int32
}

// othersReport reports whether a JSON server of the client reports the mistakes of plain JSON in a file: it looks at what is
// open, and takes comments and the like for sound in a language that is not plain JSON.
func (s *snapshot) othersReport(path string) bool {
	d := s.documents[path]
	return s.othersJSON && d != nil && d.language == "json"
}

// file returns the file at the path of u, the connector it belongs to and whether there is one: nil, nil, false for a
// document that is of no interest.
func (s *snapshot) file(u uri.URI) (*connector.Connector, *connector.File, bool) {
	path, ok := pathOf(u)
	if !ok {
		return nil, nil, false
	}
	c, f := s.workspace.Find(path)
	if f == nil {
		f = s.configs[path]
	}
	return c, f, f != nil
}

// unitsOf returns the units that the file at path is part of.
func (s *snapshot) unitsOf(path string) []*unit {
	var units []*unit
	for _, c := range s.workspace.Users(path) {
		units = append(units, s.units.Of(c.Dir))
	}
	return units
}

// text returns the content of the file at path as far as it is known.
func (s *snapshot) text(path string) *source.Text {
	if d := s.documents[path]; d != nil {
		return d.text
	}
	if _, f := s.workspace.Find(path); f != nil {
		return f.Content
	}
	if f := s.configs[path]; f != nil {
		return f.Content
	}
	return nil
}

// inRoots reports whether path lies in a folder of the workspace, and not in a part of it where no connectors are looked
// for.
func (s *snapshot) inRoots(path string) bool {
	return slices.ContainsFunc(s.roots, func(root string) bool {
		rel, err := filepath.Rel(root, path)
		if err != nil || !filepath.IsLocal(rel) {
			return false
		}
		for dir := rel; dir != "."; dir = filepath.Dir(dir) {
			if commands.Skipped(filepath.Base(dir)) {
				return false
			}
		}
		return true
	})
}

// under reports whether path is dir or lies below it.
func under(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

// files is the world as the editor sees it: open documents over what is known already over the disk.
type files struct {
	documents map[string]*document
	known     map[string]*connector.File // read before and unchanged since, by path
	disk      connector.Files
}

// List returns the names of the files in a folder, those that are open and not yet saved among them.
func (f files) List(dir string) []string {
	names := f.disk.List(dir)
	for path := range f.documents {
		if name := filepath.Base(path); filepath.Dir(path) == dir && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Read returns the file at path in that role.
func (f files) Read(path string, role connector.Role) *connector.File {
	known := f.known[path]
	if known != nil && known.Role != role {
		known = nil
	}
	if d := f.documents[path]; d != nil {
		if known != nil && known.Content == d.text && known.Version == d.version {
			return known
		}
		return d.file(role)
	}
	if known != nil && !known.Open {
		return known
	}
	return f.disk.Read(path, role)
}

// file returns the document as a file that plays a part.
func (d *document) file(role connector.Role) *connector.File {
	return &connector.File{Path: d.path, Role: role, Content: d.text, Version: d.version, Open: true}
}
