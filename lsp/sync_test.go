package lsp_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// broken is a definition with one mistake that the rules underline: the type of info's title.
func mistake(text string) string { return strings.Replace(text, `"title": "Pets"`, `"title": 7`, 1) }

func TestSync(t *testing.T) {
	for _, tt := range []struct {
		name, caps string
		before     string
		changes    [][]protocol.TextDocumentContentChangeEvent
		want       string
	}{
		{"one character", pushes, "{\n}", changes(part(0, 1, 0, 1, " ")), "{ \n}"},
		{"whole text", pushes, "{}", changes(whole("[]")), "[]"},
		{"whole, then part", pushes, "{}", [][]protocol.TextDocumentContentChangeEvent{{whole("[1]"), part(0, 1, 0, 2, "2")}}, "[2]"},
		{"beyond the line", pushes, "{\n}", changes(part(0, 99, 0, 100, "!")), "{!\n}"},
		{"beyond the text", pushes, "{\n}", changes(part(7, 0, 9, 3, "!")), "{\n}!"},
		{"the largest numbers", pushes, "{\n}", changes(part(1<<31-1, 1<<31-1, 1<<32-1, 1<<32-1, "!")), "{\n}!"},
		{"ends swapped", pushes, "abc", changes(part(0, 2, 0, 1, "-")), "a-c"},
		{"several carets, last first", pushes, "a\na\na", [][]protocol.TextDocumentContentChangeEvent{{part(2, 0, 2, 1, "b"), part(1, 0, 1, 1, "bb"), part(0, 0, 0, 1, "")}}, "\nbb\nb"},
		{"several changes in order", pushes, "", [][]protocol.TextDocumentContentChangeEvent{{part(0, 0, 0, 0, "ab"), part(0, 2, 0, 2, "\n"), part(1, 0, 1, 0, "c")}}, "ab\nc"},
		{"overlapping changes", pushes, "abcdef", [][]protocol.TextDocumentContentChangeEvent{{part(0, 1, 0, 4, "X"), part(0, 0, 0, 2, "Y")}}, "Yef"},
		{"touching changes", pushes, "ab", [][]protocol.TextDocumentContentChangeEvent{{part(0, 1, 0, 2, "X"), part(0, 1, 0, 1, "Y")}}, "aYX"},
		{"carriage returns", pushes, "a\r\nb\rc\n", changes(part(1, 0, 1, 1, "é"), part(2, 0, 2, 1, "d\r\n")), "a\r\né\rd\r\n\n"},
		{"utf-16 columns", pushes, "a😀b", changes(part(0, 3, 0, 4, "c")), "a😀c"},
		{"inside a surrogate pair", pushes, "a😀b", changes(part(0, 2, 0, 2, "c")), "ac😀b"},
		{"utf-8 columns", utf8Pushes, "é😀b", changes(part(0, 6, 0, 7, "c")), "é😀c"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "apiDefinition.swagger.json")
			bubble(t, setup{caps: tt.caps}, func(e *editor) {
				e.open(path, 1, tt.before)
				for i, c := range tt.changes {
					e.change(path, int32(i+2), c...)
				}
				e.sync()
				if got, _ := e.server().Text(path); got != tt.want {
					t.Errorf("the server has %q, want %q", got, tt.want)
				}
			})
		})
	}
}

// changes is one notification for each change.
func changes(list ...protocol.TextDocumentContentChangeEvent) [][]protocol.TextDocumentContentChangeEvent {
	var out [][]protocol.TextDocumentContentChangeEvent
	for _, c := range list {
		out = append(out, []protocol.TextDocumentContentChangeEvent{c})
	}
	return out
}

func TestOddChanges(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	path := filepath.Join(dir, "apiDefinition.swagger.json")
	text := read(t, path)
	bubble(t, setup{roots: []string{dir}, caps: pushes}, func(e *editor) {
		e.change(path, 1, whole("{")) // never opened
		e.closeFile(path)
		e.rest()
		if got := e.codes(path); len(got) > 0 {
			t.Errorf("the change of a file that is not open counts: %v", got)
		}
		e.open(path, 9, text)
		e.change(path, 4, whole(mistake(text))) // the version goes back
		e.rest()
		if got := e.codes(path); !slices.Equal(got, []string{"wrong-type"}) {
			t.Errorf("after an old version: %v", got)
		}
		if version, _ := e.shown[path].Version.Get(); version != 4 {
			t.Errorf("version %d", version)
		}
		e.open(path, 1, text) // opened twice
		e.rest()
		if got := e.codes(path); len(got) > 0 {
			t.Errorf("opened again: %v", got)
		}
		for _, note := range []string{"is not open", "went back"} {
			if !e.logged(note) {
				t.Errorf("the log does not say %q", note)
			}
		}
		for _, u := range []string{"untitled:Untitled-1", "git:/x/apiDefinition.swagger.json?a", "http://x/apiDefinition.swagger.json", "apiDefinition.swagger.json", "", "file://"} {
			e.tell(protocol.MethodTextDocumentDidOpen, map[string]any{"textDocument": map[string]any{"uri": u, "languageId": "json", "version": 1, "text": "{"}})
			e.tell(protocol.MethodTextDocumentDidChange, map[string]any{"textDocument": map[string]any{"uri": u, "version": 2}, "contentChanges": []any{map[string]any{"text": ""}}})
			if err := e.ask(protocol.MethodTextDocumentHover, map[string]any{"textDocument": map[string]any{"uri": u}, "position": map[string]any{"line": 0, "character": 0}}, nil); err != nil {
				t.Errorf("%s: %v", u, err)
			}
			e.tell(protocol.MethodTextDocumentDidClose, map[string]any{"textDocument": map[string]any{"uri": u}})
		}
		e.rest()
	})
}

func TestOpenBeatsDisk(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	path := filepath.Join(dir, "apiDefinition.swagger.json")
	text := read(t, path)
	bubble(t, setup{roots: []string{dir}, caps: pushes}, func(e *editor) {
		e.rest()
		e.open(path, 1, mistake(text))
		e.rest()
		if got := e.codes(path); !slices.Equal(got, []string{"wrong-type"}) {
			t.Errorf("open: %v", got)
		}
		write(t, path, strings.Replace(text, `"swagger"`, `"swager"`, 1))
		e.onDisk(path)
		e.rest()
		if got := e.codes(path); !slices.Equal(got, []string{"wrong-type"}) {
			t.Errorf("open, changed on disk: %v", got)
		}
		e.closeFile(path)
		e.rest()
		if got := e.codes(path); len(got) == 0 || slices.Contains(got, "wrong-type") {
			t.Errorf("closed: %v", got)
		}
		write(t, path, text)
		e.onDisk(path)
		e.rest()
		if got := e.codes(path); got == nil || len(got) > 0 {
			t.Errorf("mended on disk: %v", got)
		}
	})
}

// TestLoneFile opens a definition outside every folder of the workspace, before and after it is saved.
func TestLoneFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "apiDefinition.swagger.json")
	bubble(t, setup{caps: pushes}, func(e *editor) {
		e.open(path, 1, `{"swagger": 2}`)
		e.rest()
		if got := e.codes(path); !slices.Contains(got, "wrong-type") {
			t.Errorf("unsaved: %v", got)
		}
		write(t, path, `{"swagger": 2}`)
		e.tell(protocol.MethodTextDocumentDidSave, &protocol.DidSaveTextDocumentParams{TextDocument: identifier(path)})
		write(t, filepath.Join(dir, "apiProperties.json"), `{"properties": 1}`)
		e.onDisk(filepath.Join(dir, "apiProperties.json"))
		e.rest()
		if got := e.codes(filepath.Join(dir, "apiProperties.json")); !slices.Contains(got, "wrong-type") {
			t.Errorf("its neighbour: %v", got)
		}
		e.closeFile(path)
		e.rest()
		for _, name := range []string{"apiDefinition.swagger.json", "apiProperties.json"} {
			if got := e.codes(filepath.Join(dir, name)); got == nil || len(got) > 0 {
				t.Errorf("%s after closing: %v", name, got)
			}
		}
	})
}

func TestURIs(t *testing.T) {
	for _, name := range []string{"with space", "with#hash", "100%", "50%25", "été 😀", "a?b", "[x]", "c:"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), name)
			pets(t, dir)
			path := filepath.Join(dir, "apiDefinition.swagger.json")
			bubble(t, setup{roots: []string{dir}, caps: pushes}, func(e *editor) {
				e.rest()
				e.open(path, 1, mistake(read(t, path)))
				e.rest()
				if got := e.codes(path); !slices.Equal(got, []string{"wrong-type"}) {
					t.Errorf("%v, shown for %v", got, e.publishes)
				}
			})
		})
	}
}

// TestSpellings opens and changes one file under URIs that are spelt differently.
func TestSpellings(t *testing.T) {
	for _, spelt := range [][2]string{
		{"file:///c%3A/x%20y/apiDefinition.swagger.json", "file:///C:/x y/apiDefinition.swagger.json"},
		{"file:///tmp/none/apiDefinition.swagger.json", "file:///tmp/./none/other/../apiDefinition%2eswagger.json"},
	} {
		bubble(t, setup{caps: pushes}, func(e *editor) {
			doc := func(u string, version int) map[string]any { return map[string]any{"uri": u, "version": version} }
			e.tell(protocol.MethodTextDocumentDidOpen, map[string]any{"textDocument": map[string]any{"uri": spelt[0], "languageId": "json", "version": 1, "text": "{}"}})
			e.tell(protocol.MethodTextDocumentDidChange, map[string]any{"textDocument": doc(spelt[1], 2), "contentChanges": []any{map[string]any{"text": `{"swagger": 2}`}}})
			e.rest()
			if len(e.shown) != 1 {
				t.Errorf("shown for %v", e.publishes)
			}
			for path := range e.shown {
				if got := e.codes(path); !slices.Contains(got, "wrong-type") {
					t.Errorf("%s: %v", path, got)
				}
			}
			if e.logged("is not open") {
				t.Errorf("%v count as two files", spelt)
			}
		})
	}
}

func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	path := filepath.Join(dir, "apiProperties.json")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o755); err != nil { // a folder where a file should be
		t.Fatal(err)
	}
	script := filepath.Join(dir, "script.csx")
	if err := os.Remove(script); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", script); err != nil {
		t.Fatal(err)
	}
	definition := filepath.Join(dir, "apiDefinition.swagger.json")
	bubble(t, setup{roots: []string{dir}, caps: pushes}, func(e *editor) {
		e.open(definition, 1, mistake(read(t, definition)))
		e.rest()
		if got := e.codes(definition); !slices.Contains(got, "wrong-type") {
			t.Errorf("beside an unreadable file: %v", got)
		}
	})
}

func TestManyKeys(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`{"swagger": "2.0", "x-many": {`)
	for i := range 100_000 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"é%d": 1`, i/2) // each of them twice
	}
	b.WriteString(`}, "info": 3}`)
	path := filepath.Join(t.TempDir(), "apiDefinition.swagger.json")
	bubble(t, setup{caps: pushes}, func(e *editor) {
		e.open(path, 1, b.String())
		e.change(path, 2, part(0, 0, 0, 1, "{"))
		e.rest()
		if got := e.codes(path); !slices.Contains(got, "wrong-type") {
			t.Errorf("%d diagnostics", len(got))
		}
		for _, method := range []string{protocol.MethodTextDocumentDocumentSymbol, protocol.MethodTextDocumentFoldingRange} {
			if err := e.ask(method, &protocol.DocumentSymbolParams{TextDocument: identifier(path)}, nil); err != nil {
				t.Error(err)
			}
		}
	})
}
