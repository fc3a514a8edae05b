package powerapps_test

import (
	"context"
	"slices"
	"testing"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

func TestPrefer(t *testing.T) {
	ctx := context.Background()
	store := powerapps.OpenStore(powerapps.StoreOptions{Dir: t.TempDir(), Mode: powerapps.CacheFile})
	book := powerapps.OpenAccounts(powerapps.AccountOptions{Store: store})
	of := func(cloud, user string) powerapps.Account {
		return powerapps.Account{Cloud: cloud, User: user, Means: powerapps.DeviceCode}
	}
	a, b, c := of("public", "a"), of("gcc", "a"), of("public", "c")
	if err := store.Update(ctx, func(to *powerapps.Contents) error { to.Accounts = []powerapps.Account{a, b, c}; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		prefer powerapps.Account
		want   []powerapps.Account
	}{
		{c, []powerapps.Account{c, a, b}},
		{c, []powerapps.Account{c, a, b}},
		{a, []powerapps.Account{a, c, b}},
		{of("public", "gone"), []powerapps.Account{a, c, b}},
	} {
		if err := book.Prefer(ctx, tt.prefer); err != nil {
			t.Fatal(err)
		}
		got, err := book.List(ctx)
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("after %s in %s: %+v (%v)", tt.prefer.User, tt.prefer.Cloud, got, err)
		}
	}
}

// A sandbox that is started again is at another address, and knows nothing of the sign-ins to the one before.
func TestSignInToTheNextSandbox(t *testing.T) {
	t.Parallel()
	d, next := newDesk(t, sandbox.Options{}), newDesk(t, sandbox.Options{})
	next.dir = d.dir
	principal := powerapps.SignIn{Means: powerapps.ClientSecret, Secret: goodSecret, Tenant: contoso, Cloud: powerapps.Cloud{Client: app}}
	elsewhere := principal
	elsewhere.Cloud.Name = "other"
	d.signIn(elsewhere, nil)
	d.signIn(principal, nil)
	latest := next.signIn(principal, nil)
	got, err := next.open().List(t.Context())
	if err != nil || len(got) != 2 || got[0].Authority != latest.Authority || got[1].Cloud != "other" {
		t.Errorf("signed in: %+v (%v)", got, err)
	}
}
