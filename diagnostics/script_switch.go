package diagnostics

import "paconn-ls/internal/csharp"

// maxLook is how many tokens of an expression are looked at: names of operations are compared in short ones.
const maxLook = 40

// idSwitches finds the strings that switches over the operationId tell apart: switch (id) { case "A": … } and
// id switch { "A" => … }. It is fed the tokens one after the other.
type idSwitches struct {
	bodies map[int]bool // places of brackets that open the body of such a switch
	open   []bool       // for every open bracket, whether it does
}

// feed looks at the token at i and reports whether it is such a string. Cases of a switch inside another are its own.
func (s *idSwitches) feed(tokens []csharp.Token, i int, names map[string]bool) bool {
	switch t := tokens[i]; {
	case t.Is("switch"):
		if body := switchBody(tokens, i, names); body > 0 {
			s.bodies[body] = true
		}
	case t.Is("{"):
		s.open = append(s.open, s.bodies[i])
	case t.Is("}") && len(s.open) > 0:
		s.open = s.open[:len(s.open)-1]
	case t.Constant && len(s.open) > 0 && s.open[len(s.open)-1]:
		return isCase(tokens, i)
	}
	return false
}

// switchBody returns the place of the bracket that opens the body of the switch at i when it is one over the operationId,
// as it is or in another case; 0 otherwise.
func switchBody(tokens []csharp.Token, i int, names map[string]bool) int {
	if i == 0 || i+1 == len(tokens) {
		return 0
	}
	body, mentions := i+1, names[tokens[i-1].Text]
	if tokens[body].Is("(") {
		mentions = false
		depth := 0
		for ; body < len(tokens) && body < i+maxLook; body++ {
			if tokens[body].Is("(") {
				depth++
			} else if tokens[body].Is(")") {
				depth--
			}
			mentions = mentions || tokens[body].Kind == csharp.Word && names[tokens[body].Text]
			if depth == 0 {
				break
			}
		}
		body++
	}
	if mentions && body < len(tokens) && tokens[body].Is("{") {
		return body
	}
	return 0
}

// isCase reports whether the string at j is a label: behind case, or before =>.
func isCase(tokens []csharp.Token, j int) bool {
	return tokens[j-1].Is("case") || j+2 < len(tokens) && tokens[j+1].Is("=") && tokens[j+2].Is(">")
}
