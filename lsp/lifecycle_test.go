package lsp_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"paconn-ls/lsp"
)

func TestInitialize(t *testing.T) {
	for _, tt := range []struct {
		name, client, caps    string
		encoding              protocol.PositionEncodingKind
		pulls, pullsWorkspace bool
	}{
		{"a client of old", "", "", "utf-16", false, false},
		{"utf-8 offered", "", utf8Pushes, "utf-8", false, false},
		{"pull", "", pulls, "utf-16", true, true},
		{"Neovim that can be asked to pull again", "Neovim", pulls, "utf-16", true, false},
		{"Neovim that cannot", "Neovim", `{"textDocument": {"diagnostic": {}}}`, "utf-16", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, setup{client: tt.client, caps: tt.caps}, func(e *editor) {
				c := e.info.Capabilities
				version, _ := e.info.ServerInfo.Version.Get()
				if c.PositionEncoding != tt.encoding || e.info.ServerInfo.Name != "paconn-ls" || version != "1.2.3" {
					t.Errorf("encoding %s, server %s %s", c.PositionEncoding, e.info.ServerInfo.Name, version)
				}
				if (c.DiagnosticProvider != nil) != tt.pulls {
					t.Errorf("diagnostic provider %v", c.DiagnosticProvider)
				}
				if o, ok := c.DiagnosticProvider.(*protocol.DiagnosticOptions); ok && o.WorkspaceDiagnostics != tt.pullsWorkspace {
					t.Errorf("diagnostics of the workspace offered: %v", o.WorkspaceDiagnostics)
				}
				if c.CompletionProvider != nil || c.DefinitionProvider != nil || c.RenameProvider != nil {
					t.Error("promises what it does not do")
				}
			})
		})
	}
}

func TestPhases(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := connect(t, setup{})
		hover := &protocol.HoverParams{}
		if got := e.code(protocol.MethodTextDocumentHover, hover); got != jsonrpc2.ServerNotInitialized {
			t.Errorf("before initialize: %d", got)
		}
		e.open("/x/apiDefinition.swagger.json", 1, "{}") // ignored
		e.initialize(setup{})
		if got := e.code(protocol.MethodInitialize, map[string]any{"capabilities": map[string]any{}}); got != jsonrpc2.InvalidRequest {
			t.Errorf("second initialize: %d", got)
		}
		if got := e.code("textDocument/unheardOf", struct{}{}); got != jsonrpc2.MethodNotFound {
			t.Errorf("unknown request: %d", got)
		}
		if got := e.code(protocol.MethodTextDocumentHover, map[string]any{"position": "nowhere"}); got != jsonrpc2.InvalidParams {
			t.Errorf("broken parameters: %d", got)
		}
		for _, n := range []string{"$/unheardOf", "unheardOf", protocol.MethodInitialized, "$/setTrace", protocol.MethodWorkspaceDidChangeConfiguration} {
			e.tell(n, nil)
		}
		e.tell(protocol.MethodTextDocumentDidOpen, map[string]any{"textDocument": 3})
		e.tell(protocol.MethodCancelRequest, map[string]any{"id": nil})
		e.tell(protocol.MethodCancelRequest, map[string]any{"id": 4711})
		if err := e.ask(protocol.MethodShutdown, nil, nil); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		e.open("/x/apiDefinition.swagger.json", 1, "{") // ignored
		if got := e.code(protocol.MethodTextDocumentHover, hover); got != jsonrpc2.InvalidRequest {
			t.Errorf("after shutdown: %d", got)
		}
		if got := e.code(protocol.MethodShutdown, nil); got != jsonrpc2.InvalidRequest {
			t.Errorf("second shutdown: %d", got)
		}
		e.tell(protocol.MethodExit, nil)
		if err := <-e.served; err != nil {
			t.Errorf("exit: %v", err)
		}
		_ = e.pipe.Close()
		if len(e.publishes) > 0 {
			t.Errorf("published %v", e.publishes)
		}
	})
}

func TestExitWithoutShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := start(t, setup{})
		e.tell(protocol.MethodExit, nil)
		if err := <-e.served; !errors.Is(err, lsp.ErrNoShutdown) {
			t.Errorf("Serve returned %v", err)
		}
		_ = e.pipe.Close()
	})
}

func frame(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

const initializeFrame = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}`

// TestRoots finds connectors in the folders that clients of all ages name.
func TestRoots(t *testing.T) {
	root := t.TempDir()
	path := faulty(t, root)
	for _, tt := range []struct {
		name, params string
		found        bool
	}{
		{"folders", `"workspaceFolders": [{"uri": %[1]q, "name": "x"}, {"uri": %[1]q, "name": "again"}], "rootUri": null`, true},
		{"a root", `"rootUri": %[1]q`, true},
		{"a root and folders that are null", `"workspaceFolders": null, "rootUri": %[1]q`, true},
		{"a root and no folders", `"workspaceFolders": [], "rootUri": %[1]q`, false},
		{"nothing", `"workspaceFolders": null, "rootUri": null`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := connect(t, setup{})
				defer e.close()
				params := strings.ReplaceAll(tt.params, "%[1]q", fmt.Sprintf("%q", uri.File(root)))
				if err := e.ask(protocol.MethodInitialize, json.RawMessage(`{"capabilities": {}, "processId": null, `+params+`}`), nil); err != nil {
					t.Error(err)
				}
				e.tell(protocol.MethodInitialized, struct{}{})
				e.rest()
				if got := e.codes(path); (len(got) > 0) != tt.found {
					t.Errorf("%v", got)
				}
			})
		})
	}
}

// TestEndOfInput ends the input at every place of a session: it is no error, and what was asked before is answered.
func TestEndOfInput(t *testing.T) {
	session := frame(initializeFrame) + frame(`{"jsonrpc":"2.0","method":"initialized"}`) +
		frame(`{"jsonrpc":"2.0","id":"two","method":"textDocument/hover","params":{"textDocument":{"uri":"file:///x"},"position":{"line":0,"character":0}}}`)
	for n := range len(session) + 1 {
		var out strings.Builder
		if err := lsp.Serve(t.Context(), strings.NewReader(session[:n]), &out, lsp.Options{}); err != nil {
			t.Fatalf("after %d bytes: %v", n, err)
		}
		if n == len(session) && (!strings.Contains(out.String(), `"id":1,`) || !strings.Contains(out.String(), `"id":"two","result":null`)) {
			t.Errorf("answers %q", out.String())
		}
	}
}

// TestNoMessage sends frames that are no messages: they are answered, and the session goes on.
func TestNoMessage(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"no JSON", `{"jsonrpc": "2.0", `, `"id":null,"error":{"code":-32700`},
		{"empty", ``, `"id":null,"error":{"code":-32700`},
		{"no object", `17`, `"id":null,"error":{"code":-32`},
		{"no version", `{"id": 7, "method": "shutdown"}`, `"id":null,"error":{"code":-32600`},
		{"empty batch", `[]`, `"id":null,"error":{"code":-32600`},
		{"batch", `[{"jsonrpc":"2.0","id":8,"method":"unheardOf"},{"jsonrpc":"2.0","method":"unheardOf"}]`, `[{"jsonrpc":"2.0","id":8,"error":{"code":-32601`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			in := frame(initializeFrame) + frame(tt.body) + frame(`{"jsonrpc":"2.0","id":9,"method":"shutdown"}`) + frame(`{"jsonrpc":"2.0","method":"exit"}`)
			if err := lsp.Serve(t.Context(), strings.NewReader(in), &out, lsp.Options{}); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out.String(), tt.want) || !strings.Contains(out.String(), `"id":9,"result":null`) {
				t.Errorf("answers %q", out.String())
			}
		})
	}
}

func TestBrokenHeaderEndsTheSession(t *testing.T) {
	for _, in := range []string{"Content-Length: many\r\n\r\n{}", "Nonsense\r\n\r\n", "Content-Type: x\r\n\r\n{}", "Content-Length: 99999999999\r\n\r\n"} {
		if err := lsp.Serve(t.Context(), strings.NewReader(in), io.Discard, lsp.Options{}); err == nil {
			t.Errorf("%q was taken", in)
		}
	}
}

// TestClientGone closes the connection in the middle of everything.
func TestClientGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := start(t, setup{roots: []string{t.TempDir()}})
		e.open("/x/apiDefinition.swagger.json", 1, "{")
		_ = e.pipe.Close()
		<-e.served
	})
}

// TestDeafClient has a client that leaves without having read what it was told.
func TestDeafClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		in := frame(initializeFrame) + frame(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///x/apiDefinition.swagger.json","languageId":"json","version":1,"text":"{"}}}`) +
			frame(`{"jsonrpc":"2.0","method":"exit"}`)
		served := make(chan error)
		go func() { served <- lsp.Serve(t.Context(), neverEnding{strings.NewReader(in)}, theirs, lsp.Options{}) }()
		_, _, _ = jsonrpc2.NewStream(ours).Read(t.Context()) // the answer to initialize, and no more
		if err := <-served; !errors.Is(err, lsp.ErrNoShutdown) {
			t.Errorf("Serve returned %v", err)
		}
		_, _ = ours.Close(), theirs.Close()
		time.Sleep(2 * time.Hour) // until the input ends
	})
}

// neverEnding is an input that stays open after all that there is to read.
type neverEnding struct{ *strings.Reader }

func (n neverEnding) Read(p []byte) (int, error) {
	if n.Len() == 0 {
		time.Sleep(time.Hour)
	}
	return n.Reader.Read(p)
}

func TestOutputBroken(t *testing.T) {
	ours, theirs := net.Pipe()
	_ = ours.Close()
	in := strings.NewReader(frame(initializeFrame) + frame(initializeFrame))
	_ = lsp.Serve(t.Context(), in, theirs, lsp.Options{}) // it returns
}

func TestPanicInHandlers(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	path := dir + "/apiDefinition.swagger.json"
	armed := ""
	hook := func(method string) {
		if method == armed {
			panic("by order")
		}
	}
	bubble(t, setup{roots: []string{dir}, hook: hook}, func(e *editor) {
		e.open(path, 1, read(t, path))
		params := &protocol.HoverParams{TextDocumentPositionParams: protocol.TextDocumentPositionParams{TextDocument: identifier(path), Position: protocol.Position{Line: 1, Character: 4}}}
		e.sync()
		armed = protocol.MethodTextDocumentHover
		if got := e.code(protocol.MethodTextDocumentHover, params); got != jsonrpc2.InternalError {
			t.Errorf("panicking request: %d", got)
		}
		armed = protocol.MethodTextDocumentDidSave
		e.tell(protocol.MethodTextDocumentDidSave, &protocol.DidSaveTextDocumentParams{TextDocument: identifier(path)})
		e.sync()
		armed = ""
		var hover protocol.Hover
		if err := e.ask(protocol.MethodTextDocumentHover, params, &hover); err != nil || hover.Contents == nil {
			t.Errorf("afterwards: %v, %v", hover, err)
		}
		if !e.logged("string") || !e.logged("lifecycle_test.go") {
			t.Error("the log lacks the kind of the panic or its stack")
		}
		if e.logged("by order") {
			t.Error("the log has the value of the panic, which could be a secret")
		}
	})
}

func TestCancel(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	hook := func(method string) {
		if method == protocol.MethodTextDocumentHover {
			started <- struct{}{}
			<-release
		}
	}
	ours, theirs := net.Pipe()
	served := make(chan error, 1)
	go func() { served <- lsp.Serve(t.Context(), theirs, theirs, lsp.WithHook(lsp.Options{}, hook)) }()
	answers := make(chan string)
	go func() {
		s := jsonrpc2.NewStream(ours)
		for {
			m, _, err := s.Read(t.Context())
			if err != nil {
				return
			}
			if r, ok := m.(*jsonrpc2.Response); ok {
				answers <- fmt.Sprint(r.ID(), r.Err())
			}
		}
	}()
	send := func(body string) { _, _ = io.WriteString(ours, frame(body)) }
	send(initializeFrame)
	<-answers
	hover := `{"jsonrpc":"2.0","id":"a","method":"textDocument/hover","params":{"textDocument":{"uri":"file:///x"},"position":{"line":0,"character":0}}}`
	send(hover)
	<-started
	send(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"a"}}`)
	send(`{"jsonrpc":"2.0","id":2,"method":"unheardOf"}`) // answered at once: the read loop is free
	first := <-answers
	close(release)
	second := <-answers
	if !strings.Contains(first, "unheardOf") || !strings.Contains(second, "cancelled") {
		t.Errorf("answers %q, %q", first, second)
	}
	_ = ours.Close()
	<-served
}

func TestStdoutHoldsMessagesOnly(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	open := fmt.Sprintf(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file://%s/apiDefinition.swagger.json","languageId":"json","version":1,"text":"{"}}}`, dir)
	var out strings.Builder
	if err := lsp.Serve(t.Context(), strings.NewReader(frame(initializeFrame)+frame(open)), &out, lsp.Options{}); err != nil {
		t.Fatal(err)
	}
	s := jsonrpc2.NewStream(readOnly{strings.NewReader(out.String())})
	var ids []string
	for {
		m, _, err := s.Read(t.Context())
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in %q", err, out.String())
		}
		if r, ok := m.(*jsonrpc2.Response); ok {
			ids = append(ids, fmt.Sprint(r.ID()))
		}
	}
	if !slices.Equal(ids, []string{"1"}) {
		t.Errorf("answers to %v", ids)
	}
}

type readOnly struct{ io.Reader }

func (readOnly) Write(p []byte) (int, error) { return len(p), nil }
func (readOnly) Close() error                { return nil }
