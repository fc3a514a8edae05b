package lsp

import (
	"context"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"paconn-ls/commands"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/source"
)

// methodFixAll is a request of our own, by which a client mends all files of a connector at once: {folder} → {edit, fixes}.
const methodFixAll = "paconn/fixAll"

type fixAllParams struct {
	Folder string `json:"folder"` // the connector's, as a path or a URI
}

type fixAllResult struct {
	Edit  *protocol.WorkspaceEdit `json:"edit,omitempty"` // nothing when nothing can be mended safely
	Fixes int                     `json:"fixes"`
}

// fixConnector returns the edit that applies every safe fix in all files of a connector.
func (s *server) fixConnector(ctx context.Context, snap *snapshot, p *fixAllParams) (*fixAllResult, error) {
	dir, err := snap.folder(p.Folder)
	if err != nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%v", err)
	}
	snap = s.afresh(dir) // edits of files that are not open are for what is on disk
	u := snap.units.Of(dir)
	if u == nil {
		return nil, commandError(&commands.ArgumentError{Argument: dir, Problem: "there is no connector"})
	}
	fixed, done := commands.FixAll(ctx, u.connector, u.options, func(*connector.File) bool { return true })
	out := &fixAllResult{Fixes: len(done)}
	byFile := map[*connector.File][]source.Edit{}
	for _, f := range u.connector.Files() {
		if after := fixed.File(f.Path); after.Content != f.Content {
			byFile[f] = difference(f.Content.String(), after.Content.String())
		}
	}
	if len(byFile) > 0 {
		out.Edit = s.workspaceEdit(snap, byFile)
	}
	return out, nil
}
