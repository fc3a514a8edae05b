package diagnostics

import (
	"fmt"

	"paconn-ls/internal/csharp"
	"paconn-ls/internal/source"
)

// A warning and no error: published connectors have a class of another case.
var scriptClassMissing = &Rule{
	Name: "script-class-missing", Severity: Warning,
	Check: func(p *Pass) {
		f, tokens, ok := p.script()
		if !ok {
			return
		}
		if _, found := mainClass(tokens); found {
			return
		}
		var named, derived class
		for c := range classes(tokens) {
			if c.name.Text == scriptClass && named.bases == nil {
				named = c
			}
			if c.bases[scriptBase] && derived.bases == nil {
				derived = c
			}
		}
		switch {
		case derived.bases != nil:
			p.ReportSpan(f, derived.name.Span, fmt.Sprintf("the class of the script is %q, it must be called %q", derived.name.Text, scriptClass),
				Suggest("Rename to "+scriptClass, renameWord(tokens, derived.name.Text, scriptClass)...))
		case named.bases != nil && len(named.bases) == 0:
			end := named.name.Span.End
			p.ReportSpan(f, named.name.Span, fmt.Sprintf("the class %q must derive from %q", scriptClass, scriptBase),
				Suggest("Derive from "+scriptBase, source.Edit{Span: source.Span{Start: end, End: end}, New: " : " + scriptBase}))
		case named.bases != nil:
			p.ReportSpan(f, named.name.Span, fmt.Sprintf("the class %q must derive from %q", scriptClass, scriptBase))
		default:
			p.ReportSpan(f, source.Span{}, "the script has no class, expected \"public class Script : ScriptBase\"")
		}
	},
}

// renameWord returns the edits that put another word in every place of one.
func renameWord(tokens []csharp.Token, from, to string) []source.Edit {
	var edits []source.Edit
	for _, t := range tokens {
		if t.Kind == csharp.Word && t.Text == from {
			edits = append(edits, source.Edit{Span: t.Span, New: to})
		}
	}
	return edits
}
