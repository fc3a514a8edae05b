//go:build unix

package powerapps_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// nobody is a user without rights.
const nobody = 65534

// unprivileged returns the process as another user than root, who may do anything. It skips the test where that cannot be.
func (c child) unprivileged(t *testing.T) *exec.Cmd {
	t.Helper()
	cmd := c.command(t)
	if os.Getuid() != 0 {
		return cmd
	}
	open(t, filepath.Dir(t.TempDir()), 0o755) // as what go test built, it is root's alone
	cmd.Path = copied(t, cmd.Path)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	try := exec.Command(cmd.Path, "-test.run=^$")
	try.SysProcAttr = cmd.SysProcAttr
	if out, err := try.CombinedOutput(); err != nil {
		t.Skipf("root cannot run a process as another user here: %v %s", err, out)
	}
	return cmd
}

func copied(t *testing.T, program string) string {
	t.Helper()
	from, err := os.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	path := filepath.Join(t.TempDir(), "child")
	to, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(to, from); err != nil {
		t.Fatal(err)
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// give makes a folder and what is in it the unprivileged user's.
func give(t *testing.T, dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	for _, name := range append(leftovers(t, dir), ".") {
		if err := os.Chown(filepath.Join(dir, name), nobody, nobody); err != nil {
			t.Skipf("root cannot give files away here: %v", err)
		}
	}
}

// TestReadOnlyFolder reads from a folder that cannot be written to, and says what to do when it has to write.
func TestReadOnlyFolder(t *testing.T) {
	for _, lock := range []string{"with a lock", "without a lock"} {
		t.Run(lock, func(t *testing.T) {
			c := child{Do: "try", Dir: filepath.Join(t.TempDir(), "paconn-ls"), Mode: "file", Ring: t.TempDir()}
			s := c.store(func() {})
			update(t, s, add("ann"))
			if lock == "without a lock" {
				if err := os.Remove(filepath.Join(c.Dir, "tokens.lock")); err != nil {
					t.Fatal(err)
				}
			}
			cmd := c.unprivileged(t)
			give(t, c.Dir)
			open(t, c.Dir, 0o500)
			defer open(t, c.Dir, 0o700)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v %s", err, out)
			}
			for _, want := range []string{"read 1", "ready: " + c.Dir + " cannot be written to", "update: " + c.Dir + " cannot be written to", "remove: " + c.Dir, "PACONN_CONFIG_DIR"} {
				if !strings.Contains(string(out), want) {
					t.Errorf("%q is not in\n%s", want, out)
				}
			}
			sameUsers(t, users(t, s), "ann")
		})
	}
}

// TestNoRightToRead says what to do about a file that belongs to somebody else.
func TestNoRightToRead(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("needs root, who can make a file that others cannot read")
	}
	c := child{Do: "try", Dir: filepath.Join(t.TempDir(), "paconn-ls"), Mode: "file", Ring: t.TempDir()}
	update(t, c.store(func() {}), add("ann"))
	cmd := c.unprivileged(t)
	give(t, c.Dir)
	if err := os.Chown(filepath.Join(c.Dir, "tokens"), 0, 0); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.CombinedOutput()
	if want := filepath.Join(c.Dir, "tokens") + " cannot be read: permission denied"; err != nil || !strings.Contains(string(out), want) {
		t.Errorf("%v, %s", err, out)
	}
}

// TestFileSizeLimit cannot write more than a few bytes, as on a full disk.
func TestFileSizeLimit(t *testing.T) {
	c := child{Do: "grow", Dir: t.TempDir(), Mode: "file", Ring: t.TempDir()}
	s := c.store(func() {})
	update(t, s, add("ann"))
	cmd := c.command(t)
	cmd.Args = append([]string{"sh", "-c", `ulimit -f 8 && exec "$0" "$@"`, cmd.Path}, cmd.Args[1:]...)
	cmd.Path = "/bin/sh"
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v %s", err, out)
	}
	if want := "update: " + c.Dir + " cannot be written to (what was kept before is as it was): file too large"; !strings.Contains(string(out), want) {
		t.Errorf("%q is not in\n%s", want, out)
	}
	sameUsers(t, users(t, s), "ann")
	if names := strings.Join(leftovers(t, c.Dir), " "); names != "tokens tokens.lock" {
		t.Errorf("there is %s", names)
	}
}

func TestPipeInsteadOfFile(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "tokens"), 0o600); err != nil {
		t.Skip("no pipes here: ", err)
	}
	s, _ := opened(dir, "auto", &ring{})
	_, err := s.Read(context.Background())
	says(t, err, "is not a file")
	says(t, s.Update(context.Background(), add("ann")), "is not a file")
	if text := s.Describe(); !strings.Contains(text, "cannot be read") {
		t.Error(text)
	}
}

// TestSilentBus asks the system's keyring over a bus that takes calls and answers none, with the real library.
func TestSilentBus(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "darwin" {
		t.Skip("the keyring of this system is not on a bus")
	}
	path := filepath.Join(t.TempDir(), "bus")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Skip("no sockets here: ", err)
	}
	defer listener.Close()
	c := child{Do: "system", Dir: t.TempDir(), Mode: "auto"}
	cmd := c.command(t)
	cmd.Env = append(cmd.Env, "DBUS_SESSION_BUS_ADDRESS=unix:path="+path)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v %s", err, out)
	}
	if !strings.Contains(string(out), "does not answer within 2s") || !strings.Contains(string(out), "update: <nil>") {
		t.Errorf("%s", out)
	}
}

// TestNoBus starts no bus where there is none.
func TestNoBus(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("the keyring of this system is not on a bus")
	}
	if _, err := os.Stat(fmt.Sprintf("/run/user/%d", os.Getuid())); err == nil {
		t.Skip("this user has a bus of their own")
	}
	bin := t.TempDir()
	started := filepath.Join(bin, "started")
	script := "#!/bin/sh\n: > '" + started + "'\n"
	if err := os.WriteFile(filepath.Join(bin, "dbus-launch"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	c := child{Do: "system", Dir: t.TempDir(), Mode: "auto"}
	cmd := c.command(t)
	cmd.Env = append(cmd.Env, "DBUS_SESSION_BUS_ADDRESS=", "PATH="+bin+":"+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "there is no session bus") || !strings.Contains(string(out), "update: <nil>") {
		t.Errorf("%v %s", err, out)
	}
	if _, err := os.Stat(started); err == nil {
		t.Error("a bus was started")
	}
}
