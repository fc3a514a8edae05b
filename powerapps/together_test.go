package powerapps_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// users lists who is signed in, as USER/TENANT.
func (d *desk) users() []string {
	d.Helper()
	accounts, err := d.open().List(d.Context())
	d.must(err)
	var out []string
	for _, a := range accounts {
		out = append(out, a.User+"/"+a.Tenant)
	}
	return out
}

// TestSeveralAccounts: several users, tenants and clouds live side by side, each with its own tokens, the latest sign-in first.
func TestSeveralAccounts(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{})
	code := func(cloud, user, tenant string) powerapps.Account {
		in := powerapps.SignIn{Means: powerapps.DeviceCode, Tenant: tenant, Cloud: powerapps.Cloud{Name: cloud}}
		return d.signIn(in, &person{desk: d, user: user})
	}
	all := []powerapps.Account{
		code("", "ada@sandbox.example", ""), code("", "grace@sandbox.example", ""), code("", "ada@sandbox.example", contoso),
		code("gcchigh", "ada@sandbox.example", ""),
		d.signIn(powerapps.SignIn{Means: powerapps.ClientSecret, Secret: goodSecret, Tenant: contoso, Cloud: powerapps.Cloud{Client: app}}, nil),
	}
	seen := map[string]bool{}
	for _, a := range all {
		token, err := d.token(a, resource)
		d.must(err)
		if c := claimsOf(t, token.Value); seen[token.Value] || c["tid"] != a.TenantID || c["oid"] != a.ObjectID {
			t.Errorf("%s/%s has a token of %v", a.User, a.Tenant, c)
		}
		seen[token.Value] = true
	}
	if got, want := d.users(), []string{app + "/" + contoso, "ada@sandbox.example/common", "ada@sandbox.example/" + contoso, "grace@sandbox.example/common", "ada@sandbox.example/common"}; !slices.Equal(got, want) {
		t.Errorf("signed in:\n%q\nwant\n%q", got, want)
	}

	// A sign-in anew comes first, in the place of the earlier one.
	code("", "GRACE@sandbox.example", "common")
	if got := d.users(); len(got) != 5 || !strings.EqualFold(got[0], "grace@sandbox.example/common") {
		t.Errorf("after another sign-in: %q", got)
	}

	removed, err := d.open().SignOut(t.Context(), func(a powerapps.Account) bool { return a.Tenant == contoso })
	d.must(err)
	if len(removed) != 2 || len(d.users()) != 3 {
		t.Errorf("removed %+v, left %q", removed, d.users())
	}
	if _, err := d.token(all[2], resource); err == nil {
		t.Error("a token of somebody who signed out")
	} else {
		d.told(err)
	}
	if _, err := d.token(all[0], resource); err != nil {
		t.Error(d.told(err))
	}
	removed, err = d.open().SignOut(t.Context(), everybody)
	d.must(err)
	if left, _ := filepath.Glob(filepath.Join(d.dir, "tokens")); len(removed) != 3 || len(d.users()) != 0 || len(left) != 0 {
		t.Errorf("removed %+v, left %q and %q", removed, d.users(), left)
	}
	if removed, err := d.open().SignOut(t.Context(), everybody); err != nil || len(removed) != 0 {
		t.Errorf("once more: %+v, %v", removed, d.told(err))
	}
}

// TestSignOutOfWhatCannotBeRead: a file that nobody can read any more does not keep anybody from signing out, or in.
func TestSignOutOfWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{})
	for _, after := range []string{"out", "in"} {
		d.signIn(powerapps.SignIn{Means: powerapps.DeviceCode}, &person{desk: d})
		d.must(os.WriteFile(filepath.Join(d.dir, "tokens"), []byte("{"), 0o600))
		if _, err := d.open().List(t.Context()); err == nil {
			t.Fatal("half a file is read")
		}
		if after == "out" {
			_, err := d.open().SignOut(t.Context(), everybody)
			d.must(err)
			continue
		}
		d.signIn(powerapps.SignIn{Means: powerapps.DeviceCode}, &person{desk: d})
		if got := d.users(); len(got) != 1 {
			t.Errorf("signed in: %q", got)
		}
	}
}

// TestTogether: processes that sign in, renew and sign out at the same time lose nothing, and bring nobody back.
func TestTogether(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{TokenLife: short})
	ada := d.signIn(powerapps.SignIn{Means: powerapps.DeviceCode}, &person{desk: d})
	gone := d.signIn(powerapps.SignIn{Means: powerapps.DeviceCode}, &person{desk: d, user: "gone@sandbox.example"})
	var wait sync.WaitGroup
	const n = 6
	for i := range n {
		wait.Go(func() {
			in := d.at(powerapps.SignIn{Means: powerapps.DeviceCode})
			if _, err := d.open().SignIn(t.Context(), in, &person{desk: d, user: fmt.Sprintf("user%d@sandbox.example", i)}); err != nil {
				t.Error(d.told(err))
			}
		})
		wait.Go(func() {
			if _, err := d.token(ada, []string{resource, flow}[i%2]); err != nil {
				t.Error(d.told(err))
			}
		})
		wait.Go(func() {
			_, err := d.token(gone, resource)
			d.told(err) // signed out by then, or not yet
		})
	}
	wait.Go(func() {
		if _, err := d.open().SignOut(t.Context(), func(a powerapps.Account) bool { return a.User == gone.User }); err != nil {
			t.Error(d.told(err))
		}
	})
	wait.Wait()
	got := d.users()
	if len(got) != n+1 || slices.Contains(got, gone.User+"/common") {
		t.Errorf("signed in: %q", got)
	}
	d.Fail(sandbox.Fault{Path: "*/token", Status: 400, Times: -1})
	accounts, err := d.open().List(t.Context())
	d.must(err)
	i := slices.IndexFunc(accounts, func(a powerapps.Account) bool { return a.User == ada.User })
	if left := time.Until(accounts[i].Expires); left < short-time.Minute || left > short {
		t.Errorf("the list says that the renewed token ends in %s", left)
	}
}

// TestSignedOutWhileRenewing: who signs out while a token is renewed stays signed out.
func TestSignedOutWhileRenewing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{TokenLife: short})
	account := d.signIn(powerapps.SignIn{Means: powerapps.DeviceCode}, &person{desk: d})
	source, err := d.open().Source(account, d.Cloud())
	d.must(err)
	d.Fail(sandbox.Fault{Path: "*/token", Kind: sandbox.Slow, After: true})
	done := make(chan error, 1)
	go func() {
		_, err := source.Token(t.Context(), resource)
		done <- err
	}()
	d.await("the renewal", func() bool { return d.asked()["refresh_token"] > 0 })
	_, err = d.open().SignOut(t.Context(), everybody)
	d.must(err)
	d.Recover()
	d.told(<-done)
	if got := d.users(); len(got) != 0 {
		t.Errorf("signed in again: %q", got)
	}
	if left, _ := filepath.Glob(filepath.Join(d.dir, "tokens")); len(left) != 0 {
		t.Errorf("left: %q", left)
	}
}

// TestGivenAuthority: an authority is used as it is given, and asked about nowhere else.
func TestGivenAuthority(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.Options{})
	host := d.Cloud().Authority
	for _, c := range []struct {
		authority, tenant string
		want              string // the tenant, or of the error
	}{
		{host, "", "common"},
		{host + "/", "contoso.example", "contoso.example"},
		{host + "/contoso.example", "", "contoso.example"},
		{host + "/contoso.example/", "CONTOSO.example", "CONTOSO.example"},
		{host + "/contoso.example", "fabrikam.example", "names the tenant contoso.example, but the tenant fabrikam.example is given"},
		{strings.Replace(host, "https", "http", 1), "", "is not an address such as https://login.microsoftonline.com"},
		{"login.example", "", "is not an address such as https://login.microsoftonline.com"},
		{host + "?x=y", "", "is not an address such as"},
	} {
		in := d.at(powerapps.SignIn{Means: powerapps.DeviceCode, Tenant: c.tenant})
		in.Cloud.Authority, in.Cloud.Name = c.authority, "gcchigh"
		account, err := d.open().SignIn(t.Context(), in, &person{desk: d})
		if text := d.told(err); account.Tenant != c.want && (err == nil || !strings.Contains(text, c.want)) {
			t.Errorf("%s and %q: got %q, %q; want %q", c.authority, c.tenant, account.Tenant, text, c.want)
		}
	}
}
