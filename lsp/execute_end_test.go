package lsp_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"paconn-ls/commands"
	"paconn-ls/lsp"
	"paconn-ls/powerapps/sandbox"
)

// hangUp is the output of a server whose input ends as soon as the server says something.
type hangUp struct {
	when  string
	input io.Closer

	mu   sync.Mutex
	said strings.Builder
}

func (h *hangUp) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.said.Write(p)
	if strings.Contains(h.said.String(), h.when) {
		_ = h.input.Close()
	}
	return len(p), nil
}

// TestSignInEndsWithTheClient has an editor die while a code waits to be entered, or a question to be answered: the server
// must not wait for what nobody does any more.
func TestSignInEndsWithTheClient(t *testing.T) {
	config := t.TempDir()
	sb, err := sandbox.Start(sandbox.Options{ConfigDir: config})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	getenv := func(name string) string {
		return map[string]string{"PACONN_CONFIG_DIR": config, "PACONN_TOKEN_CACHE": "file", "PACONN_CLOUD": "sandbox"}[name]
	}
	for _, when := range []string{`"id":1`, "/device"} { // before the sign-in begins, and while it waits
		in, out := io.Pipe()
		heard := &hangUp{when: when, input: out}
		go func() {
			login := `{"jsonrpc":"2.0","id":7,"method":"workspace/executeCommand","params":{"command":"paconn.login","arguments":[{"means":"device-code"}]}}`
			_, _ = io.WriteString(out, frame(initializeFrame)+frame(login))
		}()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		err = lsp.Serve(ctx, in, heard, lsp.Options{Env: func(dir string) *commands.Env { return commands.NewEnv(dir, getenv) }})
		if ctx.Err() != nil || err != nil {
			t.Errorf("the input ended at %q, and the server went on: %v", when, err)
		}
		cancel()
	}
}

// TestCancelTellsWhatWasDone cancels a create that the service has read: the answer and a message say that the connector
// may be there.
func TestCancelTellsWhatWasDone(t *testing.T) {
	s := startService(t, sandbox.Options{AutoApprove: true})
	s.signIn()
	s.sandbox.Fail(sandbox.Fault{Method: "POST", Path: "*/apis", Kind: sandbox.Slow, After: true})
	id, wait := s.begin(protocol.MethodWorkspaceExecuteCommand, command("create", map[string]any{"folder": s.dir, "environment": development}))
	s.await("the create", func() bool {
		return slices.ContainsFunc(s.sandbox.Requests(), func(r sandbox.Request) bool { return r.Method == "POST" && strings.HasSuffix(r.Path, "/apis") })
	})
	n, _ := id.Number()
	s.tell(protocol.MethodCancelRequest, map[string]any{"id": n})
	var refusal *jsonrpc2.Error
	if r := <-wait; !errors.As(r.Err(), &refusal) || refusal.Code != jsonrpc2.Code(protocol.LSPErrorCodesRequestCancelled) {
		t.Fatalf("it ended with %v", r.Err())
	}
	var data commands.ErrorData
	if err := json.Unmarshal(refusal.Data, &data); err != nil || !data.Uncertain || !strings.Contains(data.Way, "look whether the environment has it") {
		t.Errorf("%v: %+v", err, data)
	}
	s.await("the message", func() bool { return strings.Contains(s.warned(), "may have been created all the same") })
	if there, _ := filepath.Glob(filepath.Join(s.dir, "settings.json")); len(there) != 0 {
		t.Error("there is a settings.json of a connector that may not be there")
	}
}

// TestShutdownEndsCommands has an editor leave while the service keeps a command waiting: it is cancelled.
func TestShutdownEndsCommands(t *testing.T) {
	var wait chan *jsonrpc2.Response
	t.Cleanup(func() { // once the editor has left
		var refusal *jsonrpc2.Error
		if r := <-wait; r == nil || !errors.As(r.Err(), &refusal) || refusal.Code != jsonrpc2.Code(protocol.LSPErrorCodesRequestCancelled) {
			t.Errorf("it ended with %v", r)
		}
	})
	s := startService(t, sandbox.Options{AutoApprove: true})
	s.signIn()
	s.sandbox.Fail(sandbox.Fault{Path: "*/environments", Kind: sandbox.Slow, Times: -1})
	_, wait = s.begin(protocol.MethodWorkspaceExecuteCommand, command("list", map[string]any{"what": "environments"}))
	s.await("the request", func() bool {
		return slices.ContainsFunc(s.sandbox.Requests(), func(r sandbox.Request) bool { return strings.HasSuffix(r.Path, "/environments") })
	})
}

func (e *editor) warned() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return strings.Join(e.warnings, "\n")
}
