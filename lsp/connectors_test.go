package lsp_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestConnectorList tells a client that says so of the connectors that come and go, and any client that asks.
func TestConnectorList(t *testing.T) {
	for _, tt := range []struct {
		init string
		told bool
	}{{`{"asks": true}`, true}, {`{}`, false}} {
		root := t.TempDir()
		one, two := filepath.Join(root, "one"), filepath.Join(root, "two")
		pets(t, one)
		bubble(t, setup{roots: []string{root}, init: tt.init}, func(e *editor) {
			e.rest()
			expect := func(what string, want ...string) {
				t.Helper()
				var asked struct {
					Folders []string `json:"folders"`
				}
				if err := e.ask("paconn/connectors", struct{}{}, &asked); err != nil || !slices.Equal(asked.Folders, want) {
					t.Errorf("%s: asked %v, %v", what, asked.Folders, err)
				}
				e.rest()
				if got := e.listed(); tt.told && !slices.Equal(got, want) || !tt.told && got != nil {
					t.Errorf("%s: told %v", what, got)
				}
			}
			expect("at first", one)
			pets(t, two) // of which nobody tells
			expect("another one", one, two)
			count := len(e.lists)
			e.open(filepath.Join(one, "apiProperties.json"), 1, "{}")
			e.rest()
			if len(e.lists) != count {
				t.Errorf("an edit is told as another list: %v", e.lists[count:])
			}
			e.closeFile(filepath.Join(one, "apiProperties.json"))
			if err := os.RemoveAll(one); err != nil {
				t.Fatal(err)
			}
			e.onDisk(one)
			expect("one is gone", two)
		})
	}
}

// listed returns the list of connectors that the editor was told last, nil when it never was.
func (e *editor) listed() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.lists) == 0 {
		return nil
	}
	var last struct{ Folders []string }
	if err := json.Unmarshal([]byte(e.lists[len(e.lists)-1]), &last); err != nil {
		e.t.Error(err)
	}
	return last.Folders
}
