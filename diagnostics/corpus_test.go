package diagnostics_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
)

// TestCorpusReport prints what the rules say of the real connectors, for a person to read: go test -run CorpusReport -v.
func TestCorpusReport(t *testing.T) {
	root := corpus(t)
	if os.Getenv("CORPUS_REPORT") == "" {
		t.Skip("set CORPUS_REPORT=1 to print")
	}
	_ = commands.Discover(root, func(dir string) bool {
		c := connector.Assemble(dir, commands.Disk{})
		for _, d := range diagnostics.Check(context.Background(), c, diagnostics.Options{}) {
			p := d.File.Content.Position(d.Span.Start, 0)
			rel, _ := filepath.Rel(root, d.File.Path)
			fmt.Printf("%s %s %s:%d:%d %s\n", d.Severity, d.Rule, rel, p.Line+1, p.Column+1, d.Message)
		}
		return true
	})
}

func corpus(t testing.TB) string {
	root, err := filepath.Abs("../../shared/corpus")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(root); err != nil {
		t.Skip("the corpus of real connectors is not here")
	}
	return root
}
