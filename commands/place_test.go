package commands_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

// account returns ada's account with something changed.
func account(change func(*powerapps.Account)) powerapps.Account {
	a := ada
	change(&a)
	return a
}

func in(cloud string) func(*powerapps.Account) {
	return func(a *powerapps.Account) { a.Cloud, a.Resource = cloud, "" }
}

func TestCloudIsChosen(t *testing.T) {
	gcc, public := account(in("gcc")), ada
	for _, tt := range []struct {
		name     string
		where    commands.Where
		settings string
		variable string
		accounts []powerapps.Account
		cloud    string // that is connected to, with its address
		fails    string // instead
		notes    []string
	}{
		{name: "nothing said", accounts: []powerapps.Account{public}, cloud: "public https://api.powerapps.com"},
		{name: "the latest sign-in", accounts: []powerapps.Account{gcc, public}, cloud: "gcc https://gov.api.powerapps.us"},
		{name: "the latest sign-in was to what is there no more", accounts: []powerapps.Account{account(in("sandbox")), public},
			fails: "the latest sign-in: it is to the cloud sandbox, but no sandbox is running: start one with paconn-ls sandbox (under the same PACONN_CONFIG_DIR); or give --cloud, or forget it with paconn-ls logout --cloud sandbox"},
		{name: "the option against what is there no more", where: commands.Where{Cloud: "public"}, accounts: []powerapps.Account{account(in("sandbox")), public}, cloud: "public https://api.powerapps.com"},
		{name: "the option", where: commands.Where{Cloud: "GCC"}, accounts: []powerapps.Account{public, gcc}, cloud: "gcc https://gov.api.powerapps.us"},
		{name: "the variable", variable: "gcc", accounts: []powerapps.Account{public, gcc}, cloud: "gcc https://gov.api.powerapps.us"},
		{name: "the option before the variable", where: commands.Where{Cloud: "public"}, variable: "gcc",
			accounts: []powerapps.Account{gcc, public}, cloud: "public https://api.powerapps.com"},
		{name: "the settings before the latest sign-in", settings: `{"powerAppsUrl": "https://GOV.api.powerapps.us/"}`,
			accounts: []powerapps.Account{public, gcc}, cloud: "gcc https://gov.api.powerapps.us"},
		{name: "an address as an option before the variable", where: commands.Where{PowerAppsURL: "https://gov.api.powerapps.us"}, variable: "public",
			accounts: []powerapps.Account{public, gcc}, cloud: "gcc https://gov.api.powerapps.us"},
		{name: "no such cloud", where: commands.Where{Cloud: "moon"}, accounts: []powerapps.Account{public},
			fails: `--cloud: there is no cloud "moon", only public, gcc, gcchigh, dod, china`},
		{name: "no such cloud in the variable", variable: "moon", accounts: []powerapps.Account{public}, fails: `PACONN_CLOUD: there is no cloud "moon"`},
		{name: "a path is left out", settings: `{"powerAppsUrl": "https://api.powerapps.com/providers/x"}`, accounts: []powerapps.Account{public},
			cloud: "public https://api.powerapps.com", notes: []string{"settings.json, powerAppsUrl: only https://api.powerapps.com of it is used"}},
		{name: "a ring of the public cloud", settings: `{"powerAppsUrl": "https://tip1.api.powerapps.com"}`, accounts: []powerapps.Account{gcc, public},
			cloud: "public https://tip1.api.powerapps.com"},
		{name: "the variable against the settings", settings: `{"powerAppsUrl": "https://api.powerapps.com"}`, variable: "gcc",
			accounts: []powerapps.Account{gcc}, fails: "settings.json, powerAppsUrl: https://api.powerapps.com is of the cloud public, but the cloud is gcc"},
		{name: "the option against the settings", where: commands.Where{Cloud: "gcc"}, settings: `{"powerAppsUrl": "https://api.powerapps.com"}`,
			accounts: []powerapps.Account{gcc}, cloud: "gcc https://gov.api.powerapps.us",
			notes: []string{"the cloud gcc goes over the powerAppsUrl of settings.json, https://api.powerapps.com"}},
		{name: "an option against the option", where: commands.Where{Cloud: "gcc", PowerAppsURL: "https://api.powerapps.com"},
			accounts: []powerapps.Account{gcc}, fails: "--pau: https://api.powerapps.com is of the cloud public, but the cloud is gcc"},
		{name: "services of two clouds", settings: `{"powerAppsUrl": "https://api.powerapps.com", "flowUrl": "https://gov.api.flow.microsoft.us"}`,
			accounts: []powerapps.Account{public}, fails: "settings.json, flowUrl: https://gov.api.flow.microsoft.us is of the cloud gcc, but the cloud is public"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.Accounts.Accounts, w.Variables["PACONN_CLOUD"] = tt.accounts, tt.variable
			if tt.settings != "" {
				w.write("settings.json", tt.settings)
				tt.where.Settings = "settings.json"
			}
			_, err := commands.List(context.Background(), w.Env, commands.ListArgs{What: "environments", Where: tt.where})
			if !failsWith(t, err, tt.fails) {
				return
			}
			if got := w.Cloud.Name + " " + w.Cloud.PowerApps; got != tt.cloud {
				t.Errorf("connected to %s, want %s", got, tt.cloud)
			}
			if !reflect.DeepEqual(w.Notes, tt.notes) {
				t.Errorf("notes %q, want %q", w.Notes, tt.notes)
			}
		})
	}
}

// failsWith compares an error with the text that it should begin with, "" for none, and reports whether to go on.
func failsWith(t *testing.T, err error, want string) bool {
	t.Helper()
	if want == "" && err != nil {
		t.Fatal(err)
	}
	if want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)) {
		t.Fatalf("error %v, want %s", err, want)
	}
	return want == ""
}

func TestPickConnector(t *testing.T) {
	const guid = "22222222-2222-2222-2222-222222222222"
	environments := []powerapps.Environment{{Name: guid, Title: "Dev"}, {Name: "b", Title: "Prod"}, {Name: "c", Title: "Prod"}}
	connectors := []powerapps.Connector{
		{ID: "shared_a", Title: "Pets", Author: "Ada"}, {ID: "shared_b", Title: "Pets", Author: "Ada"}, {ID: "shared_c", Title: "Pets"},
	}
	for _, tt := range []struct {
		name             string
		environment, cid string
		settings         string
		manner           commands.Manner
		answers          []any
		want             string // environment and connector
		fails            string
		asked, notes     []string
		calls            []string
	}{
		{name: "both given", environment: guid, cid: "shared_x", want: guid + " shared_x"},
		{name: "asked for", answers: []any{1, 1}, want: "b shared_b",
			asked: []string{"environment: Dev | Prod (b) | Prod (c)", "connector: Pets - Ada (shared_a) | Pets - Ada (shared_b) | Pets"},
			calls: []string{"Environments", "Connectors"}},
		{name: "of the settings", settings: `{"environment": "` + guid + `", "connectorId": "shared_s"}`, want: guid + " shared_s"},
		{name: "options go over the settings", settings: `{"environment": "x", "connectorId": "shared_s"}`, environment: guid, cid: "shared_x", want: guid + " shared_x",
			notes: []string{"--env " + guid + " goes over the environment of settings.json, x", "--cid shared_x goes over the connectorId of settings.json, shared_s"}},
		{name: "settings go over options in the manner of paconn", manner: commands.Paconn, settings: `{"environment": "PROD", "connectorId": "shared_s"}`,
			environment: "DEV", cid: "shared_s", want: "PROD shared_s",
			notes: []string{"--env DEV is ignored: with --settings, what settings.json says holds"}},
		{name: "an option is ignored in the manner of paconn though the settings say nothing", manner: commands.Paconn, settings: `{"connectorId": "shared_s"}`,
			environment: "DEV", answers: []any{0}, want: guid + " shared_s", asked: []string{"environment: Dev | Prod (b) | Prod (c)"},
			notes: []string{"--env DEV is ignored: with --settings, what settings.json says holds"}, calls: []string{"Environments"}},
		{name: "a display name", environment: "Dev", cid: "shared_x", want: guid + " shared_x", calls: []string{"Environments"},
			notes: []string{"the environment Dev is " + guid}},
		{name: "an id that is no GUID", environment: "B", cid: "shared_x", want: "b shared_x", calls: []string{"Environments"}},
		{name: "a display name in other letters", environment: "DEV", fails: "--env: there is no environment DEV, only Dev, Prod (b), Prod (c)"},
		{name: "a display name of two", environment: "Prod", fails: "--env: there are several environments Prod: give one of b, c"},
		{name: "no such environment", environment: "Test", fails: "--env: there is no environment Test, only Dev, Prod (b), Prod (c)"},
		{name: "no such environment of the settings", settings: `{"environment": "Test"}`, fails: "settings.json, environment: there is no environment Test, only"},
		{name: "an id of the settings that leads out of the folder", settings: `{"environment": "Dev", "connectorId": ".."}`, fails: "settings.json, connectorId: .. is no id"},
		{name: "a default environment", environment: "Default-" + guid, cid: "shared_x", want: "Default-" + guid + " shared_x"},
		{name: "no environment and nobody to ask", cid: "shared_x", fails: "no environment is given, and there is nobody to ask: give --env (paconn-ls list environments shows them)"},
		{name: "no connector and nobody to ask", environment: guid, fails: "no connectorId is given, and there is nobody to ask: give --cid (paconn-ls list connectors shows them)"},
		{name: "no connector in the settings, but in other letters", settings: `{"environment": "` + guid + `", "connectorID": "shared_x"}`,
			fails: "no connectorId is given, and there is nobody to ask: give --cid (paconn-ls list connectors shows them; settings.json has no connectorId (connectorID is another key))"},
		{name: "asked for what the settings do not have", settings: `{"connectorId": "shared_x"}`, answers: []any{0}, want: guid + " shared_x",
			asked: []string{"environment: Dev | Prod (b) | Prod (c)"}, notes: []string{"settings.json has no environment"}, calls: []string{"Environments"}},
		{name: "an id that leads out of the folder", environment: guid, cid: "..", fails: "--cid: .. is no id"},
		{name: "an id that leads to another address", environment: guid, cid: "a/../../b", fails: "--cid: a/../../b is no id"},
		{name: "an environment that ends the filter", manner: commands.Paconn, environment: "x' or 1 eq 1", fails: "--env: x' or 1 eq 1 is no id"},
		{name: "interrupted", answers: []any{context.Canceled}, fails: "context canceled"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.Manner, w.Service.EnvironmentList, w.Service.ConnectorList = tt.manner, environments, connectors
			var where commands.Where
			if tt.settings != "" {
				w.write("settings.json", tt.settings)
				where.Settings = "settings.json"
			}
			asker := w.asked(tt.answers)
			environment, id, err := commands.PickConnector(context.Background(), w.Env, where, tt.environment, tt.cid)
			if !failsWith(t, err, tt.fails) {
				return
			}
			if got := environment + " " + id; got != tt.want {
				t.Errorf("chose %s, want %s", got, tt.want)
			}
			for what, pair := range map[string][2][]string{"asked": {asker.Asked, tt.asked}, "notes": {w.Notes, tt.notes}, "calls": {w.Service.made(), tt.calls}} {
				if !slices.Equal(pair[0], pair[1]) {
					t.Errorf("%s %q, want %q", what, pair[0], pair[1])
				}
			}
		})
	}
}

// A settings.json that nobody named is not used, and told once to whoever is asked.
func TestSettingsThatNobodyNamed(t *testing.T) {
	for _, tt := range []struct {
		name   string
		manner commands.Manner
		notes  []string
	}{
		{name: "own manner", notes: []string{"the settings.json of this folder is not used: --settings settings.json uses it"}},
		{name: "paconn says nothing", manner: commands.Paconn},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.Manner = tt.manner
			w.Service.EnvironmentList = []powerapps.Environment{{Name: "a", Title: "A"}}
			w.Service.ConnectorList = []powerapps.Connector{{ID: "shared_a", Title: "A"}}
			w.write("settings.json", `{"environment": "b"}`)
			w.Ask = newAsker(t, 0, 0)
			if _, _, err := commands.PickConnector(context.Background(), w.Env, commands.Where{}, "", ""); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(w.Notes, tt.notes) {
				t.Errorf("notes %q, want %q", w.Notes, tt.notes)
			}
		})
	}
}

// What the service gives is shown so that it can be told apart and does no harm, and is not trusted as a name.
func TestChoicesOfStrangeNames(t *testing.T) {
	w := newWorld(t)
	w.Service.EnvironmentList = []powerapps.Environment{{Name: "a", Title: " "}, {Name: "b", Title: "x\x1b[2J"}, {Name: "c", Title: "x\x1c[2J"}}
	w.Service.ConnectorList = []powerapps.Connector{{ID: "../up", Title: "Up"}}
	asker := newAsker(t, 2, 0)
	w.Ask = asker
	_, _, err := commands.PickConnector(context.Background(), w.Env, commands.Where{}, "", "")
	failsWith(t, err, "the connector: ../up is no id")
	if want := []string{"environment: a | x\uFFFD[2J (b) | x\uFFFD[2J (c)", "connector: Up"}; !slices.Equal(asker.Asked, want) {
		t.Errorf("asked %q, want %q", asker.Asked, want)
	}
}

func TestVersions(t *testing.T) {
	w := newWorld(t)
	w.write("settings.json", `{"powerAppsApiVersion": "2020", "flowApiVersion": "2021"}`)
	where := commands.Where{Settings: "settings.json"}
	for option, want := range map[string]string{"": "2020", "2022": "2022"} {
		where.PowerAppsVersion = option
		if _, err := commands.List(context.Background(), w.Env, commands.ListArgs{What: "environments", Where: where}); err != nil {
			t.Fatal(err)
		}
		if w.Cloud.PowerAppsVersion != want || w.Cloud.FlowVersion != "2021" {
			t.Errorf("versions %s and %s", w.Cloud.PowerAppsVersion, w.Cloud.FlowVersion)
		}
	}
}

// Of clouds that share their addresses, the one that was signed in to is meant.
func TestCloudsThatShareAddresses(t *testing.T) {
	w := newWorld(t)
	w.Clouds = func() (powerapps.Clouds, error) {
		clouds := powerapps.BuiltinClouds()
		mine := clouds[0]
		mine.Name = "mine"
		return append(clouds, mine), nil
	}
	w.write("settings.json", `{"powerAppsUrl": "https://api.powerapps.com"}`)
	for _, cloud := range []string{"mine", "public"} {
		w.Accounts.Accounts = []powerapps.Account{account(in("gcc")), account(in(cloud))}
		_, err := commands.List(context.Background(), w.Env, commands.ListArgs{What: "environments", Where: commands.Where{Settings: "settings.json"}})
		if err != nil || w.Cloud.Name != cloud {
			t.Errorf("connected to %s (%v), want %s", w.Cloud.Name, err, cloud)
		}
	}
}

func TestNothingToChooseFrom(t *testing.T) {
	w := newWorld(t)
	w.Ask = newAsker(t)
	_, _, err := commands.PickConnector(context.Background(), w.Env, commands.Where{}, "", "")
	failsWith(t, err, "ada@contoso.com sees no environment in the cloud public")
	_, _, err = commands.PickConnector(context.Background(), w.Env, commands.Where{}, "Default-22222222-2222-2222-2222-222222222222", "")
	failsWith(t, err, "the environment Default-22222222-2222-2222-2222-222222222222 holds no custom connector that ada@contoso.com sees")
}

func TestNobodyIsSignedIn(t *testing.T) {
	w := newWorld(t)
	w.Accounts.Accounts = []powerapps.Account{account(in("gcc"))}
	w.write("settings.json", `{"tenant": "contoso.com"}`)
	_, err := commands.List(context.Background(), w.Env, commands.ListArgs{What: "environments", Where: commands.Where{Cloud: "china", Settings: "settings.json"}})
	var signIn *powerapps.SignInError
	if !errors.As(err, &signIn) {
		t.Fatalf("error %v, want a *SignInError", err)
	}
	failsWith(t, err, "nobody is signed in to the cloud china (but ada@contoso.com in gcc)")
	for audience, want := range map[commands.Audience]string{commands.Terminal: "run paconn-ls login --cloud china --settings settings.json", commands.Editor: ""} {
		if got := commands.DataOf(err, audience).Way; got != want {
			t.Errorf("way %q, want %q", got, want)
		}
	}
}
