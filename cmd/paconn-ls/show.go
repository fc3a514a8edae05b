package main

import (
	"fmt"
	"strings"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// show writes the result of a verb for a person: what scripts may want to standard output, all else to standard error.
func (c *console) show(verb string, result any) error {
	switch r := result.(type) {
	case commands.LoginResult:
		c.showLogin(r)
	case commands.LogoutResult:
		c.showLogout(r)
	case commands.StatusResult:
		return c.showStatus(r)
	case commands.ListResult:
		return c.showList(r)
	case commands.DownloadResult:
		c.showDownload(r)
	case commands.DeployResult:
		return c.showDeploy(verb, r)
	case commands.ValidateResult:
		return c.showValidate(r)
	}
	return nil
}

// table is text in columns. The first line is the head.
type table [][]string

// gap is how many blanks stand between two columns.
const gap = 2

// draw writes a table at most most columns wide, 0 for any width. Only the column flexible is ever cut: an id that is
// cut is none. Where that is not enough, each line becomes a paragraph.
func (t table) draw(most, flexible int, p report.Paint) string {
	widths := make([]int, len(t[0]))
	for _, line := range t {
		for i, cell := range line {
			widths[i] = max(widths[i], columns(report.Printable(cell)))
		}
	}
	if over := sum(widths) + gap*(len(widths)-1) - most; most > 0 && over > 0 {
		widths[flexible] = max(widths[flexible]-over, columns(t[0][flexible]), shortest)
		if sum(widths)+gap*(len(widths)-1) > most {
			return t.paragraphs(p)
		}
	}
	var b strings.Builder
	for n, line := range t {
		text := drawLine(line, widths)
		if n == 0 {
			text = p(report.Bold, text)
		}
		b.WriteString(text + "\n")
	}
	return b.String()
}

// paragraphs writes each line below its head, cell by cell; empty cells are left out.
func (t table) paragraphs(p report.Paint) string {
	head := 0
	for _, name := range t[0] {
		head = max(head, columns(name))
	}
	var out []string
	for _, line := range t[1:] {
		var b strings.Builder
		for i, cell := range line {
			if cell != "" {
				b.WriteString(p(report.Bold, t[0][i]) + strings.Repeat(" ", head-columns(t[0][i])+gap) + report.Printable(cell) + "\n")
			}
		}
		out = append(out, b.String())
	}
	return strings.Join(out, "\n")
}

// shortest is how many columns the flexible column keeps in the narrowest terminal.
const shortest = 8

func drawLine(line []string, widths []int) string {
	var b strings.Builder
	for i, cell := range line {
		cell = cut(report.Printable(cell), widths[i])
		fmt.Fprintf(&b, "%s%s", cell, strings.Repeat(" ", widths[i]-columns(cell)+gap))
	}
	return strings.TrimRight(b.String(), " ")
}

func sum(ns []int) int {
	total := 0
	for _, n := range ns {
		total += n
	}
	return total
}
