package main

import (
	"fmt"
	"strings"
)

// usageWidth is how wide argparse makes usage where nobody says how wide the terminal is.
const usageWidth = 78

// usageOf writes the usage of a verb, or of the program when it is "", in argparse's form.
func usageOf(verb string) string {
	var parts []string
	specs := paconnsGlobals
	tail := "{" + strings.Join(paconnsVerbs, ",") + "} ..."
	if v, ok := verbOf(verb); ok {
		specs, tail = specsOf(v), ""
	}
	for _, s := range specs {
		parts = append(parts, s.usage())
	}
	if tail != "" {
		parts = append(parts, "[--version]")
	}
	begin := "usage: " + strings.TrimSpace(paconnName+" "+verb)
	indent := strings.Repeat(" ", len(begin))
	var b strings.Builder
	line := begin
	for _, part := range parts {
		if len(line)+1+len(part) > usageWidth {
			b.WriteString(line + "\n")
			line = indent
		}
		line += " " + part
	}
	b.WriteString(line + "\n")
	if tail != "" {
		b.WriteString(indent + " " + tail + "\n")
	}
	return b.String()
}

// usage is how an option is used.
func (s spec) usage() string {
	name := s.long
	if name == helpOption {
		name = s.short
	}
	switch s.arity {
	case oneValue:
		name += " " + s.value
	case perhapsAValue:
		name += " [" + s.value + "]"
	}
	return "[" + name + "]"
}

// help writes the help of a verb, or of the program when it is "", and returns the exit code.
func (d dropin) help(verb string) int {
	text := programHelp()
	if v, ok := verbOf(verb); ok {
		text = "\nCommand\n    paconn " + verb + " : " + v.Short + ".\n\nArguments\n"
		var ours, globals []spec
		for _, s := range specsOf(v) {
			switch {
			case s.ours:
				ours = append(ours, s)
			case s.member == nil:
				globals = append(globals, s)
			default:
				text += s.helpLine()
			}
		}
		for _, group := range []struct {
			title string
			specs []spec
		}{{"Arguments of paconn-ls, which paconn does not have", ours}, {"Global Arguments", globals}} {
			if len(group.specs) > 0 {
				text += "\n" + group.title + "\n"
			}
			for _, s := range group.specs {
				text += s.helpLine()
			}
		}
	}
	_, err := fmt.Fprint(d.out, text)
	return d.wrote(err)
}

func (s spec) helpLine() string {
	return fmt.Sprintf("    %-26s : %s.\n", strings.Join(s.spellings(), " "), s.help)
}

func programHelp() string {
	var b strings.Builder
	b.WriteString("\nGroup\n    paconn : Microsoft Power Platform custom connectors.\n\nCommands:\n")
	for _, name := range paconnsVerbs {
		v, _ := verbOf(name)
		fmt.Fprintf(&b, "    %-9s: %s.\n", name, v.Short)
	}
	b.WriteString("\nThis is paconn-ls in place of Microsoft's paconn: under its own name it also checks connectors, lists them, and serves editors.\n")
	return b.String()
}
