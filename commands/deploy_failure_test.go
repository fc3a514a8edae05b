package commands_test

import (
	"context"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

// TestFailures checks every request's failure: what is told, that nothing more is sent, that nothing local changes.
func TestFailures(t *testing.T) {
	failure := &powerapps.Error{Doing: "do it", Status: 503, Uncertain: true, Way: "look first"}
	for _, c := range []struct {
		method, verb string
		calls        string
		want         string // "" is success
	}{
		{"Connectors", "create", "Connectors Validate Storage Upload Upload Create Connector", ""},
		{"Validate", "create", "Connectors Validate", "could not do it: 503"},
		{"Storage", "create", "Connectors Validate Storage", "could not do it: 503"},
		{"Upload", "create", "Connectors Validate Storage Upload", "could not do it: 503"},
		{"Create", "create", "Connectors Validate Storage Upload Upload Create", "could not do it: 503; icon.png and script.csx are uploaded, which changes nothing by itself"},
		{"Connector", "create", "Connectors Validate Storage Upload Upload Create Connector", ""},
		{"Connector", "update", "Connector", "could not do it: 503"},
		{"Validate", "update", "Connector Validate", "could not do it: 503"},
		{"Storage", "update", "Connector Validate Storage", "could not do it: 503"},
		{"Upload", "update", "Connector Validate Storage Upload", "could not do it: 503"},
		{"Update", "update", "Connector Validate Storage Upload Upload Update", "could not do it: 503; icon.png and script.csx are uploaded"},
	} {
		for _, kind := range []string{"error", "cancelled"} {
			t.Run(c.verb+" "+c.method+" "+kind, func(t *testing.T) {
				w := newDeployWorld(t, soundProperties, soundDefinition)
				w.write("icon.png", soundIcon)
				w.write("script.csx", soundScript)
				w.Service.Errs = map[string]error{c.method: failure}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if kind == "cancelled" {
					w.Service.On = map[string]func(){c.method: cancel}
					w.Service.Errs[c.method] = &powerapps.Error{Doing: "do it", Status: 503, Err: context.Canceled, Uncertain: true}
				}
				before := w.files()
				var err error
				if c.verb == "create" {
					_, err = commands.Create(ctx, w.Env, commands.CreateArgs{Environment: somewhere})
				} else {
					_, err = commands.Update(ctx, w.Env, commands.UpdateArgs{Environment: somewhere, Connector: newID})
				}
				made := c.method == "Connectors" || c.method == "Connector" && c.verb == "create"
				if kind == "cancelled" && c.method == "Connectors" {
					made, c.calls, c.want = false, "Connectors", "context canceled"
				}
				if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), strings.Split(c.want, ";")[0]) {
					t.Errorf("got %v, want %s", err, c.want)
				}
				if kind == "error" && err != nil && !strings.HasPrefix(err.Error(), c.want) {
					t.Errorf("got %v, want %s", err, c.want)
				}
				if got := strings.Join(w.Service.made(), " "); got != c.calls {
					t.Errorf("called %s\nwant   %s", got, c.calls)
				}
				if changed := w.files() != before; changed != made {
					t.Errorf("files changed: %v", changed)
				}
				if made && !strings.Contains(w.note(), newID) {
					t.Errorf("the id of the new connector is not told: %s", w.note())
				}
			})
		}
	}
}
