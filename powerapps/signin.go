package powerapps

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// anyTenant stands for the directory of whoever signs in.
const anyTenant = "common"

// machineLimit bounds what needs no person: all requests of it, with their repetitions.
const machineLimit = 2 * time.Minute

// SignIn signs somebody in and keeps it. An earlier sign-in of the same user or service principal, by the same means, is
// replaced. show may be nil for service principals. Its error is the context's when it is cancelled, a *SignInError when
// the person or the sign-in service refuses, a *StoreError when the sign-in could not be kept, and a *Error when the
// sign-in service could not be reached.
func (b *AccountBook) SignIn(ctx context.Context, in SignIn, show Interaction) (Account, error) {
	if err := in.complete(); err != nil {
		return Account{}, err
	}
	if err := b.store.Ready(ctx); err != nil {
		return Account{}, err // before a person takes the trouble
	}
	cache := &memoryCache{}
	source, account, err := b.begin(in, show, cache)
	if err != nil {
		return Account{}, err
	}
	token, err := source(ctx, in.Cloud.Resource)
	if err != nil {
		return Account{}, attemptFor(account).failed(ctx, err)
	}
	if account, err = account.of(token); err != nil {
		return Account{}, err
	}
	account.Renewable = !isPerson(in.Means) || len(cache.kept[refreshSection]) > 0
	var raw json.RawMessage
	if len(cache.kept) > 0 {
		raw = cache.kept.raw()
	}
	if err := b.keep(context.WithoutCancel(ctx), account, raw); err != nil {
		return Account{}, err
	}
	account.Renewable = account.Renewable && b.canRenew(account)
	return account, nil
}

// begin prepares a sign-in: how to get the first token, and the account that it will be of.
func (b *AccountBook) begin(in SignIn, show Interaction, cache tokenCache) (acquire, Account, error) {
	account := Account{
		Cloud: in.Cloud.Name, Authority: in.Cloud.Authority, Client: in.Cloud.Client, Resource: in.Cloud.Resource,
		Tenant: in.Tenant, Means: in.Means,
	}
	var do acquire
	var err error
	switch in.Means {
	case DeviceCode:
		do, err = b.byDeviceCode(account, in.Cloud.Roots, cache, show)
	case Browser:
		do, err = b.byBrowser(account, in.Cloud.Roots, cache, show)
	case ManagedIdentity:
		account.Client, account.From = "", in.IdentityClient
		do, err = b.byIdentity(in.IdentityClient)
	default:
		account.From = cmp.Or(in.Certificate, in.FederatedToken)
		do, err = b.byCredential(account, in.Cloud.Roots, cache, in)
	}
	return do, account, err
}

func isPerson(m Means) bool { return m == DeviceCode || m == Browser }

// complete fills in what has a default and refuses what cannot be signed in with.
func (in *SignIn) complete() error {
	if !slices.Contains(AllMeans, in.Means) {
		return fmt.Errorf("there is no way %q to sign in, only %s", in.Means, strings.Join(names(AllMeans), ", "))
	}
	if in.Means == ManagedIdentity {
		return nil
	}
	authority, tenant, err := authorityOf(in.Cloud.Authority, in.Tenant)
	if err != nil {
		return err
	}
	in.Cloud.Authority, in.Tenant = authority, tenant
	if isPerson(in.Means) {
		in.Tenant = cmp.Or(in.Tenant, anyTenant)
		return nil
	}
	if err := in.principal(); err != nil {
		return &SignInError{Problem: attemptFor(Account{Cloud: in.Cloud.Name}).problem, Err: err}
	}
	return nil
}

// principal says what a service principal lacks.
func (in *SignIn) principal() error {
	switch {
	case in.Tenant == "" || isAnyTenant(in.Tenant):
		return errors.New("a service principal belongs to one directory: give its id or domain with --tenant")
	case in.Cloud.Client == "" || in.Cloud.Client == azureCLI:
		return errors.New("a service principal has an application (client) id of its own: give it with --clid")
	case in.Means == ClientSecret && in.Secret == "":
		return errors.New("the secret of the service principal is missing: give it in " + envSecret)
	case in.Means == Certificate && in.Certificate == "":
		return errors.New("the certificate of the service principal is missing: give its file with --certificate")
	}
	return nil
}

func names(all []Means) []string {
	var out []string
	for _, m := range all {
		out = append(out, string(m))
	}
	return out
}

var tenantForm = regexp.MustCompile(`^[\pL\pN][\pL\pN._-]*$`)

// isTenant reports whether a text may be the id of a directory or a domain.
func isTenant(text string) bool { return tenantForm.MatchString(text) && !strings.Contains(text, "..") }

// isAnyTenant reports whether a tenant is one of Entra's words for whichever is the user's.
func isAnyTenant(tenant string) bool {
	return slices.Contains([]string{anyTenant, "organizations", "consumers"}, strings.ToLower(tenant))
}

// authorityOf takes an authority apart into its address without a path and the tenant. Either may name the tenant.
func authorityOf(authority, tenant string) (string, string, error) {
	u, err := url.Parse(strings.TrimSpace(authority))
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" {
		return "", "", fmt.Errorf("the sign-in authority %q is not an address such as https://login.microsoftonline.com", WithoutQuery(authority))
	}
	named, _, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	if named != "" && tenant != "" && !strings.EqualFold(named, tenant) {
		return "", "", fmt.Errorf("the sign-in authority %s names the tenant %s, but the tenant %s is given: leave one out", WithoutQuery(authority), named, tenant)
	}
	tenant = cmp.Or(tenant, named)
	if tenant != "" && !isTenant(tenant) {
		return "", "", fmt.Errorf("the tenant %q is neither the id of a directory nor a domain", tenant)
	}
	return u.Scheme + "://" + u.Host, tenant, nil
}

// scopeOf returns what MSAL asks for to get a token of an audience. A slash at the end of the audience stays, so that
// there may be two of them.
func scopeOf(resource string) string { return resource + "/.default" }

// issued is an access token with what is known about whom it is for.
type issued struct {
	value   string
	expires time.Time
	claims
}

// claims are what tokens say of whom they are for.
type claims struct {
	ObjectID string `json:"oid"`
	TenantID string `json:"tid"`
	AppID    string `json:"appid"`
	Username string `json:"preferred_username"`
	UPN      string `json:"upn"`
	Email    string `json:"email"`
	Name     string `json:"name"`
}

// claimsOf reads an access token. The service alone may rely on what is in it; to us it names a user.
func claimsOf(token string) claims {
	var c claims
	if parts := strings.Split(token, "."); len(parts) > 1 {
		if raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "=")); err == nil {
			_ = json.Unmarshal(raw, &c) // what cannot be read says nothing
		}
	}
	return c
}

// of completes an account by its first token.
func (a Account) of(t issued) (Account, error) {
	if t.ObjectID == "" {
		return a, &SignInError{
			Problem: "the sign-in to the " + a.Cloud + " cloud brought a token without an object id (oid), which the Power Apps service needs in its addresses",
			Way:     "sign in with a work or school account, or with another application (--clid)",
		}
	}
	a.ObjectID, a.TenantID, a.Expires = t.ObjectID, t.TenantID, t.expires
	if isPerson(a.Means) {
		a.User = cmp.Or(t.Username, t.UPN, t.Email, t.Name, t.ObjectID)
		return a, nil
	}
	a.Client = cmp.Or(a.Client, t.AppID)
	a.User = cmp.Or(a.Client, t.ObjectID)
	return a, nil
}
