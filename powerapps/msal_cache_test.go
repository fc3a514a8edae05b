package powerapps

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/cache"
	"github.com/google/go-cmp/cmp"
)

// process is MSAL in one process: what it remembers, by section and key.
type process struct {
	*keptCache
	holds map[string]map[string]string
}

func (p *process) Unmarshal(raw []byte) error {
	p.holds = nil
	return json.Unmarshal(raw, &p.holds)
}

func (p *process) Marshal() ([]byte, error) { return json.Marshal(p.holds) }

// read has the process read the store, set has it remember something, write has it write the store.
func (p *process) read() error {
	return p.Replace(context.Background(), p, cache.ReplaceHints{})
}

func (p *process) set(section, key, value string) {
	if p.holds[section] == nil {
		p.holds = maps.Clone(p.holds)
		if p.holds == nil {
			p.holds = map[string]map[string]string{}
		}
		p.holds[section] = map[string]string{}
	}
	p.holds[section][key] = value
}

func (p *process) write() error {
	return p.Export(context.Background(), p, cache.ExportHints{})
}

// twoProcesses are what two processes do to one account's cache.
var twoProcesses = []struct {
	name string
	do   func(a, b *process, store *Store) error
	want map[string]map[string]string // what a third process reads; nil when ada is signed out
}{
	{"both renew for another audience", func(a, b *process, _ *Store) error {
		err := errors.Join(a.read(), b.read())
		a.set("AccessToken", "powerapps", "a1")
		b.set("AccessToken", "flow", "b1")
		return errors.Join(err, a.write(), b.write())
	}, map[string]map[string]string{"RefreshToken": {"r": "0"}, "AccessToken": {"old": "0", "powerapps": "a1", "flow": "b1"}}},
	{"what one has read earlier does not replace what the other wrote since", func(a, b *process, _ *Store) error {
		err := errors.Join(a.read(), b.read())
		b.set("AccessToken", "old", "b1")
		b.set("RefreshToken", "r", "b1")
		err = errors.Join(err, b.write())
		a.set("AccessToken", "flow", "a1")
		return errors.Join(err, a.write())
	}, map[string]map[string]string{"RefreshToken": {"r": "b1"}, "AccessToken": {"old": "b1", "flow": "a1"}}},
	{"the later of the same wins", func(a, b *process, _ *Store) error {
		err := errors.Join(a.read(), b.read())
		a.set("RefreshToken", "r", "a1")
		b.set("RefreshToken", "r", "b1")
		return errors.Join(err, a.write(), b.write())
	}, map[string]map[string]string{"RefreshToken": {"r": "b1"}, "AccessToken": {"old": "0"}}},
	{"what one forgets is gone", func(a, b *process, _ *Store) error {
		err := errors.Join(a.read(), b.read())
		delete(a.holds["AccessToken"], "old")
		b.set("AccessToken", "flow", "b1")
		return errors.Join(err, b.write(), a.write())
	}, map[string]map[string]string{"RefreshToken": {"r": "0"}, "AccessToken": {"flow": "b1"}}},
	{"a sign-out between reading and writing is not undone", func(a, _ *process, store *Store) error {
		err := a.read()
		out := store.Update(context.Background(), func(c *Contents) error {
			c.Accounts, c.Caches = nil, map[string]json.RawMessage{}
			return nil
		})
		a.set("AccessToken", "flow", "a1")
		return errors.Join(err, out, a.write())
	}, nil},
	{"what could not be written is not forgotten, and written later", func(a, b *process, store *Store) error {
		err := errors.Join(a.read(), b.read())
		lock := filepath.Join(store.dir, lockFile)
		err = errors.Join(err, os.RemoveAll(lock), os.Mkdir(lock, 0o700))
		a.set("RefreshToken", "r", "a1")
		err = errors.Join(err, a.write(), os.Remove(lock))
		b.set("AccessToken", "old", "b1")
		err = errors.Join(err, b.write(), a.read())
		if a.holds["RefreshToken"]["r"] != "a1" || a.holds["AccessToken"]["old"] != "b1" {
			err = errors.Join(err, errors.New("forgotten"))
		}
		a.set("AccessToken", "flow", "a2")
		return errors.Join(err, a.write())
	}, map[string]map[string]string{"RefreshToken": {"r": "a1"}, "AccessToken": {"old": "b1", "flow": "a2"}}},
}

// TestCacheOfTwoProcesses has two processes do their steps in every order that matters.
func TestCacheOfTwoProcesses(t *testing.T) {
	t.Parallel()
	ada := Account{Cloud: "public", User: "ada", Means: DeviceCode}
	for _, c := range twoProcesses {
		t.Run(c.name, func(t *testing.T) {
			store := OpenStore(StoreOptions{Dir: t.TempDir(), Mode: CacheFile})
			err := store.Update(t.Context(), func(contents *Contents) error {
				contents.Accounts = []Account{ada}
				contents.Caches[ada.key()] = json.RawMessage(`{"RefreshToken": {"r": "0"}, "AccessToken": {"old": "0"}}`)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			opened := func() *process {
				return &process{keptCache: &keptCache{store: store, account: ada, log: slog.New(slog.DiscardHandler)}}
			}
			if err := c.do(opened(), opened(), store); err != nil {
				t.Fatal(err)
			}
			third := opened()
			err = third.read()
			if c.want == nil {
				if !errors.Is(err, errSignedOut) {
					t.Errorf("ada is signed in: %v", third.holds)
				}
				return
			}
			if diff := cmp.Diff(c.want, third.holds); err != nil || diff != "" {
				t.Errorf("%v %s", err, diff)
			}
		})
	}
}

// TestCacheThatIsNone: what is not a cache is as good as an empty one.
func TestCacheThatIsNone(t *testing.T) {
	for _, raw := range []string{"", "null", "[]", "{", `{"AccessToken": 1, "RefreshToken": null, "Account": {"a": 2}}`} {
		if got := string(sectionsOf([]byte(raw)).raw()); got != "{}" && got != `{"Account":{"a":2}}` {
			t.Errorf("%s becomes %s", raw, got)
		}
	}
}
