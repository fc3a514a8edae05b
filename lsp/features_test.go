package lsp_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
	"paconn-ls/lsp"
)

// caret takes the mark ¦ out of a text and returns where it was.
func caret(t *testing.T, text string) (string, protocol.Position) {
	t.Helper()
	before, after, ok := strings.Cut(text, "¦")
	if !ok {
		t.Fatal("no caret")
	}
	p := source.New(before).Position(len(before), source.UTF16)
	return before + after, protocol.Position{Line: uint32(p.Line), Character: uint32(p.Column)}
}

// mark puts the caret into the first place of a text that reads so.
func mark(t *testing.T, text, place string) string {
	t.Helper()
	plain := strings.Replace(place, "¦", "", 1)
	if !strings.Contains(text, plain) {
		t.Fatalf("no %q in the file", plain)
	}
	return strings.Replace(text, plain, place, 1)
}

func TestHover(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	for _, tt := range []struct {
		name, file, place string
		want              []string // texts in the hover; nil for no hover
	}{
		{"key", "apiDefinition.swagger.json", `"operatio¦nId": "ListPets"`, []string{"**`operationId`**", "a string", "Key of: operation"}},
		{"required key", "apiDefinition.swagger.json", `"¦swagger": "2.0"`, []string{"required", "2.0", "[Documentation]("}},
		{"start of a key", "apiDefinition.swagger.json", `¦"basePath"`, []string{"**`basePath`**"}},
		{"key with a set of values", "apiDefinition.swagger.json", `"¦schemes"`, []string{"Values:", "`https`: Encrypted"}},
		{"value of a set", "apiDefinition.swagger.json", `["ht¦tps"]`, []string{"**`https`**", "Encrypted"}},
		{"value of any text", "apiDefinition.swagger.json", `"title": "Pe¦ts"`, []string{"**`title`**", "Key of: info"}},
		{"path", "apiDefinition.swagger.json", `"/pe¦ts": {`, []string{"**`/pets`**"}},
		{"reference to a definition", "apiDefinition.swagger.json", `"$ref": "#/definitions/P¦et"`, []string{"**Pet**", "- `size`: string · Size"}},
		{"reference to a parameter", "apiDefinition.swagger.json", `"$ref": "#/parameters/li¦mit"`, []string{"**`limit`** in query · integer", "How many pets"}},
		{"reference to an operation", "apiProperties.json", `["Get¦Pet"]`, []string{"**`GET /pets/{", "`GetPet`"}},
		{"operation of a policy", "apiProperties.json", `["List¦Pets"]`, []string{"**`GET /pets`**", "List pets", "- `kind` in query"}},
		{"policy", "apiProperties.json", `"set¦header"`, []string{"**`setheader`**"}},
		{"settings", "settings.json", `"connec¦torId"`, []string{"connectorId"}},
		{"brackets", "apiDefinition.swagger.json", `"paths": {¦`, nil},
		{"white space", "apiDefinition.swagger.json", "\"info\": {\n ¦", nil},
		{"script", "script.csx", `¦class`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(dir, tt.file)
			_, at := caret(t, mark(t, read(t, path), tt.place))
			bubble(t, setup{roots: []string{dir}, caps: pushes}, func(e *editor) {
				e.rest()
				got := e.hover(path, at)
				if tt.want == nil && got != "" {
					t.Errorf("hover %q", got)
				}
				for _, want := range tt.want {
					if !strings.Contains(got, want) {
						t.Errorf("no %q in %q", want, got)
					}
				}
			})
		})
	}
}

// TestHoverEverywhere hovers over every key and every value that is no object or array: of each there is something to say.
func TestHoverEverywhere(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	definition := filepath.Join(dir, "apiDefinition.swagger.json")
	write(t, definition, strings.Replace(read(t, definition), `"swagger": "2.0",`,
		`"swagger": "2.0", "x-own": {"a": [1, {"b": null}]}, "unheardOf": true, "externalDocs": {"url": "https://example.com", "x": 1},`, 1))
	config := filepath.Join(dir, "paconn-ls.json")
	write(t, config, `{"$schema": "x", "profile": "certified", "rules": {"key-case": "error"}}`)
	bubble(t, setup{roots: []string{dir}, caps: pushes}, func(e *editor) {
		e.rest()
		hovers := 0
		for _, path := range []string{definition, filepath.Join(dir, "apiProperties.json"), filepath.Join(dir, "settings.json"), config} {
			text := source.New(read(t, path))
			over := func(offset int) {
				p := text.Position(offset, source.UTF16)
				hovers++
				if got := e.hover(path, protocol.Position{Line: uint32(p.Line), Character: uint32(p.Column)}); strings.TrimSpace(got) == "" {
					t.Errorf("%s:%d:%d: nothing to say of %.30q", filepath.Base(path), p.Line+1, p.Column+1, text.String()[offset:])
				}
			}
			doc := jsondoc.Parse(text.String())
			for id := range doc.Len() {
				v := doc.Node(id)
				if v.HasKey() {
					over(v.KeySpan().Start + 1)
				}
				if !v.IsObject() && !v.IsArray() {
					over(v.Span().End - 1)
				}
			}
		}
		if hovers < 300 {
			t.Errorf("only %d places", hovers)
		}
	})
}

func (e *editor) hover(path string, at protocol.Position) string {
	e.t.Helper()
	params := &protocol.HoverParams{TextDocumentPositionParams: protocol.TextDocumentPositionParams{TextDocument: identifier(path), Position: at}}
	var raw json.RawMessage
	_, wait := e.begin(protocol.MethodTextDocumentHover, params)
	r := <-wait
	if r.Err() != nil {
		e.t.Error(r.Err())
		return ""
	}
	if raw = json.RawMessage(r.Result()); string(raw) == "null" {
		return ""
	}
	var hover struct{ Contents struct{ Kind, Value string } }
	if err := json.Unmarshal(raw, &hover); err != nil {
		e.t.Error(err)
	}
	return hover.Contents.Value
}

func TestHoverOnRules(t *testing.T) {
	dir := t.TempDir()
	path := faulty(t, dir)
	config := filepath.Join(dir, "paconn-ls.json")
	write(t, config, `{"rules": {"key-case": "error"}}`)
	_, at := caret(t, mark(t, read(t, path), `"title": ¦7`))
	for _, caps := range []string{pushes, `{"textDocument": {"hover": {"contentFormat": ["plaintext"]}}}`} {
		bubble(t, setup{roots: []string{dir}, caps: caps}, func(e *editor) {
			e.rest()
			got := e.hover(path, at)
			if !strings.Contains(got, "wrong-type") || !strings.Contains(got, "/wrong-type.md") {
				t.Errorf("on a diagnostic: %q", got)
			}
			if strings.Contains(got, "](") != (caps == pushes) {
				t.Errorf("Markdown where it should not be, or the other way round: %q", got)
			}
			if got := e.hover(config, protocol.Position{Character: 14}); !strings.Contains(got, "/key-case.md") {
				t.Errorf("on a rule of the configuration: %q", got)
			}
		})
	}
}

func TestDocumentSymbol(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	want := map[string][]string{
		"apiDefinition.swagger.json": {"info Pets", "paths", "  /pets", "    GET ListPets List pets", "    POST CreatePet", "  /pets/{", "    POST WhenPetArrives When a pet arrives", "definitions", "  Pet object", "parameters", "  limit Limit", "securityDefinitions", "  api_key apiKey"},
		"apiProperties.json":         {"connectionParameters", "  api_key securestring", "policyTemplateInstances", "  setheader Say who asks"},
		"settings.json":              {"connectorId shared_pets", "icon icon.png"},
	}
	for _, caps := range []string{pushes, ""} {
		bubble(t, setup{roots: []string{dir}, caps: caps}, func(e *editor) {
			e.rest()
			for name, lines := range want {
				got := e.symbols(filepath.Join(dir, name), caps == pushes)
				for _, line := range lines {
					if caps == "" {
						line, _, _ = strings.Cut(strings.TrimLeft(line, " "), " ")
					}
					if !strings.Contains(got, line) {
						t.Errorf("no %q in\n%s", line, got)
					}
				}
			}
		})
	}
}

func (e *editor) symbols(path string, tree bool) string {
	var b strings.Builder
	params := &protocol.DocumentSymbolParams{TextDocument: identifier(path)}
	if !tree {
		var list []struct{ Name string }
		_, wait := e.begin(protocol.MethodTextDocumentDocumentSymbol, params)
		if err := json.Unmarshal((<-wait).Result(), &list); err != nil {
			e.t.Error(err)
		}
		for _, s := range list {
			b.WriteString(s.Name + "\n")
		}
		return b.String()
	}
	var result protocol.DocumentSymbolResult
	if err := e.ask(protocol.MethodTextDocumentDocumentSymbol, params, &result); err != nil {
		e.t.Error(err)
	}
	list, _ := result.(protocol.DocumentSymbolSlice)
	var walk func(symbols []protocol.DocumentSymbol, indent string)
	walk = func(symbols []protocol.DocumentSymbol, indent string) {
		for _, s := range symbols {
			detail := ""
			if s.Detail != nil {
				detail = " " + *s.Detail
			}
			fmt.Fprintf(&b, "%s%s%s\n", indent, s.Name, detail)
			if !inside(s.SelectionRange, s.Range) || s.Name == "" {
				e.t.Errorf("symbol %q: %v is not in %v", s.Name, s.SelectionRange, s.Range)
			}
			walk(s.Children, indent+"  ")
		}
	}
	walk(list, "")
	return b.String()
}

func inside(inner, outer protocol.Range) bool {
	less := func(a, b protocol.Position) bool {
		return a.Line < b.Line || a.Line == b.Line && a.Character <= b.Character
	}
	return less(outer.Start, inner.Start) && less(inner.End, outer.End)
}

func TestFoldingRange(t *testing.T) {
	path := filepath.Join(t.TempDir(), "apiDefinition.swagger.json")
	text := "{\n  \"info\": {\n    \"title\": [\n      1\n    ]\n  }, \"paths\": {\n  },\n  \"x-a\": {\"b\": 1},\n  \"x-c\": [{\n    \"d\": 1\n  }]\n}\n"
	for _, tt := range []struct{ name, caps, want string }{
		{"all", "", "[0-10 1-4 2-3 8-9]"},
		{"limited to the outer ones", `{"textDocument": {"foldingRange": {"rangeLimit": 2, "lineFoldingOnly": true}}}`, "[0-10 1-4]"},
	} {
		bubble(t, setup{caps: tt.caps}, func(e *editor) {
			e.open(path, 1, text)
			var folds []protocol.FoldingRange
			if err := e.ask(protocol.MethodTextDocumentFoldingRange, &protocol.FoldingRangeParams{TextDocument: identifier(path)}, &folds); err != nil {
				t.Error(err)
			}
			var got []string
			for _, f := range folds {
				got = append(got, fmt.Sprintf("%d-%d", f.StartLine, f.EndLine))
			}
			if fmt.Sprint(got) != tt.want {
				t.Errorf("%s: %v, want %s", tt.name, got, tt.want)
			}
		})
	}
}

func (e *editor) actions(path string, r protocol.Range, only ...protocol.CodeActionKind) []*protocol.CodeAction {
	e.t.Helper()
	params := &protocol.CodeActionParams{TextDocument: identifier(path), Range: r,
		Context: protocol.CodeActionContext{Diagnostics: []protocol.Diagnostic{}, Only: only, TriggerKind: protocol.CodeActionTriggerKindInvoked}}
	_, wait := e.begin(protocol.MethodTextDocumentCodeAction, params)
	r2 := <-wait
	var raw []json.RawMessage
	if err := json.Unmarshal(r2.Result(), &raw); err != nil || r2.Err() != nil {
		e.t.Error(err, r2.Err())
	}
	var out []*protocol.CodeAction
	for _, m := range raw {
		a := &protocol.CodeAction{}
		if err := protocol.Unmarshal(m, a); err != nil {
			e.t.Error(err)
		}
		out = append(out, a)
	}
	return out
}

// applied returns a text with the edits of an action made, and the version they are for.
func applied(t *testing.T, text string, a *protocol.CodeAction) (string, int32) {
	t.Helper()
	src := source.New(text)
	var edits []source.Edit
	version := int32(-1)
	add := func(e protocol.TextEdit) {
		offset := func(p protocol.Position) int {
			return src.Offset(source.Position{Line: int(p.Line), Column: int(p.Character)}, source.UTF16)
		}
		edits = append(edits, source.Edit{Span: source.Span{Start: offset(e.Range.Start), End: offset(e.Range.End)}, New: e.NewText})
	}
	for _, c := range a.Edit.DocumentChanges {
		d := c.(*protocol.TextDocumentEdit)
		if d.TextDocument.Version != nil {
			version = *d.TextDocument.Version
		}
		for _, e := range d.Edits {
			add(*e.(*protocol.TextEdit))
		}
	}
	for _, list := range a.Edit.Changes {
		for _, e := range list {
			add(e)
		}
	}
	out, err := source.Apply(text, edits)
	if err != nil {
		t.Error(err)
	}
	return out, version
}

func TestCodeAction(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	path := filepath.Join(dir, "apiDefinition.swagger.json")
	text := strings.Replace(read(t, path), `"required": false`, `"required": "false"`, 1)
	text = strings.Replace(text, `"version": "1.0"`, `"version": 1.0`, 1)
	_, at := caret(t, mark(t, text, `"required": "fa¦lse"`))
	everything := protocol.Range{End: protocol.Position{Line: 9999}}
	here := protocol.Range{Start: at, End: at}
	bubble(t, setup{caps: pushes}, func(e *editor) {
		e.open(path, 3, text)
		quick := e.actions(path, here, protocol.CodeActionKindQuickFix)
		if len(quick) != 1 || *quick[0].Kind != protocol.CodeActionKindQuickFix || quick[0].IsPreferred == nil || len(quick[0].Diagnostics) != 1 {
			t.Errorf("fixes at the caret: %v", quick)
			return
		}
		got, version := applied(t, text, quick[0])
		if want := strings.Replace(text, `"required": "false"`, `"required": false`, 1); got != want || version != 3 {
			t.Errorf("version %d, %q: %s", version, quick[0].Title, got)
		}
		if n := len(e.actions(path, everything, protocol.CodeActionKindQuickFix)); n != 2 {
			t.Errorf("%d fixes in the whole file", n)
		}
		for _, kind := range []protocol.CodeActionKind{"source", "source.fixAll", "source.fixAll.paconn"} {
			all := e.actions(path, here, kind)
			if len(all) != 1 {
				t.Errorf("%s: %v", kind, all)
				continue
			}
			if got, _ := applied(t, text, all[0]); got != read(t, path) {
				t.Errorf("%s leaves %s", kind, got)
			}
		}
		for _, kind := range []protocol.CodeActionKind{"refactor", "source.organizeImports", "source.fixAll.other", "quick"} {
			if got := e.actions(path, everything, kind); len(got) > 0 {
				t.Errorf("%s: %v", kind, got)
			}
		}
		if got := e.actions(path, here); len(got) != 2 {
			t.Errorf("of every kind: %v", got)
		}
		if got := e.actions(path, protocol.Range{}); len(got) != 1 {
			t.Errorf("where nothing is wrong: %v", got)
		}
	})
	bubble(t, setup{caps: pulls}, func(e *editor) { // edits without versions
		e.open(path, 3, text)
		a := e.actions(path, here, protocol.CodeActionKindQuickFix)
		if len(a) != 1 || len(a[0].Edit.DocumentChanges) > 0 || len(a[0].Edit.Changes) != 1 {
			t.Errorf("actions %v", a)
		}
	})
	for set, want := range map[string]int{`{"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}`: 2, `{}`: 0} {
		bubble(t, setup{caps: `{"textDocument": {"codeAction": ` + set + `}}`}, func(e *editor) {
			e.open(path, 3, text)
			if a := e.actions(path, here); len(a) != want {
				t.Errorf("a client with %s gets %v", set, a)
			}
		})
	}
}

func TestDifference(t *testing.T) {
	lines := func(s string) string { return strings.Join(strings.Split(s, ""), "\n") }
	for _, tt := range []struct {
		before, after string
		edits         int
	}{
		{"", "", 0}, {"abc", "abc", 0}, {"abcdef", "abXdef", 1}, {"abcdefghij", "XbcdefghiY", 2}, {"abcdef", "", 1},
		{"", "abc", 1}, {"abcdef", "abcXdef", 1}, {"abcdef", "adef", 1}, {"aaaa", "aa", 1},
	} {
		before, after := lines(tt.before), lines(tt.after)
		edits := lsp.Difference(before, after)
		got, err := source.Apply(before, edits)
		if err != nil || got != after || len(edits) != tt.edits {
			t.Errorf("%q to %q: %d edits, %q, %v", tt.before, tt.after, len(edits), got, err)
		}
	}
	var long, other []string
	for i := range 500 {
		long = append(long, fmt.Sprint("a", i))
		other = append(other, fmt.Sprint("b", i))
	}
	all := slices.Concat(long, other)
	edits := lsp.Difference(strings.Join(long, "\n"), strings.Join(all, "\n"))
	if got, err := source.Apply(strings.Join(long, "\n"), edits); err != nil || got != strings.Join(all, "\n") {
		t.Errorf("a long addition: %v", err)
	}
}
