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

	"go.lsp.dev/jsonrpc2"
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
	t.Parallel()
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
			t.Parallel()
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

// TestStress interleaves 10,000 edits with requests, cancellations and panics, and waits for no answer before it goes on.
// Every request is answered, a request sees the text of all edits before it, in the end the server has the editor's text,
// and it still serves.
func TestStress(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pets(t, dir)
	path := filepath.Join(dir, "apiDefinition.swagger.json")
	synctest.Test(t, func(t *testing.T) {
		e := start(t, setup{roots: []string{dir}, caps: pushes, hook: panicking()})
		defer e.close()
		x := &stress{editor: e, path: path, r: rand.New(rand.NewPCG(3, 4)), y: &typist{r: rand.New(rand.NewPCG(7, 8)), text: read(t, path)}}
		e.open(path, 0, x.y.text)
		for range 10_000 {
			x.y.version++
			e.change(path, x.y.version, x.y.edit())
			switch x.r.IntN(20) {
			case 0:
				e.tell(protocol.MethodTextDocumentDidSave, &protocol.DidSaveTextDocumentParams{TextDocument: identifier(path)})
			case 1, 2, 3:
				x.request()
			case 4:
				x.askOrder()
			}
		}
		x.answers(t)
		e.rest()
		if got, _ := e.server().Text(path); got != x.y.text {
			t.Error("the texts differ")
		}
		if version, _ := e.shown[path].Version.Get(); version != x.y.version {
			t.Errorf("diagnostics of version %d, want %d", version, x.y.version)
		}
		if err := e.ask(protocol.MethodTextDocumentDocumentSymbol, &protocol.DocumentSymbolParams{TextDocument: identifier(path)}, nil); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// panicking is a hook that panics in every other save, and in every request for folds.
func panicking() func(method string) {
	r := rand.New(rand.NewPCG(5, 6))
	return func(method string) {
		switch method {
		case protocol.MethodTextDocumentDidSave: // on the read loop: one at a time
			if r.IntN(2) == 0 {
				panic("by order")
			}
		case protocol.MethodTextDocumentFoldingRange:
			panic("by order")
		}
	}
}

// stress is a session with requests under way.
type stress struct {
	*editor
	path  string
	r     *rand.Rand
	y     *typist
	waits []chan *jsonrpc2.Response
	order []ordered
}

// ordered is a request for folds of a file that tells which edit it came after.
type ordered struct {
	lines int
	wait  chan *jsonrpc2.Response
}

// request asks something of the file, and takes half of the questions back.
func (x *stress) request() {
	methods := []string{protocol.MethodTextDocumentFoldingRange, protocol.MethodTextDocumentDocumentSymbol, protocol.MethodTextDocumentHover,
		protocol.MethodTextDocumentCodeAction, protocol.MethodTextDocumentDiagnostic}
	id, wait := x.begin(methods[x.r.IntN(len(methods))], map[string]any{
		"textDocument": map[string]any{"uri": "file://" + x.path}, "position": x.y.place(x.y.boundary(x.r.IntN(len(x.y.text) + 1))),
		"range":   map[string]any{"start": map[string]any{"line": 0, "character": 0}, "end": map[string]any{"line": 9, "character": 0}},
		"context": map[string]any{"diagnostics": []any{}}})
	x.waits = append(x.waits, wait)
	if x.r.IntN(2) == 0 {
		n, _ := id.Number()
		x.tell(protocol.MethodCancelRequest, map[string]any{"id": n})
	}
}

// askOrder writes a text with a certain number of members into another file, asks for its symbols, and does not wait.
func (x *stress) askOrder() {
	path := filepath.Join(filepath.Dir(x.path), "settings.json")
	n := len(x.order) + 1
	text := "{" + strings.Repeat(`"a": 1, `, n) + `"z": 2}`
	if n == 1 {
		x.open(path, 1, text)
	} else {
		x.change(path, int32(n), whole(text))
	}
	_, wait := x.begin(protocol.MethodTextDocumentDocumentSymbol, &protocol.DocumentSymbolParams{TextDocument: identifier(path)})
	x.order = append(x.order, ordered{n + 1, wait})
}

// answers waits for every answer.
func (x *stress) answers(t *testing.T) {
	answered, refused, cancelled := 0, 0, 0
	for _, wait := range x.waits {
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
	if answered < 300 || refused < 100 || cancelled == 0 {
		t.Errorf("%d answered, %d refused, %d cancelled", answered, refused, cancelled)
	}
	for _, o := range x.order {
		var symbols protocol.DocumentSymbolSlice
		if answer := <-o.wait; answer.Err() != nil || protocol.Unmarshal(answer.Result(), &symbols) != nil || len(symbols) != o.lines {
			t.Errorf("%d symbols, want %d: the request does not see the edits before it", len(symbols), o.lines)
		}
	}
	if len(x.order) < 300 {
		t.Errorf("only %d requests of known answers", len(x.order))
	}
}

// TestOutlineHolds checks what editors refuse an outline without: names, and each name inside of what it names, and that
// inside of its parent, however broken the text is.
func TestOutlineHolds(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pets(t, dir)
	bubble(t, setup{roots: []string{dir}, caps: pushes}, func(e *editor) {
		for i, name := range []string{"apiDefinition.swagger.json", "apiProperties.json", "settings.json"} {
			path := filepath.Join(dir, name)
			y := &typist{r: rand.New(rand.NewPCG(11, uint64(i))), text: read(t, path)}
			e.open(path, 0, y.text)
			for range 400 {
				y.version++
				e.change(path, y.version, y.edit())
				last := protocol.Range{End: protocol.Position{Line: 1 << 30}}
				if !holds(last, e.outline(path)) {
					t.Errorf("%s, version %d: a symbol is not inside of another", name, y.version)
					return
				}
			}
		}
	})
}

// holds reports whether every symbol lies in a range, its name in it, and its children too.
func holds(outer protocol.Range, symbols []protocol.DocumentSymbol) bool {
	return !slices.ContainsFunc(symbols, func(s protocol.DocumentSymbol) bool {
		return s.Name == "" || !within(s.Range, outer) || !within(s.SelectionRange, s.Range) || !holds(s.Range, s.Children)
	})
}

func within(inner, outer protocol.Range) bool {
	before := func(a, b protocol.Position) bool {
		return a.Line < b.Line || a.Line == b.Line && a.Character <= b.Character
	}
	return before(outer.Start, inner.Start) && before(inner.Start, inner.End) && before(inner.End, outer.End)
}
