package main

import (
	"strings"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// showValidate writes the findings of the service as check writes its own.
func (c *console) showValidate(r commands.ValidateResult) error {
	if c.manner == commands.Paconn {
		return c.paconnsVerdict(r)
	}
	if err := c.result(report.Text(r.Problems, report.Style{Base: c.dir, Paint: c.paint(c.out), Width: width(c.out)})); err != nil {
		return err
	}
	n := report.Count(r.Problems)
	switch {
	case len(r.Problems) == 0 && !r.Refused:
		c.say("%s validated successfully.", report.Printable(r.Given))
		if r.Remark != "" {
			c.say("The service says: %s", shownLines(r.Remark))
		}
	case r.Refused:
		c.say("The service refuses %s: %s.", report.Printable(r.Given), counted(n))
	default:
		c.say("The service takes %s, with %s.", report.Printable(r.Given), counted(n))
	}
	if r.Refused && r.RequestID != "" {
		c.say("  request id: %s", report.Printable(r.RequestID))
	}
	return outcome(r)
}

// counted says how many errors and warnings there are.
func counted(n report.Counts) string {
	var parts []string
	if n.Errors > 0 {
		parts = append(parts, plural(n.Errors, "error", "errors"))
	}
	if rest := n.Warnings + n.Information + n.Hints; rest > 0 {
		parts = append(parts, plural(rest, "warning", "warnings"))
	}
	if len(parts) == 0 {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}
