package commands

import "strings"

// mostEdits bounds how exactly changed lines are counted: the time grows with the square of it.
const mostEdits = 3000

// changedLines counts the lines that were put into a text and taken out of it: the fewest that make one of the other,
// or, of texts that have little in common, those that only one of them has. Line breaks are all the same.
func changedLines(old, new string) (added, removed int) {
	a, b := numbered(old, new)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if edits, ok := distance(a, b); ok {
		added = (edits + len(b) - len(a)) / 2
		return added, edits - added
	}
	count := map[int]int{}
	for _, line := range a {
		count[line]++
	}
	for _, line := range b {
		if count[line]--; count[line] < 0 {
			added++
		}
	}
	return added, added + len(a) - len(b)
}

// numbered returns the lines of two texts as numbers: equal lines have equal ones.
func numbered(old, new string) (a, b []int) {
	ids := map[string]int{}
	number := func(text string) (out []int) {
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\r\n")
			if _, ok := ids[line]; !ok {
				ids[line] = len(ids)
			}
			out = append(out, ids[line])
		}
		return out
	}
	return number(old), number(new)
}

// distance returns how many insertions and removals make b of a; ok is false when they are more than mostEdits. Source of
// the method: E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986.
func distance(a, b []int) (edits int, ok bool) {
	most := min(len(a)+len(b), mostEdits)
	furthest := make([]int, 2*most+3) // how far into a each diagonal reaches
	for d := 0; d <= most; d++ {
		for k := -d; k <= d; k += 2 {
			i := most + 1 + k
			x := furthest[i-1] + 1
			if k == -d || k != d && furthest[i-1] < furthest[i+1] {
				x = furthest[i+1]
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			furthest[i] = x
			if x >= len(a) && x-k >= len(b) {
				return d, true
			}
		}
	}
	return 0, false
}
