package commands_test

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

const gccResource = "https://gov.service.powerapps.us/"

// loginsWhere say where a sign-in goes to.
var loginsWhere = []struct {
	name     string
	args     commands.LoginArgs
	settings string
	variable string // PACONN_CLOUD
	manner   commands.Manner
	answers  []any
	want     string // cloud, authority, tenant, client, resource
	fails    string
	asked    string
	notes    []string
}{
	{name: "nothing said", want: "public https://login.microsoftonline.com - azure https://service.powerapps.com/"},
	{name: "a cloud", args: commands.LoginArgs{Cloud: "gcc"}, want: "gcc https://login.microsoftonline.com - azure " + gccResource},
	{name: "the variable", variable: "china", want: "china https://login.chinacloudapi.cn - azure https://service.powerapps.cn"},
	{name: "no such cloud", args: commands.LoginArgs{Cloud: "moon"}, fails: `--cloud: there is no cloud "moon"`},
	{name: "an audience says the cloud", args: commands.LoginArgs{Resource: "https://gov.service.powerapps.us"}, variable: "public",
		want: "gcc https://login.microsoftonline.com - azure " + gccResource},
	{name: "an audience of the settings says the cloud", settings: `{"resource": "` + gccResource + `"}`,
		want: "gcc https://login.microsoftonline.com - azure " + gccResource},
	{name: "an address of the settings says the cloud", settings: `{"powerAppsUrl": "https://high.api.powerapps.us"}`,
		want: "gcchigh https://login.microsoftonline.us - azure https://high.service.powerapps.us/"},
	{name: "an authority says the cloud", args: commands.LoginArgs{Authority: "https://login.chinacloudapi.cn/"},
		want: "china https://login.chinacloudapi.cn - azure https://service.powerapps.cn"},
	{name: "an authority of two clouds", args: commands.LoginArgs{Authority: "https://login.microsoftonline.us"},
		fails: "--authority_url: people of several clouds sign in there: give --cloud gcchigh or --cloud dod"},
	{name: "an authority of another cloud", args: commands.LoginArgs{Cloud: "gcc", Authority: "https://login.microsoftonline.us"},
		want:  "gcc https://login.microsoftonline.us - azure " + gccResource,
		notes: []string{"https://login.microsoftonline.us is where people of the cloud gcchigh sign in, not those of the cloud gcc"}},
	{name: "tenant and application", args: commands.LoginArgs{Tenant: "contoso.com", Client: "app"},
		want: "public https://login.microsoftonline.com contoso.com app https://service.powerapps.com/"},
	{name: "a tenant that is a path", args: commands.LoginArgs{Tenant: "../x"}, fails: "--tenant: ../x is no tenant"},
	{name: "options go over the settings", settings: `{"tenant": "a.com", "clientId": "one"}`, args: commands.LoginArgs{Tenant: "b.com", Client: "two"},
		want:  "public https://login.microsoftonline.com b.com two https://service.powerapps.com/",
		notes: []string{"--tenant b.com goes over the tenant of settings.json, a.com", "--clid two goes over the clientId of settings.json, one"}},
	{name: "settings go over options in the manner of paconn", manner: commands.Paconn, settings: `{"tenant": "a.com"}`, args: commands.LoginArgs{Tenant: "b.com", Client: "two"},
		want:  "public https://login.microsoftonline.com a.com azure https://service.powerapps.com/",
		notes: []string{"--tenant b.com is ignored: with --settings, what settings.json says holds", "--clid two is ignored: with --settings, what settings.json says holds"}},

	{name: "a strange authority by option", args: commands.LoginArgs{Authority: "https://sts.example/"},
		want:  "public https://sts.example - azure https://service.powerapps.com/",
		notes: []string{"what you sign in with is sent to sts.example, as --authority_url says"}},
	{name: "a strange authority without encryption", args: commands.LoginArgs{Authority: "http://sts.example"}, fails: "--authority_url: http://sts.example is refused"},
	{name: "a strange authority of the settings", settings: `{"authorityUrl": "https://sts.example"}`,
		fails: "settings.json, authorityUrl: it would send what you sign in with to sts.example, which is no host of a known cloud; if you trust it, say so with --trust-host sts.example or PACONN_TRUST_HOSTS"},
	{name: "a strange authority of the settings, trusted", settings: `{"authorityUrl": "https://sts.example"}`, args: commands.LoginArgs{TrustHosts: []string{"sts.example"}},
		want: "public https://sts.example - azure https://service.powerapps.com/"},
	{name: "a strange authority of the settings, yes", settings: `{"authorityUrl": "https://sts.example"}`, answers: []any{true},
		want:  "public https://sts.example - azure https://service.powerapps.com/",
		asked: "The authorityUrl of settings.json sends what you sign in with to sts.example, which is no host of a known cloud. Do you trust it?"},
	{name: "a strange authority of the settings that the option says too", settings: `{"authorityUrl": "https://sts.example"}`, args: commands.LoginArgs{Authority: "https://sts.example"},
		want:  "public https://sts.example - azure https://service.powerapps.com/",
		notes: []string{"what you sign in with is sent to sts.example, as --authority_url says"}},
	{name: "a strange audience by option", args: commands.LoginArgs{Resource: "https://graph.example"}, want: "public https://login.microsoftonline.com - azure https://graph.example"},
	{name: "a strange audience of the settings", settings: `{"resource": "https://graph.example"}`,
		fails: "settings.json, resource: it wants tokens for https://graph.example, which is not an audience of the cloud public; if you trust it, say so with --resource https://graph.example"},
	{name: "a strange application of the settings", settings: `{"clientId": "app"}`,
		fails: "settings.json, clientId: it wants you to sign in with the application app, which is not an application of the cloud public; if you trust it, say so with --clid app"},
	{name: "a strange application of the settings, no", settings: `{"clientId": "app"}`, answers: []any{false}, fails: "settings.json, clientId: you do not trust what it says",
		asked: "The clientId of settings.json wants you to sign in with the application app, which is not an application of the cloud public. Do you trust it?"},
	{name: "what somebody signed in with", settings: `{"clientId": "known-app", "authorityUrl": "https://known.example", "resource": "https://known.example/api"}`,
		want: "public https://known.example - known-app https://known.example/api"},
	{name: "an application of the settings, for a service principal", settings: `{"clientId": "app"}`,
		args: commands.LoginArgs{Means: "federated", Tenant: "contoso.com"}, want: "public https://login.microsoftonline.com contoso.com app https://service.powerapps.com/"},
	{name: "the variable before an audience of the settings", variable: "china", settings: `{"resource": "` + gccResource + `"}`,
		fails: "settings.json, resource: it wants tokens for https://gov.service.powerapps.us/, which is not an audience of the cloud china"},
}

func TestLoginWhere(t *testing.T) {
	for _, tt := range loginsWhere {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.Accounts.Accounts = []powerapps.Account{account(func(a *powerapps.Account) {
				a.Client, a.Authority, a.Resource = "known-app", "https://known.example", "https://known.example/api"
			})}
			w.Manner, w.Variables["PACONN_CLOUD"], w.Variables["SSH_TTY"] = tt.manner, tt.variable, "1"
			if tt.settings != "" {
				w.write("settings.json", tt.settings)
				tt.args.Settings = "settings.json"
			}
			asker := w.asked(tt.answers)
			tt.args.Force = true
			_, err := commands.Login(context.Background(), w.Env, tt.args)
			if got := strings.Join(asker.Asked, "; "); got != tt.asked {
				t.Errorf("asked %q, want %q", got, tt.asked)
			}
			if err != nil && len(w.Accounts.SignIns) > 0 {
				t.Error("signed in all the same")
			}
			if !failsWith(t, err, tt.fails) {
				return
			}
			in := w.Accounts.SignIns[0]
			got := strings.Join([]string{in.Cloud.Name, in.Cloud.Authority, cmp.Or(in.Tenant, "-"), in.Cloud.Client, in.Cloud.Resource}, " ")
			if got = strings.Replace(got, ada.Client, "azure", 1); got != tt.want {
				t.Errorf("signed in to %s, want %s", got, tt.want)
			}
			if !slices.Equal(w.Notes, tt.notes) {
				t.Errorf("notes %q, want %q", w.Notes, tt.notes)
			}
		})
	}
}

func byVariables(m powerapps.Means) *powerapps.Account { return &powerapps.Account{Means: m} }

// loginsHow say how somebody signs in.
var loginsHow = []struct {
	name      string
	args      commands.LoginArgs
	variables map[string]string
	robot     *powerapps.Account // what the variables describe
	half      error
	manner    commands.Manner
	nobody    bool // to ask
	answers   []any
	want      powerapps.SignIn // but for the cloud
	client    string
	fails     string
}{
	{name: "nobody to ask", variables: map[string]string{"DISPLAY": ":0"}, nobody: true, want: powerapps.SignIn{Means: powerapps.DeviceCode}},
	{name: "a desktop", variables: map[string]string{"DISPLAY": ":0"}, want: powerapps.SignIn{Means: powerapps.Browser}},
	{name: "a desktop far away", variables: map[string]string{"DISPLAY": ":0", "SSH_CONNECTION": "x"}, want: powerapps.SignIn{Means: powerapps.DeviceCode}},
	{name: "a desktop in the manner of paconn", variables: map[string]string{"DISPLAY": ":0"}, manner: commands.Paconn, want: powerapps.SignIn{Means: powerapps.DeviceCode}},
	{name: "as asked for", args: commands.LoginArgs{Means: "browser"}, nobody: true, want: powerapps.SignIn{Means: powerapps.Browser}},
	{name: "no such way", args: commands.LoginArgs{Means: "password"}, fails: `--with: password is no way to sign in; there are "device-code", "browser", "client-secret"`},
	{name: "a person does not use the variables of a service principal", args: commands.LoginArgs{Means: "device-code"}, robot: byVariables(powerapps.ClientSecret),
		variables: map[string]string{"PACONN_TENANT_ID": "contoso.com", "PACONN_CLIENT_ID": "robot", "PACONN_CLIENT_SECRET": "s3cret"}, want: powerapps.SignIn{Means: powerapps.DeviceCode}},
	{name: "a tenant and an application in the variables are those of a person", half: errors.New("nothing proves it"), nobody: true,
		variables: map[string]string{"PACONN_TENANT_ID": "contoso.com", "PACONN_CLIENT_ID": "app"}, want: powerapps.SignIn{Means: powerapps.DeviceCode, Tenant: "contoso.com"}, client: "app"},
	{name: "options go over those of a person", half: errors.New("nothing proves it"), nobody: true, args: commands.LoginArgs{Tenant: "b.com", Client: "b"},
		variables: map[string]string{"PACONN_TENANT_ID": "contoso.com", "PACONN_CLIENT_ID": "app"}, want: powerapps.SignIn{Means: powerapps.DeviceCode, Tenant: "b.com"}, client: "b"},
	{name: "a secret in the variables", robot: byVariables(powerapps.ClientSecret), nobody: true,
		variables: map[string]string{"PACONN_TENANT_ID": "contoso.com", "PACONN_CLIENT_ID": "robot", "PACONN_CLIENT_SECRET": "s3cret"},
		want:      powerapps.SignIn{Means: powerapps.ClientSecret, Tenant: "contoso.com", Secret: "s3cret"}, client: "robot"},
	{name: "options before the variables", robot: byVariables(powerapps.ClientSecret), args: commands.LoginArgs{Tenant: "fabrikam.com", Client: "other"},
		variables: map[string]string{"PACONN_TENANT_ID": "contoso.com", "PACONN_CLIENT_ID": "robot", "PACONN_CLIENT_SECRET": "s3cret"},
		want:      powerapps.SignIn{Means: powerapps.ClientSecret, Tenant: "fabrikam.com", Secret: "s3cret"}, client: "other"},
	{name: "half of the variables", half: errors.New("PACONN_CLIENT_ID is missing"), variables: map[string]string{"PACONN_CLIENT_SECRET": "s3cret"}, fails: "PACONN_CLIENT_ID is missing"},
	{name: "half of the variables do not matter to who says how", args: commands.LoginArgs{Means: "device-code"}, half: errors.New("PACONN_CLIENT_ID is missing"),
		want: powerapps.SignIn{Means: powerapps.DeviceCode}},
	{name: "a secret is asked for", args: commands.LoginArgs{Means: "client-secret", Tenant: "contoso.com", Client: "robot"}, answers: []any{"typed"},
		want: powerapps.SignIn{Means: powerapps.ClientSecret, Tenant: "contoso.com", Secret: "typed"}, client: "robot"},
	{name: "a secret and nobody to ask", args: commands.LoginArgs{Means: "client-secret", Tenant: "contoso.com", Client: "robot"}, nobody: true,
		fails: "no clientSecret is given, and there is nobody to ask: give PACONN_CLIENT_SECRET"},
	{name: "a certificate", args: commands.LoginArgs{Certificate: "my.pfx", Tenant: "contoso.com", Client: "robot"}, variables: map[string]string{"PACONN_CLIENT_CERTIFICATE_PASSWORD": "pw"},
		want: powerapps.SignIn{Means: powerapps.Certificate, Tenant: "contoso.com", Certificate: "DIR/my.pfx", CertPassword: "pw"}, client: "robot"},
	{name: "a certificate that is not named", args: commands.LoginArgs{Means: "certificate", Tenant: "contoso.com", Client: "robot"}, fails: "no certificate is given"},
	{name: "a token file", args: commands.LoginArgs{FederatedToken: "token", Tenant: "contoso.com", Client: "robot"},
		want: powerapps.SignIn{Means: powerapps.Federated, Tenant: "contoso.com", FederatedToken: "DIR/token"}, client: "robot"},
	{name: "a token of the pipeline", args: commands.LoginArgs{Means: "federated", Tenant: "contoso.com", Client: "robot"},
		want: powerapps.SignIn{Means: powerapps.Federated, Tenant: "contoso.com"}, client: "robot"},
	{name: "the machine", args: commands.LoginArgs{Means: "managed-identity"}, want: powerapps.SignIn{Means: powerapps.ManagedIdentity}},
	{name: "an identity of the machine", args: commands.LoginArgs{Means: "managed-identity", Client: "identity"},
		want: powerapps.SignIn{Means: powerapps.ManagedIdentity, IdentityClient: "identity"}, client: "identity"},
	{name: "an identity of the machine in the variables", robot: &powerapps.Account{Means: powerapps.ManagedIdentity, From: "/subscriptions/x"},
		want: powerapps.SignIn{Means: powerapps.ManagedIdentity, IdentityClient: "/subscriptions/x"}},
	{name: "no tenant", args: commands.LoginArgs{Means: "client-secret", Client: "robot"}, fails: "no tenant is given, and there is nobody to ask: give --tenant or PACONN_TENANT_ID"},
	{name: "no application", args: commands.LoginArgs{Means: "client-secret", Tenant: "contoso.com"}, fails: "no clientId is given, and there is nobody to ask: give --clid or PACONN_CLIENT_ID"},
	{name: "interrupted", args: commands.LoginArgs{Means: "client-secret", Tenant: "contoso.com", Client: "robot"}, answers: []any{context.Canceled}, fails: "context canceled"},
}

func TestLoginHow(t *testing.T) {
	for _, tt := range loginsHow {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.Manner, w.Accounts.Accounts, w.Accounts.Principal, w.Accounts.Half = tt.manner, nil, tt.robot, tt.half
			for name, value := range tt.variables {
				w.Variables[name] = value
			}
			if !tt.nobody {
				w.Ask = newAsker(t, tt.answers...)
			}
			_, err := commands.Login(context.Background(), w.Env, tt.args)
			if !failsWith(t, err, tt.fails) {
				return
			}
			got := w.Accounts.SignIns[0]
			if client := got.Cloud.Client; client != tt.client && client != cmp.Or(tt.client, ada.Client) {
				t.Errorf("the application is %q, want %q", client, tt.client)
			}
			got.Cloud = powerapps.Cloud{}
			for _, path := range []*string{&got.Certificate, &got.FederatedToken} {
				*path = filepath.ToSlash(strings.Replace(*path, w.Dir, "DIR", 1))
			}
			if got != tt.want {
				t.Errorf("signed in with %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestLoginAlready(t *testing.T) {
	soon, later := time.Now().Add(5*time.Minute), time.Now().Add(time.Hour)
	lasting := func(change func(*powerapps.Account)) powerapps.Account {
		return account(func(a *powerapps.Account) { a.Expires = later; change(a) })
	}
	for _, tt := range []struct {
		name     string
		there    powerapps.Account
		args     commands.LoginArgs
		tokenErr error
		already  bool
		fails    string
	}{
		{name: "valid", there: lasting(func(*powerapps.Account) {}), already: true},
		{name: "forced", there: lasting(func(*powerapps.Account) {}), args: commands.LoginArgs{Force: true}},
		{name: "about to end, but renewed", there: account(func(a *powerapps.Account) { a.Expires = soon }), already: true},
		{name: "about to end, and not renewable", there: account(func(a *powerapps.Account) { a.Expires, a.Renewable = soon, false })},
		{name: "it cannot be renewed", there: ada, tokenErr: &powerapps.SignInError{Problem: "it was taken back"}},
		{name: "whether it can be renewed is not known", there: ada, tokenErr: errors.New("no network"), fails: "no network"},
		{name: "another cloud", there: lasting(in("gcc"))},
		{name: "another tenant", there: lasting(func(a *powerapps.Account) { a.Tenant = "fabrikam.com" }), args: commands.LoginArgs{Tenant: "contoso.com"}},
		{name: "the tenant by its id", there: lasting(func(*powerapps.Account) {}), args: commands.LoginArgs{Tenant: ada.TenantID}, already: true},
		{name: "any tenant", there: lasting(func(a *powerapps.Account) { a.Tenant = "fabrikam.com" }), args: commands.LoginArgs{Tenant: "common"}, already: true},
		{name: "another application", there: lasting(func(a *powerapps.Account) { a.Client = "app" })},
		{name: "another audience", there: lasting(func(a *powerapps.Account) { a.Resource = "https://other.example" })},
		{name: "another authority", there: lasting(func(a *powerapps.Account) { a.Authority = "https://sts.example" })},
		{name: "a service principal", there: lasting(func(a *powerapps.Account) { a.Means = powerapps.ClientSecret })},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.Accounts.Accounts, w.Accounts.TokenErr = []powerapps.Account{tt.there}, tt.tokenErr
			got, err := commands.Login(context.Background(), w.Env, tt.args)
			if !failsWith(t, err, tt.fails) {
				return
			}
			if got.Already != tt.already || len(w.Accounts.SignIns) > 0 == tt.already {
				t.Errorf("already %v after %d sign-ins, want %v", got.Already, len(w.Accounts.SignIns), tt.already)
			}
			if got.Storage != "in memory" || tt.already && (got.Account.User != ada.User || time.Until(got.Account.Expires) < 30*time.Minute) {
				t.Errorf("result %+v", got)
			}
		})
	}
}

// Who logs in to where somebody is signed in already is the latest sign-in after it.
func TestLoginAlreadyIsTheLatest(t *testing.T) {
	w := newWorld(t)
	gcc := account(in("gcc"))
	w.Accounts.Accounts = []powerapps.Account{gcc, ada}
	got, err := commands.Login(context.Background(), w.Env, commands.LoginArgs{})
	if err != nil || !got.Already || w.Accounts.Accounts[0] != ada || len(w.Accounts.Accounts) != 2 {
		t.Errorf("%+v, %v, signed in are %+v", got, err, w.Accounts.Accounts)
	}
	w.Accounts.Accounts, w.Accounts.PreferErr = []powerapps.Account{gcc, ada}, errors.New("read-only")
	if _, err = commands.Login(context.Background(), w.Env, commands.LoginArgs{}); err == nil {
		t.Error("it is not the latest, and nobody is told")
	}
}

// A service principal signs in anew each time: a secret that is wrong has to be noticed.
func TestLoginOfServicePrincipalIsTried(t *testing.T) {
	w := newWorld(t)
	robot := powerapps.Account{Means: powerapps.ClientSecret, Tenant: "contoso.com", Client: "robot", Expires: time.Now().Add(time.Hour)}
	w.Accounts.Accounts, w.Accounts.Principal = []powerapps.Account{robot}, &robot
	w.Variables = map[string]string{"PACONN_TENANT_ID": "contoso.com", "PACONN_CLIENT_ID": "robot", "PACONN_CLIENT_SECRET": "s"}
	got, err := commands.Login(context.Background(), w.Env, commands.LoginArgs{})
	if err != nil || got.Already || len(w.Accounts.SignIns) != 1 {
		t.Errorf("%+v, %v after %d sign-ins", got, err, len(w.Accounts.SignIns))
	}
}

func TestLoginNeedsAWayToShow(t *testing.T) {
	w := newWorld(t)
	w.Show = nil
	_, err := commands.Login(context.Background(), w.Env, commands.LoginArgs{})
	var need *commands.NeedError
	if !errors.As(err, &need) || need.What != "means" {
		t.Errorf("error %v", err)
	}
}

func TestLogout(t *testing.T) {
	gcc := account(in("gcc"))
	fabrikam := account(func(a *powerapps.Account) { a.Tenant, a.TenantID = "fabrikam.com", "2222" })
	bob := account(func(a *powerapps.Account) { a.User = "bob@contoso.com" })
	for _, tt := range []struct {
		name  string
		args  commands.LogoutArgs
		there []powerapps.Account
		left  int
		fails string
	}{
		{"everybody", commands.LogoutArgs{}, []powerapps.Account{ada, gcc, fabrikam}, 0, ""},
		{"a cloud", commands.LogoutArgs{Cloud: "GCC"}, []powerapps.Account{ada, gcc, fabrikam}, 2, ""},
		{"a tenant by its domain", commands.LogoutArgs{Tenant: "fabrikam.com"}, []powerapps.Account{ada, gcc, fabrikam}, 2, ""},
		{"a tenant by its id", commands.LogoutArgs{Tenant: ada.TenantID}, []powerapps.Account{ada, gcc, fabrikam}, 1, ""},
		{"a tenant of a cloud", commands.LogoutArgs{Cloud: "gcc", Tenant: ada.TenantID}, []powerapps.Account{ada, gcc, fabrikam}, 2, ""},
		{"one of two in a tenant", commands.LogoutArgs{Cloud: "public", Account: "bob@contoso.com"}, []powerapps.Account{ada, bob}, 1, ""},
		{"one of two of a user", commands.LogoutArgs{Account: ada.User + "/2222"}, []powerapps.Account{ada, fabrikam}, 1, ""},
		{"nobody is there", commands.LogoutArgs{}, nil, 0, ""},
		{"nobody of that cloud", commands.LogoutArgs{Cloud: "dod"}, []powerapps.Account{ada}, 1, ""},
		{"a sandbox that runs no more", commands.LogoutArgs{Cloud: "sandbox"}, []powerapps.Account{ada}, 1, ""},
		{"a cloud that is known no more", commands.LogoutArgs{Cloud: "gone"}, []powerapps.Account{account(in("gone"))}, 0, ""},
		{"no such cloud", commands.LogoutArgs{Cloud: "moon"}, []powerapps.Account{ada}, 1, `--cloud: there is no cloud "moon"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.Accounts.Accounts = slices.Clone(tt.there)
			got, err := commands.Logout(context.Background(), w.Env, tt.args)
			if len(w.Accounts.Accounts) != tt.left {
				t.Errorf("%d are left, want %d", len(w.Accounts.Accounts), tt.left)
			}
			if failsWith(t, err, tt.fails) && (got.Removed == nil || len(got.Removed) != len(tt.there)-tt.left) {
				t.Errorf("removed %v", got.Removed)
			}
		})
	}
}

func TestStatus(t *testing.T) {
	gcc, robot := account(in("gcc")), powerapps.Account{User: "robot", Means: powerapps.ClientSecret}
	of := func(cloud string) powerapps.Account { r := robot; r.Cloud = cloud; return r }
	for _, tt := range []struct {
		name      string
		cloud     string
		there     []powerapps.Account
		robot     *powerapps.Account
		half      error
		want      []powerapps.Account
		variables bool
		note      string
		fails     string
	}{
		{name: "the latest first", there: []powerapps.Account{gcc, ada}, want: []powerapps.Account{gcc, ada}},
		{name: "nobody", want: []powerapps.Account{}},
		{name: "of a cloud", cloud: "public", there: []powerapps.Account{gcc, ada}, want: []powerapps.Account{ada}},
		{name: "nobody in a cloud", cloud: "dod", there: []powerapps.Account{gcc, ada}, want: []powerapps.Account{}},
		{name: "no such cloud", cloud: "moon", there: []powerapps.Account{gcc, ada}, fails: `--cloud: there is no cloud "moon"`},
		{name: "a sandbox that runs no more", cloud: "sandbox", there: []powerapps.Account{account(in("sandbox"))}, want: []powerapps.Account{account(in("sandbox"))}},
		{name: "the variables where the latest is", there: []powerapps.Account{gcc, ada}, robot: &robot, want: []powerapps.Account{of("gcc"), gcc, ada}, variables: true},
		{name: "the variables alone", robot: &robot, want: []powerapps.Account{of("public")}, variables: true},
		{name: "the variables in a cloud", cloud: "dod", there: []powerapps.Account{ada}, robot: &robot, want: []powerapps.Account{of("dod")}, variables: true},
		{name: "the latest is of a cloud that is there no more", there: []powerapps.Account{account(in("sandbox")), ada}, want: []powerapps.Account{account(in("sandbox")), ada}},
		{name: "the variables where the latest is, which is there no more", there: []powerapps.Account{account(in("sandbox"))}, robot: &robot, want: []powerapps.Account{account(in("sandbox"))},
			note: "what environment variables say is of no use: the latest sign-in: it is to the cloud sandbox, but no sandbox is running: start one with paconn-ls sandbox (under the same PACONN_CONFIG_DIR); or give --cloud, or forget it with paconn-ls logout --cloud sandbox"},
		{name: "half of the variables", there: []powerapps.Account{ada}, half: errors.New("PACONN_CLIENT_ID is missing"), want: []powerapps.Account{ada},
			note: "what environment variables say is of no use: PACONN_CLIENT_ID is missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.Accounts.Accounts, w.Accounts.Principal, w.Accounts.Half = tt.there, tt.robot, tt.half
			if tt.robot != nil || tt.half != nil {
				w.Variables["PACONN_CLIENT_SECRET"] = "of the robot"
			}
			got, err := commands.Status(context.Background(), w.Env, commands.StatusArgs{Cloud: tt.cloud})
			if !failsWith(t, err, tt.fails) {
				return
			}
			if !slices.Equal(got.Accounts, tt.want) || got.Accounts == nil || got.Variables != tt.variables || got.Storage != "in memory" {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
			if notes := strings.Join(w.Notes, "; "); notes != tt.note {
				t.Errorf("notes %q, want %q", notes, tt.note)
			}
		})
	}
}

// Of clouds that share their audience, the one of PACONN_CLOUD or of the authority is meant.
func TestCloudsThatShareAnAudience(t *testing.T) {
	for _, tt := range []struct{ variable, authority, want string }{
		{want: "public"}, {variable: "mine", want: "mine"}, {authority: "https://sts.example/", want: "mine"},
		{variable: "public", authority: "https://sts.example", want: "public"},
	} {
		w := newWorld(t)
		w.Variables["PACONN_CLOUD"], w.Variables["SSH_TTY"] = tt.variable, "1"
		w.Clouds = func() (powerapps.Clouds, error) {
			clouds := powerapps.BuiltinClouds()
			mine := clouds[0]
			mine.Name, mine.Authority = "mine", "https://sts.example"
			return append(clouds, mine), nil
		}
		args := commands.LoginArgs{Resource: "https://service.powerapps.com/", Authority: tt.authority, Force: true}
		if _, err := commands.Login(context.Background(), w.Env, args); err != nil || w.Accounts.SignIns[0].Cloud.Name != tt.want {
			t.Errorf("%+v: signed in to %+v, %v", tt, w.Accounts.SignIns, err)
		}
	}
}
