package lsp

import (
	"paconn-ls/commands"
	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/report"
	"paconn-ls/internal/source"
)

// ServiceSource is the source of diagnostics that the service found.
const ServiceSource = "paconn service"

// verdict is what the service said of a file with a certain content.
type verdict struct {
	content string
	found   []report.Problem
}

// serviceSaid shows what the service says of a definition, for as long as it has the content that was validated.
func (s *server) serviceSaid(r commands.ValidateResult) {
	s.update(atOnce, func(u *update) {
		verdicts := map[string]verdict{}
		for path, v := range u.verdicts {
			verdicts[path] = v
		}
		delete(verdicts, r.Definition)
		if len(r.Problems) > 0 {
			verdicts[r.Definition] = verdict{s.contentOf(u, r.Definition), r.Problems}
		}
		u.verdicts = verdicts
		u.dirty[r.Definition] = true
		for _, c := range u.workspace.Users(r.Definition) {
			u.dirty[c.Dir] = true
		}
	})
}

func (s *server) contentOf(u *update, path string) string {
	if t := u.text(path); t != nil {
		return t.String()
	}
	if f := s.disk.Read(path, connector.Definition); f != nil {
		return f.Content.String()
	}
	return ""
}

// said returns what the service said of a file, unless it has changed since.
func (s *snapshot) said(path string) []diagnostics.Diagnostic {
	v, ok := s.verdicts[path]
	if !ok {
		return nil
	}
	_, f := s.workspace.Find(path)
	if d := s.documents[path]; d != nil {
		f = d.file(connector.Definition)
	}
	if f == nil || f.Content.String() != v.content {
		return nil
	}
	var out []diagnostics.Diagnostic
	for _, p := range v.found {
		out = append(out, diagnostics.Diagnostic{
			File: f, Span: spanOf(f.Content, p.Range), Rule: p.Rule, Severity: p.Severity, Message: p.Message, Source: ServiceSource,
		})
	}
	return out
}

func spanOf(t *source.Text, r report.Range) source.Span {
	return source.Span{Start: t.Offset(r.Start, source.UTF16), End: t.Offset(r.End, source.UTF16)}
}
