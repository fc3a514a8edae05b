//go:build unix

package main

import (
	"os"
	"strings"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

// TestInterrupted ends an update by Ctrl-C while the service works, and is told what had reached it.
func TestInterrupted(t *testing.T) {
	for _, c := range []struct {
		name, program, method string
		code                  int
		says                  string // all that is said after the notes
	}{
		{"before anything is sent", "paconn-ls", "GET", codeFailed, "paconn-ls: interrupted\n"},
		{"while a file is uploaded", "paconn-ls", "PUT", codeFailed, "paconn-ls: interrupted\n"},
		{"while the connector is changed", "paconn-ls", "PATCH", codeFailed, "paconn-ls: interrupted: could not update the connector; " +
			"icon.png is uploaded, which changes nothing by itself\n  what to do: the connector may have been updated all the same, wholly or in part; " +
			"to update it again does no harm\n"},
		{"paconn says nothing", "paconn", "PUT", paconnFailed, ""},
		{"but of the service's state", "paconn", "PATCH", paconnFailed, "ERROR: interrupted: could not update the connector; " +
			"icon.png is uploaded, which changes nothing by itself\n  what to do: the connector may have been updated all the same, wholly or in part; " +
			"to update it again does no harm\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := signedIn(t)
			p.write("apiProperties.json", `{"properties": {"connectionParameters": {}, "iconBrandColor": "#2B579A", "capabilities": []}}`)
			p.sandbox.Forget()
			p.sandbox.Fail(sandbox.Fault{Method: c.method, Kind: sandbox.Slow})
			update := p.start(c.program, "update", "-e", sandbox.Environments[0].Name, "-c", orders, "-p", "apiProperties.json",
				"-d", "pets/apiDefinition.swagger.json", "-i", "pets/icon.png")
			p.awaitRequest(c.method)
			if err := update.cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			code, stdout, stderr := update.end()
			var said strings.Builder
			for line := range strings.Lines(stderr) {
				if !strings.HasPrefix(line, "note: ") && !strings.HasPrefix(line, "WARNING: ") {
					said.WriteString(line)
				}
			}
			if code != c.code || stdout != "" || said.String() != c.says {
				t.Errorf("exit code %d, want %d\n%s\nwant\n%s", code, c.code, stderr, c.says)
			}
		})
	}
}
