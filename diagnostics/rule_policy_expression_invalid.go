package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
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

func checkCall(p *Pass, v jsondoc.Value, c call) {
	span := spanIn(v, c.Start, c.End)
	say := func(message string, options ...Option) { p.ReportSpan(p.FileOf(v), span, message, options...) }
	switch {
	case c.Function == "" || c.Bare:
		checkFunction(p, v, c, span)
	case c.OpenQuote:
		say(fmt.Sprintf("a quote in %s(…) is not closed", c.Name))
	case c.Open:
		say(fmt.Sprintf("%s( is not closed, expected \")\"", c.Name))
	case named[c.Function] && !c.Quoted:
		say(fmt.Sprintf("%s needs a name in quotes, such as @%s('name')", c.Name, c.Name))
	}
}

// checkFunction looks at a name behind @ that is no call of a function as it stands. Much of what follows an @ is plain
// text, such as e-mail addresses and @odata.nextLink, so it is only reported when it can be nothing else.
func checkFunction(p *Pass, v jsondoc.Value, c call, span source.Span) {
	if c.Function != "" { // without brackets
		if len(c.Function) >= len("triggerBody") && !c.InWord {
			p.ReportSpan(p.FileOf(v), span, fmt.Sprintf("@%s is not called, expected \"(\" after it", c.Name))
		}
		return
	}
	if !c.InWord && (strings.HasPrefix(c.Name, "Request.") || strings.HasPrefix(c.Name, "request.")) {
		if !strings.EqualFold(c.Name, originalMethod) {
			p.ReportSpan(p.FileOf(v), span, fmt.Sprintf("unknown property @%s, there is %q", c.Name, "@"+originalMethod),
				Suggest("Change to @"+originalMethod, source.Edit{Span: span, New: originalMethod}))
		}
		return
	}
	if c.Bare {
		return
	}
	if same := sameButCase(c.Name, functions); same != nil {
		p.ReportSpan(p.FileOf(v), span, fmt.Sprintf("functions are case-sensitive: @%s", same[0]),
			Mend("Change to @"+same[0], source.Edit{Span: span, New: same[0]}))
		return
	}
	near := nearest(c.Name, functions)
	if len(near) == 0 && (c.InWord || c.Nested) {
		return
	}
	message, options := fmt.Sprintf("unknown function @%s", c.Name), []Option{}
	if len(near) > 0 {
		message += ", did you mean @" + strings.Join(near, " or @") + "?"
	}
	for _, n := range near {
		options = append(options, Suggest("Change to @"+n, source.Edit{Span: span, New: n}))
	}
	p.ReportSpan(p.FileOf(v), span, message, options...)
}

// originalMethod is the method that the operation itself has: the only property of a request that templates take.
const originalMethod = "Request.OriginalHTTPMethod"
