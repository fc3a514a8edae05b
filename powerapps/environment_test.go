package powerapps_test

import (
	"errors"
	"strings"
	"testing"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// described are environment variables, and whom they describe.
var described = []struct {
	name    string
	vars    string // NAME=value, with blanks between them; PACONN_ is left out
	prepare func(d *desk)
	means   powerapps.Means // "" when nobody is described
	want    string          // of the error of the description
	refused string          // of the error of the token
}{
	{name: "nothing"},
	{name: "defaults of login", vars: "TENANT_ID=" + contoso},
	{name: "an application for people", vars: "CLIENT_ID=" + app},
	{name: "secret", vars: "CLIENT_ID=" + app + " TENANT_ID=" + contoso + " CLIENT_SECRET=" + goodSecret, means: powerapps.ClientSecret},
	{name: "wrong secret", vars: "CLIENT_ID=" + app + " TENANT_ID=" + contoso + " CLIENT_SECRET=wrong", means: powerapps.ClientSecret,
		refused: "could not sign in to the sandbox cloud: AADSTS7000215: Invalid client secret provided"},
	{name: "certificate", vars: "CLIENT_ID=" + app + " TENANT_ID=" + contoso + " CLIENT_CERTIFICATE_PASSWORD=hidden-password", means: powerapps.Certificate,
		prepare: func(d *desk) { d.env["PACONN_CLIENT_CERTIFICATE"] = d.certificate("protected.pem") }},
	{name: "no such certificate", vars: "CLIENT_ID=" + app + " TENANT_ID=" + contoso + " CLIENT_CERTIFICATE=nowhere.pem", means: powerapps.Certificate,
		refused: "the certificate nowhere.pem: "},
	{name: "token file", vars: "CLIENT_ID=" + app + " TENANT_ID=" + contoso, means: powerapps.Federated,
		prepare: func(d *desk) { d.env["PACONN_FEDERATED_TOKEN_FILE"] = d.file("token", federated(exchange)) }},
	{name: "GitHub Actions", vars: "CLIENT_ID=" + app + " TENANT_ID=" + contoso, prepare: (*desk).actions, means: powerapps.Federated},
	{name: "GitHub Actions, with a job that is not about it", prepare: (*desk).actions},
	{name: "the machine's identity", vars: "MANAGED_IDENTITY=system", prepare: func(d *desk) { d.identity("") }, means: powerapps.ManagedIdentity},
	{name: "an identity by its client id", vars: "MANAGED_IDENTITY=id-6", prepare: func(d *desk) { d.identity("id-6") }, means: powerapps.ManagedIdentity},
	{name: "an identity by the application", vars: "MANAGED_IDENTITY=true CLIENT_ID=id-7", prepare: func(d *desk) { d.identity("id-7") }, means: powerapps.ManagedIdentity},
	{name: "no identity", vars: "MANAGED_IDENTITY=false"},
	{name: "no tenant", vars: "CLIENT_ID=" + app + " CLIENT_SECRET=" + goodSecret,
		want: "PACONN_CLIENT_SECRET: the service principal is not described as a whole: set PACONN_TENANT_ID too"},
	{name: "a secret alone", vars: "CLIENT_SECRET=" + goodSecret, want: "set PACONN_CLIENT_ID and PACONN_TENANT_ID too"},
	{name: "a secret alone that goes with a sign-in", vars: "CLIENT_SECRET=" + goodSecret, prepare: func(d *desk) {
		d.signIn(powerapps.SignIn{Means: powerapps.ClientSecret, Secret: goodSecret, Tenant: contoso, Cloud: powerapps.Cloud{Client: app}}, nil)
	}},
	{name: "no proof", vars: "CLIENT_ID=" + app + " TENANT_ID=" + contoso,
		want: "PACONN_CLIENT_ID and PACONN_TENANT_ID: they describe a service principal, but what proves it is missing: set PACONN_CLIENT_SECRET, PACONN_CLIENT_CERTIFICATE or PACONN_FEDERATED_TOKEN_FILE"},
	{name: "no proof in GitHub Actions", vars: "CLIENT_ID=" + app + " TENANT_ID=" + contoso, prepare: func(d *desk) { d.env["GITHUB_ACTIONS"] = "true" },
		want: "what proves it is missing: give the job the permission id-token: write, or set PACONN_CLIENT_SECRET"},
	{name: "defaults of a person's sign-in", vars: "CLIENT_ID=" + app + " TENANT_ID=" + contoso, prepare: func(d *desk) {
		d.signIn(powerapps.SignIn{Means: powerapps.DeviceCode, Tenant: contoso, Cloud: powerapps.Cloud{Client: app}}, &person{desk: d})
	}},
	{name: "two proofs", vars: "CLIENT_ID=" + app + " TENANT_ID=" + contoso + " CLIENT_SECRET=" + goodSecret + " CLIENT_CERTIFICATE=x.pem",
		want: "PACONN_CLIENT_SECRET and PACONN_CLIENT_CERTIFICATE: each of them is a way to sign in by itself: leave one"},
	{name: "any tenant", vars: "CLIENT_ID=" + app + " TENANT_ID=common CLIENT_SECRET=" + goodSecret, want: "PACONN_TENANT_ID: a service principal belongs to one directory: set its id or domain, not common"},
	{name: "no tenant at all", vars: "CLIENT_ID=" + app + " TENANT_ID=../elsewhere CLIENT_SECRET=" + goodSecret, want: `PACONN_TENANT_ID: "../elsewhere" is neither`},
	{name: "the application of people", vars: "CLIENT_ID=04b07795-8ddb-461a-bbee-02f9e1bf7b46 TENANT_ID=" + contoso + " CLIENT_SECRET=" + goodSecret, want: "PACONN_CLIENT_ID: this is the application of the Azure CLI"},
}

func TestFromEnvironment(t *testing.T) {
	for _, c := range described {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, sandbox.Options{})
			if c.prepare != nil {
				c.prepare(d)
			}
			for _, v := range strings.Fields(c.vars) {
				name, value, _ := strings.Cut(v, "=")
				d.env["PACONN_"+name] = value
			}
			before := d.users()
			source, account, ok, err := d.open().FromEnvironment(d.Cloud())
			if text := d.told(err); !strings.Contains(text, c.want) || c.want == "" && err != nil || c.want != "" && err == nil {
				t.Fatalf("got %q, want %q", text, c.want)
			}
			if wrong := (*powerapps.VariablesError)(nil); err != nil && !errors.As(err, &wrong) {
				t.Errorf("got %T", err)
			}
			if ok != (c.means != "") || ok && account.Means != c.means {
				t.Fatalf("described: %v, %+v", ok, account)
			}
			if !ok {
				return
			}
			token, err := source.Token(t.Context(), resource)
			if text := d.told(err); !strings.Contains(text, c.refused) || c.refused == "" && err != nil {
				t.Errorf("got %q, want %q", text, c.refused)
			}
			if c.refused == "" && token.ObjectID == "" {
				t.Error("the token is of nobody")
			}
			if got := d.users(); len(got) != len(before) {
				t.Errorf("kept: %q", got)
			}
		})
	}
}
