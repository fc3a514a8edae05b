package powerapps_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

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

// asked returns how many calls there were.
func (r *ring) asked() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.calls
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

var errRefused = errors.New("the prompt was dismissed")

func refuses() error { return errRefused }

// encrypted returns a folder with the tokens of ann, encrypted, and the keyring with their key.
func encrypted(t *testing.T) (string, *ring) {
	t.Helper()
	dir, keys := t.TempDir(), &ring{}
	s, _ := opened(dir, "keyring", keys)
	update(t, s, add("ann"))
	if len(keys.held) != 1 {
		t.Fatalf("%d keys", len(keys.held))
	}
	return dir, keys
}

// tokens returns the tokens file.
func tokens(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "tokens"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestNoKeyring falls back to a file, and says so once.
func TestNoKeyring(t *testing.T) {
	dir, keys := t.TempDir(), &ring{before: refuses}
	s, notes := opened(dir, "auto", keys)
	if err := s.Ready(context.Background()); err != nil {
		t.Fatal(err)
	}
	update(t, s, add("ann"))
	update(t, s, add("bob"))
	sameUsers(t, users(t, s), "ann", "bob")
	if len(*notes) != 1 || !strings.Contains((*notes)[0], "not encrypted") || !strings.Contains((*notes)[0], errRefused.Error()) {
		t.Errorf("noted %q", *notes)
	}
	if n := keys.asked(); n != 1 {
		t.Errorf("the keyring was asked %d times", n)
	}
	if text := s.Describe(); !strings.Contains(text, "not encrypted") || !strings.Contains(text, dir) {
		t.Error(text)
	}

	// The keyring comes back later: what is kept stays as it is until everybody has signed out.
	keys.before = nil
	s, notes = opened(dir, "auto", keys)
	update(t, s, add("cyd"))
	sameUsers(t, users(t, s), "ann", "bob", "cyd")
	if len(*notes) != 0 || len(keys.held) != 0 {
		t.Errorf("noted %q, %d keys", *notes, len(keys.held))
	}
	if err := s.Remove(context.Background()); err != nil {
		t.Fatal(err)
	}
	update(t, s, add("dan"))
	if text := s.Describe(); !strings.HasPrefix(text, "encrypted") {
		t.Error(text)
	}
}

// TestKeyringOnly keeps nothing without a keyring.
func TestKeyringOnly(t *testing.T) {
	dir := t.TempDir()
	s, _ := opened(dir, "keyring", &ring{before: refuses})
	for _, err := range []error{s.Ready(context.Background()), s.Update(context.Background(), add("ann"))} {
		says(t, err, dir, "without the system's keyring", errRefused.Error(), "PACONN_TOKEN_CACHE=file")
	}
	if _, err := os.Stat(filepath.Join(dir, "tokens")); !os.IsNotExist(err) {
		t.Error("something is kept")
	}
}

// TestKeyringOutOfReach neither loses nor replaces what is encrypted while the key cannot be had.
func TestKeyringOutOfReach(t *testing.T) {
	for name, before := range map[string]func() error{
		"refuses": refuses,
		"panics":  func() error { panic("a bad answer of the bus") },
	} {
		t.Run(name, func(t *testing.T) {
			dir, keys := encrypted(t)
			old := tokens(t, dir)
			keys.before, keys.calls = before, 0
			s, notes := opened(dir, "auto", keys)
			_, err := s.Read(context.Background())
			for _, err := range []error{err, s.Update(context.Background(), add("bob")), s.Ready(context.Background())} {
				says(t, err, dir, "its key cannot be had", "unlock the keyring", "PACONN_TOKEN_CACHE=file")
			}
			if tokens(t, dir) != old || len(*notes) != 0 {
				t.Errorf("the file changed; noted %q", *notes)
			}
			if n := keys.asked(); n != 1 {
				t.Errorf("the keyring was asked %d times", n)
			}
			keys.before = nil
			s, _ = opened(dir, "auto", keys)
			sameUsers(t, users(t, s), "ann")
		})
	}
}

// TestFileInsteadOfKeyring signs in with a file while the keyring is out of reach. What was encrypted is set aside.
func TestFileInsteadOfKeyring(t *testing.T) {
	dir, keys := encrypted(t)
	old := tokens(t, dir)
	keys.before = refuses
	s, notes := opened(dir, "file", keys)
	if err := s.Ready(context.Background()); err != nil {
		t.Error(err)
	}
	update(t, s, add("bob"))
	sameUsers(t, users(t, s), "bob")
	if len(*notes) != 1 || !strings.Contains((*notes)[0], "tokens.unreadable") {
		t.Errorf("noted %q", *notes)
	}
	if aside, _ := os.ReadFile(filepath.Join(dir, "tokens.unreadable")); string(aside) != old {
		t.Error("what was encrypted is lost")
	}
	keys.before = nil
	if err := powerapps.OpenStore(powerapps.StoreOptions{Dir: dir, Memory: powerapps.NewMemory(keys)}).Remove(context.Background()); err != nil || len(keys.held) != 0 {
		t.Errorf("%v, %d keys", err, len(keys.held))
	}
}

// TestKeyGone signs in again after the keyring lost the key.
func TestKeyGone(t *testing.T) {
	for name, lose := range map[string]func(*ring, string){
		"removed":  func(r *ring, name string) { delete(r.held, name) },
		"no key":   func(r *ring, name string) { r.held[name] = "nonsense" },
		"replaced": func(r *ring, name string) { r.held[name] = strings.Repeat("A", 43) + "=" },
	} {
		t.Run(name, func(t *testing.T) {
			dir, keys := encrypted(t)
			lose(keys, dir)
			s, notes := opened(dir, "auto", keys)
			_, err := s.Read(context.Background())
			says(t, err, filepath.Join(dir, "tokens"), "sign in again")
			if err := s.Ready(context.Background()); err != nil {
				t.Error(err)
			}
			update(t, s, add("bob"))
			sameUsers(t, users(t, s), "bob")
			if len(*notes) != 1 || !strings.Contains((*notes)[0], "set aside") {
				t.Errorf("noted %q", *notes)
			}
			if text := s.Describe(); !strings.HasPrefix(text, "encrypted") {
				t.Error(text)
			}
		})
	}
}

// TestForgetfulKeyring says that it keeps a key, and does not.
func TestForgetfulKeyring(t *testing.T) {
	dir, keys := t.TempDir(), &ring{}
	keys.before = func() error { keys.held = nil; return nil }
	s, notes := opened(dir, "auto", keys)
	update(t, s, add("ann"))
	sameUsers(t, users(t, s), "ann")
	if len(*notes) != 1 || !strings.Contains((*notes)[0], "does not keep what it is given") {
		t.Errorf("noted %q", *notes)
	}
}

// TestOtherProcessChangesKey signs out and in elsewhere while this process remembers the older key.
func TestOtherProcessChangesKey(t *testing.T) {
	dir, keys := encrypted(t)
	here, _ := opened(dir, "auto", keys)
	sameUsers(t, users(t, here), "ann")
	there, _ := opened(dir, "auto", keys)
	if err := there.Remove(context.Background()); err != nil {
		t.Fatal(err)
	}
	update(t, there, add("bob"))
	sameUsers(t, users(t, here), "bob")
}

// TestKeyringHangs waits two seconds, once, and looks again when the keyring has woken up.
func TestKeyringHangs(t *testing.T) {
	dir, keys := encrypted(t)
	old := tokens(t, dir)
	synctest.Test(t, func(t *testing.T) {
		awake := make(chan struct{})
		keys.before, keys.calls = func() error { <-awake; return nil }, 0
		s, _ := opened(dir, "auto", keys)
		start := time.Now()
		for range 3 {
			_, err := s.Read(context.Background())
			says(t, err, "its key cannot be had", "does not answer within 2s")
			says(t, s.Update(context.Background(), add("bob")), "does not answer")
		}
		if waited := time.Since(start); waited != 2*time.Second {
			t.Errorf("waited %v", waited)
		}
		if n := keys.asked(); n != 1 {
			t.Errorf("asked %d times", n)
		}
		if tokens(t, dir) != old {
			t.Error("the file changed")
		}
		close(awake)
		synctest.Wait()
		sameUsers(t, users(t, s), "ann")
	})
}

// TestKeyringHangsAtFirst falls back to a file after two seconds.
func TestKeyringHangsAtFirst(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		awake := make(chan struct{})
		keys := &ring{before: func() error { <-awake; return nil }}
		s, notes := opened(dir, "auto", keys)
		start := time.Now()
		update(t, s, add("ann"))
		update(t, s, add("bob"))
		if waited := time.Since(start); waited != 2*time.Second {
			t.Errorf("waited %v", waited)
		}
		sameUsers(t, users(t, s), "ann", "bob")
		if len(*notes) != 1 || !strings.Contains((*notes)[0], "does not answer") {
			t.Errorf("noted %q", *notes)
		}
		close(awake)
	})
}

// TestKeyringHangsAtTheEnd signs out all the same.
func TestKeyringHangsAtTheEnd(t *testing.T) {
	dir, keys := encrypted(t)
	synctest.Test(t, func(t *testing.T) {
		awake := make(chan struct{})
		keys.before = func() error { <-awake; return nil }
		s, notes := opened(dir, "auto", keys)
		if err := s.Remove(context.Background()); err != nil {
			t.Error(err)
		}
		if len(*notes) != 1 || !strings.Contains((*notes)[0], "stays in the system's keyring") {
			t.Errorf("noted %q", *notes)
		}
		sameUsers(t, users(t, s))
		close(awake)
	})
}

// TestKeyringCancelled gives up with the context.
func TestKeyringCancelled(t *testing.T) {
	dir, keys := encrypted(t)
	synctest.Test(t, func(t *testing.T) {
		awake := make(chan struct{})
		keys.before = func() error { <-awake; return nil }
		s, _ := opened(dir, "auto", keys)
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if _, err := s.Read(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		close(awake)
	})
}

// TestRefusalIsForgotten asks a keyring again a minute after it refused: a server lives for days.
func TestRefusalIsForgotten(t *testing.T) {
	dir, keys := encrypted(t)
	synctest.Test(t, func(t *testing.T) {
		keys.before = refuses
		s, _ := opened(dir, "auto", keys)
		_, err := s.Read(context.Background())
		says(t, err, errRefused.Error())
		keys.before = nil
		_, err = s.Read(context.Background())
		says(t, err, errRefused.Error())
		time.Sleep(time.Minute)
		sameUsers(t, users(t, s), "ann")
	})
}

// TestModeSwitches brings what is kept along.
func TestModeSwitches(t *testing.T) {
	dir, keys := t.TempDir(), &ring{}
	for i, c := range []struct {
		mode, describe string
		keys           int
	}{
		{"auto", "encrypted in ", 1},
		{"file", "in " + dir, 0},
		{"auto", "in " + dir, 0},
		{"keyring", "encrypted in ", 1},
		{"auto", "encrypted in ", 1},
	} {
		s, notes := opened(dir, c.mode, keys)
		if i > 0 {
			sameUsers(t, users(t, s), "ann", "bob", "cyd")
		}
		update(t, s, func(k *powerapps.Contents) error {
			if len(k.Accounts) > 0 {
				return nil
			}
			return errors.Join(add("ann")(k), add("bob")(k), add("cyd")(k))
		})
		if text := s.Describe(); !strings.HasPrefix(text, c.describe) {
			t.Errorf("%d, %s: %s", i, c.mode, text)
		}
		if len(keys.held) != c.keys || len(*notes) != 0 {
			t.Errorf("%d, %s: %d keys, noted %q", i, c.mode, len(keys.held), *notes)
		}
	}
	s, _ := opened(dir, "none", keys)
	sameUsers(t, users(t, s))
	if err := s.Remove(context.Background()); err != nil || len(keys.held) != 0 {
		t.Errorf("%v, %d keys", err, len(keys.held))
	}
}
