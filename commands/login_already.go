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

// already returns the sign-in that is wanted, when it is there and still works. It is the latest then, which others use.
func (l login) already(ctx context.Context, in powerapps.SignIn) (powerapps.Account, bool, error) {
	i := slices.IndexFunc(l.accounts, func(a powerapps.Account) bool { return same(a, in) })
	if i < 0 {
		return powerapps.Account{}, false, nil
	}
	expires, err := l.works(ctx, l.accounts[i], in.Cloud)
	if err != nil || expires.IsZero() {
		return powerapps.Account{}, false, err
	}
	if i > 0 {
		err = l.env.Accounts.Prefer(ctx, l.accounts[i])
	}
	account := l.accounts[i]
	account.Expires = expires
	return account, err == nil, err
}

// works returns until when the token of an account is good, renewed where it is about to end; the zero time when that cannot be.
func (l login) works(ctx context.Context, account powerapps.Account, cloud powerapps.Cloud) (time.Time, error) {
	if time.Until(account.Expires) > enough {
		return account.Expires, nil
	}
	if !account.Renewable {
		return time.Time{}, nil
	}
	var token powerapps.Token
	source, err := l.env.Accounts.Source(account, cloud)
	if err == nil {
		token, err = source.Token(ctx, cloud.Resource)
	}
	var over *powerapps.SignInError
	if errors.As(err, &over) {
		return time.Time{}, nil
	}
	return token.Expires, err
}

// same reports whether an account is one that a sign-in would give again.
func same(a powerapps.Account, in powerapps.SignIn) bool {
	return strings.EqualFold(a.Cloud, in.Cloud.Name) && isPerson(a.Means) && strings.EqualFold(a.Client, in.Cloud.Client) &&
		(isAny(in.Tenant) || ofTenant(a, in.Tenant)) && sameResource(a.Resource, in.Cloud.Resource) &&
		powerapps.HostOf(a.Authority) == powerapps.HostOf(in.Cloud.Authority)
}
