package lsp_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.lsp.dev/protocol"

	"paconn-ls/internal/source"
	"paconn-ls/lsp"
)

// TestHuge has a file of 100 MB on disk, and opens one: both are told to be too large and the server goes on.
func TestHuge(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	small := faulty(t, filepath.Join(root, "small"))
	closed, opened := filepath.Join(root, "closed", "apiDefinition.swagger.json"), filepath.Join(root, "opened", "apiDefinition.swagger.json")
	write(t, closed, "{")
	if err := os.Truncate(closed, 100_000_000); err != nil {
		t.Fatal(err)
	}
	bubble(t, setup{roots: []string{root}, caps: pushes}, func(e *editor) {
		e.rest()
		e.open(opened, 1, `{"x": "`+strings.Repeat(" ", 100_000_000)+`"}`)
		e.change(opened, 2, part(0, 0, 0, 1, "{ "))
		e.rest()
		for _, path := range []string{closed, opened} {
			if got := e.codes(path); len(got) != 1 {
				t.Errorf("%s: %v", path, got)
			}
			for _, method := range []string{protocol.MethodTextDocumentDocumentSymbol, protocol.MethodTextDocumentFoldingRange} {
				if err := e.ask(method, &protocol.DocumentSymbolParams{TextDocument: identifier(path)}, nil); err != nil {
					t.Error(err)
				}
			}
			e.hover(path, protocol.Position{Character: 3})
		}
		if got := e.codes(small); !slices.Equal(got, wrongType) {
			t.Errorf("beside them: %v", got)
		}
	})
}

// circles holds references that lead round, names that a pointer has to escape, and a reference to nowhere.
const circles = `{
  "swagger": "2.0", "info": {"title": "T", "version": "1"}, "host": "example.com",
  "paths": {"/a~b/{c}": {"get": {"operationId": "Get", "summary": "S", "parameters": [{"name": "c", "in": "path", "required": true, "type": "string"}],
    "responses": {"200": {"description": "d", "schema": {"$ref": "#/definitions/A"}}}}}},
  "definitions": {
    "A": {"type": "object", "properties": {"b": {"$ref": "#/definitions/B"}, "self": {"$ref": "#/definitions/A"}}},
    "B": {"allOf": [{"$ref": "#/definitions/A"}, {"$ref": "#/definitions/B"}]},
    "C": {"$ref": "#/definitions/C"},
    "x~y/z%1": {"type": "object", "title": "Odd name", "properties": {"p": {"type": "string"}}},
    "D": {"type": "object", "properties": {"odd": {"$ref": "#/definitions/x~0y~1z%251"}, "path": {"$ref": "#/paths/~1a~0b~1%7Bc%7D/get"},
      "bad": {"$ref": "#/definitions/%zz~9"}, "gone": {"$ref": "#/none"}, "c": {"$ref": "#/definitions/C"}}}
  }
}`

func TestCircles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "apiDefinition.swagger.json")
	text := source.New(circles)
	bubble(t, setup{caps: pushes}, func(e *editor) {
		e.open(path, 1, circles)
		e.rest()
		if got := e.codes(path); !slices.Contains(got, "ref-unresolved") {
			t.Errorf("diagnostics %v", got)
		}
		for i := range circles {
			if strings.HasPrefix(circles[i:], `"$ref"`) {
				p := text.Position(i+12, source.UTF16)
				if got := e.hover(path, protocol.Position{Line: uint32(p.Line), Character: uint32(p.Column)}); got == "" {
					t.Errorf("nothing to say of %.40s", circles[i:])
				}
			}
		}
		at := text.Position(strings.Index(circles, "x~0y"), source.UTF16)
		if got := e.hover(path, protocol.Position{Line: uint32(at.Line), Character: uint32(at.Column)}); !strings.Contains(got, "Odd name") {
			t.Errorf("an escaped name leads to %q", got)
		}
		names, _ := json.Marshal(e.outline(path))
		for _, want := range []string{"/a~b/{c}", "x~y/z%1"} {
			if !strings.Contains(string(names), want) {
				t.Errorf("no symbol %s", want)
			}
		}
	})
}

func (e *editor) outline(path string) []protocol.DocumentSymbol {
	e.t.Helper()
	var result protocol.DocumentSymbolResult
	if err := e.ask(protocol.MethodTextDocumentDocumentSymbol, &protocol.DocumentSymbolParams{TextDocument: identifier(path)}, &result); err != nil {
		e.t.Error(err)
	}
	symbols, _ := result.(protocol.DocumentSymbolSlice)
	return symbols
}

// TestManyConnectors checks that a key in one of thousands of connectors concerns only that one.
func TestManyConnectors(t *testing.T) {
	t.Parallel()
	const count = 2000
	root := t.TempDir()
	var paths []string
	for i := range count {
		path := filepath.Join(root, fmt.Sprintf("%02d", i/100), fmt.Sprintf("%04d", i), "apiProperties.json")
		write(t, path, `{"properties": 1}`)
		paths = append(paths, path)
	}
	bubble(t, setup{roots: []string{root}, caps: pushes}, func(e *editor) {
		e.rest()
		for _, path := range paths {
			if !slices.Contains(e.codes(path), "wrong-type") {
				t.Errorf("%s: %v", path, e.codes(path))
				return
			}
		}
		if n := len(e.publishes); n != count {
			t.Errorf("published %d times", n)
		}
		e.open(paths[7], 1, `{"properties": 1}`)
		e.change(paths[7], 2, part(0, 15, 0, 16, "{}"))
		e.onDisk(paths[8:200]...)
		e.rest()
		for _, path := range e.publishes[count:] {
			if path != paths[7] {
				t.Errorf("%s is published again", path)
			}
		}
		e.tell(protocol.MethodWorkspaceDidChangeConfiguration, json.RawMessage(`{"settings": {"paconn": {"rules": {"wrong-type": "off"}}}}`))
		e.rest()
		for _, path := range paths {
			if slices.Contains(e.codes(path), "wrong-type") {
				t.Errorf("%s after another configuration: %v", path, e.codes(path))
				return
			}
		}
	})
}

// TestClaims has a folder whose definition belongs to a connector elsewhere: it is one of its own only as long as no
// settings.json claims it, whatever comes first.
func TestClaims(t *testing.T) {
	root := t.TempDir()
	claimed := faulty(t, filepath.Join(root, "alpha"))
	for _, name := range []string{"apiProperties.json", "settings.json"} {
		if err := os.Remove(filepath.Join(root, "alpha", name)); err != nil {
			t.Fatal(err)
		}
	}
	owner := filepath.Join(root, "zeta")
	pets(t, owner)
	settings := filepath.Join(owner, "settings.json")
	lead := `{"apiDefinition": "../alpha/apiDefinition.swagger.json"}`
	write(t, settings, lead)
	script := filepath.Join(root, "alpha", "script.csx") // told of only if alpha is a connector
	write(t, script, "public class Script { }\n")
	bubble(t, setup{roots: []string{root}, caps: pushes}, func(e *editor) {
		expect := func(when string, own bool) {
			t.Helper()
			e.rest()
			if got := e.codes(claimed); len(got) == 0 {
				t.Errorf("%s: the definition has no problems", when)
			}
			if got := e.codes(script); (len(got) > 0) != own {
				t.Errorf("%s: the script beside the definition has %v", when, got)
			}
		}
		expect("at first", false)
		e.open(settings, 1, "{}")
		expect("no longer claimed", true)
		e.change(settings, 2, whole(lead))
		expect("claimed again", false)
		e.open(claimed, 1, read(t, claimed))
		e.onDisk(claimed, filepath.Dir(claimed))
		expect("opened", false)
		if err := os.RemoveAll(owner); err != nil {
			t.Error(err)
		}
		e.closeFile(settings)
		e.onDisk(owner)
		expect("the owner is gone", true)
	})
}

// TestSharedFolderGone deletes a folder that holds a part of a connector in another one.
func TestSharedFolderGone(t *testing.T) {
	root := t.TempDir()
	dir, shared := filepath.Join(root, "one"), filepath.Join(root, "shared")
	definition := faulty(t, dir)
	path := filepath.Join(shared, "definition.json")
	write(t, path, read(t, definition))
	if err := os.Remove(definition); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "settings.json"), `{"apiDefinition": "../shared/definition.json"}`)
	bubble(t, setup{roots: []string{root}, caps: pushes}, func(e *editor) {
		e.rest()
		if got := e.codes(path); !slices.Contains(got, "wrong-type") {
			t.Errorf("%v", got)
		}
		e.deletes(shared, path)
	})
}

// TestSilentClient has a client that promises much and answers nothing: connectors are found all the same.
func TestSilentClient(t *testing.T) {
	root := t.TempDir()
	path := faulty(t, root)
	over := make(chan struct{})
	silent := func([]byte) (any, error) { <-over; return nil, nil }
	caps := `{"window": {"workDoneProgress": true}, "workspace": {"configuration": true, "didChangeWatchedFiles": {"dynamicRegistration": true}, "didChangeConfiguration": {"dynamicRegistration": true}}}`
	synctest.Test(t, func(t *testing.T) {
		over = make(chan struct{})
		e := start(t, setup{roots: []string{root}, caps: caps, answers: map[string]func([]byte) (any, error){
			protocol.MethodClientRegisterCapability: silent, protocol.MethodWorkspaceConfiguration: silent, protocol.MethodWindowWorkDoneProgressCreate: silent}})
		defer e.close()
		defer close(over)
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := e.codes(path); !slices.Equal(got, wrongType) {
			t.Errorf("%v", got)
		}
	})
}

// TestSettingsInOrder changes settings while the answer about the ones before is under way, and once more when the
// session is over.
func TestSettingsInOrder(t *testing.T) {
	path := faulty(t, t.TempDir())
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		slow := func([]byte) (any, error) {
			n := asked.Add(1)
			time.Sleep(time.Duration(4-n) * time.Second) // the later the question, the sooner the answer
			return json.RawMessage(fmt.Sprintf(`[{"rules": {"wrong-type": %q}}]`, []string{"error", "warning", "hint"}[min(n, 3)-1])), nil
		}
		e := start(t, setup{caps: `{"workspace": {"configuration": true}}`, answers: map[string]func([]byte) (any, error){protocol.MethodWorkspaceConfiguration: slow}})
		e.open(path, 1, read(t, path))
		for range 3 {
			e.tell(protocol.MethodWorkspaceDidChangeConfiguration, json.RawMessage(`{"settings": null}`))
			time.Sleep(time.Millisecond)
		}
		time.Sleep(20 * time.Second)
		synctest.Wait()
		// the first question, and one for all changes that came while it was not answered
		if got := e.shown[path].Diagnostics[0].Severity; asked.Load() != 2 || got != protocol.DiagnosticSeverityWarning {
			t.Errorf("asked %d times, severity %d", asked.Load(), got)
		}
		e.tell(protocol.MethodWorkspaceDidChangeConfiguration, json.RawMessage(`{"settings": null}`))
		e.sync()
		if err := e.ask(protocol.MethodShutdown, nil, nil); err != nil {
			t.Error(err)
		}
		n := len(e.publishes)
		time.Sleep(20 * time.Second)
		synctest.Wait()
		if len(e.publishes) != n {
			t.Error("published after shutdown")
		}
		e.tell(protocol.MethodExit, nil)
		<-e.served
		_ = e.pipe.Close()
	})
}

// TestHosts opens files on other machines, which are none of ours, and on this one by its name.
func TestHosts(t *testing.T) {
	if filepath.Separator != '/' {
		t.Skip("SKIPPED: Windows reads files of other machines")
	}
	for _, tt := range []struct {
		uri, path string // where it is shown, "" for nowhere
	}{
		{"file://localhost/none/apiDefinition.swagger.json", "/none/apiDefinition.swagger.json"},
		{"file://server/share/apiDefinition.swagger.json", ""},
	} {
		bubble(t, setup{caps: pushes}, func(e *editor) {
			e.tell(protocol.MethodTextDocumentDidOpen, map[string]any{"textDocument": map[string]any{"uri": tt.uri, "languageId": "json", "version": 1, "text": `{"swagger": 2}`}})
			e.rest()
			if (len(e.shown) > 0) != (tt.path != "") || tt.path != "" && e.shown[tt.path] == nil {
				t.Errorf("%s is shown for %v", tt.uri, e.publishes)
			}
		})
	}
}

// TestSecretsStayOut checks that no text of a file comes into the log, or into the error that the program tells on stderr,
// however broken the message is that it comes in.
func TestSecretsStayOut(t *testing.T) {
	const secret = "hunter2"
	bubble(t, setup{}, func(e *editor) {
		for _, params := range []string{
			`{"textDocument": {"uri": "file:///x/apiDefinition.swagger.json", "version": 1}, "contentChanges": [{"text": 7, "x": "hunter2"}]}`,
			`{"textDocument": {"uri": "file:///x/apiDefinition.swagger.json", "version": "hunter2"}, "contentChanges": ["hunter2"]}`,
			`{"textDocument": "hunter2", "contentChanges": "hunter2"}`, `"hunter2"`,
		} {
			e.tell(protocol.MethodTextDocumentDidChange, json.RawMessage(params))
			e.tell(protocol.MethodTextDocumentDidOpen, json.RawMessage(params))
		}
		e.sync()
		if !e.logged("could not be read") || e.logged(secret) {
			t.Errorf("the log says\n%s", e.log.String())
		}
	})
	for _, in := range []string{secret + "\r\n\r\n", "Content-Length: " + secret + "\r\n\r\n", strings.Repeat(secret, 1<<20)} {
		if err := lsp.Serve(t.Context(), strings.NewReader(in), &strings.Builder{}, lsp.Options{}); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("error %.200v", err)
		}
	}
}
