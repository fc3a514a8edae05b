package main

import (
	"fmt"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

func (c *console) showDownload(r commands.DownloadResult) {
	c.say("The connector is downloaded to %s.", report.Printable(r.Folder))
	p := c.paint(c.err)
	for _, f := range r.Files {
		word, color := f.Change, report.Dim
		switch f.Change {
		case "created":
			color = report.Green
		case "changed":
			color = report.Yellow
		case "stale":
			color = report.Red
		}
		c.say("  %s %s%s", p(color, fmt.Sprintf("%-9s", word)), report.Printable(f.Name), lines(f))
	}
}

// lines tells how much of a file changed.
func lines(f commands.FileChange) string {
	if f.Change != "changed" || f.Added+f.Removed == 0 {
		return ""
	}
	return fmt.Sprintf(" (+%d −%d)", f.Added, f.Removed)
}
