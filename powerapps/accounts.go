package powerapps

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"
)

// AccountOptions say where sign-ins are kept and how Microsoft Entra is reached. All but the store may be left out.
type AccountOptions struct {
	Store      *Store
	Getenv     func(string) string // nil is os.Getenv
	Log        *slog.Logger        // told of what goes wrong without being an error, never of a secret; nil is silent
	Retries    *int                // how often a request is repeated that failed in passing; nil is 3 times
	RetryDelay time.Duration       // before the first repetition, doubled for each further one; 0 is a second
	TryTimeout time.Duration       // of one request; 0 is 30 seconds
	Patience   time.Duration       // how long a person has in the browser; 0 is 15 minutes
}

// AccountBook is who is signed in: people and service principals of all clouds. It may be used by many goroutines, and
// many processes may have one over the same store.
type AccountBook struct {
	store    *Store
	getenv   func(string) string
	log      *slog.Logger
	http     *connections
	patience time.Duration
}

// OpenAccounts returns the sign-ins that a store keeps. It reads nothing yet.
func OpenAccounts(o AccountOptions) *AccountBook {
	b := &AccountBook{store: o.Store, getenv: o.Getenv, log: o.Log, patience: cmp.Or(o.Patience, 15*time.Minute)}
	if b.getenv == nil {
		b.getenv = os.Getenv
	}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	b.http = newConnections(o, b.log)
	return b
}

// List returns who is signed in, the latest sign-in first.
func (b *AccountBook) List(ctx context.Context) ([]Account, error) {
	contents, err := b.store.Read(ctx)
	if err != nil {
		return nil, err
	}
	accounts := slices.Clone(contents.Accounts)
	for i, a := range accounts {
		accounts[i].Renewable = a.Renewable && b.canRenew(a)
	}
	return accounts, nil
}

// canRenew reports whether what an account is renewed with, and which is not kept, is there.
func (b *AccountBook) canRenew(a Account) bool {
	switch a.Means {
	case ClientSecret:
		return b.getenv(envSecret) != ""
	case Certificate:
		_, _, err := readCertificate(a.From, b.getenv(envCertificatePassword))
		return err == nil
	case Federated:
		if a.From == "" {
			return b.issuer() != nil
		}
		_, err := tokenFile(a.From)
		return err == nil
	}
	return true
}

// Prefer puts an account first, as if it had signed in last. One that is kept no more stays away.
func (b *AccountBook) Prefer(ctx context.Context, account Account) error {
	key := account.key()
	return b.store.Update(ctx, func(c *Contents) error {
		if i := slices.IndexFunc(c.Accounts, func(a Account) bool { return a.key() == key }); i > 0 {
			first := c.Accounts[i]
			c.Accounts = append([]Account{first}, slices.Delete(c.Accounts, i, i+1)...)
		}
		return nil
	})
}

// SignOut removes the accounts that which says, with every token of theirs, and returns them. Where it says true of the
// zero Account too, all are meant: then what is kept is removed even if it cannot be read.
func (b *AccountBook) SignOut(ctx context.Context, which func(Account) bool) ([]Account, error) {
	contents, err := b.store.Read(ctx)
	var unreadable *StoreError
	if everybody := which(Account{}); everybody && (err == nil || errors.As(err, &unreadable)) {
		if err := b.store.Remove(ctx); err != nil {
			return nil, err
		}
		return contents.Accounts, nil
	}
	if err != nil || !slices.ContainsFunc(contents.Accounts, which) {
		return nil, err
	}
	var removed []Account
	err = b.store.Update(ctx, func(c *Contents) error {
		removed = nil
		c.Accounts = slices.DeleteFunc(c.Accounts, func(a Account) bool {
			if !which(a) {
				return false
			}
			removed = append(removed, a)
			delete(c.Caches, a.key())
			return true
		})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return removed, nil
}

// Storage says in a line where and how tokens are kept.
func (b *AccountBook) Storage() string { return b.store.Describe() }

// keep puts an account first, with its tokens, in the place of an earlier sign-in of the same. Sign-ins to a sandbox that
// was at another address are of no use any more: there is one for each config folder.
func (b *AccountBook) keep(ctx context.Context, a Account, cache json.RawMessage) error {
	return b.store.Update(ctx, func(c *Contents) error {
		key := a.key()
		others := slices.DeleteFunc(c.Accounts, func(other Account) bool {
			ended := a.Cloud == SandboxCloud && other.Cloud == SandboxCloud && HostOf(other.Authority) != HostOf(a.Authority)
			if ended {
				delete(c.Caches, other.key())
			}
			return ended || other.key() == key
		})
		c.Accounts = append([]Account{a}, others...)
		if delete(c.Caches, key); cache != nil {
			c.Caches[key] = cache
		}
		return nil
	})
}

// key tells an account from all others.
func (a Account) key() string {
	parts := []string{a.Cloud, strings.TrimRight(a.Authority, "/"), a.Tenant, a.Client, a.User, string(a.Means)}
	text, _ := json.Marshal(parts) // strings
	return strings.ToLower(string(text))
}
