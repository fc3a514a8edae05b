package lsp

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"paconn-ls/commands"
	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/source"
)

// fixAllKind is the kind of the action that applies every safe fix in a file.
const fixAllKind protocol.CodeActionKind = "source.fixAll.paconn"

// codeAction answers with the fixes for what is wrong in a range, and the one that applies all safe ones.
func (s *server) codeAction(ctx context.Context, snap *snapshot, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	c, f, ok := snap.file(p.TextDocument.URI)
	if !ok || c == nil || !s.client.literals {
		return nil, nil
	}
	for _, u := range snap.unitsOf(f.Path) {
		if _, err := u.check(ctx, live); err != nil {
			return nil, err
		}
	}
	problems := known(snap, f.Path) // also what a JSON server of the client reports, which mends nothing
	var out []protocol.CommandOrCodeAction
	if asks(p.Context, protocol.CodeActionKindQuickFix) {
		span := s.offsets(f.Content, p.Range)
		for _, d := range problems {
			if at := reach(snap, d); at.Start <= span.End && span.Start <= at.End {
				out = append(out, s.quickFixes(snap, d)...)
			}
		}
	}
	if wantsFixAll(p.Context) && slices.ContainsFunc(problems, isMendable) {
		if action := s.fixAll(ctx, snap, c, f); action != nil {
			out = append(out, action)
		}
	}
	return out, nil
}

// nextToken is white space and the token after it.
var nextToken = regexp.MustCompile(`^\s*("(?:[^"\\\n]|\\.)*"?|[^\s"{}\[\]:,]+|.)`)

// reach is where the fixes of a diagnostic are offered: at its place. Behind the last character of a line that is the
// character too, since the caret of Vim cannot stand behind it. Of a mistake that a JSON server of the client reports it is the
// next token too, since that server says "expected comma" of what comes after the gap.
func reach(snap *snapshot, d diagnostics.Diagnostic) source.Span {
	text, at := d.File.Content.String(), d.Span
	if rest := text[at.Start:]; rest == "" || rest[0] == '\n' || rest[0] == '\r' {
		_, width := utf8.DecodeLastRuneInString(text[:at.Start])
		at.Start -= width
	}
	if isSyntax(d) && snap.othersReport(d.File.Path) {
		at.End += len(nextToken.FindString(text[at.End:]))
	}
	return at
}

// asks reports whether the client asks for actions of a kind: it does when it names no kinds, or one that includes it.
func asks(c protocol.CodeActionContext, kind protocol.CodeActionKind) bool {
	return len(c.Only) == 0 || slices.ContainsFunc(c.Only, func(only protocol.CodeActionKind) bool {
		return only == "" || only == kind || strings.HasPrefix(string(kind), string(only)+".")
	})
}

// wantsFixAll keeps the work of fixing everything from being done at every move of the caret.
func wantsFixAll(c protocol.CodeActionContext) bool {
	if len(c.Only) == 0 && c.TriggerKind == protocol.CodeActionTriggerKindAutomatic {
		return false
	}
	return asks(c, fixAllKind)
}

func isMendable(d diagnostics.Diagnostic) bool {
	return slices.ContainsFunc(d.Fixes, func(f diagnostics.Fix) bool { return f.Safe })
}

// quickFixes returns an action for each fix of a diagnostic.
func (s *server) quickFixes(snap *snapshot, d diagnostics.Diagnostic) []protocol.CommandOrCodeAction {
	var out []protocol.CommandOrCodeAction
	for _, fix := range d.Fixes {
		byFile := map[*connector.File][]source.Edit{}
		for _, e := range fix.Edits {
			byFile[e.File] = append(byFile[e.File], e.Edit)
		}
		action := &protocol.CodeAction{
			Title:       fix.Title,
			Kind:        ptr(protocol.CodeActionKindQuickFix),
			Diagnostics: []protocol.Diagnostic{s.diagnostic(d)},
			Edit:        s.workspaceEdit(snap, byFile),
		}
		if s.client.preferred && fix.Safe && len(d.Fixes) == 1 {
			action.IsPreferred = ptr(true)
		}
		out = append(out, action)
	}
	return out
}

// fixAll returns the action that applies the safe fixes in a file until there are no more; nil when that changes nothing.
func (s *server) fixAll(ctx context.Context, snap *snapshot, c *connector.Connector, f *connector.File) protocol.CommandOrCodeAction {
	fixed, done := commands.FixAll(ctx, c, snap.units.Of(c.Dir).options, func(g *connector.File) bool { return g.Path == f.Path })
	if len(done) == 0 {
		return nil
	}
	edits := difference(f.Content.String(), fixed.File(f.Path).Content.String())
	return &protocol.CodeAction{
		Title: "Apply all safe fixes of paconn",
		Kind:  ptr(fixAllKind),
		Edit:  s.workspaceEdit(snap, map[*connector.File][]source.Edit{f: edits}),
	}
}

// workspaceEdit converts edits in files.
func (s *server) workspaceEdit(snap *snapshot, byFile map[*connector.File][]source.Edit) *protocol.WorkspaceEdit {
	out := &protocol.WorkspaceEdit{}
	for _, f := range inOrder(byFile) {
		var edits []protocol.TextEdit
		for _, e := range byFile[f] {
			edits = append(edits, protocol.TextEdit{Range: s.span(f.Content, e.Span), NewText: e.New})
		}
		if s.client.documentChanges {
			out.DocumentChanges = append(out.DocumentChanges, documentEdit(snap, f, edits))
			continue
		}
		if out.Changes == nil {
			out.Changes = map[uri.URI][]protocol.TextEdit{}
		}
		out.Changes[uriOf(f.Path)] = edits
	}
	return out
}

func inOrder(byFile map[*connector.File][]source.Edit) []*connector.File {
	var files []*connector.File
	for f := range byFile {
		files = append(files, f)
	}
	slices.SortFunc(files, func(a, b *connector.File) int { return strings.Compare(a.Path, b.Path) })
	return files
}

func documentEdit(snap *snapshot, f *connector.File, edits []protocol.TextEdit) *protocol.TextDocumentEdit {
	out := &protocol.TextDocumentEdit{TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{
		TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: uriOf(f.Path)}}}
	if d := snap.documents[f.Path]; d != nil {
		out.TextDocument.Version = ptr(d.version)
	}
	for i := range edits {
		out.Edits = append(out.Edits, &edits[i])
	}
	return out
}

// difference returns edits that turn one text into another: one for each run of lines that differ, so that the caret and
// the marks of an editor stay where they are.
func difference(before, after string) []source.Edit {
	a, b := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	var edits []source.Edit
	offset := 0
	for len(a) > 0 || len(b) > 0 {
		same := 0
		for same < len(a) && same < len(b) && a[same] == b[same] {
			offset += len(a[same])
			same++
		}
		a, b = a[same:], b[same:]
		if len(a) == 0 && len(b) == 0 {
			break
		}
		removed, added := resync(a, b)
		old, new := strings.Join(a[:removed], ""), strings.Join(b[:added], "")
		edits = append(edits, source.Edit{Span: source.Span{Start: offset, End: offset + len(old)}, New: new})
		offset += len(old)
		a, b = a[removed:], b[added:]
	}
	return edits
}

// farthest is how many lines ahead difference looks for lines that are equal again.
const farthest = 64

// resync returns how many lines of a and of b to skip until three lines, or all that is left, are equal again.
func resync(a, b []string) (removed, added int) {
	for sum := 1; sum <= 2*farthest; sum++ {
		for i := max(0, sum-farthest); i <= min(sum, farthest); i++ {
			if j := sum - i; i <= len(a) && j <= len(b) && agree(a[i:], b[j:]) {
				return i, j
			}
		}
	}
	return len(a), len(b)
}

func agree(a, b []string) bool {
	n := min(3, len(a), len(b))
	return (n > 0 || len(a) == len(b)) && slices.Equal(a[:n], b[:n])
}
