package powerapps_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"paconn-ls/powerapps"
)

// putTokens writes a tokens file.
func putTokens(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "tokens"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestCutFile cuts a tokens file at every length. No part of it is taken for the whole, and none stands in the way of
// signing in.
func TestCutFile(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"file", "keyring"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			dir, keys := t.TempDir(), &ring{}
			s, _ := opened(dir, mode, keys)
			update(t, s, add("ann"))
			whole := tokens(t, dir)
			for n := range strings.TrimSuffix(whole, "\n") {
				putTokens(t, dir, whole[:n])
				got, err := s.Read(context.Background())
				says(t, err, filepath.Join(dir, "tokens"), "sign in again", "sign out")
				if len(got.Accounts)+len(got.Caches) > 0 {
					t.Fatalf("%d of %d bytes give %v", n, len(whole), got)
				}
			}
			for n := 0; n < len(whole)-1; n += 11 {
				putTokens(t, dir, whole[:n])
				fresh, notes := opened(dir, mode, keys)
				update(t, fresh, add("bob"))
				sameUsers(t, users(t, fresh), "bob")
				if len(*notes) != 1 || !strings.Contains((*notes)[0], "set aside") {
					t.Errorf("%d bytes: noted %q", n, *notes)
				}
				if aside, _ := os.ReadFile(filepath.Join(dir, "tokens.unreadable")); string(aside) != whole[:n] {
					t.Errorf("%d bytes: set aside is %q", n, aside)
				}
			}
		})
	}
}

// TestChangedFile changes every byte of an encrypted file: header and contents are authenticated.
func TestChangedFile(t *testing.T) {
	t.Parallel()
	dir, keys := t.TempDir(), &ring{}
	s, _ := opened(dir, "keyring", keys)
	update(t, s, add("ann"))
	whole := []byte(tokens(t, dir))
	for i := range whole {
		whole[i] ^= 1
		putTokens(t, dir, string(whole))
		whole[i] ^= 1
		if got, err := s.Read(context.Background()); err == nil || len(got.Accounts) > 0 {
			t.Fatalf("byte %d: %v, %v", i, got, err)
		}
	}
}

func TestUnreadableFiles(t *testing.T) {
	for name, text := range map[string]string{
		"empty":         "",
		"garbage":       "\x00\xff\x00garbage",
		"other program": `{"access_token": "secret-of-paconn"}`,
		"newer version": "paconn-ls tokens 2 aes-512\nsecret-of-tomorrow",
		"other cipher":  "paconn-ls tokens 1 rot13 \"k\"\nsecret",
		"no key":        "paconn-ls tokens 1 aes-256-gcm\nsecret",
		"no contents":   "paconn-ls tokens 1 none\n",
		"no object":     "paconn-ls tokens 1 none\n[\"secret\"]\n",
		"two objects":   "paconn-ls tokens 1 none\n{}{\"secret\":1}\n",
		"wrong types":   "paconn-ls tokens 1 none\n{\"accounts\": \"secret\"}\n",
		"endless line":  "paconn-ls tokens 1 none" + strings.Repeat(" ", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			putTokens(t, dir, text)
			s, notes := opened(dir, "auto", &ring{})
			_, err := s.Read(context.Background())
			says(t, err, filepath.Join(dir, "tokens"), "sign in again")
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("%v tells what the file holds", err)
			}
			// A change that signs nobody in leaves the file alone.
			err = s.Update(context.Background(), func(*powerapps.Contents) error { return nil })
			says(t, err, "sign in again")
			if tokens(t, dir) != text || len(*notes) > 0 {
				t.Errorf("the file changed; noted %q", *notes)
			}
			if err := s.Ready(context.Background()); err != nil {
				t.Error(err)
			}
			update(t, s, add("ann"))
			sameUsers(t, users(t, s), "ann")
			if len(*notes) != 1 || strings.Contains((*notes)[0], "secret") {
				t.Errorf("noted %q", *notes)
			}
			if err := s.Remove(context.Background()); err != nil {
				t.Fatal(err)
			}
			if names := leftovers(t, dir); len(names) != 1 {
				t.Errorf("%v is left over", names)
			}
		})
	}
}

// TestSignOutOfUnreadable removes a file that nobody can read.
func TestSignOutOfUnreadable(t *testing.T) {
	dir, keys := encrypted(t)
	putTokens(t, dir, "garbage")
	s, _ := opened(dir, "auto", keys)
	if err := s.Remove(context.Background()); err != nil {
		t.Fatal(err)
	}
	sameUsers(t, users(t, s))
	if len(keys.held) != 0 {
		t.Error("the key is still there")
	}
}

// TestNotAFile refuses what is something else than a file where the tokens would be.
func TestNotAFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "tokens"), 0o700); err != nil {
		t.Fatal(err)
	}
	s, _ := opened(dir, "file", nil)
	_, err := s.Read(context.Background())
	says(t, err, "is not a file", "PACONN_CONFIG_DIR")
	says(t, s.Update(context.Background(), add("ann")), "is not a file")
	if text := s.Describe(); !strings.Contains(text, "cannot be read") {
		t.Error(text)
	}

	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, _ = opened(filepath.Join(file, "paconn-ls"), "file", nil)
	says(t, s.Update(context.Background(), add("ann")), file, "cannot be made", "PACONN_CONFIG_DIR")
}

func TestRights(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are the profile's")
	}
	mode := func(path string) os.FileMode {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode().Perm()
	}
	for _, c := range []struct {
		why, name, also string
		refused         bool
	}{
		{why: "our own by its name", name: "paconn-ls", also: "notes.txt"},
		{why: "our own by what is in it", name: "mine", also: "clouds.json"},
		{why: "somebody else's", name: "home", also: "notes.txt", refused: true},
	} {
		t.Run(c.why, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "above", c.name)
			s, notes := opened(dir, "file", nil)
			update(t, s, add("ann"))
			if got := mode(dir); got != 0o700 {
				t.Errorf("the folder is made %o", got)
			}
			if got := mode(filepath.Join(dir, "tokens")); got != 0o600 {
				t.Errorf("the file is made %o", got)
			}
			if err := os.WriteFile(filepath.Join(dir, c.also), []byte("{}"), 0o600); err != nil {
				t.Fatal(err)
			}
			open(t, filepath.Join(dir, "tokens"), 0o644)
			open(t, dir, 0o777)
			got, err := s.Read(context.Background())
			if c.refused {
				says(t, err, dir, "open to other users", "chmod 700", "PACONN_CONFIG_DIR")
				says(t, s.Update(context.Background(), add("bob")), dir, "open to other users")
				if mode(dir) != 0o777 {
					t.Error("the folder is narrowed")
				}
				return
			}
			if err != nil || len(got.Accounts) != 1 {
				t.Errorf("%v, %v", got, err)
			}
			if mode(dir) != 0o700 || mode(filepath.Join(dir, "tokens")) != 0o600 {
				t.Errorf("the folder is %o, the file %o", mode(dir), mode(filepath.Join(dir, "tokens")))
			}
			if len(*notes) != 1 || !strings.Contains((*notes)[0], "yours alone now") {
				t.Errorf("noted %q", *notes)
			}
			open(t, dir, 0o755)
			update(t, s, add("bob"))
			if mode(dir) != 0o700 {
				t.Errorf("the folder is %o after a change", mode(dir))
			}
		})
	}
}

func open(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

// FuzzTokensFile reads files that anything may have written: whatever is in it, there is an error or contents, and a
// sign-in works.
func FuzzTokensFile(f *testing.F) {
	keys := &ring{held: map[string]string{"k": strings.Repeat("A", 43) + "="}}
	for _, text := range []string{
		"", "paconn-ls tokens 1 none\n{}\n", "paconn-ls tokens 1 none\n{\"accounts\":[{}],\"caches\":{\"a\":null}}\n",
		"paconn-ls tokens 1 aes-256-gcm \"k\"\n0123456789abcdef0123456789abcdef", "paconn-ls tokens 2 x\n",
	} {
		f.Add([]byte(text))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		putTokens(t, dir, string(text))
		s, _ := opened(dir, "auto", keys)
		got, err := s.Read(context.Background())
		if err != nil && len(got.Accounts)+len(got.Caches) > 0 {
			t.Errorf("%v besides %v", got, err)
		}
		update(t, s, func(c *powerapps.Contents) error {
			if len(c.Accounts) != len(got.Accounts) {
				t.Errorf("a change sees %v, a reader %v", c, got)
			}
			return add("ann")(c)
		})
		after, err := s.Read(context.Background())
		if err != nil || len(after.Accounts) != len(got.Accounts)+1 {
			t.Errorf("after signing in: %v, %v", after, err)
		}
	})
}
