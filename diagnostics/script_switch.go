package diagnostics

import (
	"strings"

	"paconn-ls/internal/csharp"
)

// cases returns the strings that a switch over the operationId tells apart: switch (id) { case "A": … } and
// id switch { "A" => … }. i is the place of the word switch. Only the switch's own cases count, not those inside it.
func cases(tokens []csharp.Token, i int, names map[string]bool) []csharp.Token {
	body := i + 1
	if body < len(tokens) && tokens[body].Is("(") {
		end := matching(tokens, body)
		if !switchesOn(tokens[body:end], names) {
			return nil
		}
		body = end + 1
	} else if i == 0 || !names[tokens[i-1].Text] {
		return nil
	}
	if body >= len(tokens) || !tokens[body].Is("{") {
		return nil
	}
	var found []csharp.Token
	depth := 0
	for j := body; j < len(tokens); j++ {
		switch t := tokens[j]; {
		case t.Is("{"):
			depth++
		case t.Is("}"):
			if depth--; depth == 0 {
				return found
			}
		case t.Constant && depth == 1 && isCase(tokens, j):
			found = append(found, t)
		}
	}
	return found
}

// switchesOn reports whether what a switch looks at is the operationId, as it is or in another case.
func switchesOn(tokens []csharp.Token, names map[string]bool) bool {
	for _, t := range tokens {
		if t.Kind == csharp.Word && names[t.Text] {
			return true
		}
	}
	return false
}

// isCase reports whether the string at j is a label: behind case, or before =>.
func isCase(tokens []csharp.Token, j int) bool {
	return tokens[j-1].Is("case") || j+2 < len(tokens) && tokens[j+1].Is("=") && tokens[j+2].Is(">")
}

// matching returns the place of the bracket that closes the round one at i, or the end.
func matching(tokens []csharp.Token, i int) int {
	depth := 0
	for ; i < len(tokens); i++ {
		if tokens[i].Is("(") {
			depth++
		}
		if tokens[i].Is(")") {
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(tokens)
}

func foldName(s string) string { return strings.ToLower(s) }
