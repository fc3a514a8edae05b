// Package lsp is the language server for custom connectors.
//
// It keeps one immutable snapshot of everything it knows: connectors, open documents, settings. The read loop, and now
// and then a background job, replaces the snapshot; every request works on the one that stood when it arrived. A handler
// only converts: it finds file and offset, calls a function without knowledge of the protocol and converts the answer.
package lsp

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"paconn-ls/commands"
	"paconn-ls/internal/connector"
)

// Options are what the program tells its server. The zero Options is good.
type Options struct {
	Version string       // of the program, told to the client
	Log     *slog.Logger // nil logs warnings to stderr

	// Env returns the world of the verbs that an editor may ask for, working in a folder. Asking, showing, notes and
	// steps are the server's. Without it the server offers no commands.
	Env func(dir string) *commands.Env

	hook    func(method string) // called at the start of every handler
	started func(*server)       // called before the first message is read
	hasty   time.Duration       // when set, the longest wait while somebody types
}

// ErrNoShutdown is what Serve returns when the client said exit without having asked for a shutdown. The protocol wants
// the exit code 1 then.
var ErrNoShutdown = errors.New("the client left without asking for a shutdown")

// Serve speaks the Language Server Protocol over in and out until the client says exit, in ends or ctx is cancelled. The
// end of in, even in the middle of a message, is no error.
func Serve(ctx context.Context, in io.Reader, out io.Writer, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := newServer(ctx, o)
	s.stream = newStream(in, out)
	s.conn = jsonrpc2.NewConn(s.stream, jsonrpc2.WithCodec(codec{}))
	if o.started != nil {
		o.started(s)
	}
	s.conn.Go(ctx, s.handle)
	defer within(grace, func() {
		cancel()
		s.checks.stop()
		s.background.dismiss()
	})
	select {
	case <-ctx.Done():
		return nil
	case err := <-s.exit:
		within(grace, s.stream.drain)
		return err
	case <-s.conn.Done():
		if err := s.conn.Err(); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		return nil
	}
}

// grace is how long the end of a session waits for what is under way. A client that reads no more must not keep the
// process alive.
const grace = 2 * time.Second

// within waits for a job, but no longer than that.
func within(most time.Duration, job func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		job()
	}()
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
	}
}

// server is one session.
type server struct {
	options Options
	log     *slog.Logger
	ctx     context.Context // ends with the session
	conn    jsonrpc2.Conn
	stream  *stream
	exit    chan error
	disk    connector.Files
	client  client // set by initialize, before anything reads it

	phase   phase    // of the read loop only
	cancels sync.Map // jsonrpc2.ID to context.CancelFunc

	state atomic.Pointer[snapshot]
	write sync.Mutex   // held by whoever replaces state
	epoch atomic.Int64 // counts what may make a folder that is being read look different

	checks     *checks
	results    *results
	background crew
	scans      scans
	occupied   occupied
	refreshes  errand // asking the client to pull again
	settings   errand // asking it for its settings
	listing    errand // telling it which connectors there are
}

// phase is how far a session has come.
type phase uint8

const (
	created phase = iota
	running
	closing
)

func newServer(ctx context.Context, o Options) *server {
	s := &server{options: o, log: o.Log, ctx: ctx, exit: make(chan error, 1), disk: commands.Disk{}}
	if s.log == nil {
		s.log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	s.state.Store(&snapshot{})
	s.checks = newChecks(ctx, &s.background, s.check)
	if o.hasty > 0 {
		s.checks.longest = o.hasty
	}
	s.results = newResults()
	return s
}

// spawn runs a job in the background of the session. A panic of it is logged. It reports false when the session is over.
func (s *server) spawn(name string, job func()) bool {
	if !s.background.join() {
		return false
	}
	go func() {
		defer s.background.leave()
		defer s.recovered(name)
		job()
	}()
	return true
}

// call asks the client something and logs when it refuses.
func (s *server) call(ctx context.Context, method string, params, result any) error {
	var raw []byte
	err := error(nil)
	if params != nil {
		raw, err = protocol.Marshal(params)
	}
	if err == nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, patience, errors.New("no answer came"))
		defer cancel()
		raw, err = s.stream.ask(ctx, method, raw)
	}
	if err == nil && result != nil {
		err = protocol.Unmarshal(raw, result)
	}
	if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, errGone) {
		s.log.Warn("the client refused a request", "method", method, "error", err)
	}
	return err
}

// notify tells the client something. It fails only when the connection is gone, which the read loop finds out too.
func (s *server) notify(method string, params any) {
	if err := s.conn.Notify(s.ctx, method, params); err != nil && s.ctx.Err() == nil {
		s.log.Debug("a notification could not be sent", "method", method, "error", err)
	}
}

// codec encodes messages with the types of the protocol.
type codec struct{}

func (codec) Marshal(v any) ([]byte, error) {
	if raw, ok := v.(jsonrpc2.RawMessage); ok {
		if raw == nil {
			return []byte("null"), nil
		}
		return raw, nil
	}
	return protocol.Marshal(v)
}

func (codec) Unmarshal(b []byte, v any) error {
	if raw, ok := v.(*jsonrpc2.RawMessage); ok {
		*raw = append(jsonrpc2.RawMessage(nil), b...)
		return nil
	}
	return protocol.Unmarshal(b, v)
}
