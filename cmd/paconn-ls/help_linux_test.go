package main

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestHelpFitsTheTerminal reads the help of commands in a terminal of 100 columns: only an example, which is there to be
// copied, may be longer.
func TestHelpFitsTheTerminal(t *testing.T) {
	for _, name := range []string{"check", "login", "download", "create", "update", "validate", "sandbox", "explain"} {
		help := inTerminal(t, t.TempDir(), nil, toTerminal, "paconn-ls", name, "--help")
		help.ends(codeFine)
		text := help.all.String()
		if !strings.Contains(text, "\nUsage:\n  paconn-ls "+name) {
			t.Errorf("the help of %s:\n%s", name, text)
		}
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\n")
			if n := utf8.RuneCountInString(line); n > 100 && !strings.Contains(line, "  PACONN_") && !strings.HasPrefix(line, "  paconn-ls ") {
				t.Errorf("the help of %s has a line of %d columns: %s", name, n, line)
			}
		}
	}
}

func TestReflow(t *testing.T) {
	text := "One two three four\nfive six.\n\n  KIND  a status or something else\n\tas it is\nThe end."
	want := "One two three four\nfive six.\n\n  KIND  a status\n        or\n        something\n        else\n\tas it is\nThe end."
	if got := reflow(text, 18); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
