package lsp

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"strings"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// stream frames messages as the base protocol wants. Beyond what the library's own does, it answers a message that is no
// JSON-RPC instead of ending the session, and holds the end of the input back until every request is answered. It also
// carries our own requests to the client: the library recycles the channels of its own among all connections of a
// process, which tests in bubbles of time cannot stand.
type stream struct {
	in   *bufio.Reader
	out  io.Writer
	ends []io.Closer
	body []byte // of the frame read last

	writing sync.Mutex
	buffer  []byte

	mu     sync.Mutex
	change sync.Cond
	open   int  // frames with requests not yet answered
	broken bool // the output failed: nothing will be answered any more
	asked  int  // our own requests so far
	awaits map[jsonrpc2.ID]chan *jsonrpc2.Response

	gone context.Context // ends when the client says nothing any more
	left context.CancelFunc
}

// maxMessage bounds what a header may announce: memory for it is taken before the message is there.
const maxMessage = 512 << 20

func newStream(in io.Reader, out io.Writer) *stream {
	s := &stream{in: bufio.NewReader(in), out: out, awaits: map[jsonrpc2.ID]chan *jsonrpc2.Response{}}
	s.change.L = &s.mu
	s.gone, s.left = context.WithCancel(context.Background())
	for _, end := range []any{in, out} {
		if c, ok := end.(io.Closer); ok {
			s.ends = append(s.ends, c)
		}
	}
	return s
}

// ReadFrame returns the body of the next message; it is good until the next call.
func (s *stream) ReadFrame(ctx context.Context) ([]byte, int64, error) {
	for {
		body, err := s.frame(ctx)
		if err != nil {
			s.abandon()
			s.drain()
			return nil, 0, err
		}
		what, err := inspect(body)
		switch {
		case err != nil:
			s.refuse(err)
			continue
		case what.response != nil:
			s.deliver(what.response)
			continue
		case what.asks:
			s.count(1)
		}
		return body, int64(len(body)), nil
	}
}

func (s *stream) frame(ctx context.Context) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	length, err := s.header()
	if err != nil {
		return nil, err
	}
	if cap(s.body) < length {
		s.body = make([]byte, length)
	}
	body := s.body[:length]
	if _, err := io.ReadFull(s.in, body); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return body, nil
}

// header reads the header of a message and returns the length of its body.
func (s *stream) header() (int, error) {
	length := -1
	for first := true; ; first = false {
		raw, err := s.in.ReadSlice('\n') // no longer than the buffer: what is longer is no header
		if err != nil {
			if errors.Is(err, io.EOF) && (!first || len(raw) > 0) {
				err = io.ErrUnexpectedEOF
			}
			return 0, err
		}
		line := strings.TrimRight(string(raw), "\r\n")
		if line == "" {
			break
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return 0, errors.New("a line of a message's header has no colon") // not which: it may be text of a file
		}
		if !strings.EqualFold(textproto.TrimString(name), "Content-Length") {
			continue
		}
		length, err = strconv.Atoi(textproto.TrimString(value))
		if err != nil || length < 0 || length > maxMessage {
			return 0, errors.New("a message's header says no length that a message can have")
		}
	}
	if length < 0 {
		return 0, errors.New("a message's header says no Content-Length")
	}
	return length, nil
}

// content is what a frame holds, as far as it matters here.
type content struct {
	asks     bool               // there will be an answer
	response *jsonrpc2.Response // it is one
}

// inspect tells what a frame holds, or what is wrong with one that is no message.
func inspect(body []byte) (content, error) {
	var out content
	if trimmed := bytes.TrimLeft(body, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '[' {
		batch, err := jsonrpc2.ParseRequests(body)
		for _, m := range batch {
			_, call := m.Msg.(*jsonrpc2.Call)
			out.asks = out.asks || call || m.Err != nil
		}
		return out, err
	}
	m, err := jsonrpc2.DecodeMessage(body)
	if err != nil {
		return out, err
	}
	_, out.asks = m.(*jsonrpc2.Call)
	out.response, _ = m.(*jsonrpc2.Response)
	return out, nil
}

// errGone is what a request to the client fails with when the connection ends before the answer.
var errGone = errors.New("the client is gone")

// ask sends a request to the client and waits for the answer.
func (s *stream) ask(ctx context.Context, method string, params []byte) (jsonrpc2.RawMessage, error) {
	s.mu.Lock()
	if s.gone.Err() != nil {
		s.mu.Unlock()
		return nil, errGone
	}
	s.asked++
	id := jsonrpc2.NewStringID(fmt.Sprintf("%s-%d", Name, s.asked))
	answer := make(chan *jsonrpc2.Response, 1)
	s.awaits[id] = answer
	s.mu.Unlock()
	defer s.forget(id)
	if _, err := s.send(func(b []byte) []byte { return jsonrpc2.AppendCall(b, id, method, params) }); err != nil {
		return nil, err
	}
	select {
	case r, ok := <-answer:
		if !ok {
			return nil, errGone
		}
		return r.Result(), r.Err()
	case <-ctx.Done():
		s.withdraw(id)
		return nil, ctx.Err()
	}
}

// withdraw tells the client that an answer is wanted no more, so that it closes the question.
func (s *stream) withdraw(id jsonrpc2.ID) {
	text, _ := id.StringValue()
	params := fmt.Appendf(nil, `{"id":%q}`, text)
	_, _ = s.send(func(b []byte) []byte { return jsonrpc2.AppendNotification(b, protocol.MethodCancelRequest, params) })
}

func (s *stream) forget(id jsonrpc2.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.awaits, id)
}

// deliver hands an answer to whoever asked. One that nobody waits for any more is dropped.
func (s *stream) deliver(r *jsonrpc2.Response) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if answer := s.awaits[r.ID()]; answer != nil {
		delete(s.awaits, r.ID())
		answer <- r
	}
}

// abandon ends every wait for an answer of the client, and those that are still to come.
func (s *stream) abandon() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left()
	for id, answer := range s.awaits {
		delete(s.awaits, id)
		close(answer)
	}
}

// refuse answers something that is no message.
func (s *stream) refuse(cause error) {
	var wire *jsonrpc2.Error
	if !errors.As(cause, &wire) {
		wire = jsonrpc2.Errorf(jsonrpc2.ParseError, "not a message of JSON-RPC: %v", cause)
	}
	_, _ = s.send(func(b []byte) []byte { return jsonrpc2.AppendResponse(b, jsonrpc2.ID{}, nil, wire) })
}

// Read returns the next message. The connection reads frames instead; the library's interface asks for it.
func (s *stream) Read(ctx context.Context) (jsonrpc2.Message, int64, error) {
	body, n, err := s.ReadFrame(ctx)
	if err != nil {
		return nil, 0, err
	}
	m, err := jsonrpc2.DecodeMessage(body)
	return m, n, err
}

// The library begins an answer with its id, and a request with its method.
var (
	answerPrefix  = []byte(`{"jsonrpc":"2.0","id":`)
	refusalPrefix = []byte(`{"jsonrpc":"2.0","id":null`)
)

// Write sends a message.
func (s *stream) Write(_ context.Context, m jsonrpc2.Message) (int64, error) {
	answers := false
	n, err := s.send(func(b []byte) []byte {
		out := jsonrpc2.AppendMessage(b, m)
		answers = bytes.HasPrefix(out[len(b):], answerPrefix) && !bytes.HasPrefix(out[len(b):], refusalPrefix)
		return out
	})
	if answers {
		s.count(-1)
	}
	return n, err
}

// WriteFrame sends an encoded message: the answers to a batch.
func (s *stream) WriteFrame(_ context.Context, data []byte) (int64, error) {
	n, err := s.send(func(b []byte) []byte { return append(b, data...) })
	s.count(-1)
	return n, err
}

// headerSpace is room for the header in front of a body.
const headerSpace = len("Content-Length: \r\n\r\n") + 20

func (s *stream) send(body func([]byte) []byte) (int64, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.buffer = body(append(s.buffer[:0], make([]byte, headerSpace)...))
	header := fmt.Sprintf("Content-Length: %d\r\n\r\n", len(s.buffer)-headerSpace)
	start := headerSpace - len(header)
	copy(s.buffer[start:], header)
	n, err := s.out.Write(s.buffer[start:])
	if err != nil {
		s.mu.Lock()
		s.broken = true
		s.change.Broadcast()
		s.mu.Unlock()
	}
	if cap(s.buffer) > 4<<20 {
		s.buffer = nil
	}
	return int64(n), err
}

func (s *stream) count(by int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = max(0, s.open+by)
	s.change.Broadcast()
}

// drain waits until every request is answered.
func (s *stream) drain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.open > 0 && !s.broken {
		s.change.Wait()
	}
}

// Close closes what can be closed of both ends.
func (s *stream) Close() error {
	var errs []error
	for _, c := range s.ends {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}
