package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
	"paconn-ls/internal/spelling"
)

var policyExpressionInvalid = &Rule{
	Name: "policy-expression-invalid", Severity: Warning,
	Check: func(p *Pass) {
		for v := range p.policyTexts() {
			for c := range calls(v.Text()) {
				checkCall(p, v, c)
			}
		}
	},
}

// checkCall reports a call that cannot work, and what looks like one.
func checkCall(p *Pass, v jsondoc.Value, c call) {
	message, near := "", []string(nil)
	switch {
	case c.Function == "":
		message, near = checkFunction(c)
	case c.Bare && len(c.Function) >= len("triggerBody") && !c.InWord: // shorter names may be plain text
		message = fmt.Sprintf("@%s is not called, expected \"(\" after it", c.Name)
	case c.Bare:
	case c.OpenQuote:
		message = fmt.Sprintf("a quote in %s(…) is not closed", c.Name)
	case c.Open:
		message = fmt.Sprintf("%s( is not closed, expected \")\"", c.Name)
	case named[c.Function] && !c.Quoted:
		message = fmt.Sprintf("%s needs a name in quotes, such as @%s('name')", c.Name, c.Name)
	}
	f := p.FileOf(v)
	switch {
	case message == "":
	case p.beyond(f):
	default:
		span := spanIn(v, c.Start, c.End)
		var options []Option
		for _, n := range near {
			fix := Suggest
			if strings.EqualFold(n, c.Name) {
				fix = Mend
			}
			options = append(options, fix("Change to @"+n, source.Edit{Span: span, New: n}))
		}
		p.ReportSpan(f, span, message, options...)
	}
}

// checkFunction says what is wrong with a name behind @ that is no function, and what it may have been meant to be. Much
// of what follows an @ is plain text, such as e-mail addresses and @odata.nextLink, so that only what can be nothing else
// is wrong.
func checkFunction(c call) (message string, near []string) {
	if !c.InWord && (strings.HasPrefix(c.Name, "Request.") || strings.HasPrefix(c.Name, "request.")) {
		if strings.EqualFold(c.Name, originalMethod) {
			return "", nil
		}
		return fmt.Sprintf("unknown property @%s, there is %q", c.Name, "@"+originalMethod), []string{originalMethod}
	}
	if c.Bare {
		return "", nil
	}
	if same := sameButCase(c.Name, functions); same != nil {
		return "functions are case-sensitive: @" + same[0], same
	}
	near = spelling.Nearest(c.Name, functions)
	switch {
	case len(near) > 0:
		return fmt.Sprintf("unknown function @%s, did you mean @%s?", c.Name, strings.Join(near, " or @")), near
	case c.InWord || c.Nested:
		return "", nil
	}
	return "unknown function @" + c.Name, nil
}

// originalMethod is the method that the operation itself has: the only property of a request that templates take.
const originalMethod = "Request.OriginalHTTPMethod"
