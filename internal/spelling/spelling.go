// Package spelling finds what a misspelt name was meant to be.
package spelling

import (
	"slices"
	"strings"
)

// maxName is how long a name may be to have candidates: the work grows with the square of it, and a name of that length
// is no slip of the keys.
const maxName = 200

// Nearest returns the candidates that name was probably meant to be, the nearest first, at most three.
func Nearest(name string, candidates []string) []string {
	type scored struct {
		name     string
		distance int
	}
	var found []scored
	if len(name) > maxName {
		return nil
	}
	lower := strings.ToLower(name)
	for _, c := range candidates {
		most := max(1, min(len(c), len(name))/3)
		if d := Distance(lower, strings.ToLower(c), most); d <= most && c != name {
			found = append(found, scored{c, d})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return a.distance - b.distance })
	var out []string
	for _, f := range found[:min(3, len(found))] {
		if f.distance > found[0].distance+1 {
			break
		}
		out = append(out, f.name)
	}
	return out
}

// Distance returns how many insertions, removals, replacements and swaps of neighbours turn a into b, or more than most
// when they are further apart.
func Distance(a, b string, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := row[j-1]
			if a[i-1] != b[j-1] {
				cost++
			}
			next[j] = min(row[j]+1, next[j-1]+1, cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
