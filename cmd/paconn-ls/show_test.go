package main

import (
	"testing"

	"paconn-ls/internal/report"
)

// TestTable is narrower than its text where there is a terminal: only the names are cut, never an id. Where that does not
// do, there are no columns.
func TestTable(t *testing.T) {
	lines := table{{"ID", "NAME", "AUTHOR"}, {"shared_pets-5f0123456789abcdef", "A shop of many pets, 宠物店", "Ada"}, {"shared_a", "\x1b[2J", ""}}
	for width, want := range map[int]string{
		0: "ID                              NAME                         AUTHOR\n" +
			"shared_pets-5f0123456789abcdef  A shop of many pets, 宠物店  Ada\n" +
			"shared_a                        \uFFFD[2J\n",
		60: "ID                              NAME                  AUTHOR\n" +
			"shared_pets-5f0123456789abcdef  A shop of many pets…  Ada\n" +
			"shared_a                        \uFFFD[2J\n",
		48: "ID                              NAME      AUTHOR\n" +
			"shared_pets-5f0123456789abcdef  A shop …  Ada\n" +
			"shared_a                        \uFFFD[2J\n",
		40: "ID      shared_pets-5f0123456789abcdef\n" +
			"NAME    A shop of many pets, 宠物店\n" +
			"AUTHOR  Ada\n" +
			"\n" +
			"ID      shared_a\n" +
			"NAME    \uFFFD[2J\n",
	} {
		if got := lines.draw(width, 1, report.Plain); got != want {
			t.Errorf("%d columns:\n%s\nwant\n%s", width, got, want)
		}
	}
}
