package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// process is the program serving, spoken to in raw JSON-RPC. What it writes is decoded strictly: anything on standard
// output that is no message fails the test.
type process struct {
	t      testing.TB
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stdout io.Closer
	stderr bytes.Buffer
}

func start(t *testing.T) *process {
	t.Helper()
	return startProgram(t, "paconn-ls")
}

func startProgram(t testing.TB, program string) *process {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // so that a hang ends
	t.Cleanup(cancel)
	p := &process{t: t, cmd: exec.CommandContext(ctx, program, "serve", "--stdio")}
	p.cmd.Stderr = &p.stderr
	in, err := p.cmd.StdinPipe()
	p.check(err)
	out, err := p.cmd.StdoutPipe()
	p.check(err)
	p.in, p.out, p.stdout = in, bufio.NewReader(out), out
	p.check(p.cmd.Start())
	return p
}

func (p *process) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%v\nstderr: %s", err, p.stderr.String())
	}
}

func frame(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

func (p *process) send(message map[string]any) {
	p.t.Helper()
	message["jsonrpc"] = "2.0"
	body, err := json.Marshal(message)
	p.check(err)
	_, err = fmt.Fprint(p.in, frame(string(body)))
	p.check(err)
}

type received struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Result  json.RawMessage `json:"result"`
	Error   json.RawMessage `json:"error"`
}

// receive reads one message; more is false at the end of standard output.
func (p *process) receive() (m received, more bool) {
	p.t.Helper()
	header, err := p.out.ReadString('\n')
	if errors.Is(err, io.EOF) && header == "" {
		return m, false
	}
	p.check(err)
	var length int
	if _, err := fmt.Sscanf(header, "Content-Length: %d\r\n", &length); err != nil {
		p.t.Fatalf("standard output has %q where a header should be", header)
	}
	blank, err := p.out.ReadString('\n')
	p.check(err)
	if blank != "\r\n" {
		p.t.Fatalf("the header goes on with %q", blank)
	}
	body := make([]byte, length)
	_, err = io.ReadFull(p.out, body)
	p.check(err)
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil || d.More() || m.JSONRPC != "2.0" {
		p.t.Fatalf("no message of JSON-RPC: %v\n%s", err, body)
	}
	return m, true
}

// until reads messages up to one that is wanted; requests of the server get an empty answer.
func (p *process) until(wanted func(received) bool) received {
	p.t.Helper()
	for {
		m, more := p.receive()
		if !more {
			p.t.Fatalf("standard output ended too soon\nstderr: %s", p.stderr.String())
		}
		if m.Method != "" && m.ID != nil {
			p.send(map[string]any{"id": m.ID, "result": nil})
		}
		if wanted(m) {
			return m
		}
	}
}

func (p *process) call(id int, method string, params any) received {
	p.t.Helper()
	p.send(map[string]any{"id": id, "method": method, "params": params})
	m := p.until(func(m received) bool { return m.Method == "" && string(m.ID) == fmt.Sprint(id) })
	if m.Error != nil {
		p.t.Fatalf("%s: %s", method, m.Error)
	}
	return m
}

// end waits for the process and returns its exit code. What is left on standard output must be messages.
func (p *process) end() int {
	p.t.Helper()
	for more := true; more; {
		_, more = p.receive()
	}
	err := p.cmd.Wait()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return exit.ExitCode()
	}
	p.check(err)
	return 0
}

func fileURI(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

// opened is a served copy of the broken connector, its definition open; it returns what was published of it.
func opened(t *testing.T) (p *process, published received) {
	t.Helper()
	dir := t.TempDir()
	p = start(t)
	p.check(os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "testdata", "connectors", "broken"))))
	path := filepath.Join(dir, "apiDefinition.swagger.json")
	text, err := os.ReadFile(path)
	p.check(err)
	p.call(1, "initialize", map[string]any{"processId": nil, "rootUri": fileURI(dir), "capabilities": map[string]any{}})
	p.send(map[string]any{"method": "initialized", "params": map[string]any{}})
	p.send(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{"textDocument": map[string]any{
		"uri": fileURI(path), "languageId": "json", "version": 7, "text": string(text),
	}}})
	return p, p.until(func(m received) bool {
		return m.Method == "textDocument/publishDiagnostics" && strings.Contains(string(m.Params), `"version":7`)
	})
}

func TestServeAsProcess(t *testing.T) {
	p, published := opened(t)
	if !strings.Contains(string(published.Params), `"code":"json-syntax"`) {
		t.Errorf("published: %s", published.Params)
	}
	p.call(2, "shutdown", nil)
	p.send(map[string]any{"method": "exit"})
	if code := p.end(); code != codeFine {
		t.Errorf("exit code %d after shutdown and exit, want 0", code)
	}
}

func TestServeEnds(t *testing.T) {
	t.Run("exit without shutdown", func(t *testing.T) {
		p, _ := opened(t)
		p.send(map[string]any{"method": "exit"})
		if code := p.end(); code != codeProblems {
			t.Errorf("exit code %d, want 1 as the protocol says", code)
		}
	})
	t.Run("a signal", func(t *testing.T) {
		if runtime.GOOS == "windows" {
			t.Skip("SKIPPED: there are no signals")
		}
		p, _ := opened(t)
		p.check(p.cmd.Process.Signal(syscall.SIGTERM))
		if code := p.end(); code != codeFine {
			t.Errorf("exit code %d, want 0", code)
		}
	})
	t.Run("standard output closed", func(t *testing.T) {
		p, _ := opened(t)
		p.check(p.stdout.Close())
		for id := range 3 { // the answers go nowhere; the process may be gone before the last
			_, _ = fmt.Fprint(p.in, frame(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"unheardOf"}`, id)))
		}
		_ = p.in.Close()
		_ = p.cmd.Wait() // it ends, or the test is killed after a minute
		if strings.Contains(p.stderr.String(), "goroutine") {
			t.Errorf("stderr: %s", p.stderr.String())
		}
	})
	t.Run("end of input in a message", func(t *testing.T) {
		p, _ := opened(t)
		_, err := fmt.Fprint(p.in, frame(`{"jsonrpc":"2.0","id":9,"method":"shutdown"}`)[:30])
		p.check(err)
		p.check(p.in.Close())
		if code := p.end(); code != codeFine {
			t.Errorf("exit code %d, want 0", code)
		}
	})
	t.Run("end of input", func(t *testing.T) {
		p, _ := opened(t)
		p.check(p.in.Close())
		if code := p.end(); code != codeFine {
			t.Errorf("exit code %d, want 0", code)
		}
	})
}

// TestServeWithMicrosoftsClient drives the server with the client library of VS Code, which others wrote.
func TestServeWithMicrosoftsClient(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("SKIPPED: node is missing, the language client of VS Code cannot be tried")
	}
	client := filepath.Join("testdata", "client")
	if _, err := os.Stat(filepath.Join(client, "node_modules", "vscode-languageserver-protocol")); err != nil {
		t.Skip("SKIPPED: the language client of VS Code is not installed, run: make client")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "testdata", "connectors", "broken"))); err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("paconn-ls")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, node, "client.mjs", program, dir)
	cmd.Dir = client
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
