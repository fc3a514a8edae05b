package lsp

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// request answers one method. It is called twice: with the parameters, in the order of the wire, and then with the
// snapshot that stood at that moment, on a goroutine of its own.
type request func(s *server, params []byte) (answer, error)

type answer func(ctx context.Context, snap *snapshot) (any, error)

// notification follows one method of which no answer is expected, in the order of the wire.
type notification func(s *server, params []byte) error

var requests = map[string]request{
	protocol.MethodTextDocumentHover:          on((*server).hover),
	protocol.MethodTextDocumentDocumentSymbol: on((*server).documentSymbol),
	protocol.MethodTextDocumentFoldingRange:   on((*server).foldingRange),
	protocol.MethodTextDocumentCodeAction:     on((*server).codeAction),
	protocol.MethodTextDocumentDiagnostic:     on((*server).documentDiagnostic),
	protocol.MethodWorkspaceDiagnostic:        on((*server).workspaceDiagnostic),
	protocol.MethodWorkspaceExecuteCommand:    on((*server).executeCommand),
	methodFixAll:                              on((*server).fixConnector),
	methodConnectors:                          on((*server).connectors),
}

var notifications = map[string]notification{
	protocol.MethodInitialized:                        noted((*server).initialized),
	protocol.MethodTextDocumentDidOpen:                noted((*server).didOpen),
	protocol.MethodTextDocumentDidChange:              noted((*server).didChange),
	protocol.MethodTextDocumentDidSave:                noted((*server).didSave),
	protocol.MethodTextDocumentDidClose:               noted((*server).didClose),
	protocol.MethodWorkspaceDidChangeWatchedFiles:     noted((*server).didChangeWatchedFiles),
	protocol.MethodWorkspaceDidCreateFiles:            noted((*server).didCreateFiles),
	protocol.MethodWorkspaceDidRenameFiles:            noted((*server).didRenameFiles),
	protocol.MethodWorkspaceDidDeleteFiles:            noted((*server).didDeleteFiles),
	protocol.MethodWorkspaceDidChangeWorkspaceFolders: noted((*server).didChangeWorkspaceFolders),
	protocol.MethodWorkspaceDidChangeConfiguration:    noted((*server).didChangeConfiguration),
	protocol.MethodWindowWorkDoneProgressCancel:       noted((*server).cancelProgress),
}

// on makes a request of a handler with typed parameters.
func on[P, R any](handle func(*server, context.Context, *snapshot, *P) (R, error)) request {
	return func(s *server, params []byte) (answer, error) {
		p := new(P)
		if err := decode(params, p); err != nil {
			return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%v", err)
		}
		return func(ctx context.Context, snap *snapshot) (any, error) { return handle(s, ctx, snap, p) }, nil
	}
}

// noted makes a notification of a handler with typed parameters.
func noted[P any](handle func(*server, *P)) notification {
	return func(s *server, params []byte) error {
		p := new(P)
		if len(params) > 0 {
			if err := decode(params, p); err != nil {
				return err
			}
		}
		handle(s, p)
		return nil
	}
}

func decode(params []byte, into any) error {
	if len(params) == 0 {
		return fmt.Errorf("parameters are missing")
	}
	err := protocol.Unmarshal(params, into)
	if err != nil && !strings.HasPrefix(err.Error(), "protocol: invalid JSON") {
		return fmt.Errorf("they do not fit a %T", into) // what the library says may quote the text of a file
	}
	return err
}

// handle takes every message that is not an answer. Notifications run on the read loop, one after the other; a request
// pins the snapshot there and runs on its own. It never returns an error for a notification, which would end the
// connection.
func (s *server) handle(rctx context.Context, req *jsonrpc2.Request) (result any, err error) {
	method := strings.Clone(req.Method())
	if !req.IsCall() {
		s.notified(method, req.Params())
		return nil, nil
	}
	defer func() {
		if r := recover(); r != nil {
			s.logPanic(method, r)
			result, err = nil, jsonrpc2.Errorf(jsonrpc2.InternalError, "%s failed on an internal error", method)
		}
	}()
	switch method {
	case protocol.MethodInitialize:
		return s.onInitialize(req.Params())
	case protocol.MethodShutdown:
		return s.onShutdown()
	}
	if err := s.admits(); err != nil {
		return nil, err
	}
	return s.requested(rctx, method, req)
}

// admits says why a request cannot be answered in this phase of the session.
func (s *server) admits() error {
	switch s.phase {
	case created:
		return jsonrpc2.NewError(jsonrpc2.ServerNotInitialized, "the server is not initialized")
	case closing:
		return jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the server is shut down")
	}
	return nil
}

func (s *server) requested(rctx context.Context, method string, req *jsonrpc2.Request) (any, error) {
	route, ok := requests[method]
	if !ok {
		return nil, jsonrpc2.Errorf(jsonrpc2.MethodNotFound, "method %q is not known", method)
	}
	run, err := route(s, req.Params())
	if err != nil {
		return nil, err
	}
	id := req.ID()
	// The library recycles the context of a request, which must not be the parent of another: its own parent is.
	ctx, cancel := context.WithCancel(jsonrpc2.DetachContext(rctx))
	s.cancels.Store(id, cancel)
	snap := s.state.Load()
	defer func() {
		s.cancels.Delete(id)
		cancel()
	}()
	jsonrpc2.Async(rctx)
	if s.options.hook != nil {
		s.options.hook(method)
	}
	result, err := run(ctx, snap)
	if ctx.Err() != nil && method != protocol.MethodWorkspaceExecuteCommand { // which says itself what it did until then
		return nil, jsonrpc2.NewError(jsonrpc2.Code(protocol.LSPErrorCodesRequestCancelled), "the request was cancelled")
	}
	return result, err
}

func (s *server) notified(method string, params []byte) {
	defer s.recovered(method)
	if s.options.hook != nil {
		s.options.hook(method)
	}
	switch {
	case method == protocol.MethodExit:
		s.onExit()
		return
	case method == protocol.MethodCancelRequest:
		s.onCancel(params)
		return
	case s.phase != running:
		s.log.Debug("a notification came before initialize or after shutdown", "method", method)
		return
	}
	follow, ok := notifications[method]
	if !ok {
		s.log.Debug("a notification is not known", "method", method)
		return
	}
	if err := follow(s, params); err != nil {
		s.log.Warn("a notification could not be read", "method", method, "error", err)
	}
}

func (s *server) onCancel(params []byte) {
	var p protocol.CancelParams
	if err := decode(params, &p); err != nil {
		s.log.Warn("a cancellation could not be read", "error", err)
		return
	}
	var id jsonrpc2.ID
	switch v := p.ID.(type) {
	case protocol.Integer:
		id = jsonrpc2.NewNumberID(int64(v))
	case protocol.String:
		id = jsonrpc2.NewStringID(string(v))
	default:
		return
	}
	if cancel, ok := s.cancels.Load(id); ok {
		cancel.(context.CancelFunc)()
	}
}

// recovered logs the panic of something that nobody waits for.
func (s *server) recovered(what string) {
	if r := recover(); r != nil {
		s.logPanic(what, r)
	}
}

// logPanic logs a panic. What is no error of Go's own is told by its type: it could hold a secret.
func (s *server) logPanic(what string, cause any) {
	if _, ok := cause.(runtime.Error); !ok {
		cause = fmt.Sprintf("%T", cause)
	}
	s.log.Error("internal error", "in", what, "cause", cause, "stack", string(debug.Stack()))
}
