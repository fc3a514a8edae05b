package lsp

import (
	"path/filepath"

	"go.lsp.dev/protocol"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/source"
)

func (s *server) didOpen(p *protocol.DidOpenTextDocumentParams) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return
	}
	s.epoch.Add(1)
	s.results.opened(path)
	s.update(atOnce, func(u *update) {
		u.documents[path] = &document{path, p.TextDocument.LanguageID, source.New(p.TextDocument.Text), p.TextDocument.Version}
		u.changed(path)
	})
}

func (s *server) didChange(p *protocol.DidChangeTextDocumentParams) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return
	}
	old := s.state.Load().documents[path]
	if old == nil {
		s.log.Warn("a document changed that is not open", "path", path)
		return
	}
	if p.TextDocument.Version < old.version {
		s.log.Warn("the version of a document went back", "path", path, "from", old.version, "to", p.TextDocument.Version)
	}
	text := s.apply(old.text, p.ContentChanges)
	if len(s.state.Load().unitsOf(path)) == 0 {
		s.epoch.Add(1) // a connector that is being read may come to have it
	}
	s.update(typing, func(u *update) { u.edit(&document{path, old.language, text, p.TextDocument.Version}) })
}

// apply makes the changes of a client, one after the other. Changes that go from the end of the text to its start, as an
// editor with several carets sends them, are made at once: each text that is indexed for one change alone costs time.
func (s *server) apply(text *source.Text, changes []protocol.TextDocumentContentChangeEvent) *source.Text {
	var edits []source.Edit // from the end to the start, none touching another
	flush := func() {
		if result, err := source.Apply(text.String(), edits); err == nil && len(edits) > 0 {
			text = source.New(result)
		}
		edits = edits[:0]
	}
	for _, change := range changes {
		switch c := change.(type) {
		case *protocol.TextDocumentContentChangeWholeDocument:
			edits = edits[:0]
			text = source.New(c.Text)
		case *protocol.TextDocumentContentChangePartial:
			span := s.offsets(text, c.Range)
			if n := len(edits); n > 0 && span.End >= edits[n-1].Span.Start {
				flush()
				span = s.offsets(text, c.Range)
			}
			edits = append(edits, source.Edit{Span: span, New: c.Text})
		}
	}
	flush()
	return text
}

func (s *server) didSave(p *protocol.DidSaveTextDocumentParams) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return
	}
	s.update(saved, func(u *update) {
		for _, c := range u.workspace.Users(path) {
			u.dirty[c.Dir] = true
		}
		if filepath.Base(path) == connector.ConfigName && u.documents[path] == nil {
			u.changed(path)
		}
	})
}

func (s *server) didClose(p *protocol.DidCloseTextDocumentParams) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return
	}
	s.epoch.Add(1)
	s.update(atOnce, func(u *update) {
		if u.documents[path] == nil {
			return
		}
		delete(u.documents, path)
		if filepath.Base(path) == connector.ConfigName {
			delete(u.configs, path)
		}
		u.changed(path)
	})
}
