package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// summarize tells in a line or a few what a check did and found.
func summarize(r commands.CheckResult, base string) string {
	var b strings.Builder
	b.WriteString(summarizeFixed(r.Fixed, base))
	n := report.Count(r.Problems)
	var parts []string
	for _, c := range []struct {
		n         int
		one, many string
	}{
		{n.Errors, "error", "errors"}, {n.Warnings, "warning", "warnings"},
		{n.Information, "information", "information"}, {n.Hints, "hint", "hints"},
	} {
		if c.n > 0 {
			parts = append(parts, plural(c.n, c.one, c.many))
		}
	}
	found := "no problems"
	if len(parts) > 0 {
		found = strings.Join(parts, ", ")
	}
	fmt.Fprintf(&b, "%s in %s (%s)\n", found, plural(r.Connectors, "connector", "connectors"), plural(r.Files, "file", "files"))
	if fixable := countFixable(r.Problems); fixable > 0 {
		fmt.Fprintf(&b, "%d can be fixed with --fix", fixable)
		if r.Unshown > 0 {
			fmt.Fprintf(&b, ", which also fixes %s", plural(r.Unshown, "lesser problem that is not shown", "lesser problems that are not shown"))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func countFixable(problems []report.Problem) int {
	n := 0
	for _, p := range problems {
		if p.Fixable {
			n++
		}
	}
	return n
}

// summarizeFixed tells for each file which rules' problems were fixed, and how often.
func summarizeFixed(fixed []commands.Fixed, base string) string {
	var b strings.Builder
	byFile := map[string]map[string]int{}
	for _, f := range fixed {
		if byFile[f.Path] == nil {
			byFile[f.Path] = map[string]int{}
		}
		byFile[f.Path][f.Rule]++
	}
	for _, path := range slices.Sorted(maps.Keys(byFile)) {
		var rules []string
		n := 0
		for _, rule := range slices.Sorted(maps.Keys(byFile[path])) {
			rules = append(rules, fmt.Sprintf("%s %d×", rule, byFile[path][rule]))
			n += byFile[path][rule]
		}
		fmt.Fprintf(&b, "fixed %s in %s: %s\n", plural(n, "problem", "problems"), report.Printable(report.Name(base, path)), strings.Join(rules, ", "))
	}
	return b.String()
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// reason returns what an error says without the path, which is told before it.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("cannot %s: %w", path.Op, path.Err)
	}
	return err
}
