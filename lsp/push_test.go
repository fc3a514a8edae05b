package lsp_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.lsp.dev/protocol"
)

func TestPublish(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	path, properties := filepath.Join(dir, "apiDefinition.swagger.json"), filepath.Join(dir, "apiProperties.json")
	text := read(t, path)
	bubble(t, setup{roots: []string{dir}, caps: pushes}, func(e *editor) {
		e.open(path, 1, text)
		e.open(properties, 5, strings.Replace(read(t, properties), "[\"GetPet\"]", "[\"GetPat\"]", 1))
		e.rest()
		if n := e.published(path); n != 1 {
			t.Errorf("a sound file is published %d times", n)
		}
		other := e.published(properties)
		e.change(path, 2, whole(mistake(text)))
		e.rest()
		p := e.shown[path]
		if version, ok := p.Version.Get(); !ok || version != 2 || len(p.Diagnostics) != 1 {
			t.Errorf("version %d, %v", version, p.Diagnostics)
			return
		}
		d := p.Diagnostics[0]
		source, _ := d.Source.Get()
		message, _ := d.Message.(protocol.String)
		if source != "paconn" || message == "" || d.Severity != protocol.DiagnosticSeverityError ||
			!strings.HasSuffix(string(d.CodeDescription.Href), "/wrong-type.md") || d.Range.Start.Line != 3 {
			t.Errorf("diagnostic %+v", d)
		}
		if n := e.published(properties); n != other {
			t.Error("a file that has not changed is published again")
		}
		n := e.published(path)
		e.tell(protocol.MethodTextDocumentDidSave, &protocol.DidSaveTextDocumentParams{TextDocument: identifier(path)})
		e.rest()
		if e.published(path) != n {
			t.Error("a save without a change publishes again")
		}
		// a change in one file shows in the other
		e.change(path, 3, whole(strings.Replace(text, `"operationId": "GetPet"`, `"operationId": "GetPat"`, 1)))
		e.rest()
		if e.published(properties) == other {
			t.Error("the other file is not published though its reference leads somewhere now")
		}
	})
}

// TestReopened has a client that drops diagnostics with the document that it closes, as Neovim does
// with a buffer; its versions begin at 0.
func TestReopened(t *testing.T) {
	dir := t.TempDir()
	path := faulty(t, dir)
	text := read(t, path)
	bubble(t, setup{roots: []string{dir}, caps: pushes}, func(e *editor) {
		e.open(path, 0, text)
		e.rest()
		n := e.published(path)
		e.tell(protocol.MethodTextDocumentDidClose, &protocol.DidCloseTextDocumentParams{TextDocument: identifier(path)})
		e.rest()
		e.open(path, 0, text)
		e.rest()
		if p := e.shown[path]; e.published(path) == n || p == nil || len(p.Diagnostics) != 1 {
			t.Errorf("opened again, it is shown %v, published %d times before and %d in all", p, n, e.published(path))
		}
	})
}

// TestOldClient has a client that knows nothing of what came after the first versions of the protocol.
func TestOldClient(t *testing.T) {
	dir := t.TempDir()
	path := faulty(t, dir)
	bubble(t, setup{roots: []string{dir}}, func(e *editor) {
		e.rest()
		p := e.shown[path]
		if p == nil || len(p.Diagnostics) != 1 {
			t.Errorf("shown %v", e.shown)
			return
		}
		d := p.Diagnostics[0]
		if d.CodeDescription.Href != "" || d.RelatedInformation != nil || d.Tags.Len() > 0 {
			t.Errorf("diagnostic %+v", d)
		}
	})
}

// TestPace watches the clock of the bubble: nothing is waited for on opening and saving, little while somebody types.
func TestPace(t *testing.T) {
	dir := t.TempDir()
	path := faulty(t, dir)
	text := read(t, path)
	bubble(t, setup{caps: pushes}, func(e *editor) {
		e.open(path, 1, text)
		e.sync()
		synctest.Wait()
		if e.published(path) != 1 {
			t.Error("opening has to wait")
		}
		e.change(path, 2, part(0, 0, 0, 0, "\n"))
		e.sync()
		synctest.Wait()
		if e.published(path) != 1 {
			t.Error("typing is followed without a wait")
		}
		time.Sleep(120 * time.Millisecond)
		synctest.Wait()
		if e.published(path) != 2 {
			t.Error("typing is not followed in time")
		}
		for i := range 30 { // somebody who never stops typing sees something all the same
			e.change(path, int32(3+i), part(0, 0, 0, 0, "\n"))
			time.Sleep(17 * time.Millisecond)
		}
		synctest.Wait()
		if n := e.published(path); n < 5 {
			t.Errorf("half a second of typing: published %d times", n)
		}
		e.rest()
		if version, _ := e.shown[path].Version.Get(); version != 32 {
			t.Errorf("at rest: version %d", version)
		}
		if got := e.codes(path); !slices.Equal(got, wrongType) {
			t.Errorf("at rest: %v", got)
		}
	})
}
