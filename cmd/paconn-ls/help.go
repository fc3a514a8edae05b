package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// plainWidth is how wide the options of help are where no terminal says its width; widestHelp is how wide help gets on one.
const plainWidth, widestHelp = 120, 110

// helpColumns is how wide help is on a writer; known is false when that is no terminal.
func helpColumns(w io.Writer) (columns int, known bool) {
	if columns := width(w); columns > 0 {
		return min(columns, widestHelp), true
	}
	return plainWidth, false
}

// showHelp writes the help of a command, on a terminal so that it fits.
func showHelp(cmd *cobra.Command, _ []string) {
	out, text := cmd.OutOrStdout(), cmd.Long
	if text == "" {
		text = cmd.Short
	}
	columns, known := helpColumns(out)
	if known {
		text = reflow(text, columns)
	}
	usage := cmd.UsageString() // of commands with commands below them, which are short
	if !cmd.HasSubCommands() {
		usage = usageText(cmd, columns)
	}
	fmt.Fprintf(out, "%s\n\n%s", strings.TrimSpace(text), usage)
}

// usageText says how a command is used, its options in groups.
func usageText(cmd *cobra.Command, columns int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage:\n  %s\n", cmd.UseLine())
	if cmd.Example != "" {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", cmd.Example)
	}
	for _, g := range flagGroups(cmd) {
		if g.flags.HasAvailableFlags() {
			fmt.Fprintf(&b, "\n%s:\n%s", g.title, g.flags.FlagUsagesWrapped(columns))
		}
	}
	return b.String()
}

// reflow breaks the paragraphs of a text anew, between words. Lines that begin with a blank stay lines of their own, what
// is broken of them as far to the right as their second column.
func reflow(text string, columns int) string {
	var out []string
	paragraph := ""
	end := func() {
		if paragraph != "" {
			out = append(out, brokenLines(paragraph, columns, "")...)
		}
		paragraph = ""
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "":
			end()
			out = append(out, "")
		case strings.ContainsAny(line[:1], " \t#"):
			end()
			out = append(out, brokenLines(line, columns, strings.Repeat(" ", hanging(line)))...)
		default:
			paragraph = strings.TrimSpace(paragraph + " " + line)
		}
	}
	end()
	return strings.Join(out, "\n")
}

// hanging is the column at which the text behind the first word of an indented line begins.
func hanging(line string) int {
	rest := strings.TrimLeft(line, " ")
	_, tail, ok := strings.Cut(rest, "  ")
	if !ok {
		return len(line) - len(rest)
	}
	return len(line) - len(strings.TrimLeft(tail, " "))
}

// brokenLines breaks a line between words; what follows the first one is indented.
func brokenLines(line string, columns int, indent string) (out []string) {
	for len([]rune(line)) > columns {
		start := max(len(line)-len(strings.TrimLeft(line, " ")), len(indent))
		at := strings.LastIndex(string([]rune(line)[:columns+1]), " ")
		if at <= start { // a word that is longer than a line stays whole, since it may be copied
			if at = strings.Index(line[start:], " ") + start; at <= start {
				break
			}
		}
		out = append(out, strings.TrimRight(line[:at], " "))
		line = indent + strings.TrimLeft(line[at:], " ")
	}
	return append(out, line)
}
