package powerapps_test

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

func TestSignInRefused(t *testing.T) {
	t.Parallel()
	secret := powerapps.SignIn{Means: powerapps.ClientSecret, Secret: goodSecret, Tenant: contoso, Cloud: powerapps.Cloud{Client: app}}
	with := func(in powerapps.SignIn, change func(*powerapps.SignIn)) powerapps.SignIn {
		change(&in)
		return in
	}
	code := powerapps.SignIn{Means: powerapps.DeviceCode}
	for _, c := range []refusedSignIn{
		{name: "declined", in: code, show: declines, want: "could not sign in to the sandbox cloud: the sign-in was declined"},
		{name: "declined in the browser", in: powerapps.SignIn{Means: powerapps.Browser}, show: declines,
			want: "could not sign in to the sandbox cloud: AADSTS65004: User declined to consent to access the app. -> consent when you are asked"},
		{name: "nobody enters the code", options: sandbox.Options{CodeLife: time.Second}, in: code, show: away,
			want: "could not sign in to the sandbox cloud: the code was not entered in time -> try again"},
		{name: "nobody looks at the browser", in: powerapps.SignIn{Means: powerapps.Browser}, show: away,
			want: "could not sign in to the sandbox cloud: nobody signed in in the browser within 300ms -> sign in with a code and the browser of any machine⟨: --with device-code⟩"},
		{name: "no browser", in: powerapps.SignIn{Means: powerapps.Browser}, show: lost,
			want: "no browser could be opened on this machine: there is no display -> sign in with a code and the browser of any machine⟨: --with device-code⟩"},
		{name: "the code cannot be shown", in: code, show: lost, want: "the code to sign in with could not be shown: there is no display"},
		{name: "nobody there", in: code, show: func(*desk) powerapps.Interaction { return nil }, want: "there is nobody to sign in -> sign in as a service principal"},
		{name: "unknown application", in: with(code, func(in *powerapps.SignIn) { in.Cloud.Client = "connectors" }),
			want: "AADSTS700016: Application with identifier 'connectors' was not found in the directory"},
		{name: "wrong secret", in: with(secret, func(in *powerapps.SignIn) { in.Secret = "wrong" }),
			want: "could not sign in to the sandbox cloud: AADSTS7000215: Invalid client secret provided"},
		{name: "wrong subject", prepare: func(d *desk) {
			d.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "runner-token"
			d.env["ACTIONS_ID_TOKEN_REQUEST_URL"] = d.provider(func(*http.Request) (int, any) {
				return http.StatusOK, map[string]any{"value": unsigned(map[string]any{"iss": "https://issuer.example", "sub": "wrong", "aud": exchange})}
			})
		}, in: with(secret, func(in *powerapps.SignIn) { in.Means = powerapps.Federated }),
			want: "AADSTS700213: No matching federated identity record found for presented assertion subject 'wrong'. (correlation id "},
		{name: "a job without the permission", in: with(secret, func(in *powerapps.SignIn) { in.Means = powerapps.Federated }),
			want: "there is no token of another identity provider here -> in GitHub Actions, give the job the permission id-token: write"},
		{name: "GitHub refuses", prepare: func(d *desk) { d.actions(); d.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "runner-token2" },
			in: with(secret, func(in *powerapps.SignIn) { in.Means = powerapps.Federated }), want: "GitHub Actions gives no token to sign in with: it answered 401 Unauthorized"},
		{name: "a pipeline without the connection", prepare: func(d *desk) { d.pipelines(); delete(d.env, "PACONN_SERVICE_CONNECTION_ID") },
			in: with(secret, func(in *powerapps.SignIn) { in.Means = powerapps.Federated }), want: "Azure DevOps gives no token to sign in with: the id of the service connection is missing: set PACONN_SERVICE_CONNECTION_ID"},
		{name: "a pipeline without its token", prepare: func(d *desk) { d.pipelines(); delete(d.env, "SYSTEM_ACCESSTOKEN") },
			in: with(secret, func(in *powerapps.SignIn) { in.Means = powerapps.Federated }), want: "SYSTEM_ACCESSTOKEN is missing"},
		{name: "a provider that would hear the token in clear", prepare: func(d *desk) {
			d.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"], d.env["ACTIONS_ID_TOKEN_REQUEST_URL"] = "runner-token", "http://issuer.example/token"
		}, in: with(secret, func(in *powerapps.SignIn) { in.Means = powerapps.Federated }), want: "http://issuer.example is not asked, because what is not encrypted"},
		{name: "no tenant", in: with(secret, func(in *powerapps.SignIn) { in.Tenant = "" }), want: "a service principal belongs to one directory: give its id or domain with --tenant"},
		{name: "any tenant", in: with(secret, func(in *powerapps.SignIn) { in.Tenant = "organizations" }), want: "a service principal belongs to one directory"},
		{name: "no application", in: with(secret, func(in *powerapps.SignIn) { in.Cloud.Client = "" }), want: "a service principal has an application (client) id of its own: give it with --clid"},
		{name: "no secret", in: with(secret, func(in *powerapps.SignIn) { in.Secret = "" }), want: "give it in PACONN_CLIENT_SECRET"},
		{name: "no certificate", in: with(secret, func(in *powerapps.SignIn) { in.Means = powerapps.Certificate }), want: "give its file with --certificate"},
		{name: "a tenant that leads elsewhere", in: with(code, func(in *powerapps.SignIn) { in.Tenant = "x/../../device" }), want: `the tenant "x/../../device" is neither the id of a directory nor a domain`},
		{name: "no way", in: powerapps.SignIn{Means: "password"}, want: `there is no way "password" to sign in, only device-code, browser`},
		{name: "a page instead of an answer", prepare: func(d *desk) { d.Fail(sandbox.Fault{Path: "*/devicecode", Kind: sandbox.HTML, Status: http.StatusOK}) },
			in: code, want: "the answer is not one of a sign-in service"},
		{name: "an empty answer", prepare: func(d *desk) { d.Fail(sandbox.Fault{Path: "*/devicecode", Kind: sandbox.Empty}) },
			in: code, want: "could not sign in to the sandbox cloud: the answer is not one of a sign-in service"},
		{name: "a redirect", prepare: func(d *desk) { d.Fail(sandbox.Fault{Path: "*/openid-configuration", Kind: sandbox.Redirect}) },
			in: code, want: "could not sign in to the sandbox cloud: 307"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.check(t)
		})
	}
}

// TestIdentityRefused sets variables of the process, in which a managed identity is looked for.
func TestIdentityRefused(t *testing.T) {
	for _, c := range []refusedSignIn{
		{name: "no such identity", prepare: func(d *desk) { d.identity("id-3") }, in: powerapps.SignIn{Means: powerapps.ManagedIdentity, IdentityClient: "id-4"},
			want: "this machine's managed identity gives no token"},
		{name: "not in Azure", prepare: func(d *desk) {
			d.Setenv("IDENTITY_HEADER", "runner-token")
			closed := httptest.NewServer(nil)
			closed.Close()
			d.Setenv("IDENTITY_ENDPOINT", closed.URL)
		}, in: powerapps.SignIn{Means: powerapps.ManagedIdentity, IdentityClient: "id-5"}, want: "no managed identity answers on this machine: "},
	} {
		t.Run(c.name, c.check)
	}
}

// refusedSignIn is a sign-in that fails, and of which nothing is kept.
type refusedSignIn struct {
	name    string
	options sandbox.Options
	prepare func(d *desk)
	in      powerapps.SignIn
	show    func(d *desk) powerapps.Interaction // nil is a person who approves
	want    string
}

func (c refusedSignIn) check(t *testing.T) {
	d := newDesk(t, c.options)
	if c.prepare != nil {
		c.prepare(d)
	}
	show := powerapps.Interaction(&person{desk: d})
	if c.show != nil {
		show = c.show(d)
	}
	d.patience = 300 * time.Millisecond
	_, err := d.open().SignIn(t.Context(), d.at(c.in), show)
	if text := d.told(err); err == nil || !strings.Contains(text, c.want) {
		t.Errorf("got %q, want %q", text, c.want)
	}
	if kept, err := d.open().List(t.Context()); err != nil || len(kept) != 0 {
		t.Errorf("kept: %+v, %v", kept, err)
	}
}

func declines(d *desk) powerapps.Interaction { return &person{desk: d, decline: true} }
func away(d *desk) powerapps.Interaction     { return &person{desk: d, away: true} }
func lost(*desk) powerapps.Interaction       { return nowhere{} }

// nowhere is a machine without a display.
type nowhere struct{}

func (nowhere) DeviceCode(context.Context, powerapps.DevicePrompt) error {
	return errors.New("there is no display")
}
func (nowhere) Open(context.Context, string) error { return errors.New("there is no display") }

// TestPolling: what goes wrong in passing while a person enters the code does not end the sign-in, however long it lasts.
func TestPolling(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{})
	for range 2 {
		d.Fail(sandbox.Fault{Path: "*/token", Status: http.StatusTooManyRequests, RetryAfter: "1"})
		d.Fail(sandbox.Fault{Path: "*/token", Status: http.StatusServiceUnavailable})
		d.Fail(sandbox.Fault{Path: "*/token", Kind: sandbox.Reset})
		d.Fail(sandbox.Fault{Path: "*/token", Status: http.StatusBadGateway})
	}
	account := d.signIn(powerapps.SignIn{Means: powerapps.DeviceCode}, &person{desk: d})
	if account.User != "ada@sandbox.example" || d.asked()["device_code"] < 7 {
		t.Errorf("signed in %+v, asked %v", account, d.asked())
	}
}

func TestSignInIsInterrupted(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{})
	for _, means := range []powerapps.Means{powerapps.DeviceCode, powerapps.Browser} {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := d.open().SignIn(ctx, d.at(powerapps.SignIn{Means: means}), interrupting{cancel})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %q", means, d.told(err))
		}
	}
}

// interrupting is a person who gives up as soon as they are asked.
type interrupting struct{ cancel func() }

func (i interrupting) DeviceCode(context.Context, powerapps.DevicePrompt) error {
	i.cancel()
	return nil
}

func (i interrupting) Open(context.Context, string) error {
	i.cancel()
	return nil
}

// oddService is a sign-in service whose answers differ from Entra's.
func (d *desk) oddService(answers map[string]func(r *http.Request) (int, any)) powerapps.Cloud {
	var s *httptest.Server
	s = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		status, body := http.StatusOK, any(map[string]any{
			"issuer": s.URL + "/common", "authorization_endpoint": s.URL + "/authorize", "token_endpoint": s.URL + "/token",
		})
		if answer := answers[name]; answer != nil {
			status, body = answer(r)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body)
	}))
	d.Cleanup(s.Close)
	cloud, err := powerapps.Rendezvous{
		URL: s.URL, Certificate: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})),
	}.Cloud()
	d.must(err)
	return cloud
}

// codeWith is the answer to a request for a code, with other members.
func codeWith(more map[string]any) func(*http.Request) (int, any) {
	return func(*http.Request) (int, any) {
		answer := map[string]any{"user_code": "ABC", "device_code": "polling-code", "verification_uri": "https://device.example", "expires_in": 900}
		for name, value := range more {
			answer[name] = value
		}
		return http.StatusOK, answer
	}
}

// tokenWith is the answer to a request for a token that holds claims, with other members.
func tokenWith(id, access map[string]any, more map[string]any) func(*http.Request) (int, any) {
	return func(*http.Request) (int, any) {
		answer := map[string]any{"token_type": "Bearer", "expires_in": 3600, "access_token": unsigned(access), "refresh_token": "refreshing-token"}
		if id != nil {
			answer["id_token"] = unsigned(id)
		}
		for name, value := range more {
			answer[name] = value
		}
		return http.StatusOK, answer
	}
}

// TestOddServices: answers that Entra does not give every day.
func TestOddServices(t *testing.T) {
	t.Parallel()
	refusal := func(status int, body any) func(*http.Request) (int, any) {
		return func(*http.Request) (int, any) { return status, body }
	}
	ada := map[string]any{"oid": "oid-1", "tid": contoso, "sub": "s", "preferred_username": "ada@contoso.example"}
	for _, c := range []struct {
		name    string
		answers map[string]func(*http.Request) (int, any)
		want    string // of the error
		user    string
		prompt  string
	}{
		{name: "no message with the code", answers: map[string]func(*http.Request) (int, any){"devicecode": codeWith(nil), "token": tokenWith(ada, ada, nil)},
			user: "ada@contoso.example", prompt: "To sign in, open the page https://device.example in a browser and enter the code ABC."},
		{name: "the object id in the access token only", user: "ada@contoso.example", answers: map[string]func(*http.Request) (int, any){"devicecode": codeWith(nil),
			"token": tokenWith(map[string]any{"sub": "s", "preferred_username": "ada@contoso.example"}, ada, nil)}},
		{name: "no object id", want: "brought a token without an object id (oid), which the Power Apps service needs in its addresses -> sign in with a work or school account",
			answers: map[string]func(*http.Request) (int, any){"devicecode": codeWith(nil), "token": tokenWith(map[string]any{"sub": "s"}, map[string]any{"sub": "s"}, nil)}},
		{name: "no token", want: "the answer is not one of a sign-in service", answers: map[string]func(*http.Request) (int, any){"devicecode": codeWith(nil),
			"token": refusal(http.StatusOK, map[string]any{"expires_in": 3600})}},
		{name: "another issuer", want: "issuer 'https://elsewhere.example' does not match", answers: map[string]func(*http.Request) (int, any){
			"openid-configuration": refusal(http.StatusOK, map[string]any{"issuer": "https://elsewhere.example", "authorization_endpoint": "https://elsewhere.example/a", "token_endpoint": "https://elsewhere.example/token"})}},
		{name: "tokens in clear", want: "http://elsewhere.example is not asked", answers: map[string]func(*http.Request) (int, any){
			"openid-configuration": func(r *http.Request) (int, any) {
				return http.StatusOK, map[string]any{"issuer": "https://" + r.Host, "authorization_endpoint": "https://" + r.Host, "token_endpoint": "http://elsewhere.example/token"}
			}}},
		{name: "policies of the organization", want: "AADSTS53003: Access has been blocked by Conditional Access policies. (correlation id c-1) -> the organization's policy refuses this way to sign in: try ⟨--with browser|the browser⟩",
			answers: map[string]func(*http.Request) (int, any){"devicecode": codeWith(nil), "token": refusal(http.StatusBadRequest, map[string]any{
				"error": "interaction_required", "error_description": "AADSTS53003: Access has been blocked by Conditional Access policies.\r\nTrace ID: t-1\r\nCorrelation ID: c-1\r\n", "correlation_id": "c-1", "claims": "{}",
			})}},
		{name: "an error without a number", want: "could not sign in to the sandbox cloud: unauthorized_client: not this one", answers: map[string]func(*http.Request) (int, any){
			"devicecode": refusal(http.StatusUnauthorized, map[string]any{"error": "unauthorized_client", "error_description": "not this one"})}},
		{name: "a refusal in a success", want: "access_denied: no", answers: map[string]func(*http.Request) (int, any){"devicecode": codeWith(nil),
			"token": refusal(http.StatusOK, map[string]any{"error": "access_denied", "error_description": "no", "expires_in": 1})}},
		{name: "a refusal that repeats the request", want: "AADSTS1: you sent", answers: map[string]func(*http.Request) (int, any){"devicecode": codeWith(nil),
			"token": func(r *http.Request) (int, any) {
				_ = r.ParseForm()
				return http.StatusBadRequest, map[string]any{"error": "invalid_grant", "error_description": fmt.Sprintf("AADSTS1: you sent %s", r.PostForm.Encode())}
			}}},
		{name: "a page that is a program", want: "names a page that does not begin with https://", answers: map[string]func(*http.Request) (int, any){
			"devicecode": codeWith(map[string]any{"verification_uri": "file:///usr/bin/true"})}},
		{name: "no way in", want: "could not sign in to the sandbox cloud: 403: Forbidden", answers: map[string]func(*http.Request) (int, any){"devicecode": refusal(http.StatusForbidden, "go away")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, sandbox.Options{})
			show := &person{desk: d, away: true}
			account, err := d.open().SignIn(t.Context(), powerapps.SignIn{Cloud: d.oddService(c.answers), Means: powerapps.DeviceCode}, show)
			if text := d.told(err); !strings.Contains(text, c.want) || c.want == "" && err != nil || c.want != "" && err == nil {
				t.Errorf("got %q, want %q", text, c.want)
			}
			if strings.Contains(d.said.String(), "polling-code") || strings.Contains(d.said.String(), "refreshing-token") {
				t.Errorf("a secret was told: %s", d.said)
			}
			if account.User != c.user {
				t.Errorf("signed in: %+v", account)
			}
			if c.prompt != "" && (len(show.prompts) != 1 || show.prompts[0].Message != c.prompt) {
				t.Errorf("shown: %+v", show.prompts)
			}
		})
	}
}
