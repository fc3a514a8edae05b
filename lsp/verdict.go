package lsp

import (
	"strings"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/report"
	"paconn-ls/internal/source"
)

// ServiceSource is the source of diagnostics that the service found.
const ServiceSource = "paconn service"

// verdict is what the service said of a file with a certain content.
type verdict struct {
	content *source.Text
	found   []report.Problem
}

// serviceSaid shows what the service says of a definition, for as long as it has the content that was validated: whoever
// types while the service thinks has another text already.
func (s *server) serviceSaid(definition, validated string, found []report.Problem) {
	s.update(atOnce, func(u *update) {
		if d := u.document(definition); d != nil {
			definition = d.path
		}
		verdicts := map[string]verdict{}
		for path, v := range u.verdicts {
			verdicts[path] = v
		}
		delete(verdicts, definition)
		if len(found) > 0 {
			verdicts[definition] = verdict{source.New(validated), found}
		}
		u.verdicts = verdicts
		u.dirty[definition] = true
		for _, c := range u.workspace.Users(definition) {
			u.dirty[c.Dir] = true
		}
	})
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
	if f == nil || !sameText(f.Content, v.content) {
		return nil
	}
	shift := f.Content.Len() - v.content.Len() // of the byte order mark
	var out []diagnostics.Diagnostic
	for _, p := range v.found {
		span := spanOf(v.content, p.Range)
		span = source.Span{Start: max(span.Start+shift, 0), End: max(span.End+shift, 0)}
		out = append(out, diagnostics.Diagnostic{
			File: f, Span: span, Rule: p.Rule, Severity: p.Severity, Message: p.Message, Source: ServiceSource,
		})
	}
	return out
}

func spanOf(t *source.Text, r report.Range) source.Span {
	return source.Span{Start: t.Offset(r.Start, source.UTF16), End: t.Offset(r.End, source.UTF16)}
}

// sameText reports whether two texts are the same but for a byte order mark, which editors keep to themselves.
func sameText(a, b *source.Text) bool {
	return strings.TrimPrefix(a.String(), source.BOM) == strings.TrimPrefix(b.String(), source.BOM)
}
