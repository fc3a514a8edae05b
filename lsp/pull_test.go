package lsp_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

func (e *editor) pull(path, previous string) *protocol.RelatedFullDocumentDiagnosticReport {
	e.t.Helper()
	params := &protocol.DocumentDiagnosticParams{TextDocument: identifier(path)}
	if previous != "" {
		params.PreviousResultID = &previous
	}
	var report protocol.DocumentDiagnosticReport
	if err := e.ask(protocol.MethodTextDocumentDiagnostic, params, &report); err != nil {
		e.t.Error(err)
	}
	switch r := report.(type) {
	case *protocol.RelatedFullDocumentDiagnosticReport:
		return r
	case *protocol.RelatedUnchangedDocumentDiagnosticReport:
		return nil
	}
	e.t.Errorf("report %v", report)
	return nil
}

func TestPull(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	path, properties := filepath.Join(dir, "apiDefinition.swagger.json"), filepath.Join(dir, "apiProperties.json")
	text := read(t, path)
	bubble(t, setup{roots: []string{dir}, caps: pulls}, func(e *editor) {
		e.open(path, 1, mistake(text))
		e.open(properties, 1, read(t, properties))
		first := e.pull(path, "")
		if got := codesOf(first.Items); !slices.Equal(got, wrongType) {
			t.Errorf("definition: %v", got)
		}
		if r := e.pull(path, *first.ResultID); r != nil {
			t.Errorf("nothing changed, but %+v", r)
		}
		clean := e.pull(properties, "")
		e.rest()
		refreshes := e.requests(protocol.MethodWorkspaceDiagnosticRefresh)
		e.change(path, 2, whole(text))
		if got := e.pull(path, *first.ResultID); got == nil || len(got.Items) > 0 {
			t.Errorf("mended: %v", got)
		}
		e.rest()
		if n := e.requests(protocol.MethodWorkspaceDiagnosticRefresh); n != refreshes {
			t.Error("asks to pull again though no other file is concerned")
		}
		e.change(path, 3, whole(strings.Replace(text, `"operationId": "GetPet"`, `"operationId": "GetPat"`, 1)))
		e.rest()
		if n := e.requests(protocol.MethodWorkspaceDiagnosticRefresh); n == refreshes {
			t.Error("does not ask to pull again though another file is concerned")
		}
		if r := e.pull(properties, *clean.ResultID); r == nil || len(r.Items) == 0 {
			t.Error("properties are unchanged")
		}
		if len(e.publishes) > 0 {
			t.Errorf("published %v to a client that pulls", e.publishes)
		}
		if r := e.pull("/nowhere/apiDefinition.swagger.json", ""); len(r.Items) > 0 {
			t.Errorf("of an unknown file: %v", r.Items)
		}
	})
}

// TestPullTooSoon has a client that pulls for the workspace before any connector is found: it is asked to pull again.
func TestPullTooSoon(t *testing.T) {
	root := t.TempDir()
	path := faulty(t, root)
	synctest.Test(t, func(t *testing.T) {
		s := setup{roots: []string{root}, caps: pulls}
		e := connect(t, s)
		defer e.close()
		e.initialize(s)
		if full, _ := e.pullAll(&protocol.WorkspaceDiagnosticParams{}); len(full) > 0 {
			t.Errorf("before the look for connectors: %v", full)
		}
		e.tell(protocol.MethodInitialized, struct{}{})
		e.rest()
		if e.requests(protocol.MethodWorkspaceDiagnosticRefresh) == 0 {
			t.Error("the client is not asked to pull again")
		}
		if full, _ := e.pullAll(&protocol.WorkspaceDiagnosticParams{}); full[path] == "" {
			t.Errorf("after it: %v", full)
		}
	})
}

func TestWorkspacePull(t *testing.T) {
	root := t.TempDir()
	var paths []string
	for i := range 20 {
		paths = append(paths, faulty(t, filepath.Join(root, fmt.Sprintf("c%02d", i))))
	}
	gone := filepath.Join(root, "gone.json")
	for _, partial := range []string{"", "token"} {
		bubble(t, setup{roots: []string{root}, caps: pulls}, func(e *editor) {
			e.rest()
			params := &protocol.WorkspaceDiagnosticParams{PreviousResultIds: []protocol.PreviousResultId{{URI: uri.File(gone), Value: "x"}}}
			if partial != "" {
				params.PartialResultToken = protocol.String(partial)
			}
			full, unchanged := e.pullAll(params)
			if len(full) != 21 || len(full[gone]) > 0 || len(unchanged) > 0 {
				t.Errorf("%d full reports, %d unchanged", len(full), len(unchanged))
			}
			for _, p := range paths {
				if full[p] == "" {
					t.Errorf("no report of %s", p)
				}
			}
			if partial != "" && len(e.progress) == 0 {
				t.Error("no partial results")
			}
			params.PreviousResultIds = nil
			for path, id := range full {
				if id != "" {
					params.PreviousResultIds = append(params.PreviousResultIds, protocol.PreviousResultId{URI: uri.File(path), Value: id})
				}
			}
			if full, unchanged := e.pullAll(params); len(full) > 0 || len(unchanged) != 20 {
				t.Errorf("again: %d full reports, %d unchanged", len(full), len(unchanged))
			}
		})
	}
}

// pullAll returns the ids of the full reports, "" for one without diagnostics, and the paths of the unchanged ones.
func (e *editor) pullAll(params *protocol.WorkspaceDiagnosticParams) (full map[string]string, unchanged []string) {
	e.mu.Lock()
	e.progress = nil
	e.mu.Unlock()
	var report protocol.WorkspaceDiagnosticReport
	if err := e.ask(protocol.MethodWorkspaceDiagnostic, params, &report); err != nil {
		e.t.Error(err)
	}
	items := report.Items
	for _, raw := range e.progress {
		var p protocol.ProgressParams
		var part protocol.WorkspaceDiagnosticReportPartialResult
		if protocol.Unmarshal([]byte(raw), &p) != nil || protocol.Unmarshal(p.Value, &part) != nil {
			e.t.Errorf("progress %s", raw)
		}
		items = append(items, part.Items...)
	}
	full = map[string]string{}
	for _, item := range items {
		switch r := item.(type) {
		case *protocol.WorkspaceFullDocumentDiagnosticReport:
			id := ""
			if len(r.Items) > 0 {
				id = *r.ResultID
			}
			full[r.URI.FsPath()] = id
		case *protocol.WorkspaceUnchangedDocumentDiagnosticReport:
			unchanged = append(unchanged, r.URI.FsPath())
		}
	}
	return full, unchanged
}

// TestPullReopened has a client that drops what it shows when it reads a file anew and asks for what changed since, as
// Neovim does after :edit.
func TestPullReopened(t *testing.T) {
	dir := t.TempDir()
	path := faulty(t, dir)
	bubble(t, setup{roots: []string{dir}, caps: pulls}, func(e *editor) {
		e.open(path, 1, read(t, path))
		first := e.pull(path, "")
		e.tell(protocol.MethodTextDocumentDidClose, &protocol.DidCloseTextDocumentParams{TextDocument: identifier(path)})
		e.open(path, 1, read(t, path))
		again := e.pull(path, *first.ResultID)
		if again == nil || len(again.Items) != len(first.Items) {
			t.Errorf("opened again, it reports %+v; before %+v", again, first)
			return
		}
		if r := e.pull(path, *again.ResultID); r != nil {
			t.Errorf("nothing changed since, but %+v", r)
		}
	})
}
