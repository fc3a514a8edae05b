package commands_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

func TestList(t *testing.T) {
	const guid = "22222222-2222-2222-2222-222222222222"
	for _, tt := range []struct {
		name    string
		args    commands.ListArgs
		empty   bool
		preset  string // environment
		answers []any
		want    string // as JSON
		calls   []string
		fails   string
	}{
		{name: "environments", args: commands.ListArgs{What: "environments"}, want: `{"environments":[{"name":"` + guid + `","title":"Dev"}]}`, calls: []string{"Environments"}},
		{name: "connectors", args: commands.ListArgs{What: "connectors", Environment: guid},
			want: `{"environment":"` + guid + `","connectors":[{"id":"shared_a","title":"Pets","author":"Ada"}]}`, calls: []string{"Connectors " + guid}},
		{name: "connectors of an environment that is asked for", args: commands.ListArgs{What: "connectors"}, answers: []any{0},
			want: `{"environment":"` + guid + `","connectors":[{"id":"shared_a","title":"Pets","author":"Ada"}]}`, calls: []string{"Environments", "Connectors " + guid}},
		{name: "no environments", args: commands.ListArgs{What: "environments"}, empty: true, want: `{"environments":[]}`, calls: []string{"Environments"}},
		{name: "no connectors", args: commands.ListArgs{What: "connectors", Environment: guid}, empty: true, want: `{"environment":"` + guid + `","connectors":[]}`, calls: []string{"Connectors " + guid}},
		{name: "clouds, by somebody who is not signed in", args: commands.ListArgs{What: "clouds"}, empty: true,
			want: `{"clouds":[{"name":"public","title":"Public"},{"name":"gcc","title":"US Government (GCC)"},{"name":"gcchigh","title":"US Government (GCC High)"},` +
				`{"name":"dod","title":"US Government (DoD)"},{"name":"china","title":"China (21Vianet)"}]}`},
		{name: "connectors of the default environment", args: commands.ListArgs{What: "connectors"}, preset: guid,
			want: `{"environment":"` + guid + `","connectors":[{"id":"shared_a","title":"Pets","author":"Ada"}]}`, calls: []string{"Connectors " + guid}},
		{name: "nothing", fails: "list: say what: environments, connectors or clouds"},
		{name: "something else", args: commands.ListArgs{What: "flows"}, fails: `"flows": what can be listed is environments, connectors or clouds`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			if !tt.empty {
				w.Service.EnvironmentList = []powerapps.Environment{{Name: guid, Title: "Dev"}}
				w.Service.ConnectorList = []powerapps.Connector{{ID: "shared_a", Title: "Pets", Author: "Ada"}}
			}
			if tt.answers != nil {
				w.Ask = newAsker(t, tt.answers...)
			}
			w.Default = tt.preset
			got, err := commands.List(context.Background(), w.Env, tt.args)
			if !failsWith(t, err, tt.fails) {
				return
			}
			if text, err := json.Marshal(got); err != nil || string(text) != tt.want {
				t.Errorf("%s (%v), want %s", text, err, tt.want)
			}
			var calls []string
			for _, c := range w.Service.Calls {
				calls = append(calls, c.String())
			}
			if !slices.Equal(calls, tt.calls) {
				t.Errorf("calls %q, want %q", calls, tt.calls)
			}
		})
	}
}

// What the service refuses is told as it comes, with a list that is not there.
func TestListIsRefused(t *testing.T) {
	refused := &powerapps.Error{Doing: "list the environments", Status: 403, Code: "Forbidden"}
	for _, args := range []commands.ListArgs{{What: "environments"}, {What: "connectors", Environment: "Default-22222222-2222-2222-2222-222222222222"}} {
		w := newWorld(t)
		w.Service.Errs = map[string]error{"Environments": refused, "Connectors": refused}
		got, err := commands.List(context.Background(), w.Env, args)
		if !errors.Is(err, refused) || got.Environments != nil || got.Connectors != nil {
			t.Errorf("%s: %+v, %v", args.What, got, err)
		}
	}
}

// Where environments cannot be listed, a name is taken for an id.
func TestEnvironmentsCannotBeListed(t *testing.T) {
	w := newWorld(t)
	w.Service.Errs = map[string]error{"Environments": &powerapps.Error{Doing: "list the environments", Status: 403}}
	got, err := commands.List(context.Background(), w.Env, commands.ListArgs{What: "connectors", Environment: "legacy"})
	if err != nil || got.Environment != "legacy" {
		t.Errorf("%+v, %v", got, err)
	}
	_, err = commands.List(context.Background(), w.Env, commands.ListArgs{What: "connectors", Environment: "it's"})
	failsWith(t, err, "--env: it's is no id")
	w.Service.Errs["Environments"] = &powerapps.Error{Doing: "list the environments", Err: errors.New("no network")}
	_, err = commands.List(context.Background(), w.Env, commands.ListArgs{What: "connectors", Environment: "legacy"})
	failsWith(t, err, "could not list the environments: no network")
}
