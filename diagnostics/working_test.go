package diagnostics_test

import (
	"context"
	"path/filepath"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
)

// TestWorking checks a connector that holds, in one place, the odd things that published connectors have and work with:
// spellings, values of null, empty lists, undocumented keys, references in all their forms, a script full of quotes.
// Nothing of it is more than a matter of taste.
func TestWorking(t *testing.T) {
	dir, err := filepath.Abs(filepath.Join("testdata", "working"))
	if err != nil {
		t.Fatal(err)
	}
	c := connector.Assemble(dir, commands.Disk{})
	if c.Definition() == nil || c.Properties() == nil || c.Script() == nil {
		t.Fatal("a part of the connector is not there")
	}
	for _, d := range diagnostics.Check(context.Background(), c, diagnostics.Options{}) {
		if d.Severity <= diagnostics.Warning {
			t.Errorf("%s %s: %s at %q", d.Severity, d.Rule, d.Message, d.File.Content.String()[d.Span.Start:d.Span.End])
		}
	}
}
