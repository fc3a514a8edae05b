package lsp

import (
	"cmp"
	"context"
	"fmt"
	"hash/maphash"
	"slices"
	"strconv"
	"sync"
	"time"

	"go.lsp.dev/protocol"

	"paconn-ls/diagnostics"
)

// results remembers what the client was told of each file, so that it is told again only what is different.
type results struct {
	seed maphash.Seed

	mu       sync.Mutex
	told     map[string]told            // by path
	by       map[string]map[string]bool // paths by the key whose check told of them
	openings map[string]int             // how often the client opened a file, by path
	nothing  string                     // id of no diagnostics at all
}

// told is what the client was told of a file last.
type told struct {
	id      string
	version int32
}

func newResults() *results {
	r := &results{seed: maphash.MakeSeed(), told: map[string]told{}, by: map[string]map[string]bool{}, openings: map[string]int{}}
	r.nothing = r.id(nil)
	return r
}

// id returns a name for a list of diagnostics that is the same for the same list.
func (r *results) id(items []protocol.Diagnostic) string {
	b, err := protocol.Marshal(protocol.PublishDiagnosticsParams{Diagnostics: items})
	if err != nil {
		return "" // never the id of a list: it counts as changed
	}
	return strconv.FormatUint(maphash.Bytes(r.seed, b), 36)
}

// found returns what is to be told of the file at path.
func found(snap *snapshot, path string) []diagnostics.Diagnostic {
	out := known(snap, path)
	if snap.othersReport(path) {
		out = slices.DeleteFunc(out, isSyntax)
	}
	return out
}

// isSyntax reports whether a diagnostic is about plain JSON.
func isSyntax(d diagnostics.Diagnostic) bool {
	r := diagnostics.Find(d.Rule)
	return r != nil && r.Syntax
}

// known returns what is known of the file at path, from every connector that it is part of.
func known(snap *snapshot, path string) []diagnostics.Diagnostic {
	var out []diagnostics.Diagnostic
	sources := 0
	for _, u := range snap.unitsOf(path) {
		if f := u.known(); f != nil {
			out = append(out, f.byPath[path]...)
			sources++
		}
	}
	if f := snap.configs[path]; f != nil {
		out = append(out, configFindings(f, snap)...)
		sources++
	}
	if said := snap.said(path); said != nil {
		out = append(out, said...)
		sources = 2
	}
	if sources < 2 {
		return out
	}
	// several say something: put it in order, each thing once
	slices.SortStableFunc(out, func(a, b diagnostics.Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(out, func(a, b diagnostics.Diagnostic) bool {
		return a.Span == b.Span && a.Rule == b.Rule && a.Message == b.Message
	})
}

// check checks the connector in the folder key, or the configuration at the path key, as it is now and tells the client.
// ok is false when the result is stale.
func (s *server) check(ctx context.Context, key string, d depth) (cost time.Duration, ok bool) {
	defer s.recovered("check of " + key)
	u := s.state.Load().units.Of(key)
	paths := []string{key} // of a configuration
	if u != nil {
		f, err := u.check(ctx, d)
		if err != nil {
			return 0, false
		}
		cost, paths = f.cost, nil
		for _, file := range u.connector.Files() {
			paths = append(paths, file.Path)
		}
	}
	if !s.tellAll(ctx, key, u, paths) {
		return 0, false
	}
	if u != nil && d == deep {
		s.settle(key, u)
	}
	return cost, true
}

// tellAll tells the client of files after a check, unless the check has become stale.
func (s *server) tellAll(ctx context.Context, key string, u *unit, paths []string) bool {
	s.results.mu.Lock()
	defer s.results.mu.Unlock()
	snap := s.state.Load()
	if ctx.Err() != nil || snap.units.Of(key) != u {
		return false
	}
	for _, path := range s.results.remember(key, paths) {
		s.tell(snap, path)
	}
	return true
}

// remember notes which paths a key tells of and returns them with those that it told of before. The lock is held.
func (r *results) remember(key string, paths []string) []string {
	for old := range r.by[key] {
		if !slices.Contains(paths, old) {
			paths = append(paths, old)
		}
	}
	slices.Sort(paths)
	now := map[string]bool{}
	for _, p := range paths {
		now[p] = true
	}
	r.by[key] = now
	return paths
}

// opened has the client told anew of a file that it opens: some drop what they were told with the document that they close,
// and ask for what changed since then all the same.
func (r *results) opened(path string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.openings[path]++
	delete(r.told, path)
}

// tell publishes what is known of a file if the client does not know it yet. A client that pulls is asked to pull again
// instead. The lock of the results is held.
func (s *server) tell(snap *snapshot, path string) {
	items := s.diagnostics(found(snap, path))
	now := told{id: s.results.id(items)}
	d := snap.documents[path]
	if d != nil {
		now.version = d.version
	}
	before, known := s.results.told[path]
	if s.client.pulls {
		// a document that the client knows to have changed it pulls on its own
		if known && before.id != now.id && (d == nil || before.version == d.version) {
			s.refresh()
		}
		return
	}
	if now == before || !known && len(items) == 0 && d == nil {
		return // of a document that is opened the client hears even that nothing is wrong
	}
	if s.results.told[path] = now; d == nil && len(items) == 0 {
		delete(s.results.told, path)
	}
	params := &protocol.PublishDiagnosticsParams{URI: uriOf(path), Diagnostics: items}
	if d != nil {
		params.Version = protocol.NewOptional(d.version)
	}
	s.notify(protocol.MethodTextDocumentPublishDiagnostics, params)
}

// report returns the diagnostics of a file for a client that pulls, checked as far as a live check goes, and an id that is
// the same for the same diagnostics since the file was opened.
func (s *server) report(ctx context.Context, snap *snapshot, path string) ([]protocol.Diagnostic, string, error) {
	for _, u := range snap.unitsOf(path) {
		if _, err := u.check(ctx, live); err != nil {
			return nil, "", fmt.Errorf("check %s: %w", u.connector.Dir, err)
		}
	}
	items := s.diagnostics(found(snap, path))
	id := s.results.id(items)
	now := told{id: id}
	if d := snap.documents[path]; d != nil {
		now.version = d.version
	}
	s.results.mu.Lock()
	defer s.results.mu.Unlock()
	s.results.told[path] = now
	return items, id + "." + strconv.Itoa(s.results.openings[path]), nil
}

// refresh asks the client to pull again, when it can be asked.
func (s *server) refresh() {
	if s.client.refresh {
		s.refreshes.request(s, "refresh", func() { _ = s.call(s.ctx, protocol.MethodWorkspaceDiagnosticRefresh, nil, nil) })
	}
}
