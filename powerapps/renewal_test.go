package powerapps_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// short is a life of tokens below the time before their end in which they are renewed: each new process renews.
const short = 4 * time.Minute

// renewals are renewals, each after something has happened.
var renewals = []struct {
	name     string
	options  sandbox.Options
	in       powerapps.SignIn
	later    func(d *desk, account *powerapps.Account) // between sign-in and use
	audience string
	asked    map[string]int // requests after the sign-in, by grant
	want     string         // of the error
}{
	{name: "a token that is good is not renewed", audience: resource},
	{name: "of a token that ends soon", options: sandbox.Options{TokenLife: short}, audience: resource, asked: map[string]int{"refresh_token": 1}},
	{name: "for a second audience", audience: flow, asked: map[string]int{"refresh_token": 1}},
	{name: "for an audience that there is not", audience: "https://nowhere.example", asked: map[string]int{"refresh_token": 1},
		want: "could not renew the sign-in of ada@sandbox.example to the sandbox cloud: AADSTS500011: The resource principal named https://nowhere.example was not found"},
	{name: "with a refresh token that has ended", options: sandbox.Options{TokenLife: short, RefreshLife: time.Nanosecond}, audience: resource,
		asked: map[string]int{"refresh_token": 1},
		want:  "could not renew the sign-in of ada@sandbox.example to the sandbox cloud: AADSTS700082: The refresh token has expired due to inactivity"},
	{name: "says how to sign in again", in: powerapps.SignIn{Tenant: contoso, Cloud: powerapps.Cloud{Client: app}}, options: sandbox.Options{TokenLife: short, RefreshLife: time.Nanosecond},
		audience: resource, asked: map[string]int{"refresh_token": 1},
		want: "-> ⟨run paconn-ls login --cloud sandbox --tenant " + contoso + " --clid " + app + " --force|sign in again⟩"},
	{name: "after 503, 429 and a cut connection", options: sandbox.Options{TokenLife: short}, audience: resource, asked: map[string]int{"refresh_token": 4},
		later: func(d *desk, _ *powerapps.Account) {
			d.Fail(sandbox.Fault{Path: "*/token", Status: http.StatusServiceUnavailable})
			d.Fail(sandbox.Fault{Path: "*/token", Status: http.StatusTooManyRequests, RetryAfter: "1"})
			d.Fail(sandbox.Fault{Path: "*/token", Kind: sandbox.Reset, After: true})
		}},
	{name: "by a service that does not recover", options: sandbox.Options{TokenLife: short}, audience: resource, asked: map[string]int{"refresh_token": 4},
		later: func(d *desk, _ *powerapps.Account) {
			d.Fail(sandbox.Fault{Path: "*/token", Status: http.StatusServiceUnavailable, Times: -1})
		},
		want: "could not renew the sign-in of ada@sandbox.example to the sandbox cloud: 503"},
	{name: "by a page of a proxy", options: sandbox.Options{TokenLife: short}, audience: resource,
		later: func(d *desk, _ *powerapps.Account) {
			d.Fail(sandbox.Fault{Path: "*/token", Kind: sandbox.HTML, Status: http.StatusOK})
		},
		want: "the answer is not one of a sign-in service"},
	{name: "by an answer that is cut short", options: sandbox.Options{TokenLife: short}, audience: resource,
		later: func(d *desk, _ *powerapps.Account) {
			d.Fail(sandbox.Fault{Path: "*/token", Kind: sandbox.Truncated, Times: -1})
		},
		want: "could not renew the sign-in of ada@sandbox.example to the sandbox cloud: the connection was c"},
	{name: "by an answer of any size", options: sandbox.Options{TokenLife: short}, audience: resource,
		later: func(d *desk, _ *powerapps.Account) {
			d.Fail(sandbox.Fault{Path: "*/token", Kind: sandbox.Huge, Times: -1})
		},
		want: "the answer is too large to be one of a sign-in service"},
	{name: "is not led elsewhere", options: sandbox.Options{TokenLife: short}, audience: resource,
		later: func(d *desk, _ *powerapps.Account) {
			d.Fail(sandbox.Fault{Path: "*/token", Kind: sandbox.Redirect, Times: -1})
		},
		want: "could not renew the sign-in of ada@sandbox.example to the sandbox cloud: 307"},
	{name: "after the sandbox has gone", options: sandbox.Options{TokenLife: short}, audience: resource,
		later: func(d *desk, _ *powerapps.Account) { d.must(d.Close()) }, want: "the connection was refused"},
	{name: "of somebody who signed out", options: sandbox.Options{TokenLife: short}, audience: resource,
		later: func(d *desk, _ *powerapps.Account) {
			_, err := d.open().SignOut(d.Context(), everybody)
			d.must(err)
		}, want: "ada@sandbox.example is signed out of the sandbox cloud -> ⟨run paconn-ls login --cloud sandbox --force|sign in again⟩"},
	{name: "of a token that is from tomorrow, since the clock was set back", audience: resource, asked: map[string]int{"refresh_token": 1},
		later: func(d *desk, _ *powerapps.Account) {
			store := powerapps.OpenStore(powerapps.StoreOptions{Dir: d.dir, Mode: powerapps.CacheFile})
			tomorrow := fmt.Sprintf(`"cached_at":"%d"`, time.Now().Add(24*time.Hour).Unix())
			d.must(store.Update(d.Context(), func(c *powerapps.Contents) error {
				for key, cache := range c.Caches {
					c.Caches[key] = regexp.MustCompile(`"cached_at":\s*"\d+"`).ReplaceAll(cache, []byte(tomorrow))
				}
				return nil
			}))
		}},
	{name: "of a service principal with its secret", in: powerapps.SignIn{Means: powerapps.ClientSecret, Secret: goodSecret},
		options: sandbox.Options{TokenLife: short}, audience: resource, asked: map[string]int{"client_credentials": 1},
		later: func(d *desk, _ *powerapps.Account) { d.env["PACONN_CLIENT_SECRET"] = goodSecret }},
	{name: "of a service principal without its secret", in: powerapps.SignIn{Means: powerapps.ClientSecret, Secret: goodSecret},
		options: sandbox.Options{TokenLife: short}, audience: resource,
		want: "could not renew the sign-in of " + app + " to the sandbox cloud: its secret is not kept -> give the secret in PACONN_CLIENT_SECRET; or ⟨run paconn-ls login --cloud sandbox --with client-secret"},
	{name: "of a service principal whose token file has gone", in: powerapps.SignIn{Means: powerapps.Federated},
		options: sandbox.Options{TokenLife: short}, audience: resource,
		later: func(d *desk, account *powerapps.Account) { d.must(os.Remove(account.From)) }, want: "token: no such file or directory"},
}

func TestRenewal(t *testing.T) {
	t.Parallel()
	for _, c := range renewals {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, c.options)
			if c.in.Means == "" {
				c.in.Means = powerapps.DeviceCode
			} else {
				c.in.Tenant, c.in.Cloud.Client, c.in.FederatedToken = contoso, app, d.file("token", federated(exchange))
			}
			if c.in.Means == powerapps.ClientSecret {
				c.in.FederatedToken = ""
			}
			account := d.signIn(c.in, &person{desk: d})
			d.Forget()
			if c.later != nil {
				c.later(d, &account)
			}
			token, err := d.token(account, c.audience)
			if text := d.told(err); c.want == "" && err != nil || !strings.Contains(text, c.want) || c.want != "" && err == nil {
				t.Fatalf("got %q, want %q", text, c.want)
			}
			for grant, want := range c.asked {
				if got := d.asked(); got[grant] != want {
					t.Errorf("asked %v, want %s %d times", got, grant, want)
				}
			}
			if len(c.asked) == 0 && c.want == "" && len(d.Requests()) > 0 {
				t.Errorf("%d requests", len(d.Requests()))
			}
			if err == nil && token.ObjectID != account.ObjectID {
				t.Errorf("the token is for %q, not %q", token.ObjectID, account.ObjectID)
			}
			if got := claimsOf(t, token.Value)["aud"]; err == nil && got != c.audience {
				t.Errorf("the token is for %q", got)
			}
		})
	}
}

func everybody(powerapps.Account) bool { return true }

// TestTokensAreRemembered: a token whose life is shorter than the time before the end in which tokens are renewed is not
// asked for at each request, and of many requests at once one asks.
func TestTokensAreRemembered(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{TokenLife: short})
	account := d.signIn(powerapps.SignIn{Means: powerapps.DeviceCode}, &person{desk: d})
	source, err := d.open().Source(account, d.Cloud())
	d.must(err)
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if _, err := source.Token(t.Context(), resource); err != nil {
				t.Error(d.told(err))
			}
		})
	}
	wait.Wait()
	if got := d.asked()["refresh_token"]; got != 1 {
		t.Errorf("renewed %d times", got)
	}

	// One that the service refuses is replaced, once.
	first, err := source.Token(t.Context(), resource)
	d.must(err)
	var values sync.Map
	for range 5 {
		wait.Go(func() {
			token, err := source.(powerapps.Renewer).Renew(t.Context(), resource, first)
			if err != nil {
				t.Error(d.told(err))
			}
			values.Store(token.Value, true)
		})
	}
	wait.Wait()
	if _, same := values.Load(first.Value); same || d.asked()["refresh_token"] != 2 {
		t.Errorf("the refused token came again: %v; renewed %d times", same, d.asked()["refresh_token"])
	}
}

// TestRefusedTokenIsForgotten: a token that the service refused although it is good for long still does not come back in
// another process.
func TestRefusedTokenIsForgotten(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{})
	for _, in := range []powerapps.SignIn{
		{Means: powerapps.DeviceCode},
		{Means: powerapps.ClientSecret, Secret: goodSecret, Tenant: contoso, Cloud: powerapps.Cloud{Client: app}},
	} {
		d.env["PACONN_CLIENT_SECRET"] = goodSecret
		account := d.signIn(in, &person{desk: d})
		first, err := d.token(account, resource)
		d.must(err)
		source, err := d.open().Source(account, d.Cloud())
		d.must(err)
		second, err := source.(powerapps.Renewer).Renew(t.Context(), resource, first)
		d.must(err)
		third, err := d.token(account, resource)
		d.must(err)
		if second.Value == first.Value || third.Value != second.Value {
			t.Errorf("%s: the refused token comes back", in.Means)
		}
	}
}

// TestRenewalWithoutAPlaceToKeepIt: a token is renewed although it cannot be kept, and what cannot be kept is not lost to
// the process.
func TestRenewalWithoutAPlaceToKeepIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{TokenLife: short})
	account := d.signIn(powerapps.SignIn{Means: powerapps.DeviceCode}, &person{desk: d})
	source, err := d.open().Source(account, d.Cloud())
	d.must(err)
	// A folder in the place of the lock's file cannot be locked, even by root.
	lock := filepath.Join(d.dir, "tokens.lock")
	d.must(os.RemoveAll(lock))
	d.must(os.Mkdir(lock, 0o700))
	for _, audience := range []string{resource, flow} {
		if _, err := source.Token(t.Context(), audience); err != nil {
			t.Error(d.told(err))
		}
	}
	if text := d.said.String(); !strings.Contains(text, "could not be kept") {
		t.Errorf("nobody is told: %s", text)
	}
	if _, err := d.open().SignIn(t.Context(), d.at(powerapps.SignIn{Means: powerapps.DeviceCode}), &person{desk: d}); err == nil {
		t.Error("a sign-in that cannot be kept is a success")
	} else if prompts := d.asked()["device_code"]; d.told(err) == "" || prompts != 1 {
		t.Errorf("the person is asked in vain: %v", err)
	}
}

func TestRenewalIsInterrupted(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{TokenLife: short})
	account := d.signIn(powerapps.SignIn{Means: powerapps.DeviceCode}, &person{desk: d})
	d.Fail(sandbox.Fault{Path: "*/token", Kind: sandbox.Slow, Times: -1})
	source, err := d.open().Source(account, d.Cloud())
	d.must(err)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	go func() {
		_, err := source.Token(ctx, resource)
		done <- err
	}()
	d.await("the renewal", func() bool { return d.asked()["refresh_token"] > 0 })
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %q", d.told(err))
	}
}
