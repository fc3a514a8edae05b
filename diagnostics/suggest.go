package diagnostics

import (
	"fmt"
	"slices"
	"strings"

	"paconn-ls/internal/spelling"
)

// didYouMean returns `, did you mean "x"?` for the nearest candidates, or "".
func didYouMean(name string, candidates []string) string {
	near := spelling.Nearest(name, candidates)
	if len(near) == 0 {
		return ""
	}
	return ", did you mean " + quoted(near, " or ") + "?"
}

// quoted lists names in quotes: "a", "b" or "c".
func quoted(names []string, last string) string {
	var b strings.Builder
	for i, n := range names {
		switch {
		case i > 0 && i == len(names)-1:
			b.WriteString(last)
		case i > 0:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", n)
	}
	return b.String()
}

// Nearest returns the names of rules, and of Microsoft's validator, that name was probably meant to be.
func Nearest(name string) []string {
	var names []string
	for _, r := range All {
		names = append(names, r.Name)
	}
	for _, r := range All {
		for _, u := range r.Upstream {
			if !slices.Contains(names, u) {
				names = append(names, u)
			}
		}
	}
	return spelling.Nearest(name, names)
}
