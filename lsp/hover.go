package lsp

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"go.lsp.dev/protocol"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/dialect"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/shape"
	"paconn-ls/internal/source"
	"paconn-ls/internal/swagger"
)

// hover answers with what is known of the key or value under the caret.
func (s *server) hover(_ context.Context, snap *snapshot, p *protocol.HoverParams) (*protocol.Hover, error) {
	c, f, ok := snap.file(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	offset := s.offset(f.Content, p.Position)
	text, span := hoverText(c, f, offset)
	if notes := ruleNotes(found(snap, f.Path), offset); notes.text != "" {
		text = join(text, notes.text)
		if span.Len() == 0 {
			span = notes.span
		}
	}
	if text == "" {
		return nil, nil
	}
	content := &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: text}
	if s.client.plainText {
		content = &protocol.MarkupContent{Kind: protocol.MarkupKindPlainText, Value: plain(text)}
	}
	return &protocol.Hover{Contents: content, Range: ptr(s.span(f.Content, span))}, nil
}

// join puts paragraphs of Markdown one below the other, leaving out what is empty.
func join(paragraphs ...string) string {
	var out []string
	for _, p := range paragraphs {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n\n")
}

var markdownLink = regexp.MustCompile(`\[([^\]]*)\]\(([^)]*)\)`)

// plain takes the marks out of the Markdown that hovers are made of.
func plain(markdown string) string {
	text := markdownLink.ReplaceAllString(markdown, "$1 ($2)")
	return strings.NewReplacer("**", "", "`", "", "\\", "").Replace(text)
}

type note struct {
	text string
	span source.Span
}

// ruleNotes names the rules behind the diagnostics at offset, with a link to the page of each.
func ruleNotes(found []diagnostics.Diagnostic, offset int) note {
	var out note
	seen := map[string]bool{}
	for _, d := range found {
		if d.Rule == "" || seen[d.Rule] || !d.Span.Contains(offset) {
			continue
		}
		seen[d.Rule] = true
		out.text = join(out.text, ruleNote(d.Rule))
		out.span = d.Span
	}
	return out
}

func ruleNote(rule string) string {
	return fmt.Sprintf("[%s](%s): %s", rule, ruleURL(rule), diagnostics.Summary(rule))
}

// hoverText returns Markdown about the place at offset, and the text that it is about.
func hoverText(c *connector.Connector, f *connector.File, offset int) (string, source.Span) {
	v := f.Doc().At(offset)
	if !f.Role.IsJSON() || !v.Exists() {
		return "", source.Span{}
	}
	onKey := v.HasKey() && v.KeySpan().Contains(offset) && !(v.Span().Len() > 0 && v.Span().Start == offset)
	if !onKey && !v.Span().Contains(offset) || !onKey && (v.IsObject() || v.IsArray()) {
		return "", source.Span{}
	}
	if f.Role == connector.Config {
		return configHover(v, onKey)
	}
	sh := shape.Sparse(f)
	if onKey {
		return keyHover(c, sh, v), v.KeySpan()
	}
	return valueHover(c, sh, v), v.Span()
}

// configHelp says what the keys of a paconn-ls.json are for.
var configHelp = map[string]string{
	"profile": "What the connector is meant for: `custom`, `certified` or `independent`. It sets how severe each rule is.",
	"rules":   "How severe single rules are, whatever the profile says: `off`, `error`, `warning`, `information` or `hint`, by the name of the rule.",
	"$schema": "The JSON schema that editors check this file with.",
}

// configHover tells what a key or value of a paconn-ls.json is for: a rule, or one of the few settings.
func configHover(v jsondoc.Value, onKey bool) (string, source.Span) {
	span := v.Span()
	if onKey {
		span = v.KeySpan()
	}
	if v.Parent().Key() == "rules" && diagnostics.Find(v.Key()) != nil {
		return ruleNote(v.Key()), span
	}
	if help := configHelp[v.Key()]; help != "" && v.Parent() == v.Doc().Root() {
		return join("**"+code(v.Key())+"**", help), span
	}
	return "", source.Span{}
}

// keyHover tells what a key is for.
func keyHover(c *connector.Connector, sh *shape.Shape, v jsondoc.Value) string {
	place, parent := sh.Place(v), sh.Place(v.Parent())
	if place.Key != nil {
		return keyHelp(place.Key, parent.Object)
	}
	if parent.Object == nil || parent.Object.Names == nil || place.Value == nil {
		return join("**"+code(v.Key())+"**", undescribed(sh, v))
	}
	help := parent.Object.NamesHelp
	if place.Object != nil {
		help = join(help, place.Object.Help)
	}
	return join("**"+code(v.Key())+"**", help, summary(c, v))
}

// undescribed tells what can be said of a key that the dialect does not describe: whose free content it is part of, or
// that nobody knows it.
func undescribed(sh *shape.Shape, v jsondoc.Value) string {
	if in := sh.Place(v.Parent()).Object; in != nil {
		return "No documentation names this as a key of: " + in.Name + "."
	}
	return join("Free content of:", around(sh, v.Parent()))
}

// around tells what the nearest key that the dialect knows is for, from a value outwards.
func around(sh *shape.Shape, v jsondoc.Value) string {
	for ; v.Exists(); v = v.Parent() {
		place, in := sh.Place(v), sh.Place(v.Parent()).Object
		switch {
		case place.Key != nil:
			return keyHelp(place.Key, in)
		case v.HasKey() && in != nil && in.Names != nil && place.Value != nil:
			return join("**"+code(v.Key())+"**", in.NamesHelp)
		case v.HasKey() && in != nil:
			return join("**"+code(v.Key())+"**", undescribed(sh, v))
		}
	}
	return ""
}

// keyHelp renders what the dialect says of a key.
func keyHelp(k *dialect.Key, in *dialect.Object) string {
	head := "**`" + k.Name + "`**"
	if words := diagnostics.KindNames(k.Kinds); words != "" {
		head += " · " + words
	}
	if k.Required {
		head += " · required"
	}
	var where, link string
	if in != nil {
		where = "Key of: " + in.Name + "."
	}
	if k.Link != "" {
		link = "[Documentation](" + k.Link + ")"
	}
	return join(head, k.Help, deprecation(k), choices(&k.Value), where, link)
}

func deprecation(k *dialect.Key) string {
	var notes []string
	if k.Deprecated != "" {
		notes = append(notes, "Deprecated: "+k.Deprecated+".")
	}
	if k.NoEffect != "" {
		notes = append(notes, "No effect here: "+k.NoEffect+".")
	}
	return strings.Join(notes, "\n\n")
}

// choices lists the values that a place may hold.
func choices(v *dialect.Value) string {
	for v.Items != nil && len(v.Enum) == 0 {
		v = v.Items
	}
	if len(v.Enum) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("Values:\n")
	for _, c := range v.Enum {
		b.WriteString("\n- `" + c.Value + "`")
		if c.Help != "" {
			b.WriteString(": " + c.Help)
		}
	}
	return b.String()
}

// valueHover tells what a value means: the target of a reference, one of a set of values, else what its key is for.
func valueHover(c *connector.Connector, sh *shape.Shape, v jsondoc.Value) string {
	doc := swagger.Of(c.Definition())
	if target, ok := reference(doc, sh, v); ok {
		if text := summary(c, target); text != "" {
			return text
		}
	}
	if place := sh.Place(v); place.Value != nil {
		text := v.Text()
		for _, choice := range place.Value.Enum {
			if choice.Value == text || place.Value.Fold && strings.EqualFold(choice.Value, text) {
				return join("**`"+choice.Value+"`**", choice.Help)
			}
		}
	}
	return around(sh, v)
}
