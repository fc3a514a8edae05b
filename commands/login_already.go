package commands

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"paconn-ls/powerapps"
)

// enough is how long a token has to be good for still, as with paconn.
const enough = 600 * time.Second

// already returns the sign-in that is wanted, when it is there and still works.
func (e *Env) already(ctx context.Context, in powerapps.SignIn) (powerapps.Account, bool, error) {
	accounts, err := e.Accounts.List(ctx)
	if err != nil {
		return powerapps.Account{}, false, nil
	}
	i := slices.IndexFunc(accounts, func(a powerapps.Account) bool { return same(a, in) })
	if i < 0 {
		return powerapps.Account{}, false, nil
	}
	account := accounts[i]
	if time.Until(account.Expires) > enough {
		return account, true, nil
	}
	if !account.Renewable {
		return account, false, nil
	}
	source, err := e.Accounts.Source(account, in.Cloud)
	if err != nil {
		return account, false, nil
	}
	token, err := source.Token(ctx, in.Cloud.Resource)
	var over *powerapps.SignInError
	if errors.As(err, &over) {
		return account, false, nil
	}
	if err == nil {
		account.Expires = token.Expires
	}
	return account, err == nil, err
}

// same reports whether an account is one that a sign-in would give again.
func same(a powerapps.Account, in powerapps.SignIn) bool {
	return strings.EqualFold(a.Cloud, in.Cloud.Name) && isPerson(a.Means) && strings.EqualFold(a.Client, in.Cloud.Client) &&
		(isAny(in.Tenant) || ofTenant(a, in.Tenant)) && sameResource(a.Resource, in.Cloud.Resource) &&
		powerapps.HostOf(a.Authority) == powerapps.HostOf(in.Cloud.Authority)
}
