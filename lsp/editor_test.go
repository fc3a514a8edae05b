package lsp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"paconn-ls/lsp"
)

// editor is a client that remembers what the server tells it. It speaks for itself: the connections of the protocol's
// library share channels among all bubbles of a test binary.
type editor struct {
	t       testing.TB
	pipe    net.Conn
	wire    jsonrpc2.Stream
	served  chan error // what Serve returned
	session chan lsp.Session
	info    protocol.InitializeResult

	mu        sync.Mutex
	last      int64
	waits     map[jsonrpc2.ID]chan *jsonrpc2.Response
	log       bytes.Buffer
	shown     map[string]*protocol.PublishDiagnosticsParams // by path
	publishes []string                                      // paths, in order
	asked     []string                                      // methods of the server's requests, in order
	progress  []string
	warnings  []string // messages without buttons
	lists     []string // of connectors
	withdrawn []string // requests of the server whose answer it wants no more
	answers   map[string]func(params []byte) (any, error)
	heard     func(*protocol.PublishDiagnosticsParams)
}

// setup is what a test wants of its client and server.
type setup struct {
	roots   []string
	client  string // what the client calls itself
	caps    string // JSON of the client's capabilities
	init    string // JSON of the initializationOptions
	answers map[string]func(params []byte) (any, error)
	hook    func(method string)
	options func(lsp.Options) lsp.Options
	heard   func(*protocol.PublishDiagnosticsParams) // of diagnostics, in place of remembering them
}

// The capabilities of a client of these days that pulls diagnostics, and of one that does not.
const (
	pushes = `{"textDocument": {
		"publishDiagnostics": {"relatedInformation": true, "tagSupport": {"valueSet": [1, 2]}, "codeDescriptionSupport": true, "versionSupport": true},
		"codeAction": {"isPreferredSupport": true, "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}}},
		"documentSymbol": {"hierarchicalDocumentSymbolSupport": true}},
		"workspace": {"workspaceEdit": {"documentChanges": true}}}`
	pulls = `{"textDocument": {"diagnostic": {}, "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}},
		"workspace": {"diagnostics": {"refreshSupport": true}}}`
	utf8Pushes = `{"general": {"positionEncodings": ["utf-16", "utf-8"]}, "textDocument": {"publishDiagnostics": {"versionSupport": true}}}`
)

// bubble runs a test in which time passes only when nothing else happens.
func bubble(t *testing.T, s setup, run func(e *editor)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		e := start(t, s)
		defer e.close()
		run(e)
	})
}

// connect starts a server and joins an editor to it, without a word being said.
func connect(t testing.TB, s setup) *editor {
	ours, theirs := net.Pipe()
	e := &editor{t: t, pipe: ours, wire: jsonrpc2.NewStream(ours), served: make(chan error, 1), session: make(chan lsp.Session, 1),
		waits: map[jsonrpc2.ID]chan *jsonrpc2.Response{},
		shown: map[string]*protocol.PublishDiagnosticsParams{}, answers: s.answers, heard: s.heard}
	log := slog.New(slog.NewTextHandler(&locked{e}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o := lsp.WithHook(lsp.Options{Version: "1.2.3", Log: log}, s.hook)
	if s.options != nil {
		o = s.options(o)
	}
	o = lsp.WithSession(o, func(s lsp.Session) { e.session <- s })
	go func() { e.served <- lsp.Serve(context.Background(), theirs, theirs, o) }()
	go e.listen()
	return e
}

// start connects and initializes.
func start(t testing.TB, s setup) *editor {
	t.Helper()
	e := connect(t, s)
	e.initialize(s)
	e.tell(protocol.MethodInitialized, struct{}{})
	return e
}

func (e *editor) initialize(s setup) {
	e.t.Helper()
	type folder struct {
		URI  uri.URI `json:"uri"`
		Name string  `json:"name"`
	}
	folders := []folder{}
	for _, root := range s.roots {
		folders = append(folders, folder{uri.File(root), filepath.Base(root)})
	}
	params := map[string]any{"processId": nil, "rootUri": nil, "workspaceFolders": folders, "capabilities": json.RawMessage("{}")}
	if s.caps != "" {
		params["capabilities"] = json.RawMessage(s.caps)
	}
	if s.client != "" {
		params["clientInfo"] = map[string]string{"name": s.client}
	}
	if s.init != "" {
		params["initializationOptions"] = json.RawMessage(s.init)
	}
	if err := e.ask(protocol.MethodInitialize, params, &e.info); err != nil {
		e.t.Fatal(err)
	}
}

// close ends the session as a client should.
func (e *editor) close() {
	e.t.Helper()
	if err := e.ask(protocol.MethodShutdown, nil, nil); err != nil {
		e.t.Error(err)
	}
	e.tell(protocol.MethodExit, nil)
	if err := <-e.served; err != nil {
		e.t.Errorf("Serve returned %v", err)
	}
	_ = e.pipe.Close()
}

// locked writes the server's log where tests can read it.
type locked struct{ *editor }

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.log.Write(p)
}

func (e *editor) logged(text string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return strings.Contains(e.log.String(), text)
}

// encode writes parameters with the protocol's own codec, which knows its unions.
func encode(v any) (json.RawMessage, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case json.RawMessage:
		return v, nil
	case map[string]any, struct{}:
		return json.Marshal(v)
	}
	return protocol.Marshal(v)
}

// listen follows what the server says until the connection ends.
func (e *editor) listen() {
	for {
		m, _, err := e.wire.Read(context.Background())
		if err != nil {
			e.mu.Lock()
			for _, wait := range e.waits {
				close(wait)
			}
			e.waits = nil
			e.mu.Unlock()
			return
		}
		switch m := m.(type) {
		case *jsonrpc2.Response:
			e.mu.Lock()
			wait := e.waits[m.ID()]
			delete(e.waits, m.ID())
			e.mu.Unlock()
			if wait != nil {
				wait <- m
			}
		case *jsonrpc2.Notification:
			e.told(m.Method(), bytes.Clone(m.Params()))
		case *jsonrpc2.Call:
			go e.answer(m.ID(), strings.Clone(m.Method()), bytes.Clone(m.Params()))
		}
	}
}

func (e *editor) told(method string, params []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch method {
	case protocol.MethodTextDocumentPublishDiagnostics:
		p := &protocol.PublishDiagnosticsParams{}
		if err := protocol.Unmarshal(params, p); err != nil {
			e.t.Error(err)
		}
		if e.heard != nil {
			e.heard(p)
			return
		}
		e.shown[p.URI.FsPath()] = p
		e.publishes = append(e.publishes, p.URI.FsPath())
	case protocol.MethodCancelRequest:
		e.withdrawn = append(e.withdrawn, string(params))
	case "paconn/connectors":
		e.lists = append(e.lists, string(params))
	case protocol.MethodProgress:
		e.progress = append(e.progress, string(params))
	case protocol.MethodWindowShowMessage:
		e.warnings = append(e.warnings, string(params))
	}
}

func (e *editor) answer(id jsonrpc2.ID, method string, params []byte) {
	e.mu.Lock()
	e.asked = append(e.asked, method)
	answer := e.answers[method]
	e.mu.Unlock()
	var result any
	var err error
	if answer != nil {
		result, err = answer(params)
	}
	raw := json.RawMessage("null")
	if result != nil {
		if raw, err = encode(result); err != nil {
			e.t.Error(err)
		}
	}
	_, _ = e.wire.Write(context.Background(), jsonrpc2.NewResponse(id, jsonrpc2.RawMessage(raw), err))
}

var errClosed = errors.New("the connection is closed")

// begin sends a request and returns where the answer will come.
func (e *editor) begin(method string, params any) (jsonrpc2.ID, chan *jsonrpc2.Response) {
	raw, err := encode(params)
	if err != nil {
		e.t.Error(err)
	}
	wait := make(chan *jsonrpc2.Response, 1)
	e.mu.Lock()
	e.last++
	id := jsonrpc2.NewNumberID(e.last)
	if e.waits == nil {
		close(wait)
	} else {
		e.waits[id] = wait
	}
	e.mu.Unlock()
	_, _ = e.wire.Write(context.Background(), jsonrpc2.NewCall(id, method, jsonrpc2.RawMessage(raw)))
	return id, wait
}

// ask sends a request and waits for the answer.
func (e *editor) ask(method string, params, result any) error {
	_, wait := e.begin(method, params)
	r, ok := <-wait
	if !ok {
		return errClosed
	}
	if r.Err() != nil || result == nil {
		return r.Err()
	}
	return protocol.Unmarshal(r.Result(), result)
}

// code returns the code that a request was refused with, 0 when it was not.
func (e *editor) code(method string, params any) jsonrpc2.Code {
	var refused *jsonrpc2.Error
	if errors.As(e.ask(method, params, nil), &refused) {
		return refused.Code
	}
	return 0
}

// tell sends a notification.
func (e *editor) tell(method string, params any) {
	raw, err := encode(params)
	if err != nil {
		e.t.Error(err)
	}
	_, _ = e.wire.Write(context.Background(), jsonrpc2.NewNotification(method, jsonrpc2.RawMessage(raw)))
}

// sync waits until the server has followed every notification.
func (e *editor) sync() { _ = e.ask("test/nothing", struct{}{}, nil) }

// server returns the server behind the editor, to look into.
func (e *editor) server() lsp.Session {
	s := <-e.session
	e.session <- s
	return s
}

// rest waits until the server has nothing more to do: every check is made, the deep ones too.
func (e *editor) rest() {
	e.sync()
	time.Sleep(2 * time.Second)
	synctest.Wait()
}
