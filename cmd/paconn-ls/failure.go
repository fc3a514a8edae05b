package main

import (
	"errors"
	"strings"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// failure is an operation that failed, with what a person wants to know of it.
type failure struct {
	err  error
	data commands.ErrorData
	code int
}

func (f *failure) Error() string { return f.data.Message }

func (f *failure) Unwrap() error { return f.err }

// explained tells of an operation's error what there is to tell, and returns it with its exit code.
func (c *console) explained(err error) error {
	var known *exit
	if errors.As(err, &known) {
		return known
	}
	data := commands.DataOf(err, commands.Terminal)
	var check *commands.CheckError
	var refused *commands.RefusedError
	var need *commands.NeedError
	switch {
	case errors.As(err, &check):
		c.sayProblems(check.Problems)
	case errors.As(err, &refused) && len(refused.Problems) > 0:
		c.sayProblems(refused.Problems)
		data.Message = "the service refuses the definition; nothing of the connector is changed"
	case data.Kind == "cancelled":
		data.Message = "interrupted" + strings.TrimPrefix(data.Message, "cancelled")
	case errors.As(err, &need):
		data.Message, data.Way = c.needed(need), commands.Terminal.Words(need.Hint)
	}
	return &failure{err: err, data: data, code: codeOf(data.Kind)}
}

// sayProblems writes problems as check does, where they are no result.
func (c *console) sayProblems(problems []report.Problem) {
	c.say("%s", strings.TrimSuffix(report.Text(problems, report.Style{Base: c.dir, Paint: c.paint(c.err), Width: width(c.err)}), "\n"))
}

// needs are what people call the members of arguments.
var needs = map[string]string{
	"connectorId": "no connector is given", "apiDefinition": "no definition is given", "apiProperties": "no properties are given",
	"clientId": "no application is given", "clientSecret": "no client secret is given", "secret": "no client secret is given",
	"means": "it is not said how to sign in", "overwrite": "files that are there would change",
}

// needed says what has to be given on the command line, because nobody can be asked or did not answer.
func (c *console) needed(need *commands.NeedError) string {
	what, ok := needs[need.What]
	if !ok {
		what = "no " + need.What + " is given"
	}
	if !c.canAsk() {
		what += ", and there is nobody to ask"
	}
	return what + ": give " + need.Option
}

// codeOf returns the exit code of an operation that failed with a kind of error.
func codeOf(kind string) int {
	switch kind {
	case "need", "argument":
		return codeUsage
	case "check", "refused":
		return codeProblems
	}
	return codeFailed
}

// text says what went wrong on lines of their own: the message, the way out, the request id.
func (f *failure) text() string {
	var b strings.Builder
	b.WriteString(shownLines(f.data.Message))
	if f.data.Way != "" {
		b.WriteString("\n  what to do: " + shownLines(f.data.Way))
	}
	if f.data.RequestID != "" {
		b.WriteString("\n  request id: " + report.Printable(f.data.RequestID))
	}
	return b.String()
}

// shownLines returns text of several lines as a terminal may have it, all but the first indented.
func shownLines(text string) string {
	var out []string
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		if line = strings.TrimRight(report.Printable(strings.TrimRight(line, "\n")), " "); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n  ")
}
