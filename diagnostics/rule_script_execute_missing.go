package diagnostics

import (
	"fmt"
	"slices"

	"paconn-ls/internal/csharp"
	"paconn-ls/internal/source"
)

const executeMethod = "ExecuteAsync"

// A warning and no error: published connectors have scripts without it.
var scriptExecuteMissing = &Rule{
	Name: "script-execute-missing", Severity: Warning,
	Check: func(p *Pass) {
		f, tokens, ok := p.script()
		if !ok {
			return
		}
		c, found := mainClass(tokens)
		if !found {
			return
		}
		declared := -1
		for i, t := range tokens {
			if !isDeclaration(tokens, i) {
				continue
			}
			if slices.Contains(modifiers(tokens, i), "override") {
				return
			}
			if t.Text == executeMethod && declared < 0 {
				declared = i
			}
		}
		if declared < 0 {
			p.ReportSpan(f, c.name.Span, fmt.Sprintf("the class must override %q, which the platform calls", executeMethod))
			return
		}
		var fix []source.Edit
		if i := startOfType(tokens, declared); i >= 0 {
			at := tokens[i].Span.Start
			fix = append(fix, source.Edit{Span: source.Span{Start: at, End: at}, New: "override "})
		}
		p.ReportSpan(f, tokens[declared].Span, fmt.Sprintf("%q must be declared with \"override\", or the platform does not call it", executeMethod),
			Suggest("Add override", fix...))
	},
}

// isDeclaration reports whether the token at i is the name in a declaration of ExecuteAsync, not in a call of it: a type
// stands before it.
func isDeclaration(tokens []csharp.Token, i int) bool {
	if !tokens[i].Is(executeMethod) || i == 0 || i+1 == len(tokens) || !tokens[i+1].Is("(") {
		return false
	}
	before := tokens[i-1]
	return before.Is(">") || before.Kind == csharp.Word && !before.Is("await") && !before.Is("return") && !before.Is("new")
}

// modifiers returns the words before a declaration, back to the end of what stands before it.
func modifiers(tokens []csharp.Token, i int) []string {
	var words []string
	for first := i - maxLook; i > max(0, first) && !tokens[i-1].Is(";") && !tokens[i-1].Is("{") && !tokens[i-1].Is("}"); i-- {
		words = append(words, tokens[i-1].Text)
	}
	return words
}

// startOfType returns the index of the first word of the type of a method whose name is at i, or of the "async" before it.
func startOfType(tokens []csharp.Token, i int) int {
	for i--; i >= 0; i-- {
		switch t := tokens[i]; {
		case t.Is(";"), t.Is("{"), t.Is("}"), t.Is("]"):
			return i + 1
		case t.Is("public"), t.Is("protected"), t.Is("private"), t.Is("internal"), t.Is("virtual"), t.Is("new"), t.Is("static"):
			return i + 1
		}
	}
	return -1
}
