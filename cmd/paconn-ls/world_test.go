package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"paconn-ls/powerapps"
)

// world is a machine of its own for the built program and a sandbox that is a process too: a home, a folder for temporary
// files and one to work in, and no other variables than those that lead there.
type world struct {
	t        *testing.T
	bin      string // has the program, and a link to it named paconn
	root     string // everything that the programs may write to lies below
	env      []string
	sandbox  *running
	url      string
	known    []string    // the secrets of a sandbox that was killed
	programs *[]*running // all that ran
}

// theProgram is a folder with the program as it is built, and a link to it that is named paconn. Tests share it.
var theProgram = sync.OnceValues(func() (bin string, err error) {
	if bin, err = os.MkdirTemp("", "paconn-ls-built"); err != nil {
		return "", err
	}
	programIn = bin
	program := filepath.Join(bin, "paconn-ls"+exe())
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		return bin, fmt.Errorf("%w\n%s", err, out)
	}
	return bin, os.Link(program, filepath.Join(bin, paconnName+exe()))
})

// programIn is the folder to be removed in the end.
var programIn string

// tests are those of the package, which leave no program behind.
type tests struct{ *testing.M }

func (m tests) Run() int {
	defer func() { _ = os.RemoveAll(programIn) }()
	return m.M.Run()
}

func exe() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

// newWorld returns a world whose sandbox runs with these options. It has the connectors of testdata in its folder work. At
// its end everything that was said and written there is searched for secrets.
func newWorld(t *testing.T, sandboxOptions ...string) *world {
	t.Helper()
	bin, err := theProgram()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, bin: bin, root: t.TempDir(), programs: new([]*running)}
	for _, dir := range []string{"home", "tmp", "work"} {
		if err := os.Mkdir(filepath.Join(w.root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(w.path("work"), os.DirFS(filepath.Join("..", "..", "testdata", "connectors"))); err != nil {
		t.Fatal(err)
	}
	home := w.path("home")
	w.env = []string{
		"PATH=" + bin, "HOME=" + home, "USERPROFILE=" + home, "AppData=" + home, "LocalAppData=" + home, "SystemRoot=" + os.Getenv("SystemRoot"),
		"TMPDIR=" + w.path("tmp"), "TMP=" + w.path("tmp"), "TEMP=" + w.path("tmp"), "PACONN_CONFIG_DIR=" + w.config(),
		"PACONN_TOKEN_CACHE=file", "PACONN_RETRY_DELAY=1ms", "GORACE=atexit_sleep_ms=0",
	}
	w.sandbox = w.start(append([]string{"paconn-ls", "sandbox", "--dir", w.path("state")}, sandboxOptions...)...)
	w.url = w.sandbox.awaits(&w.sandbox.err, `listens at (https://127\.0\.0\.1:\d+),(?s).*Requests:\n`)
	t.Cleanup(w.end)
	return w
}

func (w *world) path(name string) string { return filepath.Join(w.root, filepath.FromSlash(name)) }

func (w *world) config() string { return w.path("home/config") }

func (w *world) read(name string) string {
	w.t.Helper()
	text, err := os.ReadFile(w.path(name))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

func (w *world) write(name, text string) {
	w.t.Helper()
	if err := os.WriteFile(w.path(name), []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

// edit replaces the one place of a file that holds a text.
func (w *world) edit(name, old, text string) {
	w.t.Helper()
	content := w.read(name)
	if n := strings.Count(content, old); n != 1 {
		w.t.Fatalf("%s holds %q %d times", name, old, n)
	}
	w.write(name, strings.Replace(content, old, text, 1))
}

// ask asks the sandbox for what its control tells.
func (w *world) ask(method, what, body string, into any) {
	w.t.Helper()
	if err := askSandbox(w.config(), method, what, body, into); err != nil {
		w.t.Fatalf("%s %s: %v", method, what, err)
	}
}

// secrets returns those that the sandbox knows, or knew when it was killed.
func (w *world) secrets() []string {
	w.t.Helper()
	if w.known != nil {
		return w.known
	}
	var list []string
	w.ask(http.MethodGet, "secrets", "", &list)
	return list
}

// kill kills the sandbox, so that it leaves behind what it tells of itself.
func (w *world) kill() {
	w.t.Helper()
	w.known = w.secrets()
	if err := w.sandbox.cmd.Process.Kill(); err != nil {
		w.t.Fatal(err)
	}
	w.sandbox.end()
}

// end searches for secrets whatever was said and written, and ends the sandbox.
func (w *world) end() {
	secrets := w.secrets()
	w.sandbox.interrupt()
	if code := w.sandbox.end(); code != codeFine && w.known == nil && runtime.GOOS != "windows" {
		w.t.Errorf("the sandbox ends with %d", code)
	}
	for _, p := range *w.programs {
		noSecret(w.t, secrets, "standard output of "+p.name, []byte(p.out.String()))
		noSecret(w.t, secrets, "standard error of "+p.name, []byte(p.err.String()))
		noSecret(w.t, secrets, "the arguments of "+p.name, []byte(p.arguments))
	}
	noSecretBelow(w.t, secrets, w.root)
}

// running is a program of a world.
type running struct {
	t         *testing.T
	name      string
	cmd       *exec.Cmd
	in        io.WriteCloser
	out, err  stream
	arguments string // as the system shows them to everybody, where it does
	done      chan error
}

// start starts a program in the folder work; its variables may be followed by those of the world.
func (w *world) start(args ...string) *running { return w.startWith(nil, args...) }

func (w *world) startWith(env []string, args ...string) *running {
	w.t.Helper()
	p := w.prepare(env, args...)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.err
	var err error
	if p.in, err = p.cmd.StdinPipe(); err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		w.t.Fatal(err)
	}
	p.arguments = shownArguments(p.cmd.Process.Pid)
	go func() {
		err := p.cmd.Wait()
		p.out.close()
		p.err.close()
		p.done <- err
	}()
	return p
}

// prepare prepares a program to be started.
func (w *world) prepare(env []string, args ...string) *running {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // so that a hang ends
	w.t.Cleanup(cancel)
	p := &running{t: w.t, name: strings.Join(args, " "), cmd: exec.CommandContext(ctx, filepath.Join(w.bin, args[0]+exe()), args[1:]...), done: make(chan error, 1)}
	p.cmd.Dir, p.cmd.Env = w.path("work"), append(append([]string{}, w.env...), env...)
	*w.programs = append(*w.programs, p)
	return p
}

// run runs a program, which has to end with an exit code, and returns both of its streams.
func (w *world) run(code int, args ...string) (stdout, stderr string) {
	w.t.Helper()
	return w.runWith(code, nil, args...)
}

func (w *world) runWith(code int, env []string, args ...string) (stdout, stderr string) {
	w.t.Helper()
	p := w.startWith(env, args...)
	if got := p.end(); got != code {
		w.t.Fatalf("%s: exit code %d, want %d\n%s%s", p.name, got, code, p.out.String(), p.err.String())
	}
	return p.out.String(), p.err.String()
}

// end waits for the end of a program.
func (p *running) end() (code int) {
	p.t.Helper()
	_ = p.in.Close()
	err := <-p.done
	p.done <- err
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	return p.cmd.ProcessState.ExitCode()
}

func (p *running) interrupt() {
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		_ = p.cmd.Process.Kill()
	}
}

// awaits waits until a stream of the program has what a pattern says, and returns the first group of it.
func (p *running) awaits(s *stream, pattern string) string {
	p.t.Helper()
	found := s.await(regexp.MustCompile(pattern))
	if found == nil {
		p.t.Fatalf("%s ends without %s\n%s%s", p.name, pattern, p.out.String(), p.err.String())
	}
	return found[len(found)-1]
}

// stream is what a program has written so far.
type stream struct {
	mu      sync.Mutex
	more    *sync.Cond
	content bytes.Buffer
	closed  bool
}

func (s *stream) locked(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.more == nil {
		s.more = sync.NewCond(&s.mu)
	}
	do()
}

func (s *stream) Write(b []byte) (n int, err error) {
	s.locked(func() { n, err = s.content.Write(b); s.more.Broadcast() })
	return n, err
}

func (s *stream) close() { s.locked(func() { s.closed = true; s.more.Broadcast() }) }

func (s *stream) String() (text string) {
	s.locked(func() { text = s.content.String() })
	return text
}

// await waits for a pattern; it returns nil when the stream ends without.
func (s *stream) await(pattern *regexp.Regexp) (found []string) {
	s.locked(func() {
		for found = pattern.FindStringSubmatch(s.content.String()); found == nil && !s.closed; found = pattern.FindStringSubmatch(s.content.String()) {
			s.more.Wait()
		}
	})
	return found
}

// approve does in a browser what the message of a device code says: it opens the page and types the code.
func (w *world) approve(page, code string) {
	w.t.Helper()
	running, err := powerapps.ReadRendezvous(w.config())
	if err != nil {
		w.t.Fatal(err)
	}
	cloud, err := running.Cloud()
	if err != nil {
		w.t.Fatal(err)
	}
	client := &http.Client{Transport: powerapps.NewTransport(cloud.Roots)}
	if shown := w.page(client.Get(page)); !strings.Contains(shown, `<form method="post">`) || !strings.Contains(shown, `name="code"`) {
		w.t.Fatalf("no form to type the code into:\n%s", shown)
	}
	form := url.Values{"code": {strings.ToLower(code)}, "user": {"grace@sandbox.example"}, "decision": {"approve"}}
	if shown := w.page(client.PostForm(page, form)); !strings.Contains(shown, "You are signed in as grace@sandbox.example") {
		w.t.Fatalf("the sign-in is not approved:\n%s", shown)
	}
}

func (w *world) page(resp *http.Response, err error) string {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}
