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
	"strconv"
	"strings"
	"testing"

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
		Dir: c.Dir, Mode: c.Mode, Memory: powerapps.NewMemory(fileRing{c.Ring, step}), Log: func(string) { step() },
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

// start runs the child, and returns the lines that it prints.
func (c child) start(t *testing.T) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := c.command(t)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
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
