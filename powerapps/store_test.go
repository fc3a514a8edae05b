package powerapps_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"paconn-ls/powerapps"
)

// opened returns a store and what it tells of.
func opened(dir, mode string, keys powerapps.Keyring) (*powerapps.Store, *[]string) {
	notes := &[]string{}
	return powerapps.OpenStore(powerapps.StoreOptions{
		Dir: dir, Mode: mode, Memory: powerapps.NewMemory(keys), Note: func(text string) { *notes = append(*notes, text) },
	}), notes
}

// users returns who is signed in, after a look at the tokens that belong to them.
func users(t *testing.T, s *powerapps.Store) []string {
	t.Helper()
	got, err := s.Read(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return usersOf(t, got)
}

func usersOf(t *testing.T, c powerapps.Contents) []string {
	t.Helper()
	names := []string{}
	for _, a := range c.Accounts {
		names = append(names, a.User)
		if want := fmt.Sprintf(`{"secret":"token of %s"}`, a.User); string(c.Caches[a.User]) != want {
			t.Errorf("the cache of %s is %s", a.User, c.Caches[a.User])
		}
	}
	if len(c.Caches) != len(names) {
		t.Errorf("%d caches for %d accounts", len(c.Caches), len(names))
	}
	slices.Sort(names)
	return names
}

// sameUsers reports a difference.
func sameUsers(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("signed in: %v, want %v", got, want)
	}
}

// update makes a change that has to succeed.
func update(t *testing.T, s *powerapps.Store, change func(*powerapps.Contents) error) {
	t.Helper()
	if err := s.Update(context.Background(), change); err != nil {
		t.Fatal(err)
	}
}

// says reports an error that does not have all the words.
func says(t *testing.T, err error, words ...string) {
	t.Helper()
	for _, word := range words {
		if err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%v does not say %q", err, word)
		}
	}
}

// add returns a change that signs somebody in.
func add(user string) func(*powerapps.Contents) error {
	return func(c *powerapps.Contents) error {
		c.Accounts = append(c.Accounts, powerapps.Account{User: user})
		c.Caches[user] = json.RawMessage(`{"secret":"token of ` + user + `"}`)
		return nil
	}
}

func TestKeepsAndRemoves(t *testing.T) {
	for _, mode := range []string{"", "auto", "keyring", "file", "none"} {
		t.Run(mode, func(t *testing.T) {
			keys, dir := &ring{}, filepath.Join(t.TempDir(), "a", "paconn-ls")
			s, _ := opened(dir, mode, keys)
			sameUsers(t, users(t, s))
			update(t, s, add("ann"))
			update(t, s, add("bob"))
			sameUsers(t, users(t, s), "ann", "bob")
			if err := s.Remove(context.Background()); err != nil {
				t.Fatal(err)
			}
			sameUsers(t, users(t, s))
			if len(keys.held) != 0 {
				t.Errorf("the keyring still has %v", keys.held)
			}
			entries, _ := os.ReadDir(dir)
			for _, e := range entries {
				if e.Name() != "tokens.lock" {
					t.Errorf("%s is still there", e.Name())
				}
			}
		})
	}
}

func TestUpdateKeepsOldOnError(t *testing.T) {
	for _, mode := range []string{"keyring", "file", "none"} {
		s, _ := opened(t.TempDir(), mode, &ring{})
		update(t, s, add("ann"))
		refused := fmt.Errorf("refused")
		err := s.Update(context.Background(), func(c *powerapps.Contents) error {
			c.Accounts[0].User, c.Caches["ann"] = "changed", nil
			return refused
		})
		if !errors.Is(err, refused) {
			t.Errorf("%s: %v", mode, err)
		}
		err = s.Update(context.Background(), func(c *powerapps.Contents) error {
			c.Caches["ann"] = json.RawMessage("{no JSON")
			return nil
		})
		if mode != "none" && err == nil {
			t.Errorf("%s: a cache that is no JSON is taken", mode)
		}
		if mode != "none" {
			sameUsers(t, users(t, s), "ann")
		}
	}
}

// TestReadIsACopy changes what Read returned.
func TestReadIsACopy(t *testing.T) {
	s, _ := opened(t.TempDir(), "none", nil)
	update(t, s, add("ann"))
	got, _ := s.Read(context.Background())
	got.Accounts[0].User = "changed"
	delete(got.Caches, "ann")
	sameUsers(t, users(t, s), "ann")
}

// TestLastOneOut removes the file and its key with the last account.
func TestLastOneOut(t *testing.T) {
	dir, keys := t.TempDir(), &ring{}
	s, _ := opened(dir, "auto", keys)
	update(t, s, add("ann"))
	update(t, s, func(c *powerapps.Contents) error { *c = powerapps.Contents{}; return nil })
	if _, err := os.Stat(filepath.Join(dir, "tokens")); !os.IsNotExist(err) || len(keys.held) != 0 {
		t.Errorf("%v, %d keys", err, len(keys.held))
	}
}

func TestUnknownMode(t *testing.T) {
	s, _ := opened(t.TempDir(), "keychain", &ring{})
	_, err := s.Read(context.Background())
	says(t, err, "PACONN_TOKEN_CACHE", "auto, keyring, file or none", "keychain")
	says(t, s.Update(context.Background(), add("ann")), "PACONN_TOKEN_CACHE")
	says(t, s.Ready(context.Background()), "PACONN_TOKEN_CACHE")
}

// TestNothingOnDisk finds no token in any file when they are encrypted or in memory, and none readable by others.
func TestNothingOnDisk(t *testing.T) {
	for _, mode := range []string{"auto", "keyring", "none", "file"} {
		dir := t.TempDir()
		s, _ := opened(dir, mode, &ring{})
		update(t, s, add("ann"))
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			text, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), "ann") != (mode == "file" && e.Name() == "tokens") {
				t.Errorf("%s: %s holds %q", mode, e.Name(), text)
			}
		}
		if mode == "none" && len(entries) > 0 {
			t.Errorf("%v is on the disk", entries)
		}
	}
}

// TestEverybodyOut leaves nothing of what is kept, and makes nothing where nothing is.
func TestEverybodyOut(t *testing.T) {
	everybody := func(powerapps.Account) bool { return true }
	dir, keys := filepath.Join(t.TempDir(), "paconn-ls"), &ring{}
	s, _ := opened(dir, "auto", keys)
	book := powerapps.OpenAccounts(powerapps.AccountOptions{Store: s})
	if removed, err := book.SignOut(context.Background(), everybody); err != nil || len(removed) != 0 {
		t.Errorf("%v, %v", removed, err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("signing out of nothing made %s", dir)
	}
	update(t, s, add("ann"))
	update(t, s, func(c *powerapps.Contents) error { c.Caches["of nobody"] = json.RawMessage(`{}`); return nil })
	if removed, err := book.SignOut(context.Background(), everybody); err != nil || len(removed) != 1 || removed[0].User != "ann" {
		t.Errorf("%v, %v", removed, err)
	}
	if names := leftovers(t, dir); len(names) != 1 || len(keys.held) != 0 {
		t.Errorf("%v and %d keys are left", names, len(keys.held))
	}
}

// TestMemoryIsShared has the stores of a process ask a keyring once, as the verbs of an editor do.
func TestMemoryIsShared(t *testing.T) {
	keys := &ring{}
	memory, dir := powerapps.NewMemory(keys), t.TempDir()
	open := func() *powerapps.Store {
		return powerapps.OpenStore(powerapps.StoreOptions{Dir: dir, Mode: powerapps.CacheKeyring, Memory: memory})
	}
	update(t, open(), grown(1))
	before := keys.asked()
	for range 3 {
		if got, err := open().Read(context.Background()); err != nil || len(got.Caches) == 0 {
			t.Fatalf("%v %v", got, err)
		}
	}
	if n := keys.asked() - before; n != 0 {
		t.Errorf("the keyring is asked %d times for what is known", n)
	}
}
