package diagnostics_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/rulepage"
)

// change is one example of a page: see the package rulepage.
type change struct{ language, file, pointer, body string }

type page struct {
	title, text  string
	wrong, right []change
}

func readPage(t *testing.T, rule string) page {
	t.Helper()
	text, ok := diagnostics.Page(rule)
	if !ok {
		t.Fatalf("rule %s has no page diagnostics/docs/%s.md", rule, rule)
	}
	title, _, _ := strings.Cut(text, "\n")
	return page{title: title, text: text, wrong: changes(section(text, "Wrong")), right: changes(section(text, "Right"))}
}

func section(text, name string) string { return rulepage.Section(text, name) }

func changes(section string) []change {
	var out []change
	for _, c := range rulepage.Changes(section) {
		out = append(out, change{c.Language, c.File, c.Pointer, c.Body})
	}
	return out
}

// pets returns the files of the sound connector that pages change.
func pets(t testing.TB) map[string]string {
	t.Helper()
	dir := filepath.Join("..", "testdata", "connectors", "pets")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(b)
	}
	return files
}

// apply makes the changes in a copy of files.
func apply(t testing.TB, files map[string]string, list []change) map[string]string {
	t.Helper()
	var all []rulepage.Change
	for _, c := range list {
		all = append(all, rulepage.Change{Language: c.language, File: c.file, Pointer: c.pointer, Body: c.body})
	}
	files, err := rulepage.Apply(files, all)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

const testDir = rulepage.Dir

// memory holds files by path.
type memory = rulepage.Memory

func assemble(files map[string]string) *connector.Connector { return rulepage.Assemble(files) }
