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

// TestNarrowTerminal reads what verbs say in a terminal of 60 columns: no word is broken, and only one that is longer than a
// line goes beyond its end.
func TestNarrowTerminal(t *testing.T) {
	p := signedIn(t)
	for _, c := range []struct {
		args string
		code int
		says []string
	}{
		{"status", codeFine, []string{"USER       ada@sandbox.example\n", "UNTIL      renewed by itself\n"}},
		{"list environments", codeFine, []string{"NAME    Contoso (default)\nREGION  europe\n", "NAME    Development\n"}},
		{"list connectors --env nowhere", codeUsage, []string{"paconn-ls: --env: there is no environment nowhere, only\n  Contoso"}},
		{"update --env " + development, codeUsage, []string{"paconn-ls: "}},
		{"create --env " + development + " -d pets/apiDefinition.swagger.json -p pets/apiProperties.json -x pets/script.csx -w", codeFine,
			[]string{"note: stackOwner is left out of what is sent, the service\n  refuses it (--keep-member stackOwner sends it)\n", "note: the connector is made, its id is\n  shared_"}},
		{"list connectors --env 11111111-0000-4000-8000-000000000000", codeFailed, []string{"  what to do: there is no such environment for this account:\n    paconn-ls list environments shows those that there are\n"}},
	} {
		out := inTerminal(t, p.dir, p.env, toTerminal, "sh", "-c", "stty cols 60; paconn-ls "+c.args)
		out.ends(c.code)
		text := strings.ReplaceAll(out.all.String(), "\r", "")
		for _, want := range c.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in\n%s", c.args, want, text)
			}
		}
		for line := range strings.Lines(text) {
			line = line[strings.LastIndex(line, "\x1b[K")+1:] // what follows the progress
			if line = strings.TrimRight(strings.TrimPrefix(line, "[K"), "\n"); utf8.RuneCountInString(line) > 60 && strings.Contains(strings.TrimSpace(line), " ") {
				t.Errorf("%s: a line is longer than 60 columns: %s", c.args, line)
			}
		}
	}
}

// development is an environment of every sandbox that begins empty.
const development = "33333333-dddd-4eee-8fff-444444444444"

func TestReflow(t *testing.T) {
	text := "One two three four\nfive six.\n\n  KIND  a status or something else\n\tas it is\nThe end."
	want := "One two three four\nfive six.\n\n  KIND  a status\n        or\n        something\n        else\n\tas it is\nThe end."
	if got := reflow(text, 18); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
