package lsp_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"unicode/utf8"

	"go.lsp.dev/protocol"
	"paconn-ls/internal/connector"
)

// typist makes random edits in a text and says them as an editor would. It counts lines and columns on its own.
type typist struct {
	r       *rand.Rand
	text    string
	utf8    bool
	version int32
}

// tokens are what people type into JSON, and what they do not mean to.
var tokens = []string{`"`, `{`, `}`, `[`, `]`, `,`, `:`, ` `, "\n", "\r\n", "\r", "\t", `\`, `\u12`, `/`, `//`, `null`, `true`, `1.5e3`,
	`"$ref": "#/definitions/Pet"`, `"operationId": "GetPet",`, `"type": "string"`, `"x-ms-trigger": "batch",`, `{"a": [1, {}]}`,
	"é", "漢字", "😀", "👩‍👩‍👧", "\u2028", "\ufeff", "\x00", "a"}

// edit changes the text and returns the change.
func (y *typist) edit() protocol.TextDocumentContentChangeEvent {
	if y.r.IntN(200) == 0 { // some editors send everything now and then
		if y.text == "" {
			y.text = "{}"
		}
		return whole(y.text)
	}
	start := y.boundary(y.r.IntN(len(y.text) + 1))
	end := start
	switch y.r.IntN(10) {
	case 0, 1, 2:
		end = y.boundary(min(len(y.text), start+1+y.r.IntN(4)))
	case 3: // several lines
		end = y.boundary(min(len(y.text), start+y.r.IntN(200)))
	}
	insert := ""
	if start == end || y.r.IntN(2) == 0 {
		for range 1 + y.r.IntN(2) {
			insert += tokens[y.r.IntN(len(tokens))]
		}
	}
	change := part(0, 0, 0, 0, insert).(*protocol.TextDocumentContentChangePartial)
	change.Range = protocol.Range{Start: y.place(start), End: y.place(end)}
	y.text = y.text[:start] + insert + y.text[end:]
	return change
}

// boundary moves an offset to the next place where a caret can stand.
func (y *typist) boundary(at int) int {
	for at < len(y.text) && !utf8.RuneStart(y.text[at]) {
		at++
	}
	if at > 0 && at < len(y.text) && y.text[at-1] == '\r' && y.text[at] == '\n' {
		at++
	}
	return at
}

func (y *typist) place(at int) protocol.Position {
	before := strings.ReplaceAll(y.text[:at], "\r\n", "\n ")
	before = strings.ReplaceAll(before, "\r", "\n")
	line := strings.Count(before, "\n")
	lineStart := strings.LastIndexByte(before, '\n') + 1
	if strings.HasSuffix(y.text[:min(lineStart, at)], "\r") && lineStart < at && y.text[lineStart] == '\n' {
		lineStart++
	}
	column := 0
	for _, r := range y.text[lineStart:at] {
		switch {
		case y.utf8:
			column += utf8.RuneLen(r)
		case r > 0xFFFF:
			column += 2
		default:
			column++
		}
	}
	return protocol.Position{Line: uint32(line), Character: uint32(column)}
}

// TestRandomEdits makes 10,000 edits in connectors of our own and of others. After each some the server's text and
// diagnostics must be those of a server that has just opened the same text.
func TestRandomEdits(t *testing.T) {
	const all, each, batch = 10_000, 400, 50
	dirs := corpus(t, 20, 200<<10)
	rest := all - each*len(dirs)
	own := t.TempDir()
	pets(t, own)
	typeIn(t, own, rest, batch)
	for _, dir := range dirs {
		typeIn(t, dir, each, batch)
	}
}

// corpus returns some of the published connectors that are at hand, at most as large as said.
func corpus(t testing.TB, most int, size int64) []string {
	paths, _ := filepath.Glob(filepath.Join("..", "..", "shared", "corpus", "*", "*", "apiDefinition.swagger.json"))
	var dirs []string
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil && info.Size() <= size {
			abs, err := filepath.Abs(filepath.Dir(p))
			if err != nil {
				t.Fatal(err)
			}
			dirs = append(dirs, abs)
		}
	}
	return dirs[:min(most, len(dirs))]
}

func typeIn(t *testing.T, dir string, edits, batch int) {
	for _, caps := range []string{pushes, utf8Pushes} {
		t.Run(filepath.Base(dir)+map[bool]string{true: " in UTF-8", false: ""}[caps == utf8Pushes], func(t *testing.T) {
			bubble(t, setup{roots: []string{dir}, caps: caps}, func(e *editor) {
				e.rest()
				var typists []*typist
				var paths []string
				for _, name := range []string{"apiDefinition.swagger.json", "apiProperties.json", "settings.json"} {
					path := filepath.Join(dir, name)
					if text, err := os.ReadFile(path); err == nil {
						y := &typist{r: rand.New(rand.NewPCG(uint64(len(text)), uint64(len(dir)))), text: strings.ToValidUTF8(string(text), "?"), utf8: caps == utf8Pushes}
						e.open(path, 0, y.text)
						typists, paths = append(typists, y), append(paths, path)
					}
				}
				r := rand.New(rand.NewPCG(1, 2))
				for n := 0; n < edits/2; n += batch {
					for range batch {
						i := min(r.IntN(2*len(paths)), len(paths)) % len(paths) // the definition more often than the others
						y := typists[i]
						y.version++
						changes := []protocol.TextDocumentContentChangeEvent{y.edit()}
						if r.IntN(5) == 0 {
							changes = append(changes, y.edit(), y.edit())
						}
						e.change(paths[i], y.version, changes...)
					}
					if !e.agrees(t, setup{roots: []string{dir}, caps: caps}, paths, typists) {
						return
					}
				}
			})
		})
	}
}

// agrees compares the server with one that has just opened the same texts.
func (e *editor) agrees(t *testing.T, s setup, paths []string, typists []*typist) bool {
	e.rest()
	fresh := start(t, s)
	defer fresh.close()
	for i, path := range paths {
		fresh.open(path, typists[i].version, typists[i].text)
	}
	fresh.rest()
	ok := true
	for i, path := range paths {
		if got, _ := e.server().Text(path); got != typists[i].text {
			t.Errorf("%s, version %d: the texts differ", path, typists[i].version)
			ok = false
		}
	}
	for _, path := range slices.Concat(paths, []string{filepath.Join(filepath.Dir(paths[0]), connector.ScriptName)}) {
		got, want := e.list(path), fresh.list(path)
		if got != want {
			t.Errorf("%s:\n%s\ninstead of\n%s", path, got, want)
			ok = false
		}
	}
	return ok
}

// list renders the diagnostics shown for a file.
func (e *editor) list(path string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	var b strings.Builder
	if p := e.shown[path]; p != nil {
		for _, d := range p.Diagnostics {
			fmt.Fprintf(&b, "%v %v %v %v %v\n", d.Range, d.Severity, d.Code, d.Message, d.RelatedInformation)
		}
	}
	return b.String()
}

// TestStress interleaves 10,000 edits with requests, cancellations and panics. Every request is answered, in the end the
// server has the editor's text, and it still serves.
func TestStress(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	path := filepath.Join(dir, "apiDefinition.swagger.json")
	r := rand.New(rand.NewPCG(3, 4))
	panics := rand.New(rand.NewPCG(5, 6))
	hook := func(method string) {
		if method == protocol.MethodTextDocumentDidSave && panics.IntN(2) == 0 {
			panic("by order")
		}
		if method == protocol.MethodTextDocumentFoldingRange {
			panic("by order")
		}
	}
	synctest.Test(t, func(t *testing.T) {
		e := start(t, setup{roots: []string{dir}, caps: pushes, hook: hook})
		defer e.close()
		y := &typist{r: rand.New(rand.NewPCG(7, 8)), text: read(t, path)}
		e.open(path, 0, y.text)
		answered, refused, cancelled := 0, 0, 0
		for range 10_000 {
			y.version++
			e.change(path, y.version, y.edit())
			switch r.IntN(20) {
			case 0:
				e.tell(protocol.MethodTextDocumentDidSave, &protocol.DidSaveTextDocumentParams{TextDocument: identifier(path)})
			case 1, 2, 3:
				method := []string{protocol.MethodTextDocumentFoldingRange, protocol.MethodTextDocumentDocumentSymbol, protocol.MethodTextDocumentHover,
					protocol.MethodTextDocumentCodeAction, protocol.MethodTextDocumentDiagnostic}[r.IntN(5)]
				id, wait := e.begin(method, map[string]any{"textDocument": map[string]any{"uri": "file://" + path}, "position": y.place(y.boundary(r.IntN(len(y.text) + 1))),
					"range": map[string]any{"start": map[string]any{"line": 0, "character": 0}, "end": map[string]any{"line": 9, "character": 0}}, "context": map[string]any{"diagnostics": []any{}}})
				if r.IntN(2) == 0 {
					n, _ := id.Number()
					e.tell(protocol.MethodCancelRequest, map[string]any{"id": n})
				}
				answer, ok := <-wait
				switch {
				case !ok:
					t.Error("a request is not answered")
				case answer.Err() == nil:
					answered++
				case strings.Contains(answer.Err().Error(), "cancelled"):
					cancelled++
				default:
					refused++
				}
			}
		}
		e.rest()
		if got, _ := e.server().Text(path); got != y.text {
			t.Error("the texts differ")
		}
		if version, _ := e.shown[path].Version.Get(); version != y.version {
			t.Errorf("diagnostics of version %d, want %d", version, y.version)
		}
		if answered == 0 || refused == 0 {
			t.Errorf("%d answered, %d refused, %d cancelled", answered, refused, cancelled)
		}
		var symbols protocol.DocumentSymbolResult
		if err := e.ask(protocol.MethodTextDocumentDocumentSymbol, &protocol.DocumentSymbolParams{TextDocument: identifier(path)}, &symbols); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}
