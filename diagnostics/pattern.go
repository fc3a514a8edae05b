package diagnostics

import "strings"

// patternProblem returns what is certainly wrong with a regular expression in the dialect of .NET, in which the service
// reads patterns; "" when it may be right.
func patternProblem(pattern string) string {
	s := patternScan{text: pattern}
	for s.at < len(pattern) && s.problem == "" && !s.unknown {
		s.step()
	}
	if s.problem == "" && !s.unknown && s.depth > 0 {
		s.problem = `"(" has no ")" after it`
	}
	return s.problem
}

// before says what stands in front of the place that a patternScan has come to.
type before uint8

const (
	nothing    before = iota // the start of an alternative: a quantifier has nothing to repeat
	atom                     // something that can be repeated
	quantified               // something with a quantifier, which may still be made lazy
	lazy                     // something with a lazy quantifier
)

type patternScan struct {
	text    string
	at      int
	depth   int
	before  before
	problem string
	unknown bool // the rest follows rules that are not known here
}

func (s *patternScan) step() {
	rest := s.text[s.at:]
	switch rest[0] {
	case '\\':
		if len(rest) == 1 {
			s.problem = "it ends in a lone backslash"
		}
		s.at, s.before = s.at+2, atom
	case '[':
		end := classEnd(rest)
		if end < 0 {
			s.problem = `"[" has no "]" after it`
		}
		s.at, s.before = s.at+max(end, 1), atom
	case '(':
		s.group(rest)
	case ')':
		if s.depth--; s.depth < 0 {
			s.problem = `")" has no "(" before it`
		}
		s.at, s.before = s.at+1, atom
	case '|':
		s.at, s.before = s.at+1, nothing
	case '*', '+', '?', '{':
		s.quantifier(rest)
	default:
		s.at, s.before = s.at+1, atom
	}
}

func (s *patternScan) group(rest string) {
	s.depth++
	s.before = nothing
	switch {
	case strings.HasPrefix(rest, "(?#"):
		end := strings.IndexByte(rest, ')')
		if end < 0 {
			s.problem = `"(?#" has no ")" after it`
		}
		s.depth--
		s.at, s.before = s.at+end+1, atom
	case strings.HasPrefix(rest, "(?P<"), strings.HasPrefix(rest, "(?P="):
		s.problem = `.NET does not know "(?P", a named group begins with "(?<"`
	case strings.HasPrefix(rest, "(?"):
		s.groupKind(rest[2:])
	default:
		s.at++
	}
}

// groupKind skips what says which kind of group it is, after "(?".
func (s *patternScan) groupKind(rest string) {
	s.at += 2
	n := len(rest) - len(strings.TrimLeft(rest, "imnsx-"))
	if strings.Contains(rest[:n], "x") {
		s.unknown = true // blanks and comments count for nothing from here on
	}
	s.at += n
	switch rest = rest[n:]; {
	case rest == "":
	case rest[0] == '(':
		s.unknown = true // a condition
	case rest[0] == '<' && len(rest) > 1 && rest[1] != '=' && rest[1] != '!':
		s.at += max(strings.IndexByte(rest[:min(len(rest), longest)], '>'), 0) + 1
	case rest[0] == '<':
		s.at += 2
	case rest[0] == '\'':
		s.at += strings.IndexByte(rest[1:min(len(rest), longest)], '\'') + 2
	case rest[0] != ')':
		s.at++
	}
}

func (s *patternScan) quantifier(rest string) {
	n := 1
	if rest[0] == '{' {
		if n = repetition(rest); n == 0 {
			s.at, s.before = s.at+1, atom
			return
		}
	}
	switch {
	case s.before == nothing:
		s.problem = "there is nothing for \"" + rest[:n] + "\" to repeat"
	case s.before == atom:
		s.before = quantified
	case s.before == quantified && rest[0] == '?':
		s.before = lazy
	default:
		s.problem = "\"" + rest[:n] + "\" follows another quantifier"
	}
	s.at += n
}

// longest is how much of a quantifier or of the name of a group is looked at; real ones are shorter.
const longest = 100

// repetition returns the length of "{n}", "{n,}" or "{n,m}" at the start of text, or 0: other braces stand for themselves.
func repetition(text string) int {
	end := strings.IndexByte(text[:min(len(text), longest)], '}')
	if end < 2 || strings.Trim(text[1:end], "0123456789,") != "" || text[1] == ',' || strings.Count(text[:end], ",") > 1 {
		return 0
	}
	return end + 1
}

// classEnd returns the length of the character class at the start of text, or -1 when it does not end.
func classEnd(text string) int {
	i := 1
	if strings.HasPrefix(text[i:], "^") {
		i++
	}
	for first := true; i < len(text); first = false {
		switch {
		case text[i] == ']' && !first:
			return i + 1
		case text[i] == '\\':
			i += 2
		case strings.HasPrefix(text[i:], "-[") && !first:
			n := classEnd(text[i+1:])
			if n < 0 {
				return -1
			}
			i += 1 + n
		default:
			i++
		}
	}
	return -1
}
