package lsp

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"
)

// The kinds of reports.
const (
	fullReport      = "full"
	unchangedReport = "unchanged"
)

// documentDiagnostic answers with the diagnostics of one document.
func (s *server) documentDiagnostic(ctx context.Context, snap *snapshot, p *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: protocol.FullDocumentDiagnosticReport{Kind: fullReport}}, nil
	}
	items, id, err := s.report(ctx, snap, path)
	if err != nil {
		return nil, err
	}
	if p.PreviousResultID != nil && *p.PreviousResultID == id {
		return &protocol.RelatedUnchangedDocumentDiagnosticReport{
			UnchangedDocumentDiagnosticReport: protocol.UnchangedDocumentDiagnosticReport{Kind: unchangedReport, ResultID: id}}, nil
	}
	return &protocol.RelatedFullDocumentDiagnosticReport{
		FullDocumentDiagnosticReport: protocol.FullDocumentDiagnosticReport{Kind: fullReport, ResultID: &id, Items: items}}, nil
}

// reportsAtOnce is how many connectors a part of the answer to workspace/diagnostic covers.
const reportsAtOnce = 16

// workspaceDiagnostic answers with the diagnostics of every file of every connector, in parts when the client takes them.
func (s *server) workspaceDiagnostic(ctx context.Context, snap *snapshot, p *protocol.WorkspaceDiagnosticParams) (*protocol.WorkspaceDiagnosticReport, error) {
	previous := map[string]string{}
	for _, r := range p.PreviousResultIds {
		if path, ok := pathOf(r.URI); ok {
			previous[path] = r.Value
		}
	}
	all := []protocol.WorkspaceDocumentDiagnosticReport{}
	for part := range slices.Chunk(snap.paths(), reportsAtOnce) {
		for _, path := range part {
			report, err := s.workspaceReport(ctx, snap, path, previous)
			if err != nil {
				return nil, err
			}
			if report != nil {
				all = append(all, report)
			}
		}
		if p.PartialResultToken != nil && len(all) > 0 {
			s.progress(p.PartialResultToken, &protocol.WorkspaceDiagnosticReportPartialResult{Items: all})
			all = all[:0:0]
		}
	}
	for path := range previous { // of files that are gone
		all = append(all, &protocol.WorkspaceFullDocumentDiagnosticReport{URI: uriOf(path),
			FullDocumentDiagnosticReport: protocol.FullDocumentDiagnosticReport{Kind: fullReport, ResultID: &s.results.nothing}})
	}
	return &protocol.WorkspaceDiagnosticReport{Items: all}, nil
}

// workspaceReport returns the report of one file, and takes it from previous; nil when the client need not be told that
// there is nothing.
func (s *server) workspaceReport(ctx context.Context, snap *snapshot, path string, previous map[string]string) (protocol.WorkspaceDocumentDiagnosticReport, error) {
	items, id, err := s.report(ctx, snap, path)
	if err != nil {
		return nil, err
	}
	before, known := previous[path]
	delete(previous, path)
	var version *int32
	if d := snap.documents[path]; d != nil {
		version = &d.version
	}
	if known && before == id {
		return &protocol.WorkspaceUnchangedDocumentDiagnosticReport{URI: uriOf(path), Version: version,
			UnchangedDocumentDiagnosticReport: protocol.UnchangedDocumentDiagnosticReport{Kind: unchangedReport, ResultID: id}}, nil
	}
	if !known && len(items) == 0 {
		return nil, nil
	}
	return &protocol.WorkspaceFullDocumentDiagnosticReport{URI: uriOf(path), Version: version,
		FullDocumentDiagnosticReport: protocol.FullDocumentDiagnosticReport{Kind: fullReport, ResultID: &id, Items: items}}, nil
}

// paths returns every file that diagnostics may be about, each once, connector after connector.
func (s *snapshot) paths() []string {
	seen := map[string]bool{}
	var out []string
	add := func(path string) {
		if !seen[path] {
			seen[path] = true
			out = append(out, path)
		}
	}
	for _, c := range s.workspace.Connectors() {
		for _, f := range c.Files() {
			add(f.Path)
		}
	}
	for path := range s.configs {
		add(path)
	}
	return out
}
