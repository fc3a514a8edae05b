package commands_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

// A token goes to a host that no cloud knows only when the user says so: as an option, by --trust-host, by
// PACONN_TRUST_HOSTS, or when asked.
func TestStrangeHosts(t *testing.T) {
	const (
		refused  = "settings.json, powerAppsUrl: it would send your sign-in to the cloud public to evil.example, which is no host of a known cloud; if you trust it, say so with --trust-host evil.example or PACONN_TRUST_HOSTS"
		question = "The powerAppsUrl of settings.json sends your sign-in to the cloud public to evil.example, which is no host of a known cloud. Do you trust it?"
		evil     = `{"powerAppsUrl": "https://evil.example"}`
	)
	for _, tt := range []struct {
		name        string
		settings    string
		url         string // as an option
		trust       []string
		variable    string
		manner      commands.Manner
		answers     []any
		to          string // the service that is connected to
		flow        string
		fails       string
		asked, note string
	}{
		{name: "of a file, nobody to ask", settings: evil, fails: refused},
		{name: "of a file, in the manner of paconn", settings: evil, manner: commands.Paconn, fails: refused},
		{name: "of a file, yes", settings: evil, answers: []any{true}, to: "https://evil.example", asked: question},
		{name: "of a file, no", settings: evil, answers: []any{false}, asked: question, fails: "settings.json, powerAppsUrl: you do not trust what it says, so nothing was sent"},
		{name: "of a file, interrupted", settings: evil, answers: []any{context.Canceled}, asked: question, fails: "context canceled"},
		{name: "trusted by option", settings: evil, trust: []string{"EVIL.example"}, to: "https://evil.example"},
		{name: "trusted by option as an address", settings: evil, trust: []string{"https://evil.example/"}, to: "https://evil.example"},
		{name: "another is trusted", settings: evil, trust: []string{"example", "x.evil.example"}, fails: refused},
		{name: "trusted by variable", settings: evil, variable: "a.example, evil.example", to: "https://evil.example"},
		{name: "another port", settings: `{"powerAppsUrl": "https://api.powerapps.com:8443"}`, trust: []string{"api.powerapps.com"},
			fails: "settings.json, powerAppsUrl: it would send your sign-in to the cloud public to api.powerapps.com:8443"},
		{name: "by option", url: "https://Evil.example/path", to: "https://evil.example", note: "your sign-in to the cloud public is sent to evil.example, as --pau says"},
		{name: "by option, without encryption", url: "http://api.powerapps.com", trust: []string{"api.powerapps.com"}, fails: "--pau: http://api.powerapps.com is refused: a sign-in is sent over https only"},
		{name: "of a file, without encryption", settings: `{"flowUrl": "http://api.flow.microsoft.com"}`, fails: "settings.json, flowUrl: http://api.flow.microsoft.com is refused"},
		{name: "flow, nobody to ask", settings: `{"flowUrl": "https://evil.example"}`, fails: "settings.json, flowUrl: it would send your sign-in to the cloud public to evil.example"},
		{name: "both, asked once", settings: `{"powerAppsUrl": "https://evil.example", "flowUrl": "https://evil.example"}`, answers: []any{true}, asked: question,
			to: "https://evil.example", flow: "https://evil.example"},
		{name: "a known host in front of another", settings: `{"powerAppsUrl": "https://api.powerapps.com@evil.example"}`, trust: []string{"evil.example"},
			fails: "settings.json, powerAppsUrl: an address with a user in it is refused; its host is evil.example"},
		{name: "a known host with more behind it", settings: `{"powerAppsUrl": "https://api.powerapps.com.evil.example"}`,
			fails: "settings.json, powerAppsUrl: it would send your sign-in to the cloud public to api.powerapps.com.evil.example"},
		{name: "a letter of another script", settings: `{"powerAppsUrl": "https://\u0430pi.powerapps.com"}`,
			fails: `settings.json, powerAppsUrl: it would send your sign-in to the cloud public to \u0430pi.powerapps.com`},
		{name: "where people sign in", settings: `{"powerAppsUrl": "https://login.microsoftonline.com"}`, fails: "settings.json, powerAppsUrl: https://login.microsoftonline.com is where people sign in"},
		{name: "no address", settings: `{"powerAppsUrl": "api.powerapps.com"}`, fails: "settings.json, powerAppsUrl: api.powerapps.com is no address"},
		{name: "a query that may be a secret", settings: `{"powerAppsUrl": "http://evil.example/?sig=abc"}`, fails: "settings.json, powerAppsUrl: http://evil.example/ is refused"},
		{name: "an option goes over the strange host of a file", settings: evil, url: "https://api.powerapps.com", to: "https://api.powerapps.com",
			note: "--pau https://api.powerapps.com goes over the powerAppsUrl of settings.json, https://evil.example"},
		{name: "the option is ignored in the manner of paconn", settings: evil, url: "https://api.powerapps.com", manner: commands.Paconn, fails: refused},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.Manner, w.Variables["PACONN_TRUST_HOSTS"] = tt.manner, tt.variable
			where := commands.Where{PowerAppsURL: tt.url, TrustHosts: tt.trust}
			if tt.settings != "" {
				w.write("settings.json", tt.settings)
				where.Settings = "settings.json"
			}
			asker := w.asked(tt.answers)
			_, err := commands.List(context.Background(), w.Env, commands.ListArgs{What: "environments", Where: where})
			if got := strings.Join(asker.Asked, "; "); got != tt.asked {
				t.Errorf("asked %q, want %q", got, tt.asked)
			}
			if err != nil && w.Cloud.Name != "" {
				t.Error("connected all the same")
			}
			if !failsWith(t, err, tt.fails) {
				return
			}
			if w.Cloud.PowerApps != tt.to || tt.flow != "" && w.Cloud.Flow != tt.flow {
				t.Errorf("connected to %s and %s, want %s", w.Cloud.PowerApps, w.Cloud.Flow, tt.to)
			}
			if tt.note != "" && !slices.Contains(w.Notes, tt.note) {
				t.Errorf("notes %q, want %q", w.Notes, tt.note)
			}
			if slices.Contains(w.Source.Cloud.Hosts(), "evil.example") != strings.Contains(w.Cloud.PowerApps+w.Cloud.Flow, "evil") {
				t.Error("tokens are for other hosts than the service")
			}
		})
	}
}

// The sandbox takes the place of every address that a settings file has: nothing of the real service is touched, and what
// was downloaded from a sandbox that has another address now goes on working.
func TestSandboxGoesOverSettings(t *testing.T) {
	for _, address := range []string{"https://api.powerapps.com", "https://127.0.0.1:1", "https://evil.example"} {
		w := newWorld(t)
		sandbox := powerapps.Cloud{Name: "sandbox", PowerApps: "https://127.0.0.1:40000", Flow: "https://127.0.0.1:40000", Authority: "https://127.0.0.1:40000"}
		w.Clouds = func() (powerapps.Clouds, error) { return append(powerapps.BuiltinClouds(), sandbox), nil }
		w.Accounts.Accounts = []powerapps.Account{account(in("sandbox"))}
		w.Variables["PACONN_CLOUD"] = "sandbox"
		w.write("settings.json", `{"powerAppsUrl": "`+address+`"}`)
		if _, err := commands.List(context.Background(), w.Env, commands.ListArgs{What: "environments", Where: commands.Where{Settings: "settings.json"}}); err != nil {
			t.Fatal(err)
		}
		if want := "the cloud sandbox goes over the powerAppsUrl of settings.json, " + address; w.Cloud.PowerApps != sandbox.PowerApps || !slices.Contains(w.Notes, want) {
			t.Errorf("connected to %s, notes %q", w.Cloud.PowerApps, w.Notes)
		}
	}
}

func TestWhoseTokens(t *testing.T) {
	const one, two = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"
	of := func(user, tenant, id string) powerapps.Account {
		return account(func(a *powerapps.Account) { a.User, a.Tenant, a.TenantID = user, tenant, id })
	}
	bob, guest, again := of("bob@contoso.com", "", one), of("ada@contoso.com", "fabrikam.com", two), of("bob@contoso.com", "contoso.com", one)
	robot := powerapps.Account{User: "robot", TenantID: one, Means: powerapps.ClientSecret}
	all := []powerapps.Account{bob, ada, guest, again}
	for _, tt := range []struct {
		name     string
		accounts []powerapps.Account
		robot    *powerapps.Account // in environment variables
		half     error
		listErr  error
		account  string // option
		settings string
		want     powerapps.Account
		fails    string
		note     string
	}{
		{name: "the latest", accounts: all, want: bob},
		{name: "by user", accounts: all, account: "BOB@contoso.com", want: bob},
		{name: "by domain", accounts: all, account: "fabrikam.com", want: guest},
		{name: "by tenant", accounts: all, account: two, want: guest},
		{name: "by user and tenant", accounts: all, account: "ada@contoso.com/" + one, want: ada},
		{name: "by tenant and user", accounts: all, account: one + "/ada@contoso.com", want: ada},
		{name: "a user of two tenants", accounts: all, account: "ada@contoso.com",
			fails: "--account: ada@contoso.com may be ada@contoso.com/" + one + " or ada@contoso.com/" + two + ": give USER/TENANT"},
		{name: "nobody of that name", accounts: []powerapps.Account{ada, bob}, account: "eve",
			fails: "--account: eve is not signed in; there is ada@contoso.com/" + one + " or bob@contoso.com/" + one},
		{name: "the tenant of the settings", accounts: all, settings: `{"tenant": "fabrikam.com"}`, want: guest},
		{name: "any tenant of the settings", accounts: all, settings: `{"tenant": "common"}`, want: bob},
		{name: "another tenant in the settings", accounts: all, settings: `{"tenant": "else.com"}`, want: bob,
			note: "settings.json is for the tenant else.com, but nobody is signed in there; bob@contoso.com/" + one + " is used"},
		{name: "the variables", accounts: all, robot: &robot, want: account(func(a *powerapps.Account) { *a = robot; a.Cloud = "public" })},
		{name: "the variables, unreadable sign-ins", listErr: errors.New("broken"), robot: &robot, want: account(func(a *powerapps.Account) { *a = robot; a.Cloud = "public" })},
		{name: "the option before the variables", accounts: all, robot: &robot, account: "fabrikam.com", want: guest},
		{name: "the option means the variables", accounts: all, robot: &robot, account: "robot", want: account(func(a *powerapps.Account) { *a = robot; a.Cloud = "public" })},
		{name: "half of the variables", accounts: all, half: errors.New("PACONN_TENANT_ID is missing"), fails: "PACONN_TENANT_ID is missing"},
		{name: "half of the variables do not matter to the option", accounts: all, half: errors.New("PACONN_TENANT_ID is missing"), account: "fabrikam.com", want: guest},
		{name: "unreadable sign-ins", listErr: errors.New("broken"), fails: "broken"},
		{name: "nobody", fails: "nobody is signed in to the cloud public"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.Accounts.Accounts, w.Accounts.Principal, w.Accounts.Half, w.Accounts.ListErr = tt.accounts, tt.robot, tt.half, tt.listErr
			where := commands.Where{Account: tt.account}
			if tt.settings != "" {
				w.write("settings.json", tt.settings)
				where.Settings = "settings.json"
			}
			_, err := commands.List(context.Background(), w.Env, commands.ListArgs{What: "environments", Where: where})
			if !failsWith(t, err, tt.fails) {
				return
			}
			if w.Source.Account != tt.want {
				t.Errorf("tokens of %+v, want %+v", w.Source.Account, tt.want)
			}
			if got := strings.Join(w.Notes, "; "); got != tt.note {
				t.Errorf("notes %q, want %q", got, tt.note)
			}
		})
	}
}

// Who signed in for another audience, or with another application, goes on with these.
func TestTokensAreAsTheSignIn(t *testing.T) {
	w := newWorld(t)
	w.Accounts.Accounts = []powerapps.Account{account(func(a *powerapps.Account) { a.Resource, a.Client = "https://other.example/", "my-app" })}
	if _, err := commands.List(context.Background(), w.Env, commands.ListArgs{What: "environments"}); err != nil {
		t.Fatal(err)
	}
	if w.Cloud.Resource != "https://other.example/" || w.Source.Cloud.Client != "my-app" {
		t.Errorf("connected with audience %s and application %s", w.Cloud.Resource, w.Source.Cloud.Client)
	}
}
