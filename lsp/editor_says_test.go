package lsp_test

import (
	"os"
	"path/filepath"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

func (e *editor) open(path string, version int32, text string) {
	e.tell(protocol.MethodTextDocumentDidOpen, &protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{
		URI: uri.File(path), LanguageID: "json", Version: version, Text: text}})
}

// openAs opens a file in another language than JSON's.
func (e *editor) openAs(language protocol.LanguageKind, path, text string) {
	e.tell(protocol.MethodTextDocumentDidOpen, &protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{
		URI: uri.File(path), LanguageID: language, Version: 1, Text: text}})
}

func (e *editor) change(path string, version int32, changes ...protocol.TextDocumentContentChangeEvent) {
	e.tell(protocol.MethodTextDocumentDidChange, &protocol.DidChangeTextDocumentParams{
		TextDocument: protocol.VersionedTextDocumentIdentifier{
			TextDocumentIdentifier: identifier(path), Version: version},
		ContentChanges: changes})
}

func (e *editor) closeFile(path string) {
	e.tell(protocol.MethodTextDocumentDidClose, &protocol.DidCloseTextDocumentParams{TextDocument: identifier(path)})
}

func (e *editor) onDisk(paths ...string) {
	p := &protocol.DidChangeWatchedFilesParams{}
	for _, path := range paths {
		p.Changes = append(p.Changes, protocol.FileEvent{URI: uri.File(path), Type: protocol.FileChangeTypeChanged})
	}
	e.tell(protocol.MethodWorkspaceDidChangeWatchedFiles, p)
}

func identifier(path string) protocol.TextDocumentIdentifier {
	return protocol.TextDocumentIdentifier{URI: uri.File(path)}
}

func whole(text string) protocol.TextDocumentContentChangeEvent {
	return &protocol.TextDocumentContentChangeWholeDocument{Text: text}
}

func part(l1, c1, l2, c2 uint32, text string) protocol.TextDocumentContentChangeEvent {
	return &protocol.TextDocumentContentChangePartial{Text: text, Range: protocol.Range{
		Start: protocol.Position{Line: l1, Character: c1}, End: protocol.Position{Line: l2, Character: c2}}}
}

// codes returns the rules of the diagnostics shown for a file, in order; nil when nothing was ever shown.
func (e *editor) codes(path string) []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	p := e.shown[path]
	if p == nil {
		return nil
	}
	return codesOf(p.Diagnostics)
}

func codesOf(items []protocol.Diagnostic) []string {
	out := []string{}
	for _, d := range items {
		code, _ := d.Code.(protocol.String)
		out = append(out, string(code))
	}
	return out
}

// published counts how often diagnostics of a file came.
func (e *editor) published(path string) int { return e.count(&e.publishes, path) }

func (e *editor) requests(method string) int { return e.count(&e.asked, method) }

func (e *editor) count(list *[]string, what string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := 0
	for _, x := range *list {
		if x == what {
			n++
		}
	}
	return n
}

// deletes removes a folder in the editor, after which nothing is shown any more for a file that was in it.
func (e *editor) deletes(folder, path string) {
	e.t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		e.t.Error(err)
	}
	e.tell(protocol.MethodWorkspaceDidDeleteFiles, &protocol.DeleteFilesParams{Files: []protocol.FileDelete{{URI: string(uri.File(folder))}}})
	e.rest()
	if got := e.codes(path); len(got) > 0 {
		e.t.Errorf("deleted: %v", got)
	}
}

// pets copies the sound connector of the test data into a folder.
func pets(t testing.TB, dir string) {
	t.Helper()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "testdata", "connectors", "pets"))); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
