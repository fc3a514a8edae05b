package main

import (
	"strings"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// showDeploy tells what create or update did, or would do. The id of a new connector goes to standard output, where
// scripts take it from; in the manner of paconn nothing does, nor where a person sees both streams, and has read it.
func (c *console) showDeploy(verb string, r commands.DeployResult) error {
	if r.DryRun {
		return c.showDryRun(verb, r)
	}
	c.say("%s %sd successfully.", report.Printable(r.ConnectorID), verb)
	if len(r.Uploaded) > 0 {
		c.say("Uploaded: %s.", report.Printable(strings.Join(r.Uploaded, ", ")))
	}
	p := c.paint(c.err)
	if len(r.Changes) > 0 {
		c.say("What changed:\n%s", strings.TrimSuffix(drawChanges(r.Changes, p), "\n"))
	}
	if len(r.Differences) > 0 {
		c.note("the service keeps something else than what was sent:")
		c.say("%s", strings.TrimSuffix(drawChanges(r.Differences, p), "\n"))
	}
	for _, url := range r.RedirectURLs {
		c.say("Register this redirect URL at the identity provider: %s", report.Printable(url))
	}
	if r.SettingsFile != "" {
		c.say("The id is kept in %s.", report.Printable(report.Name(c.dir, r.SettingsFile)))
	}
	toldAlready := isTerminal(c.out) && isTerminal(c.err)
	if verb == "create" && c.manner == commands.Own && !toldAlready {
		if err := c.result(r.ConnectorID + "\n"); err != nil {
			return err
		}
	}
	return outcome(r)
}

// showDryRun writes what would change as a result, and what would be sent where there is nothing to compare with.
func (c *console) showDryRun(verb string, r commands.DeployResult) error {
	subject := "the connector " + r.ConnectorID
	if verb == "create" {
		subject = "a connector " + r.Title
	}
	switch {
	case len(r.Changes) > 0:
		if err := c.result(drawChanges(r.Changes, c.paint(c.out))); err != nil {
			return err
		}
	case verb == "create":
		if err := c.result(report.PrintableJSON(strings.TrimSuffix(r.After, "\n")) + "\n"); err != nil {
			return err
		}
	default:
		c.say("Nothing would change.")
	}
	c.say("A dry run: nothing was sent. Without --dry-run, %s would be %sd in the environment %s.",
		report.Printable(subject), verb, report.Printable(r.Environment))
	return nil
}

// marks says how each kind of change looks.
var marks = map[string]struct {
	sign  string
	color report.Color
}{
	"added": {"+", report.Green}, "removed": {"-", report.Red}, "changed": {"~", report.Yellow}, "reordered": {"~", report.Yellow},
}

// drawChanges writes differences, those of one file below its name.
func drawChanges(changes []commands.Change, p report.Paint) string {
	var b strings.Builder
	file := ""
	for _, x := range changes {
		if x.File != file {
			file = x.File
			b.WriteString(p(report.Bold, file) + "\n")
		}
		mark := marks[x.Kind]
		where := x.Pointer
		if where == "" {
			where = "(all of it)"
		}
		b.WriteString("  " + p(mark.color, mark.sign+" "+report.Printable(where)))
		switch {
		case x.Old != "" && x.New != "":
			b.WriteString(": " + p(report.Red, report.Printable(x.Old)) + " → " + p(report.Green, report.Printable(x.New)))
		case x.Old+x.New != "":
			b.WriteString(": " + p(mark.color, report.Printable(x.Old+x.New)))
		}
		b.WriteByte('\n')
	}
	return b.String()
}
