package powerapps_test

import (
	"context"
	"slices"
	"testing"

	"paconn-ls/powerapps"
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
