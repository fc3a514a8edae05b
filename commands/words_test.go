package commands_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, terminal, editor string }{
		{"try again", "try again", "try again"},
		{"sign in again⟨: paconn-ls login --force⟩; check the clock", "sign in again: paconn-ls login --force; check the clock", "sign in again; check the clock"},
		{"⟨run paconn-ls login|sign in⟩", "run paconn-ls login", "sign in"},
		{"⟨paconn-ls list environments shows them⟩; settings.json has no environment",
			"paconn-ls list environments shows them; settings.json has no environment", "settings.json has no environment"},
		{"check --clid and --tenant", "check --clid and --tenant", "check clientId and tenant"},
		{"forget it with paconn-ls logout --cloud sandbox", "forget it with paconn-ls logout --cloud sandbox", "forget it with the command logout"},
		{"paconn-ls login --force --with browser; paconn-ls check finds it", "paconn-ls login --force --with browser; paconn-ls check finds it",
			"the command login; the command check finds it"},
		{"paconn-ls validate --certification shows where", "paconn-ls validate --certification shows where", "the command validate shows where"},
		{"start one with paconn-ls sandbox (under", "start one with paconn-ls sandbox (under", "start one with the program's verb sandbox in a terminal (under"},
		{"/home/ada--env/x--cloud.json: (--env) x --strange", "/home/ada--env/x--cloud.json: (--env) x --strange", "/home/ada--env/x--cloud.json: (environment) x --strange"},
		{`paconn-ls login --clid "a b" --force`, `paconn-ls login --clid "a b" --force`, "the command login"},
		{"(paconn-ls download --without icon does without it)", "(paconn-ls download --without icon does without it)", "(the command download does without it)"},
		{"a defect of paconn-ls: x; --no-check sends it", "a defect of paconn-ls: x; --no-check sends it", "a defect of paconn-ls: x; noCheck sends it"},
	} {
		if got := commands.Terminal.Words(c.text); got != c.terminal {
			t.Errorf("a terminal is told %q, want %q", got, c.terminal)
		}
		if got := commands.Editor.Words(c.text); got != c.editor {
			t.Errorf("an editor is told %q, want %q", got, c.editor)
		}
	}
}

// forTerminals is what means nothing to whoever does not sit before a terminal.
var forTerminals = regexp.MustCompile(`--[a-z]|paconn-ls [a-z]`)

// TestWordsForEditors looks at all that the program can say of the service, wherever it stands in the code: in the words of
// an editor there is neither an option nor a line to type.
func TestWordsForEditors(t *testing.T) {
	files, _ := filepath.Glob("*.go")
	more, _ := filepath.Glob("../powerapps/*.go")
	count := 0
	for _, name := range append(files, more...) {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "words.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, _ := strconv.Unquote(lit.Value)
				if forTerminals.MatchString(text) {
					count++
				}
				if got := commands.Editor.Words(text); forTerminals.MatchString(got) {
					t.Errorf("%s: an editor is told %q", name, got)
				}
			}
			return true
		})
	}
	if count < 50 {
		t.Errorf("only %d texts are of terminals", count)
	}
}

// TestDataForAudiences has errors told to both.
func TestDataForAudiences(t *testing.T) {
	for _, c := range []struct {
		err              error
		terminal, editor string
	}{
		{&commands.NeedError{What: "environment", Option: "--env", Hint: "⟨paconn-ls list environments shows them⟩"},
			"no environment is given, and there is nobody to ask: give --env (paconn-ls list environments shows them) | ", "no environment is given | "},
		{&commands.ArgumentError{Argument: "--cid", Problem: ".. is no id"}, "--cid: .. is no id | ", "connectorId: .. is no id | "},
		{&powerapps.SignInError{Problem: "nobody is signed in", Way: "⟨run paconn-ls login⟩"}, "nobody is signed in | run paconn-ls login", "nobody is signed in | "},
		{&powerapps.Error{Doing: "do it", Status: 404, Way: "check the environment⟨: paconn-ls list environments shows those that there are⟩"},
			"could not do it: 404 | check the environment: paconn-ls list environments shows those that there are", "could not do it: 404 | check the environment"},
		{errors.New("it is broken"), "it is broken | ", "it is broken | "},
	} {
		for audience, want := range map[commands.Audience]string{commands.Terminal: c.terminal, commands.Editor: c.editor} {
			if data := commands.DataOf(c.err, audience); data.Message+" | "+data.Way != want {
				t.Errorf("got %q, want %q", data.Message+" | "+data.Way, want)
			}
		}
	}
}
