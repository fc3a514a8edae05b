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
func (l login) already(ctx context.Context, in powerapps.SignIn) (powerapps.Account, bool, error) {
	i := slices.IndexFunc(l.accounts, func(a powerapps.Account) bool { return same(a, in) })
	if i < 0 {
		return powerapps.Account{}, false, nil
	}
	account := l.accounts[i]
	if time.Until(account.Expires) > enough || !account.Renewable {
		return account, time.Until(account.Expires) > enough, nil
	}
	var token powerapps.Token
	source, err := l.env.Accounts.Source(account, in.Cloud)
	if err == nil {
		token, err = source.Token(ctx, in.Cloud.Resource)
	}
	var over *powerapps.SignInError
	if errors.As(err, &over) {
		return account, false, nil
	}
	account.Expires = token.Expires
	return account, err == nil, err
}

// same reports whether an account is one that a sign-in would give again.
func same(a powerapps.Account, in powerapps.SignIn) bool {
	return strings.EqualFold(a.Cloud, in.Cloud.Name) && isPerson(a.Means) && strings.EqualFold(a.Client, in.Cloud.Client) &&
		(isAny(in.Tenant) || ofTenant(a, in.Tenant)) && sameResource(a.Resource, in.Cloud.Resource) &&
		powerapps.HostOf(a.Authority) == powerapps.HostOf(in.Cloud.Authority)
}
