package powerapps_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofrs/flock"

	"paconn-ls/powerapps"
)

// TestNothingLost signs in from goroutines with a store of their own, from goroutines that share one and from other
// processes, all at once, while others read.
func TestNothingLost(t *testing.T) {
	t.Parallel()
	const stores, shared, processes, each = 3, 3, 2, 8
	for _, mode := range []string{"file", "keyring"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			c := child{Do: "add", Dir: t.TempDir(), Mode: mode, Ring: t.TempDir(), Number: each}
			var working, reading sync.WaitGroup
			var want []string
			work := func(name string, do func() error) {
				for i := range each {
					want = append(want, name+strconv.Itoa(i))
				}
				working.Go(func() {
					if err := do(); err != nil {
						t.Error(err)
					}
				})
			}
			for i := range stores {
				c.Name = fmt.Sprintf("own%d-", i)
				work(c.Name, func(c child) func() error { return func() error { return children["add"](c) } }(c))
			}
			one := c.store(func() {})
			for i := range shared {
				name := fmt.Sprintf("shared%d-", i)
				work(name, func() error {
					for i := range each {
						if err := one.Update(context.Background(), add(name+strconv.Itoa(i))); err != nil {
							return err
						}
					}
					return nil
				})
			}
			for i := range processes {
				c.Name = fmt.Sprintf("process%d-", i)
				cmd := c.command(t)
				work(c.Name, func() error {
					out, err := cmd.CombinedOutput()
					if err != nil {
						return fmt.Errorf("%w: %s", err, out)
					}
					return nil
				})
			}
			done := make(chan struct{})
			reading.Go(func() {
				for s, seen := c.store(func() {}), 0; ; {
					got, err := s.Read(context.Background())
					if err != nil || len(got.Accounts) < seen {
						t.Errorf("after %d accounts: %d, %v", seen, len(got.Accounts), err)
						return
					}
					seen = len(usersOf(t, got))
					select {
					case <-done:
						return
					default:
					}
				}
			})
			working.Wait()
			close(done)
			reading.Wait()
			slices.Sort(want)
			sameUsers(t, users(t, one), want...)
		})
	}
}

// TestKilledAtEachStep kills a process at each step of a change, and of signing out. What is there afterwards is the
// old or the new, and the next process works.
func TestKilledAtEachStep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ before, mode, do string }{
		{"", "file", "die"},
		{"", "keyring", "die"},
		{"file", "file", "die"},
		{"keyring", "keyring", "die"},
		{"file", "keyring", "die"},
		{"keyring", "file", "die"},
		{"damaged", "auto", "die"},
		{"keyring", "auto", "leave"},
	} {
		t.Run(c.before+" "+c.mode+" "+c.do, func(t *testing.T) {
			t.Parallel()
			for step, alive := 0, false; !alive; step++ {
				if step > 30 {
					t.Fatal("it never ends")
				}
				alive = killedAt(t, step, c.before, c.mode, c.do)
			}
		})
	}
}

// killedAt reports whether the process came to its end before the step.
func killedAt(t *testing.T, step int, before, mode, do string) bool {
	t.Helper()
	c := child{Do: do, Dir: t.TempDir(), Mode: mode, Ring: t.TempDir(), Name: "new", Number: step}
	old := []string{}
	switch before {
	case "damaged":
		if err := os.WriteFile(filepath.Join(c.Dir, "tokens"), []byte("paconn-ls tok"), 0o600); err != nil {
			t.Fatal(err)
		}
	case "file", "keyring":
		first := c
		first.Mode = before
		update(t, first.store(func() {}), add("ann"))
		old = []string{"ann"}
	}
	alive := c.run(t)

	s := c.store(func() {})
	got, err := s.Read(context.Background())
	if err != nil && before != "damaged" {
		t.Fatalf("step %d: %v", step, err)
	}
	if after := usersOf(t, got); !slices.Equal(after, old) && !slices.Equal(after, changed(old, do)) || alive && !slices.Equal(after, changed(old, do)) {
		t.Errorf("step %d: %v is neither the old nor the new", step, after)
	}
	update(t, s, add("next"))
	if after := users(t, s); !slices.Contains(after, "next") {
		t.Errorf("step %d: %v after the next", step, after)
	}
	for _, name := range leftovers(t, c.Dir) {
		if strings.HasSuffix(name, ".part") {
			t.Errorf("step %d: %s is left over", step, name)
		}
	}
	if err := s.Remove(context.Background()); err != nil {
		t.Fatal(err)
	}
	if names := leftovers(t, c.Dir); !slices.Equal(names, []string{"tokens.lock"}) {
		t.Errorf("step %d: %v is left over", step, names)
	}
	return alive
}

func changed(old []string, do string) []string {
	if do == "leave" {
		return []string{}
	}
	return append(slices.Clone(old), "new")
}

func leftovers(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// grown replaces the contents by larger ones that show whether they are whole.
func grown(number int) func(*powerapps.Contents) error {
	return func(c *powerapps.Contents) error {
		text, err := json.Marshal(strings.Repeat(strconv.Itoa(number)+" ", 100_000))
		*c = powerapps.Contents{Caches: map[string]json.RawMessage{"first": text, "last": text}}
		return err
	}
}

// TestKilledAnywhere kills a process that writes all the time at whatever it does just then.
func TestKilledAnywhere(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"file", "keyring"} {
		c := child{Do: "churn", Dir: t.TempDir(), Mode: mode, Ring: t.TempDir()}
		for round := 1; round <= 8; round++ {
			cmd, lines := c.start(t)
			for range round {
				lines.Scan()
			}
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			got, err := c.store(func() {}).Read(context.Background())
			if err != nil || len(got.Caches["first"]) < 100_000 || string(got.Caches["first"]) != string(got.Caches["last"]) {
				t.Fatalf("%s, round %d: %v, %d and %d bytes", mode, round, err, len(got.Caches["first"]), len(got.Caches["last"]))
			}
		}
		s := c.store(func() {})
		update(t, s, grown(1))
		if names := leftovers(t, c.Dir); !slices.Equal(names, []string{"tokens", "tokens.lock"}) {
			t.Errorf("%s: %v is left over", mode, names)
		}
	}
}

// TestLockOfKilledProcess takes the lock that a killed process had.
func TestLockOfKilledProcess(t *testing.T) {
	c := child{Do: "hold", Dir: t.TempDir(), Mode: "file", Ring: t.TempDir()}
	cmd, lines := c.start(t)
	if !lines.Scan() {
		t.Fatal("the process does not say that it has the lock")
	}
	s := c.store(func() {})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Update(ctx, add("ann")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	sameUsers(t, users(t, s)) // reading needs no lock
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	update(t, s, add("ann"))
	sameUsers(t, users(t, s), "ann")
}

// TestSystemKeyring has the key in the system's keyring by the name of the folder, and takes it out again.
func TestSystemKeyring(t *testing.T) {
	c := child{Do: "library", Dir: t.TempDir(), Mode: "keyring"}
	cmd := c.command(t)
	cmd.Env = append(cmd.Env, "DBUS_SESSION_BUS_ADDRESS=unix:path=/of/the/library/in/memory")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v %s", err, out)
	}
	for _, want := range []string{"a key of 44 letters, <nil>", "read 1 <nil>", "removed: <nil> secret not found in keyring"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
}

// TestLockHeld waits for a lock as long as the context, or ten seconds.
func TestLockHeld(t *testing.T) {
	dir := t.TempDir()
	held := flock.New(filepath.Join(dir, "tokens.lock"))
	if err := held.Lock(); err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	synctest.Test(t, func(t *testing.T) {
		s, _ := opened(dir, "file", nil)
		start := time.Now()
		says(t, s.Update(context.Background(), add("ann")), filepath.Join(dir, "tokens.lock"), "locked by another process since 10s", "try again")
		if waited := time.Since(start); waited != 10*time.Second {
			t.Errorf("waited %v", waited)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := s.Update(ctx, add("ann")); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
}
