package powerapps_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"paconn-ls/powerapps"
)

// ring is a keyring in memory. before, when there is one, is called at the start of every call and may fail it.
type ring struct {
	mu     sync.Mutex
	held   map[string]string
	calls  int
	before func() error
}

func (r *ring) call() error {
	r.mu.Lock()
	r.calls++
	before := r.before
	r.mu.Unlock()
	if before == nil {
		return nil
	}
	return before()
}

func (r *ring) Get(name string) (string, error) {
	if err := r.call(); err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	secret, ok := r.held[name]
	if !ok {
		return "", powerapps.ErrNoKey
	}
	return secret, nil
}

func (r *ring) Set(name, secret string) error {
	if err := r.call(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held == nil {
		r.held = map[string]string{}
	}
	r.held[name] = secret
	return nil
}

func (r *ring) Delete(name string) error {
	if err := r.call(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.held[name]; !ok {
		return powerapps.ErrNoKey
	}
	delete(r.held, name)
	return nil
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
			s := powerapps.OpenStore(powerapps.StoreOptions{Dir: dir, Mode: mode, Keyring: keys})
			ctx := context.Background()
			if got, err := s.Read(ctx); err != nil || len(got.Accounts) != 0 {
				t.Fatalf("at first: %v, %v", got, err)
			}
			for _, user := range []string{"ann", "bob"} {
				if err := s.Update(ctx, add(user)); err != nil {
					t.Fatal(err)
				}
			}
			got, err := s.Read(ctx)
			if err != nil || len(got.Accounts) != 2 || string(got.Caches["bob"]) != `{"secret":"token of bob"}` {
				t.Fatalf("kept: %v, %v", got, err)
			}
			if err := s.Remove(ctx); err != nil {
				t.Fatal(err)
			}
			if got, err := s.Read(ctx); err != nil || len(got.Accounts) != 0 {
				t.Fatalf("after removing: %v, %v", got, err)
			}
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
