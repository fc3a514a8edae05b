package spelling_test

import (
	"slices"
	"strings"
	"testing"

	"paconn-ls/internal/spelling"
)

func TestNearest(t *testing.T) {
	for _, c := range []struct {
		name, candidates, want string
	}{
		{"resorce", "resource authority title", "resource"},
		{"POWERAPPS", "powerApps", "powerApps"},
		{"teh", "the", "the"},
		{"ListPet", "GetPet ListPets ListPats", "ListPets ListPats"},
		{"same", "same", ""},
		{"nonsense", "like title authority", ""},
		{strings.Repeat("x", 300), strings.Repeat("x", 299), ""},
		{"", "a", "a"},
	} {
		if got := spelling.Nearest(c.name, strings.Fields(c.candidates)); !slices.Equal(got, strings.Fields(c.want)) {
			t.Errorf("%.20s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b       string
		most, want int
	}{
		{"", "", 3, 0}, {"abc", "abc", 3, 0}, {"abc", "abd", 3, 1}, {"abc", "acb", 3, 1}, {"abc", "ab", 3, 1}, {"ab", "cab", 3, 1},
		{"kitten", "sitting", 3, 3}, {"a", "abcdef", 2, 3},
	} {
		if got, back := spelling.Distance(c.a, c.b, c.most), spelling.Distance(c.b, c.a, c.most); got != c.want || back != got {
			t.Errorf("%s, %s: %d and %d, want %d", c.a, c.b, got, back, c.want)
		}
	}
}
