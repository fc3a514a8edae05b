package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/csharp"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
	"paconn-ls/internal/spelling"
)

var scriptOperationIDUnknown = &Rule{
	Name: "script-operation-id-unknown", Severity: Warning,
	Check: func(p *Pass) {
		f, tokens, ok := p.script()
		if !ok || !p.knowsOperations() {
			return
		}
		ids := p.Definition.OperationIDs()
		known := map[string]bool{}
		for _, id := range ids {
			known[strings.ToLower(id)] = true
		}
		for _, t := range comparedIDs(tokens) {
			if known[strings.ToLower(t.Text)] || t.Text == "" {
				continue // a script may well compare without regard to case
			}
			message, options := fmt.Sprintf("no operation is called %q", t.Text), []Option{}
			near := spelling.Nearest(t.Text, p.unlessFull(f, ids))
			if len(near) > 0 {
				message += ", did you mean " + quoted(near, " or ") + "?"
			}
			for _, n := range near {
				options = append(options, Suggest("Change to "+n, source.Edit{Span: t.Span, New: jsondoc.Quote(n)}))
			}
			p.ReportSpan(f, t.Span, message, options...)
		}
	},
}

// comparedIDs returns the strings that a script compares with the operationId of the call.
func comparedIDs(tokens []csharp.Token) []csharp.Token {
	names := map[string]bool{"OperationId": true}
	switches := idSwitches{bodies: map[int]bool{}}
	var found []csharp.Token
	for i := range tokens {
		if name := assignedID(tokens, i, names); name != "" {
			names[name] = true
		}
		if tokens[i].Kind == csharp.Word && names[tokens[i].Text] {
			found = append(found, comparisons(tokens, i)...)
		}
		if switches.feed(tokens, i, names) {
			found = append(found, tokens[i])
		}
	}
	return found
}

// assignedID returns the name of the variable that an assignment beginning at i gives the operationId to, or "": what
// stands on the right mentions it, and compares it with nothing.
func assignedID(tokens []csharp.Token, i int, names map[string]bool) string {
	if i+2 >= len(tokens) || tokens[i].Kind != csharp.Word || !tokens[i+1].Is("=") || tokens[i+2].Is("=") || tokens[i+2].Is(">") {
		return ""
	}
	mentions := false
	for j := i + 2; j < len(tokens) && j < i+maxLook; j++ {
		switch t := tokens[j]; {
		case t.Is(";"):
			if mentions {
				return tokens[i].Text
			}
			return ""
		case t.Is("="), t.Is("{"), t.Is("?"), t.Is("switch"), t.Is("+"), t.Kind == csharp.Literal, t.Is("Equals"):
			return ""
		case t.Is("OperationId"):
			mentions = true
		}
	}
	return ""
}

// comparisons returns the strings that the operationId, named at i, is compared with by == or != or Equals.
func comparisons(tokens []csharp.Token, i int) []csharp.Token {
	at := func(j int) csharp.Token {
		if j < 0 || j >= len(tokens) {
			return csharp.Token{}
		}
		return tokens[j]
	}
	literal := func(j int) []csharp.Token {
		if at(j).Constant {
			return []csharp.Token{at(j)}
		}
		return nil
	}
	if (at(i+1).Is("=") || at(i+1).Is("!")) && at(i+2).Is("=") {
		return literal(i + 3)
	}
	if at(i+1).Is(".") && at(i+2).Is("Equals") && at(i+3).Is("(") {
		return literal(i + 4)
	}
	if at(i+1).Is(",") && at(i+2).Constant && isStringEquals(tokens, i) {
		return literal(i + 2)
	}
	// "x" == this.Context.OperationId
	start := i
	for start > i-maxLook && at(start-1).Is(".") && at(start-2).Kind == csharp.Word {
		start -= 2
	}
	if at(start-1).Is("=") && (at(start-2).Is("=") || at(start-2).Is("!")) {
		return literal(start - 3)
	}
	return nil
}

// isStringEquals reports whether the name that ends at i is the first argument of string.Equals.
func isStringEquals(tokens []csharp.Token, i int) bool {
	for first := i - maxLook; i >= 2 && i > first && tokens[i-1].Is("."); {
		i -= 2
	}
	return i >= 2 && tokens[i-1].Is("(") && tokens[i-2].Is("Equals")
}
