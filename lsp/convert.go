package lsp

import (
	"path/filepath"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/source"
)

// pathOf returns the path of a file's URI as connectors know it: absolute and clean. However a client spells the URI, the
// path is the same. ok is false for anything but a file.
func pathOf(u uri.URI) (path string, ok bool) {
	if !u.IsFile() {
		return "", false
	}
	path = u.FsPath()
	if filepath.Separator == '/' && strings.HasPrefix(path, "//") { // on a host
		if path, ok = strings.CutPrefix(path, "//localhost/"); !ok {
			return "", false
		}
	}
	if !filepath.IsAbs(path) {
		path = string(filepath.Separator) + path // a path of Windows on another system: keep it out of the working directory
	}
	if strings.IndexByte(path, 0) >= 0 {
		return "", false
	}
	return filepath.Clean(path), true
}

// pathOfString is pathOf for parameters that the protocol leaves as strings.
func pathOfString(s string) (path string, ok bool) {
	u, err := uri.Parse(s)
	if err != nil {
		return "", false
	}
	return pathOf(u)
}

// uriOf returns the URI of a path, spelt as Visual Studio Code spells it.
func uriOf(path string) uri.URI { return uri.File(path) }

// place returns a byte offset as a position of the protocol.
func (s *server) place(t *source.Text, offset int) protocol.Position {
	p := t.Position(offset, s.client.encoding)
	return protocol.Position{Line: uint32(p.Line), Character: uint32(p.Column)}
}

// span returns a span as a range of the protocol.
func (s *server) span(t *source.Text, span source.Span) protocol.Range {
	return protocol.Range{Start: s.place(t, span.Start), End: s.place(t, span.End)}
}

// offset returns a position of the protocol as a byte offset.
func (s *server) offset(t *source.Text, p protocol.Position) int {
	return t.Offset(source.Position{Line: clamp(p.Line), Column: clamp(p.Character)}, s.client.encoding)
}

// clamp keeps a coordinate positive where an int is small.
func clamp(n uint32) int { return int(min(n, 1<<31-1)) }

// offsets returns a range of the protocol as a span, its ends in order.
func (s *server) offsets(t *source.Text, r protocol.Range) source.Span {
	start, end := s.offset(t, r.Start), s.offset(t, r.End)
	return source.Span{Start: min(start, end), End: max(start, end)}
}

// diagnostics converts what the rules found for the client.
func (s *server) diagnostics(found []diagnostics.Diagnostic) []protocol.Diagnostic {
	out := make([]protocol.Diagnostic, len(found))
	for i, d := range found {
		out[i] = s.diagnostic(d)
	}
	return out
}

func (s *server) diagnostic(d diagnostics.Diagnostic) protocol.Diagnostic {
	out := protocol.Diagnostic{
		Range:    s.span(d.File.Content, d.Span),
		Severity: protocol.DiagnosticSeverity(d.Severity),
		Source:   protocol.NewOptional(d.Source),
		Message:  protocol.String(d.Message),
	}
	if d.Rule != "" {
		out.Code = protocol.String(d.Rule)
		if s.client.codeDescription && diagnostics.Find(d.Rule) != nil {
			out.CodeDescription = protocol.CodeDescription{Href: uri.URI(ruleURL(d.Rule))}
		}
	}
	if s.client.tags {
		var tags []protocol.DiagnosticTag
		for _, t := range d.Tags {
			tags = append(tags, protocol.DiagnosticTag(t))
		}
		out.Tags = protocol.NewDiagnosticTags(tags...)
	}
	if s.client.related {
		for _, r := range d.Related {
			out.RelatedInformation = append(out.RelatedInformation, protocol.DiagnosticRelatedInformation{
				Location: protocol.Location{URI: uriOf(r.File.Path), Range: s.span(r.File.Content, r.Span)},
				Message:  r.Message,
			})
		}
	}
	return out
}

// ruleURL returns the address of a rule's page.
func ruleURL(name string) string { return diagnostics.DocsURL + name + ".md" }
