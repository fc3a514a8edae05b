package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/rulepage"
)

const rulesIntro = `# Rules

What ` + "`paconn-ls`" + ` looks for. *Custom* is the severity for a private connector, *certified* the one in the profiles certified
and independent. *Fix* says what the program can mend by itself: a **safe** fix keeps what the connector means and is applied
by ` + "`check --fix`" + ` and by the editor's "fix all"; a *suggested* one waits for a person to choose it.

A ` + "`paconn-ls.json`" + ` beside a connector or in a folder above it sets the severity of any rule, or switches it off:

` + "```json" + `
{"profile": "certified", "rules": {"unknown-key": "warning", "no-effect": "off"}}
` + "```" + `

This page is generated from the rules and their pages.

| Rule | Custom | Certified | Fix | |
|---|---|---|---|---|
`

// rulesPage lists the rules.
func rulesPage() (string, error) {
	sound, err := readFolder(filepath.Join(root, "testdata", "connectors", "pets"))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString(rulesIntro)
	for _, r := range diagnostics.All {
		fix, err := fixOf(r, sound)
		if err != nil {
			return "", fmt.Errorf("page of %s: %w", r.Name, err)
		}
		certified := diagnostics.Options{Profile: diagnostics.Certified}.Severity(r)
		fmt.Fprintf(&b, "| [%s](../diagnostics/docs/%s.md) | %s | %s | %s | %s |\n", r.Name, r.Name, r.Severity, certified, fix,
			strings.ReplaceAll(diagnostics.Summary(r.Name), "|", `\|`))
	}
	return b.String(), nil
}

// fixOf tells which kind of fix a rule offers for the mistake that its page shows.
func fixOf(r *diagnostics.Rule, sound map[string]string) (string, error) {
	page, _ := diagnostics.Page(r.Name)
	files, err := rulepage.Apply(sound, rulepage.Changes(rulepage.Section(page, "Wrong")))
	if err != nil {
		return "", err
	}
	o := diagnostics.Options{Deep: true}
	if o.Severity(r) == diagnostics.Off {
		o.Profile = diagnostics.Certified
	}
	kind := ""
	for _, d := range diagnostics.Check(context.Background(), rulepage.Assemble(files), o) {
		for _, f := range d.Fixes {
			switch {
			case d.Rule != r.Name:
			case f.Safe:
				return "safe", nil
			default:
				kind = "suggested"
			}
		}
	}
	return kind, nil
}

func readFolder(dir string) (map[string]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		files[e.Name()] = string(b)
	}
	return files, nil
}
