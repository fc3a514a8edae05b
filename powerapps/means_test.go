package powerapps_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// federated is what another identity provider says of a job.
func federated(audience string) string {
	return unsigned(map[string]any{
		"iss": "https://issuer.example", "sub": "repo:contoso/connectors", "aud": audience, "exp": time.Now().Add(time.Hour).Unix(),
	})
}

const exchange = "api://AzureADTokenExchange"

// actions is GitHub's endpoint for the tokens of jobs.
func (d *desk) actions() {
	d.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "runner-token"
	d.env["ACTIONS_ID_TOKEN_REQUEST_URL"] = d.provider(func(r *http.Request) (int, any) {
		if r.Header.Get("Authorization") != "Bearer runner-token" || r.URL.Query().Get("api-version") != "2.0" {
			return http.StatusUnauthorized, nil
		}
		return http.StatusOK, map[string]any{"value": federated(r.URL.Query().Get("audience"))}
	}) + "/token?api-version=2.0"
}

// pipelines is Azure DevOps' endpoint for the tokens of jobs.
func (d *desk) pipelines() {
	d.env["SYSTEM_ACCESSTOKEN"], d.env["PACONN_SERVICE_CONNECTION_ID"] = "runner-token", "connection-1"
	d.env["SYSTEM_OIDCREQUESTURI"] = d.provider(func(r *http.Request) (int, any) {
		if r.Method != http.MethodPost || r.Header.Get("Authorization") != "Bearer runner-token" || r.URL.Query().Get("serviceConnectionId") != "connection-1" {
			return http.StatusUnauthorized, nil
		}
		return http.StatusCreated - 1, map[string]any{"oidcToken": federated(exchange)}
	}) + "/oidctoken"
}

// identity is App Service's endpoint of managed identities, which MSAL finds by the process's own variables.
func (d *desk) identity(id string) {
	d.Setenv("IDENTITY_HEADER", "runner-token")
	d.Setenv("IDENTITY_ENDPOINT", d.provider(func(r *http.Request) (int, any) {
		q := r.URL.Query()
		if r.Header.Get("X-IDENTITY-HEADER") != "runner-token" || q.Get("client_id") != id || !strings.HasPrefix(q.Get("resource"), resource) {
			return http.StatusBadRequest, map[string]any{"statusCode": 400, "message": "no such identity"}
		}
		return http.StatusOK, map[string]any{
			"access_token": unsigned(map[string]any{"oid": "oid-of-the-machine", "tid": contoso, "appid": app}), "token_type": "Bearer",
			"expires_on": time.Now().Add(time.Hour).Unix(), "resource": q.Get("resource"),
		}
	})+"/token")
}

func TestSignInByEveryMeans(t *testing.T) {
	principal := powerapps.SignIn{Tenant: contoso, Cloud: powerapps.Cloud{Client: app}}
	for _, c := range []struct {
		name    string
		prepare func(d *desk, in *powerapps.SignIn)
		in      powerapps.SignIn
		user    string
		tenant  string // whose the tokens are
		asked   string // the grant, "" when the sandbox is not asked
	}{
		{name: "device code", in: powerapps.SignIn{Means: powerapps.DeviceCode}, user: "ada@sandbox.example", asked: "device_code"},
		{name: "device code, of one directory", in: powerapps.SignIn{Means: powerapps.DeviceCode, Tenant: contoso}, user: "ada@sandbox.example", tenant: contoso, asked: "device_code"},
		{name: "browser", in: powerapps.SignIn{Means: powerapps.Browser, Tenant: "contoso.example"}, user: "ada@sandbox.example", asked: "authorization_code"},
		{name: "secret", in: powerapps.SignIn{Means: powerapps.ClientSecret, Secret: goodSecret}, asked: "client_credentials"},
		{name: "certificate", in: powerapps.SignIn{Means: powerapps.Certificate}, asked: "client_credentials", prepare: func(d *desk, in *powerapps.SignIn) {
			in.Certificate = d.certificate("plain.pem")
		}},
		{name: "certificate with a password", in: powerapps.SignIn{Means: powerapps.Certificate, CertPassword: "hidden-password"}, asked: "client_credentials", prepare: func(d *desk, in *powerapps.SignIn) {
			in.Certificate = d.certificate("modern.pfx")
		}},
		{name: "token in a file", in: powerapps.SignIn{Means: powerapps.Federated}, asked: "client_credentials", prepare: func(d *desk, in *powerapps.SignIn) {
			in.FederatedToken = d.file("token", federated(exchange)+"\n")
		}},
		{name: "GitHub Actions", in: powerapps.SignIn{Means: powerapps.Federated}, asked: "client_credentials", prepare: func(d *desk, _ *powerapps.SignIn) {
			d.actions()
		}},
		{name: "Azure DevOps", in: powerapps.SignIn{Means: powerapps.Federated}, asked: "client_credentials", prepare: func(d *desk, _ *powerapps.SignIn) {
			d.pipelines()
		}},
		{name: "the machine's identity", in: powerapps.SignIn{Means: powerapps.ManagedIdentity}, user: app, prepare: func(d *desk, in *powerapps.SignIn) {
			d.identity("")
		}},
		{name: "an identity of the machine", in: powerapps.SignIn{Means: powerapps.ManagedIdentity, IdentityClient: "id-2"}, user: app, prepare: func(d *desk, in *powerapps.SignIn) {
			d.identity("id-2")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, sandbox.Options{})
			if in := &c.in; in.Means != powerapps.DeviceCode && in.Means != powerapps.Browser {
				in.Tenant, in.Cloud = principal.Tenant, principal.Cloud
				c.user, c.tenant = app, contoso
			}
			if c.prepare != nil {
				c.prepare(d, &c.in)
			}
			account := d.signIn(c.in, &person{desk: d})
			if account.User != c.user || account.ObjectID == "" || c.tenant != "" && account.TenantID != c.tenant || account.Means != c.in.Means {
				t.Errorf("signed in: %+v", account)
			}
			if wantRenewable := c.in.Means != powerapps.ClientSecret && c.in.CertPassword == ""; account.Renewable != wantRenewable {
				t.Errorf("renewable is %v; secrets and passwords are not kept", account.Renewable)
			}
			if left := time.Until(account.Expires); left < 50*time.Minute || left > time.Hour {
				t.Errorf("ends in %v", left)
			}
			if c.asked != "" && d.asked()[c.asked] == 0 {
				t.Errorf("asked by %v, want %s", d.asked(), c.asked)
			}
			before := len(d.Requests())
			token, err := d.token(account, resource)
			d.must(err)
			if token.ObjectID != account.ObjectID || token.Value == "" {
				t.Errorf("the token is for %q", token.ObjectID)
			}
			if n := len(d.Requests()) - before; n != 0 {
				t.Errorf("%d requests for a token that is kept", n)
			}
			for _, r := range d.Requests() {
				if strings.Contains(r.Path, "instance") {
					t.Errorf("asked for %s", r.Path)
				}
			}
		})
	}
}
