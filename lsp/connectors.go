package lsp

import (
	"context"
	"time"

	"go.lsp.dev/protocol"

	"paconn-ls/commands"
)

// methodConnectors tells a client which connectors there are, for its menus: a notification of ours, {folders}, when that
// changes, for a client that is asked by requests of our own; and a request of any client, which has the folders of the
// workspace looked through first.
const methodConnectors = "paconn/connectors"

type connectorList struct {
	Folders []string `json:"folders"` // their paths, in order
}

func (s *snapshot) connectorList() *connectorList {
	out := &connectorList{Folders: []string{}}
	for _, c := range s.workspace.Connectors() {
		out.Folders = append(out.Folders, c.Dir)
	}
	return out
}

func (s *server) connectors(ctx context.Context, snap *snapshot, _ *struct{}) (*connectorList, error) {
	s.settings.wait(ctx) // a scan waits for them too
	commands.Walk(ctx, snap.roots, func(dir string) { s.adopt(ctx, dir) })
	return s.state.Load().connectorList(), ctx.Err()
}

// gathering is how long a change of the list waits for the next one: a scan makes many.
const gathering = 50 * time.Millisecond

func (s *server) tellConnectors() {
	timer := time.NewTimer(gathering)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.ctx.Done():
		return
	}
	raw, err := protocol.Marshal(s.state.Load().connectorList())
	if err == nil {
		s.notify(methodConnectors, protocol.LSPAny(raw))
	}
}
