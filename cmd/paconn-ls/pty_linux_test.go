package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal is the program in a pseudo terminal, and the person before it.
type terminal struct {
	t      *testing.T
	master *os.File
	cmd    *exec.Cmd
	stdout bytes.Buffer // when it is redirected
	all    strings.Builder
	unread string // shown and not expected yet
	half   string // of a line break whose other half has not come
}

// openTerminal returns the two ends of a new pseudo terminal.
func openTerminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("SKIPPED: no pseudo terminals here: %v", err)
	}
	t.Cleanup(func() { _ = master.Close() })
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(int(master.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 100})
	}
	if err == nil {
		slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	return master, slave
}

// results says where the results of a program in a terminal go.
type results int

const (
	toTerminal results = iota
	redirected
)

// inTerminal starts the program in a pseudo terminal of its own.
func inTerminal(t *testing.T, dir string, env []string, out results, args ...string) *terminal {
	t.Helper()
	p := &terminal{t: t}
	master, slave := openTerminal(t)
	p.master = master
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // so that a hang ends
	t.Cleanup(cancel)
	p.cmd = exec.CommandContext(ctx, args[0], args[1:]...)
	p.cmd.Dir, p.cmd.Env = dir, append(os.Environ(), append(env, "TERM=xterm", "NO_COLOR=1")...)
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = slave, slave, slave
	if out == redirected {
		p.cmd.Stdout = &p.stdout
	}
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 0}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = slave.Close()
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	return p
}

// read takes more of what the terminal shows; more is false when the program has closed it.
func (p *terminal) read() (more bool) {
	buffer := make([]byte, 4096)
	n, err := p.master.Read(buffer)
	shown := p.half + string(buffer[:n])
	if p.half = ""; err == nil && strings.HasSuffix(shown, "\r") {
		p.half, shown = "\r", strings.TrimSuffix(shown, "\r")
	}
	shown = strings.ReplaceAll(shown, "\r\n", "\n")
	p.all.WriteString(shown)
	p.unread += shown
	return err == nil
}

// expect waits until the terminal shows a text, and returns what it shows before it.
func (p *terminal) expect(text string) (before string) {
	p.t.Helper()
	for {
		if before, after, ok := strings.Cut(p.unread, text); ok {
			p.unread = after
			return before
		}
		if !p.read() {
			p.t.Fatalf("the terminal does not show %q:\n%s", text, p.all.String())
		}
	}
}

// types types a text, with what the keyboard sends for it.
func (p *terminal) types(text string) {
	p.t.Helper()
	if _, err := p.master.WriteString(text); err != nil {
		p.t.Fatal(err)
	}
}

// ends waits for the end of the program and checks its exit code.
func (p *terminal) ends(code int) {
	p.t.Helper()
	for p.read() {
	}
	err := p.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	if got := p.cmd.ProcessState.ExitCode(); got != code {
		p.t.Fatalf("exit code %d, want %d\n%s", got, code, p.all.String())
	}
}
