package lsp_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// TestFixConnector mends all files of a connector at once, open or not, wherever its settings say that they are.
func TestFixConnector(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "pets")
	pets(t, dir)
	definition, properties := filepath.Join(root, "shared", "swagger.json"), filepath.Join(dir, "apiProperties.json")
	sound := map[string]string{definition: read(t, filepath.Join(dir, "apiDefinition.swagger.json")), properties: read(t, properties)}
	write(t, filepath.Join(dir, "settings.json"), `{"apiDefinition": "../shared/swagger.json", "apiProperties": "apiProperties.json"}`)
	write(t, definition, strings.Replace(sound[definition], `"required": false`, `"required": "false"`, 1))
	if err := os.Remove(filepath.Join(dir, "apiDefinition.swagger.json")); err != nil {
		t.Fatal(err)
	}
	broken := strings.TrimSuffix(strings.TrimRight(sound[properties], "\n"), "}") + ",}\n"
	bubble(t, setup{roots: []string{root}, caps: pushes}, func(e *editor) {
		e.open(properties, 7, broken)
		e.rest()
		var got struct {
			Edit  *protocol.WorkspaceEdit `json:"edit"`
			Fixes int                     `json:"fixes"`
		}
		for _, folder := range []string{dir, "file://" + filepath.ToSlash(dir)} {
			if err := e.ask("paconn/fixAll", map[string]any{"folder": folder}, &got); err != nil || got.Fixes != 2 {
				t.Fatalf("%s: %v, %+v", folder, err, got)
			}
		}
		before := map[string]string{definition: read(t, definition), properties: broken}
		if len(got.Edit.DocumentChanges) != 2 {
			t.Fatalf("edits of %d files", len(got.Edit.DocumentChanges))
		}
		for _, change := range got.Edit.DocumentChanges {
			edit := change.(*protocol.TextDocumentEdit)
			path := edit.TextDocument.URI.FsPath()
			one := &protocol.CodeAction{Edit: &protocol.WorkspaceEdit{DocumentChanges: []protocol.DocumentChange{edit}}}
			if text, _ := applied(t, before[path], one); text != sound[path] && strings.TrimSpace(text) != strings.TrimSpace(sound[path]) {
				t.Errorf("%s is mended to %s", path, text)
			}
			if version := edit.TextDocument.Version; (version != nil) != (path == properties) || version != nil && *version != 7 {
				t.Errorf("%s in version %v", path, version)
			}
		}
		e.change(properties, 8, whole(sound[properties]))
		write(t, definition, sound[definition]) // of which nobody tells
		got.Edit, got.Fixes = nil, -1
		if err := e.ask("paconn/fixAll", map[string]any{"folder": dir}, &got); err != nil || got.Edit != nil || got.Fixes != 0 {
			t.Errorf("nothing to mend: %v, %+v", err, got)
		}
		var refused *jsonrpc2.Error
		if err := e.ask("paconn/fixAll", map[string]any{"folder": filepath.Join(root, "nowhere")}, nil); !errors.As(err, &refused) || !strings.Contains(refused.Message, "no connector") {
			t.Errorf("nowhere: %v", err)
		}
	})
}
