package powerapps

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"time"
)

// Source returns the tokens of an account. They are renewed as long as the sign-in service lets them be, and are kept in the
// place of the earlier ones. The error tells of what an account is renewed with.
func (b *AccountBook) Source(account Account, cloud Cloud) (TokenSource, error) {
	account.Authority = cmp.Or(account.Authority, cloud.Authority)
	account.Resource = cmp.Or(account.Resource, cloud.Resource)
	cache := &keptCache{store: b.store, account: account, log: b.log}
	do, err := b.renewal(account, cloud.Roots, cache)
	if err != nil {
		return nil, attemptFor(account).failed(context.Background(), err)
	}
	return newTokens(do, account, cache, attemptFor(account)), nil
}

// renewal returns how an account gets its next token.
func (b *AccountBook) renewal(a Account, roots *x509.CertPool, cache tokenCache) (acquire, error) {
	switch a.Means {
	case DeviceCode, Browser:
		return b.renewPerson(a, roots, cache)
	case ManagedIdentity:
		return b.byIdentity(a.From)
	}
	in := SignIn{Means: a.Means, Secret: b.getenv(envSecret), CertPassword: b.getenv(envCertificatePassword)}
	if a.Means == Certificate {
		in.Certificate = a.From
	} else {
		in.FederatedToken = a.From
	}
	return b.byCredential(a, roots, cache, in)
}

// margin is how long before its end a token is replaced. MSAL has the same.
const margin = 5 * time.Minute

// tokens is a TokenSource that remembers.
type tokens struct {
	acquire acquire
	account Account
	cache   tokenCache
	try     attempt
	turn    chan struct{} // holds one thing: the right to ask for a token
	held    map[string]heldToken
}

type heldToken struct {
	Token
	renew time.Time // when to ask for another one
}

func newTokens(do acquire, a Account, cache tokenCache, try attempt) *tokens {
	return &tokens{acquire: do, account: a, cache: cache, try: try, turn: make(chan struct{}, 1), held: map[string]heldToken{}}
}

// Token returns a token that is good for a while, of many callers at once only one of whom asks for it.
func (t *tokens) Token(ctx context.Context, resource string) (Token, error) {
	return t.take(ctx, resource, Token{})
}

// Renew returns a token in the place of one that the service refused.
func (t *tokens) Renew(ctx context.Context, resource string, refused Token) (Token, error) {
	return t.take(ctx, resource, refused)
}

func (t *tokens) take(ctx context.Context, resource string, refused Token) (Token, error) {
	resource = cmp.Or(resource, t.account.Resource)
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return Token{}, ctx.Err()
	}
	held, ok := t.held[resource]
	if ok && held.Value == refused.Value {
		delete(t.held, resource)
		ok = false
	}
	if ok && time.Now().Before(held.renew) {
		return held.Token, nil
	}
	if refused.Value != "" {
		t.cache.reject(refused.Value)
	}
	token, err := t.ask(ctx, resource)
	var over *SignInError
	if err != nil && ok && ctx.Err() == nil && !errors.As(err, &over) && time.Now().Before(held.Expires) {
		return held.Token, nil // good for some minutes still, in which the sign-in service may be back
	}
	return token, err
}

// ask gets a token and remembers it.
func (t *tokens) ask(ctx context.Context, resource string) (Token, error) {
	got, err := t.acquire(ctx, resource)
	if err != nil {
		return Token{}, t.failed(ctx, err)
	}
	token := Token{Value: got.value, Expires: got.expires, ObjectID: cmp.Or(got.ObjectID, t.account.ObjectID)}
	if token.ObjectID == "" {
		_, err := t.account.of(got)
		return Token{}, err
	}
	now := time.Now().Round(0) // without the clock that stops while a machine sleeps
	left := token.Expires.Sub(now)
	t.held[resource] = heldToken{Token: token, renew: token.Expires.Add(-min(margin, left/2))}
	return token, nil
}

func (t *tokens) failed(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
	case errors.Is(err, errSignedOut):
		return &SignInError{Problem: t.account.User + " is signed out of the " + t.account.Cloud + " cloud", Way: t.try.way}
	case errors.Is(err, errNothingKept):
		return &SignInError{Problem: "the sign-in of " + t.account.User + " to the " + t.account.Cloud + " cloud has ended, and " + err.Error(), Way: t.try.way}
	}
	return t.try.failed(ctx, err)
}
