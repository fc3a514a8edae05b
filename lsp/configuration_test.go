package lsp_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

func TestConfiguration(t *testing.T) {
	setting := `{"profile": null, "rules": {"wrong-type": "hint", "no-such-rule": "off"}}`
	answers := map[string]func([]byte) (any, error){protocol.MethodWorkspaceConfiguration: func([]byte) (any, error) {
		return json.RawMessage("[" + setting + "]"), nil
	}}
	for _, tt := range []struct {
		name string
		s    setup
		file string // paconn-ls.json above the connector
		then func(e *editor, root string)
		want protocol.DiagnosticSeverity // of the mistake, 0 for none
	}{
		{"nothing said", setup{}, "", nil, protocol.DiagnosticSeverityError},
		{"initialization", setup{init: `{"rules": {"wrong-type": "warning"}}`}, "", nil, protocol.DiagnosticSeverityWarning},
		{"initialization, in a section", setup{init: `{"paconn": {"rules": {"wrong-type": "off"}}}`}, "", nil, 0},
		{"asked", setup{caps: `{"workspace": {"configuration": true}}`, answers: answers}, "", nil, protocol.DiagnosticSeverityHint},
		{"told", setup{}, "", func(e *editor, _ string) {
			e.tell(protocol.MethodWorkspaceDidChangeConfiguration, json.RawMessage(`{"settings": {"paconn": `+setting+`}}`))
		}, protocol.DiagnosticSeverityHint},
		{"a file", setup{}, `{"rules": {"wrong-type": "information"}}`, nil, protocol.DiagnosticSeverityInformation},
		{"a file wins", setup{init: `{"rules": {"wrong-type": "warning"}}`}, `{"rules": {"wrong-type": "off"}}`, nil, 0},
		{"a file leaves open", setup{init: `{"rules": {"wrong-type": "warning"}}`}, `{"profile": "certified"}`, nil, protocol.DiagnosticSeverityWarning},
		{"a file typed in", setup{}, `{}`, func(e *editor, root string) {
			path := filepath.Join(root, "paconn-ls.json")
			e.open(path, 1, `{}`)
			e.change(path, 2, part(0, 1, 0, 1, `"rules": {"wrong-type": "hint"}`))
		}, protocol.DiagnosticSeverityHint},
		{"a file not saved yet, nearer", setup{}, `{"rules": {"wrong-type": "off"}}`, func(e *editor, root string) {
			e.open(filepath.Join(root, "a", "paconn-ls.json"), 1, `{"rules": {"wrong-type": "hint"}}`)
		}, protocol.DiagnosticSeverityHint},
		{"and closed again", setup{}, `{"rules": {"wrong-type": "off"}}`, func(e *editor, root string) {
			e.open(filepath.Join(root, "a", "paconn-ls.json"), 1, `{"rules": {"wrong-type": "hint"}}`)
			e.closeFile(filepath.Join(root, "a", "paconn-ls.json"))
		}, 0},
		{"a file removed", setup{}, `{"rules": {"wrong-type": "off"}}`, func(e *editor, root string) {
			path := filepath.Join(root, "paconn-ls.json")
			_ = os.Remove(path)
			e.onDisk(path)
		}, protocol.DiagnosticSeverityError},
		{"a file that comes", setup{}, "", func(e *editor, root string) {
			path := filepath.Join(root, "a", "c", "paconn-ls.json")
			write(e.t, path, `{"rules": {"wrong-type": "off"}}`)
			e.onDisk(path)
		}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			path := faulty(t, filepath.Join(root, "a", "c"))
			if tt.file != "" {
				write(t, filepath.Join(root, "paconn-ls.json"), tt.file)
			}
			tt.s.roots = []string{root}
			bubble(t, tt.s, func(e *editor) {
				e.rest()
				if tt.then != nil {
					tt.then(e, root)
					e.rest()
				}
				var got protocol.DiagnosticSeverity
				if p := e.shown[path]; p != nil && len(p.Diagnostics) > 0 {
					got = p.Diagnostics[0].Severity
				}
				if got != tt.want {
					t.Errorf("severity %d, want %d", got, tt.want)
				}
				if tt.s.answers != nil && !e.logged("no-such-rule") {
					t.Error("the log does not tell of an unknown rule")
				}
			})
		})
	}
}

func TestConfigurationProblems(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "c")
	pets(t, dir)
	above, beside := filepath.Join(root, "paconn-ls.json"), filepath.Join(dir, "paconn-ls.json")
	write(t, above, `{"profile": "gold",}`)
	bubble(t, setup{roots: []string{root}, caps: pushes}, func(e *editor) {
		e.rest()
		if got := e.codes(above); len(got) != 2 {
			t.Errorf("above: %v", got)
		}
		write(t, beside, `{"rules": {"no-such-rule": "off"},}`)
		e.onDisk(beside)
		e.rest()
		if got := e.codes(beside); len(got) != 2 || !slices.Contains(got, "json-syntax") {
			t.Errorf("beside: %v", got)
		}
		e.open(above, 1, "{}")
		e.rest()
		if got := e.codes(above); len(got) != 0 {
			t.Errorf("mended: %v", got)
		}
	})
}

// TestSyntaxLeftToTheClient checks who reports mistakes of plain JSON: a JSON server of the client does so in what is open,
// and takes comments and the like for sound in other languages than JSON.
func TestSyntaxLeftToTheClient(t *testing.T) {
	for _, tt := range []struct {
		init, language string // no language: the file is not open
		want           bool
	}{
		{`{}`, "json", true},
		{`{"syntax": true}`, "json", true},
		{`{"syntax": false}`, "json", false},
		{`{"syntax": false}`, "jsonc", true},
		{`{"syntax": false}`, "", true},
	} {
		t.Run(tt.init+tt.language, func(t *testing.T) {
			dir := t.TempDir()
			pets(t, dir)
			definition, config := filepath.Join(dir, "apiDefinition.swagger.json"), filepath.Join(filepath.Dir(dir), "paconn-ls.json")
			broken := map[string]string{definition: strings.Replace(read(t, definition), `"swagger": "2.0",`, `"swagger": "2.0",,`, 1), config: `{"rules": {},}`}
			for path, text := range broken {
				write(t, path, text)
			}
			bubble(t, setup{roots: []string{dir}, init: tt.init, caps: pushes}, func(e *editor) {
				for path, text := range broken {
					if tt.language != "" {
						e.openAs(protocol.LanguageKind(tt.language), path, text)
					}
				}
				e.rest()
				if got := e.codes(definition); slices.Contains(got, "json-syntax") != tt.want {
					t.Errorf("%v", got)
				}
				if got := e.codes(config); (len(got) > 0) != tt.want {
					t.Errorf("configuration: %v", got)
				}
				all := e.actions(definition, protocol.Range{}, "source.fixAll")
				if len(all) != 1 {
					t.Errorf("it can be mended whoever reports it: %v", all)
				}
				for path := range broken {
					e.closeFile(path)
				}
				e.rest()
				if got := e.codes(definition); !slices.Contains(got, "json-syntax") {
					t.Errorf("closed: %v", got)
				}
			})
		})
	}
}
