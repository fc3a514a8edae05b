package lsp_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// faulty writes a connector with one mistake, a wrong type, and returns the path of its definition.
func faulty(t testing.TB, dir string) string {
	t.Helper()
	pets(t, dir)
	path := filepath.Join(dir, "apiDefinition.swagger.json")
	write(t, path, mistake(read(t, path)))
	return path
}

var wrongType = []string{"wrong-type"}

func TestScan(t *testing.T) {
	root := t.TempDir()
	one, two := faulty(t, filepath.Join(root, "a", "one")), faulty(t, filepath.Join(root, "two"))
	hidden := faulty(t, filepath.Join(root, "node_modules", "three"))
	if err := os.Symlink("..", filepath.Join(root, "a", "loop")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(root, filepath.Join(root, "two", "again")); err != nil {
		t.Fatal(err)
	}
	roots := []string{root, filepath.Join(root, "a"), root}
	bubble(t, setup{roots: roots, caps: pushes}, func(e *editor) {
		e.rest()
		if got := e.codes(one); !slices.Equal(got, wrongType) {
			t.Errorf("one: %v", got)
		}
		if got := e.codes(two); !slices.Equal(got, wrongType) {
			t.Errorf("two: %v", got)
		}
		if len(e.publishes) != 2 {
			t.Errorf("published %v", e.publishes)
		}
		if got := e.codes(hidden); got != nil {
			t.Errorf("below node_modules: %v", got)
		}
	})
}

func TestProgress(t *testing.T) {
	root := t.TempDir()
	for i := range 25 {
		write(t, filepath.Join(root, fmt.Sprint("c", i), "apiProperties.json"), `{"properties": {}}`)
	}
	caps := `{"window": {"workDoneProgress": true}}`
	t.Run("to the end", func(t *testing.T) {
		bubble(t, setup{roots: []string{root}, caps: caps}, func(e *editor) {
			e.rest()
			all := strings.Join(e.progress, "\n")
			for _, want := range []string{`"kind":"begin"`, `"kind":"report"`, `"kind":"end"`, "25 connectors"} {
				if !strings.Contains(all, want) {
					t.Errorf("no %s in %s", want, all)
				}
			}
		})
	})
	t.Run("cancelled", func(t *testing.T) {
		var e *editor
		answer := func(params []byte) (any, error) { // cancels before it accepts
			e.tell(protocol.MethodWindowWorkDoneProgressCancel, json.RawMessage(params))
			e.sync()
			return nil, nil
		}
		synctest.Test(t, func(t *testing.T) {
			s := setup{roots: []string{root}, caps: caps, answers: map[string]func([]byte) (any, error){protocol.MethodWindowWorkDoneProgressCreate: answer}}
			e = connect(t, s)
			defer e.close()
			e.initialize(s)
			e.tell(protocol.MethodInitialized, struct{}{})
			e.rest()
			if len(e.publishes) > 0 {
				t.Errorf("published %v", e.publishes)
			}
		})
	})
}

func TestOnDisk(t *testing.T) {
	root := t.TempDir()
	keep := faulty(t, filepath.Join(root, "keep"))
	bubble(t, setup{roots: []string{root}, caps: pushes}, func(e *editor) {
		e.rest()
		// a connector comes file by file
		dir := filepath.Join(root, "new")
		path := faulty(t, dir)
		e.onDisk(path)
		e.rest()
		if got := e.codes(path); !slices.Equal(got, wrongType) {
			t.Errorf("created: %v", got)
		}
		// another of its files changes
		properties := filepath.Join(dir, "apiProperties.json")
		write(t, properties, `{"properties": 3}`)
		e.onDisk(properties)
		e.rest()
		if got := e.codes(properties); !slices.Contains(got, "wrong-type") {
			t.Errorf("changed: %v", got)
		}
		// its folder is renamed
		moved := filepath.Join(root, "moved")
		if err := os.Rename(dir, moved); err != nil {
			t.Error(err)
		}
		e.tell(protocol.MethodWorkspaceDidRenameFiles, &protocol.RenameFilesParams{Files: []protocol.FileRename{
			{OldURI: string(uri.File(dir)), NewURI: string(uri.File(moved))}}})
		e.rest()
		if got := e.codes(path); len(got) > 0 {
			t.Errorf("at the old place: %v", got)
		}
		path = filepath.Join(moved, "apiDefinition.swagger.json")
		if got := e.codes(path); !slices.Contains(got, "wrong-type") {
			t.Errorf("at the new place: %v", got)
		}
		// and deleted
		e.deletes(moved, path)
		// a folder with a connector is created at once
		path = faulty(t, filepath.Join(root, "deep", "down"))
		e.tell(protocol.MethodWorkspaceDidCreateFiles, &protocol.CreateFilesParams{Files: []protocol.FileCreate{{URI: string(uri.File(filepath.Join(root, "deep")))}}})
		e.rest()
		if got := e.codes(path); !slices.Equal(got, wrongType) {
			t.Errorf("in a new folder: %v", got)
		}
		if n := e.published(keep); n != 1 {
			t.Errorf("what stayed as it was is published %d times", n)
		}
	})
}

// TestRedirect follows settings.json to a part that lies elsewhere, comes later and is shared.
func TestRedirect(t *testing.T) {
	root := t.TempDir()
	shared := filepath.Join(root, "shared", "definition.json")
	for _, name := range []string{"a", "b"} {
		dir := filepath.Join(root, name)
		pets(t, dir)
		write(t, filepath.Join(dir, "settings.json"), `{"apiDefinition": "../shared/definition.json"}`)
	}
	bubble(t, setup{roots: []string{root}, caps: pushes}, func(e *editor) {
		e.rest()
		text := mistake(read(t, filepath.Join(root, "a", "apiDefinition.swagger.json")))
		write(t, shared, text)
		e.onDisk(shared)
		e.rest()
		if got := e.codes(shared); !slices.Equal(got, wrongType) {
			t.Errorf("shared by two: %v", got)
		}
		e.open(shared, 1, text)
		e.change(shared, 2, whole(strings.Replace(text, `"swagger"`, `"swager"`, 1)))
		e.rest()
		if got := e.codes(shared); len(got) < 2 {
			t.Errorf("typed: %v", got)
		}
		settings := filepath.Join(root, "a", "settings.json")
		e.open(settings, 1, "{}")
		e.change(settings, 2, part(0, 1, 0, 1, `"apiDefinition": "apiDefinition.swagger.json"`))
		settings = filepath.Join(root, "b", "settings.json")
		e.open(settings, 1, "{}")
		e.rest()
		if got := e.codes(shared); len(got) > 0 {
			t.Errorf("part of none: %v", got)
		}
	})
}

// TestSettingsElsewhere has a connector that is nothing but a settings.json, and opens its definition before it is found.
func TestSettingsElsewhere(t *testing.T) {
	root := t.TempDir()
	path := faulty(t, filepath.Join(root, "src"))
	for _, name := range []string{"settings.json", "apiProperties.json"} {
		if err := os.Rename(filepath.Join(root, "src", name), filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(root, "settings.json"), `{"apiDefinition": "src/apiDefinition.swagger.json"}`)
	for _, opened := range []string{"before", "after"} {
		t.Run(opened, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := setup{roots: []string{root}, caps: pushes}
				e := connect(t, s)
				defer e.close()
				e.initialize(s)
				if opened == "before" {
					e.open(path, 1, read(t, path))
					e.rest()
				}
				e.tell(protocol.MethodInitialized, struct{}{})
				e.rest()
				if opened == "after" {
					e.open(path, 1, read(t, path))
					e.rest()
				}
				if got := e.codes(path); !slices.Equal(got, wrongType) {
					t.Errorf("%v", got)
				}
			})
		})
	}
}

func TestFolders(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	one, two := faulty(t, filepath.Join(first, "one")), faulty(t, second)
	bubble(t, setup{roots: []string{first}, caps: pushes}, func(e *editor) {
		e.rest()
		change := func(added, removed []string) {
			p := &protocol.DidChangeWorkspaceFoldersParams{}
			for _, a := range added {
				p.Event.Added = append(p.Event.Added, protocol.WorkspaceFolder{URI: uri.File(a), Name: "x"})
			}
			for _, r := range removed {
				p.Event.Removed = append(p.Event.Removed, protocol.WorkspaceFolder{URI: uri.File(r), Name: "x"})
			}
			e.tell(protocol.MethodWorkspaceDidChangeWorkspaceFolders, p)
			e.rest()
		}
		change([]string{second, filepath.Join(first, "one")}, []string{first})
		if got := e.codes(one); !slices.Equal(got, wrongType) {
			t.Errorf("in another root still: %v", got)
		}
		if got := e.codes(two); !slices.Equal(got, wrongType) {
			t.Errorf("in the new root: %v", got)
		}
		e.open(two, 1, read(t, two))
		change(nil, []string{second, filepath.Join(first, "one")})
		if got := e.codes(one); len(got) > 0 {
			t.Errorf("in no root: %v", got)
		}
		if got := e.codes(two); !slices.Equal(got, wrongType) {
			t.Errorf("in no root but open: %v", got)
		}
	})
}

func TestRegistration(t *testing.T) {
	var registered string
	answers := map[string]func([]byte) (any, error){protocol.MethodClientRegisterCapability: func(params []byte) (any, error) {
		registered = string(params)
		return nil, nil
	}}
	caps := `{"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}, "didChangeConfiguration": {"dynamicRegistration": true}}}`
	bubble(t, setup{caps: caps, answers: answers}, func(e *editor) { e.rest() })
	for _, want := range []string{"workspace/didChangeWatchedFiles", "**/*.{json,JSON}", "workspace/didChangeConfiguration", `"section":"paconn"`} {
		if !strings.Contains(registered, want) {
			t.Errorf("no %s in %s", want, registered)
		}
	}
}
