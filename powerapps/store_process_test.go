package powerapps_test

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofrs/flock"
	"github.com/zalando/go-keyring"

	"paconn-ls/powerapps"
)

// fileRing is a keyring that processes share.
type fileRing struct {
	dir  string
	step func()
}

func (r fileRing) path(name string) string {
	r.step()
	return filepath.Join(r.dir, hex.EncodeToString([]byte(name)[max(0, len(name)-50):]))
}

func (r fileRing) Get(name string) (string, error) {
	text, err := os.ReadFile(r.path(name))
	return string(text), missing(err)
}

func (r fileRing) Set(name, secret string) error {
	return os.WriteFile(r.path(name), []byte(secret), 0o600)
}

func (r fileRing) Delete(name string) error { return missing(os.Remove(r.path(name))) }

func missing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return powerapps.ErrNoKey
	}
	return err
}

// child tells another process of this test what to do.
type child struct {
	Do     string // a name in children
	Dir    string // the config folder
	Mode   string
	Ring   string // folder of the fileRing
	Name   string
	Number int
}

func (c child) store(step func()) *powerapps.Store {
	return powerapps.OpenStore(powerapps.StoreOptions{
		Dir: c.Dir, Mode: c.Mode, Keyring: fileRing{c.Ring, step}, Log: func(string) { step() },
	})
}

// children is what other processes do.
var children = map[string]func(child) error{
	// add signs in a number of users, one after the other.
	"add": func(c child) error {
		s := c.store(func() {})
		for i := range c.Number {
			if err := s.Update(context.Background(), add(c.Name+strconv.Itoa(i))); err != nil {
				return err
			}
		}
		return nil
	},
	// die signs in one user and kills itself at a step.
	"die": func(c child) error {
		return c.store(c.dying()).Update(context.Background(), add(c.Name))
	},
	// leave signs out and kills itself at a step.
	"leave": func(c child) error {
		return c.store(c.dying()).Remove(context.Background())
	},
	// churn replaces big contents until it is killed.
	"churn": func(c child) error {
		s := c.store(func() {})
		for i := 1; ; i++ {
			if err := s.Update(context.Background(), grown(i)); err != nil {
				return err
			}
			fmt.Println(i)
		}
	},
	// try tells what a store can do.
	"try": func(c child) error {
		s := c.store(func() {})
		got, err := s.Read(context.Background())
		fmt.Println("read", len(got.Accounts), err)
		fmt.Println("ready:", s.Ready(context.Background()))
		fmt.Println("update:", s.Update(context.Background(), add("bob")))
		fmt.Println("remove:", s.Remove(context.Background()))
		return nil
	},
	// grow keeps more than fits.
	"grow": func(c child) error {
		fmt.Println("update:", c.store(func() {}).Update(context.Background(), grown(1)))
		return nil
	},
	// system keeps something with the system's keyring.
	"system": func(c child) error {
		s := powerapps.OpenStore(powerapps.StoreOptions{Dir: c.Dir, Mode: c.Mode, Note: func(text string) { fmt.Println(text) }})
		fmt.Println("update:", s.Update(context.Background(), add("ann")))
		return nil
	},
	// library uses the system's keyring, in the place of which the library has one in memory.
	"library": func(c child) error {
		keyring.MockInit()
		s := powerapps.OpenStore(powerapps.StoreOptions{Dir: c.Dir, Mode: c.Mode})
		if err := s.Update(context.Background(), add("ann")); err != nil {
			return err
		}
		key, err := keyring.Get("paconn-ls", c.Dir)
		fmt.Printf("a key of %d letters, %v\n", len(key), err)
		got, err := powerapps.OpenStore(powerapps.StoreOptions{Dir: c.Dir, Mode: c.Mode}).Read(context.Background())
		fmt.Println("read", len(got.Accounts), err)
		err = s.Remove(context.Background())
		_, gone := keyring.Get("paconn-ls", c.Dir)
		fmt.Println("removed:", err, gone)
		return nil
	},
	// hold keeps the lock until it is killed.
	"hold": func(c child) error {
		return c.store(func() {}).Update(context.Background(), func(*powerapps.Contents) error {
			fmt.Println("held")
			select {}
		})
	},
}

// dying returns a step that ends the process, as kill -9 does, when it is called for the number-th time.
func (c child) dying() func() {
	left := c.Number
	return func() {
		if left--; left < 0 {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			fmt.Fprintln(os.Stderr, err)
			select {}
		}
	}
}

// TestChild is not a test: it is what the other processes of this package's tests run.
func TestChild(t *testing.T) {
	text := os.Getenv("STORE_CHILD")
	if text == "" {
		t.Skip("for other tests")
	}
	var c child
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	do, ok := children[c.Do]
	if !ok {
		t.Fatal("CHILD: cannot ", c.Do)
	}
	if err := do(c); err != nil {
		t.Fatal("CHILD: ", err)
	}
}

// command returns a process that has not started.
func (c child) command(t *testing.T) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "-test.run=^TestChild$", "-test.count=1")
	cmd.Env = append(os.Environ(), "STORE_CHILD="+string(text))
	return cmd
}

// run runs a process and reports whether it lived to the end.
func (c child) run(t *testing.T) bool {
	t.Helper()
	out, err := c.command(t).CombinedOutput()
	if strings.Contains(string(out), "CHILD: ") {
		t.Fatalf("%s", out)
	}
	return err == nil
}

// TestNothingLost signs in from goroutines with a store of their own, from goroutines that share one and from other
// processes, all at once, while others read.
func TestNothingLost(t *testing.T) {
	const stores, shared, processes, each = 3, 3, 2, 8
	for _, mode := range []string{"file", "keyring"} {
		t.Run(mode, func(t *testing.T) {
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
	for _, mode := range []string{"file", "keyring"} {
		c := child{Do: "churn", Dir: t.TempDir(), Mode: mode, Ring: t.TempDir()}
		for round := 1; round <= 8; round++ {
			cmd := c.command(t)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(out)
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
	cmd := c.command(t)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
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
