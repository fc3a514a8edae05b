package lsp

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"

	"go.lsp.dev/protocol"

	"paconn-ls/commands"
	"paconn-ls/internal/connector"
)

// scans are the looks for connectors that are under way, by the token of their progress.
type scans struct {
	mu      sync.Mutex
	count   int
	cancels map[protocol.ProgressToken]context.CancelFunc
}

// begin notes a scan, under the token that the client made for its progress, or a new one when that is nil.
func (s *scans) begin(ctx context.Context, token protocol.ProgressToken) (context.Context, protocol.ProgressToken, func()) {
	ctx, cancel := context.WithCancel(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	if token == nil {
		token = protocol.String(fmt.Sprintf("paconn-scan-%d", s.count))
	}
	if s.cancels == nil {
		s.cancels = map[protocol.ProgressToken]context.CancelFunc{}
	}
	s.cancels[token] = cancel
	return ctx, token, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.cancels, token)
		cancel()
	}
}

func (s *scans) cancel(token protocol.ProgressToken) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.cancels[token]; cancel != nil {
		cancel()
	}
}

func (s *scans) cancelAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, cancel := range s.cancels {
		cancel()
	}
}

func (s *server) cancelProgress(p *protocol.WorkDoneProgressCancelParams) { s.scans.cancel(p.Token) }

// scan looks for connectors in folders and below, and shows its progress.
func (s *server) scan(folders []string) {
	if len(folders) == 0 {
		return
	}
	ctx, token, end := s.scans.begin(s.ctx, nil)
	defer end()
	shown := s.client.progress &&
		s.call(ctx, protocol.MethodWindowWorkDoneProgressCreate, &protocol.WorkDoneProgressCreateParams{Token: token}, nil) == nil
	if shown {
		s.progress(token, &protocol.WorkDoneProgressBegin{Kind: "begin", Title: "Reading connectors", Cancellable: ptr(true)})
	}
	count := 0
	commands.Walk(ctx, folders, func(dir string) {
		s.adopt(ctx, dir)
		if count++; shown && count%10 == 0 {
			s.progress(token, &protocol.WorkDoneProgressReport{Kind: "report", Message: ptr(fmt.Sprintf("%d so far", count))})
		}
	})
	if shown {
		s.progress(token, &protocol.WorkDoneProgressEnd{Kind: "end", Message: ptr(fmt.Sprintf("%d connectors", count))})
	}
	if count > 0 && s.client.pulls {
		s.refresh() // the client may have pulled for the workspace before there was anything
	}
}

func (s *server) progress(token protocol.ProgressToken, value any) {
	raw, err := protocol.Marshal(value)
	if err == nil {
		s.notify(protocol.MethodProgress, &protocol.ProgressParams{Token: token, Value: raw})
	}
}

// adopt takes in the connector in dir unless it is known. It is read without holding up the read loop, and read again
// when something happened meanwhile that may make it look different.
func (s *server) adopt(ctx context.Context, dir string) {
	dir = filepath.Clean(dir)
	for ctx.Err() == nil {
		epoch, snap := s.epoch.Load(), s.state.Load()
		if snap.units.Of(dir) != nil {
			return
		}
		world := files{snap.documents, nil, s.disk}
		c, names := connector.Assemble(dir, world), world.List(dir)
		done := false
		s.update(waiting, func(u *update) {
			if s.epoch.Load() != epoch || u.units.Of(dir) != nil {
				return
			}
			done = true
			if u.wanted(dir) && u.holds(dir, names, world) {
				u.put(c, u.configFor(dir))
			}
		})
		if done {
			return
		}
	}
}
