// Package connector says which files make a custom connector and holds them as immutable snapshots: a change makes a new
// Connector and a new Workspace that share the files that stayed. It does no IO; what it needs of the world it asks of Files.
package connector

import (
	"sync"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// Role is the part that a file plays in a connector.
type Role uint8

// The parts of a connector. Other is a file that plays none.
const (
	Other      Role = iota
	Definition      // apiDefinition.swagger.json
	Properties      // apiProperties.json
	Settings        // settings.json
	Script          // script.csx
	Icon            // icon.png
	Readme          // readme.md
	Config          // paconn-ls.json
	roleCount
)

var roleNames = [...]string{"file", "definition", "properties", "settings", "script", "icon", "readme", "configuration"}

// String names the part.
func (r Role) String() string { return roleNames[r] }

// IsJSON reports whether files of the role are parsed as JSON.
func (r Role) IsJSON() bool {
	return r == Definition || r == Properties || r == Settings || r == Config
}

// File is one file of a connector at one moment. It never changes. What is computed from it is computed once, however
// many snapshots share it.
type File struct {
	Path    string // absolute and clean, with the separators of the system
	Role    Role
	Content *source.Text
	Version int32 // the editor's version, when Open
	Open    bool  // the content is an editor's, not the disk's
	Err     error // why the file could not be read; Content is then empty

	parse sync.Once
	doc   *jsondoc.Doc
	memos sync.Map
}

// NewFile returns a file as read from disk.
func NewFile(path string, role Role, content string) *File {
	return &File{Path: path, Role: role, Content: source.New(content)}
}

// MaxParsed is the largest file, in bytes, that is read as JSON. The service takes 1 MB; beyond ten times that, a
// message about the size is all that helps.
const MaxParsed = 10 << 20

// TooLarge reports whether the file is beyond MaxParsed.
func (f *File) TooLarge() bool { return f != nil && f.Content.Len() > MaxParsed }

// Doc returns the tree of the file's JSON. It is nil for a nil file and an empty tree for one that is too large or could
// not be read.
func (f *File) Doc() *jsondoc.Doc {
	if f == nil {
		return nil
	}
	f.parse.Do(func() {
		if f.TooLarge() || f.Err != nil {
			f.doc = &jsondoc.Doc{}
			return
		}
		f.doc = jsondoc.Parse(f.Content.String())
	})
	return f.doc
}

// Root returns the outermost JSON value, absent when there is none.
func (f *File) Root() jsondoc.Value { return f.Doc().Root() }

// Memo is something that is computed from one file alone, at most once for each File.
type Memo[T any] struct {
	build func(*File) T
}

// NewMemo returns a memo of build. It is meant for package variables.
func NewMemo[T any](build func(*File) T) *Memo[T] { return &Memo[T]{build} }

type memoCell[T any] struct {
	once  sync.Once
	value T
}

// Of returns what the memo holds for f. A nil file gives the zero T.
func (m *Memo[T]) Of(f *File) T {
	if f == nil {
		var zero T
		return zero
	}
	cell, ok := f.memos.Load(m)
	if !ok {
		cell, _ = f.memos.LoadOrStore(m, &memoCell[T]{})
	}
	c := cell.(*memoCell[T])
	c.once.Do(func() { c.value = m.build(f) })
	return c.value
}
