package powerapps

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/cache"
)

// tokenCache is what MSAL remembers of one account. MSAL reads and writes it whole, as JSON: sections ("AccessToken",
// "RefreshToken", …) of entries by key.
type tokenCache interface {
	cache.ExportReplace
	// reject has an access token forgotten that the service refused.
	reject(token string)
}

type sections map[string]map[string]json.RawMessage

// sectionsOf reads a cache. What is not one is as good as an empty one: somebody has to sign in again.
func sectionsOf(raw []byte) sections {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return sections{}
	}
	out := sections{}
	for name, member := range members {
		var entries map[string]json.RawMessage
		if json.Unmarshal(member, &entries) == nil && entries != nil {
			out[name] = entries
		}
	}
	return out
}

func (s sections) raw() []byte {
	if len(s) == 0 {
		return []byte("{}")
	}
	text, _ := json.Marshal(s) // what was JSON
	return text
}

// merge returns theirs with what changed from base to ours.
func merge(base, ours, theirs sections) sections {
	out := sections{}
	for name, entries := range theirs {
		out[name] = maps.Clone(entries)
	}
	for name, entries := range ours {
		if out[name] == nil {
			out[name] = map[string]json.RawMessage{}
		}
		for key, entry := range entries {
			if !bytes.Equal(entry, base[name][key]) {
				out[name][key] = entry
			}
		}
	}
	for name, entries := range base {
		for key := range entries {
			if _, kept := ours[name][key]; !kept {
				delete(out[name], key)
			}
		}
	}
	return out
}

// The sections that we look into.
const (
	accessSection  = "AccessToken"
	refreshSection = "RefreshToken"
)

// accessEntry is what we read of an access token's entry.
type accessEntry struct {
	Secret  string `json:"secret"`
	Target  string `json:"target"`     // its scopes, with blanks between them
	Expires string `json:"expires_on"` // seconds since 1970
}

// without drops access tokens that the service refused.
func (s sections) without(rejected []string) sections {
	maps.DeleteFunc(s[accessSection], func(_ string, entry json.RawMessage) bool {
		var e accessEntry
		return json.Unmarshal(entry, &e) == nil && slices.Contains(rejected, e.Secret)
	})
	return s
}

// expires returns when the access token of a resource ends.
func (s sections) expires(resource string) (time.Time, bool) {
	for _, entry := range s[accessSection] {
		var e accessEntry
		if json.Unmarshal(entry, &e) != nil || !slices.Contains(strings.Fields(strings.ToLower(e.Target)), strings.ToLower(scopeOf(resource))) {
			continue
		}
		if at, err := json.Number(e.Expires).Int64(); err == nil {
			return time.Unix(at, 0).UTC(), true
		}
	}
	return time.Time{}, false
}

// memoryCache is a cache that lasts as long as the process: of a sign-in under way, and of service principals that
// environment variables describe.
type memoryCache struct {
	mu       sync.Mutex
	kept     sections
	rejected []string
}

func (c *memoryCache) Replace(_ context.Context, into cache.Unmarshaler, _ cache.ReplaceHints) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return into.Unmarshal(c.kept.without(c.rejected).raw())
}

func (c *memoryCache) Export(_ context.Context, from cache.Marshaler, _ cache.ExportHints) error {
	raw, err := from.Marshal()
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept = sectionsOf(raw)
	return nil
}

func (c *memoryCache) reject(token string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rejected = append(c.rejected, token)
}

// keptCache is the cache of an account in the store.
type keptCache struct {
	store   *Store
	account Account
	log     *slog.Logger

	mu       sync.Mutex
	base     sections // as the store had it when MSAL last read it
	unsaved  sections // what MSAL wrote and the store could not take; nil when it took everything
	rejected []string
}

// errSignedOut says that an account is not in the store any more.
var errSignedOut = errors.New("signed out")

// Replace gives MSAL what the store has now.
func (c *keptCache) Replace(ctx context.Context, into cache.Unmarshaler, _ cache.ReplaceHints) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	contents, err := c.store.Read(ctx)
	if err != nil && c.unsaved == nil {
		return err
	}
	now := c.base
	if err == nil {
		if indexOf(contents.Accounts, c.account) < 0 {
			return errSignedOut
		}
		now = sectionsOf(contents.Caches[c.account.key()])
	}
	give := now
	if c.unsaved != nil {
		give = merge(c.base, c.unsaved, now)
		c.unsaved = give
	}
	c.base = now
	return into.Unmarshal(merge(nil, give, nil).without(c.rejected).raw())
}

// Export adds to the store what MSAL changed. A store that cannot be written to does not undo a renewal: the token is good
// for this process, and the next one renews again.
func (c *keptCache) Export(ctx context.Context, from cache.Marshaler, _ cache.ExportHints) error {
	raw, err := from.Marshal()
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	ours := sectionsOf(raw)
	err = c.store.Update(context.WithoutCancel(ctx), func(contents *Contents) error { return c.put(contents, ours) })
	switch {
	case err == nil:
		c.unsaved = nil
	case errors.Is(err, errSignedOut):
		c.log.WarnContext(ctx, "signed out while a token was renewed: it is not kept", "account", c.account.User)
	default:
		c.unsaved = ours
		c.log.WarnContext(ctx, "the renewed token could not be kept, and will be renewed again the next time", "error", err)
	}
	return nil
}

// put changes the contents of the store, unless the account has been removed meanwhile.
func (c *keptCache) put(contents *Contents, ours sections) error {
	i := indexOf(contents.Accounts, c.account)
	if i < 0 {
		return errSignedOut
	}
	key := c.account.key()
	merged := merge(c.base, ours, sectionsOf(contents.Caches[key]))
	contents.Caches[key] = merged.raw()
	if at, ok := merged.expires(c.account.Resource); ok {
		contents.Accounts[i].Expires = at
	}
	return nil
}

func (c *keptCache) reject(token string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rejected = append(c.rejected, token)
}

func indexOf(accounts []Account, a Account) int {
	return slices.IndexFunc(accounts, func(other Account) bool { return other.key() == a.key() })
}
