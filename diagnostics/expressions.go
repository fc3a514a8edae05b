package diagnostics

import (
	"iter"
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// functions are what expressions in policies may call: those that the documentation of the policy templates shows.
var functions = []string{
	"body", "connectionParameters", "environmentVariables", "header", "headers", "item", "queryParameters", "triggerBody",
}

// named are the functions whose first argument is a name in quotes.
var named = map[string]bool{
	"connectionParameters": true, "environmentVariables": true, "header": true, "headers": true, "queryParameters": true,
}

// call is a function call in the text of a policy, such as @connectionParameters('host', 'api.pets.test'). Offsets are in
// the decoded text of the string.
type call struct {
	Name       string // as written
	Start, End int    // of the name
	Function   string // the function that the name is, in the spelling of the documentation; "" for none
	Bare       bool   // no bracket follows
	Open       bool   // the bracket is not closed
	OpenQuote  bool   // a quote is not closed
	Nested     bool   // it stands in @{…}
	InWord     bool   // the @ follows a letter or digit, as in an e-mail address

	Argument         string // the first argument, when it is in quotes
	ArgStart, ArgEnd int    // of what stands between the quotes
	Quoted           bool
}

// calls yields the function calls in a text.
func calls(text string) iter.Seq[call] {
	return func(yield func(call) bool) {
		for i := 0; i < len(text); i++ {
			if text[i] != '@' {
				continue
			}
			c := call{Start: i + 1, InWord: i > 0 && isWordByte(text[i-1])}
			if strings.HasPrefix(text[c.Start:], "{") {
				c.Start++
				c.Nested = true
			}
			c.End = c.Start
			for c.End < len(text) && (isWordByte(text[c.End]) || text[c.End] == '.' && c.End > c.Start) {
				c.End++
			}
			c.Name = strings.TrimRight(text[c.Start:c.End], ".")
			c.End = c.Start + len(c.Name)
			if c.Name == "" || isDigit(c.Name[0]) {
				continue
			}
			c.arguments(text)
			for _, f := range functions {
				if f == c.Name {
					c.Function = f
				}
			}
			if !yield(c) {
				return
			}
		}
	}
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isWordByte(b byte) bool {
	return b == '_' || isDigit(b) || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// maxArguments is how many bytes of arguments are looked at. Nobody writes as many, and calls without an end must not make
// the search for it long.
const maxArguments = 2000

// arguments reads what follows the name of a function up to the bracket that ends the call.
func (c *call) arguments(text string) {
	whole := len(text)
	text = text[:min(whole, c.End+maxArguments)]
	i := c.End
	if i == len(text) || text[i] != '(' {
		c.Bare = true
		return
	}
	depth := 0
	for ; i < len(text); i++ {
		switch b := text[i]; b {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return
			}
		case '\'', '"':
			n := strings.IndexByte(text[i+1:], b)
			if n < 0 {
				c.OpenQuote = len(text) == whole
				return
			}
			if !c.Quoted && strings.TrimSpace(text[c.End+1:i]) == "" {
				c.Quoted, c.ArgStart, c.ArgEnd = true, i+1, i+1+n
				c.Argument = text[c.ArgStart:c.ArgEnd]
			}
			i += n + 1
		}
	}
	c.Open = len(text) == whole
}

// policyTexts yields every string in which a policy may call a function.
func (p *Pass) policyTexts() iter.Seq[jsondoc.Value] {
	return func(yield func(jsondoc.Value) bool) {
		for q := range p.policies() {
			skip := q.Parameters.Get(policyOperations)
			for v := range q.Parameters.Descendants() {
				if v.IsString() && !v.Broken() && !v.Inside(skip) && !yield(v) {
					return
				}
			}
		}
	}
}

// connectionReference is the name of a connection parameter in an expression.
type connectionReference struct {
	Value jsondoc.Value // the string that the expression stands in
	Name  string

	from, to int // where the name stands in the decoded text
}

// span returns the span of the name in the file.
func (r connectionReference) span() source.Span { return spanIn(r.Value, r.from, r.to) }

// connectionReferences yields the names of connection parameters that expressions in policies and in the settings of
// OAuth read.
func (p *Pass) connectionReferences() iter.Seq[connectionReference] {
	return func(yield func(connectionReference) bool) {
		found := func(v jsondoc.Value) bool {
			if !v.IsString() || v.Broken() {
				return true
			}
			text := v.Text()
			for c := range calls(text) {
				if c.Quoted && strings.EqualFold(c.Name, "connectionParameters") &&
					!yield(connectionReference{v, c.Argument, c.ArgStart, c.ArgEnd}) {
					return false
				}
			}
			return true
		}
		for v := range p.policyTexts() {
			if !found(v) {
				return
			}
		}
		for parameter := range p.connectionParameters() {
			for v := range parameter.Get("oAuthSettings").Descendants() {
				if !found(v) {
					return
				}
			}
		}
	}
}

// spanIn returns the span in the file of a part of a string's decoded text.
func spanIn(v jsondoc.Value, from, to int) source.Span {
	raw, start := v.Raw(), v.Span().Start
	if !strings.Contains(raw, `\`) {
		return source.Span{Start: start + 1 + from, End: start + 1 + to}
	}
	// Every escape is decoded by itself, so that offsets before and after it can be counted side by side.
	decoded, i := 0, 1
	out := source.Span{Start: -1}
	for i < len(raw) {
		if decoded >= from && out.Start < 0 {
			out.Start = start + i
		}
		if decoded >= to {
			break
		}
		n := escapeLength(raw[i:])
		if n == 1 {
			decoded++
		} else {
			decoded += len(jsondoc.Unquote(`"` + raw[i:i+n] + `"`))
		}
		i += n
	}
	if out.Start < 0 {
		out.Start = start + i
	}
	out.End = max(out.Start, min(start+i, v.Span().End))
	return out
}

// escapeLength returns how many bytes of the text of a JSON string make its first character, or 1 inside a plain one.
func escapeLength(raw string) int {
	switch {
	case raw[0] != '\\' || len(raw) < 2:
		return 1
	case raw[1] != 'u':
		return 2
	case len(raw) >= 12 && raw[6] == '\\' && raw[7] == 'u' && strings.HasPrefix(strings.ToLower(raw[2:]), "d"):
		return 12
	}
	return min(6, len(raw))
}
