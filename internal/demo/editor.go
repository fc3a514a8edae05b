package main

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/report"
	"paconn-ls/internal/source"
)

// editor is a small editor: documents that are open, and the server that looks at them.
type editor struct {
	*client
	dir  string
	open []*document
}

type document struct {
	path, uri string
	version   int
	text      *source.Text
}

// The parts of the protocol that the editor uses.
type (
	position struct {
		Line      int `json:"line"`
		Character int `json:"character"`
	}
	span struct {
		Start position `json:"start"`
		End   position `json:"end"`
	}
	textEdit struct {
		Range   span   `json:"range"`
		NewText string `json:"newText"`
	}
	diagnostic struct {
		Range              span   `json:"range"`
		Severity           int    `json:"severity"`
		Code               string `json:"code"`
		Message            string `json:"message"`
		RelatedInformation []struct {
			Location struct {
				URI   string `json:"uri"`
				Range span   `json:"range"`
			} `json:"location"`
			Message string `json:"message"`
		} `json:"relatedInformation,omitempty"`
	}
	action struct {
		Title string         `json:"title"`
		Kind  string         `json:"kind"`
		Edit  *workspaceEdit `json:"edit"`
	}
	workspaceEdit struct {
		Changes         map[string][]textEdit `json:"changes"`
		DocumentChanges []struct {
			TextDocument struct {
				URI string `json:"uri"`
			} `json:"textDocument"`
			Edits []textEdit `json:"edits"`
		} `json:"documentChanges"`
	}
)

func uriOf(path string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String()
}

func newEditor(program, dir string) (*editor, error) {
	c, err := start(program)
	if err != nil {
		return nil, err
	}
	e := &editor{client: c, dir: dir}
	var capabilities any
	err = e.call("initialize", map[string]any{
		"processId": os.Getpid(), "rootUri": uriOf(dir),
		"workspaceFolders": []any{map[string]any{"uri": uriOf(dir), "name": filepath.Base(dir)}},
		"capabilities": map[string]any{
			"general": map[string]any{"positionEncodings": []string{"utf-16"}},
			"textDocument": map[string]any{
				"diagnostic":         map[string]any{"relatedInformation": true},
				"publishDiagnostics": map[string]any{"relatedInformation": true},
				"codeAction": map[string]any{"codeActionLiteralSupport": map[string]any{
					"codeActionKind": map[string]any{"valueSet": []string{"quickfix", "source.fixAll"}},
				}},
			},
		},
	}, &capabilities)
	if err != nil {
		return nil, err
	}
	return e, e.notify("initialized", map[string]any{})
}

// show opens a file of the folder.
func (e *editor) show(name string) error {
	path := filepath.Join(e.dir, name)
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	d := &document{path: path, uri: uriOf(path), version: 1, text: source.New(string(content))}
	e.open = append(e.open, d)
	return e.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{
		"uri": d.uri, "languageId": "json", "version": d.version, "text": d.text.String(),
	}})
}

// change makes edits in a document and tells the server of each, from the last to the first so that places stay true.
func (e *editor) change(d *document, edits []textEdit) error {
	slices.SortStableFunc(edits, func(a, b textEdit) int {
		return cmp.Or(cmp.Compare(b.Range.Start.Line, a.Range.Start.Line), cmp.Compare(b.Range.Start.Character, a.Range.Start.Character))
	})
	var changes []any
	for _, edit := range edits {
		d.text = d.text.Replace(d.spanOf(edit.Range), edit.NewText)
		changes = append(changes, map[string]any{"range": edit.Range, "text": edit.NewText})
	}
	d.version++
	return e.notify("textDocument/didChange", map[string]any{
		"textDocument": map[string]any{"uri": d.uri, "version": d.version}, "contentChanges": changes,
	})
}

// replace types over the one place in the open documents that holds old.
func (e *editor) replace(old, replacement string) error {
	for _, d := range e.open {
		if at := strings.Index(d.text.String(), old); at >= 0 {
			return e.change(d, []textEdit{{Range: d.rangeOf(source.Span{Start: at, End: at + len(old)}), NewText: replacement}})
		}
	}
	return fmt.Errorf("no open document holds %q", old)
}

// apply makes the edits of a code action.
func (e *editor) apply(edit *workspaceEdit) error {
	byURI := map[string][]textEdit{}
	for uri, edits := range edit.Changes {
		byURI[uri] = append(byURI[uri], edits...)
	}
	for _, c := range edit.DocumentChanges {
		byURI[c.TextDocument.URI] = append(byURI[c.TextDocument.URI], c.Edits...)
	}
	for _, d := range e.open {
		if edits := byURI[d.uri]; len(edits) > 0 {
			if err := e.change(d, edits); err != nil {
				return err
			}
			delete(byURI, d.uri)
		}
	}
	if len(byURI) > 0 {
		return errors.New("the server wants to edit files that are not open")
	}
	return nil
}

// problems asks for the diagnostics of a document.
func (e *editor) problems(d *document) ([]diagnostic, error) {
	var answer struct {
		Items []diagnostic `json:"items"`
	}
	err := e.call("textDocument/diagnostic", map[string]any{"textDocument": map[string]any{"uri": d.uri}}, &answer)
	return answer.Items, err
}

// actions asks for the code actions of a kind for a place.
func (e *editor) actions(d *document, at span, kind string, about []diagnostic) ([]action, error) {
	var answer []action
	err := e.call("textDocument/codeAction", map[string]any{
		"textDocument": map[string]any{"uri": d.uri}, "range": at,
		"context": map[string]any{"diagnostics": append([]diagnostic{}, about...), "only": []string{kind}},
	}, &answer)
	return answer, err
}

// save writes every document to its file.
func (e *editor) save() error {
	for _, d := range e.open {
		if err := os.WriteFile(d.path, []byte(d.text.String()), 0o644); err != nil {
			return err
		}
		if err := e.notify("textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": d.uri}}); err != nil {
			return err
		}
	}
	return nil
}

func (d *document) spanOf(r span) source.Span {
	offset := func(p position) int {
		return d.text.Offset(source.Position{Line: p.Line, Column: p.Character}, source.UTF16)
	}
	return source.Span{Start: offset(r.Start), End: offset(r.End)}
}

func (d *document) rangeOf(s source.Span) span {
	at := func(offset int) position {
		p := d.text.Position(offset, source.UTF16)
		return position{p.Line, p.Column}
	}
	return span{at(s.Start), at(s.End)}
}

// problem turns what the server says into what the text format writes.
func (d *document) problem(found diagnostic) report.Problem {
	p := report.Problem{
		Path: d.path, Range: reported(found.Range), Severity: diagnostics.Severity(found.Severity), Rule: found.Code,
		Message: found.Message, Excerpt: report.ExcerptOf(d.text, d.spanOf(found.Range)),
	}
	for _, r := range found.RelatedInformation {
		if u, err := url.Parse(r.Location.URI); err == nil {
			p.Related = append(p.Related, report.Related{Path: filepath.FromSlash(u.Path), Range: reported(r.Location.Range), Message: r.Message})
		}
	}
	return p
}

func reported(r span) report.Range {
	return report.Range{
		Start: source.Position{Line: r.Start.Line, Column: r.Start.Character},
		End:   source.Position{Line: r.End.Line, Column: r.End.Character},
	}
}
