package lsp

import (
	"slices"

	"go.lsp.dev/protocol"

	"paconn-ls/internal/source"
)

// client is what the client can do, as far as it makes a difference.
type client struct {
	encoding        source.Encoding
	pulls           bool // it asks for diagnostics; else they are published
	pullsWorkspace  bool // it may be offered diagnostics of the whole workspace
	refresh         bool // it can be asked to pull again
	related         bool
	tags            bool
	codeDescription bool
	documentChanges bool // edits may name the version that they are made for
	literals        bool // code actions may be more than commands
	preferred       bool
	hierarchy       bool // symbols may have children
	plainText       bool // hovers must not be Markdown
	lineFolding     bool // it folds whole lines only
	foldingLimit    int  // 0 means none
	progress        bool
	showsDocuments  bool // it opens pages in a browser
	asks            bool // it answers questions of our own
	configuration   bool // it answers workspace/configuration
	watchesFiles    bool // it watches files when asked to
	watchesSettings bool // it tells of settings when asked to
}

// encodingOf tells the unit of columns: UTF-8 when the client offers it, else UTF-16.
func encodingOf(c protocol.ClientCapabilities) source.Encoding {
	if c.General != nil && slices.Contains(c.General.PositionEncodings, protocol.PositionEncodingKindUTF8) {
		return source.UTF8
	}
	return source.UTF16
}

func clientOf(name string, c protocol.ClientCapabilities) client {
	out := client{encoding: encodingOf(c)}
	if w := c.Window; w != nil {
		out.progress = is(w.WorkDoneProgress)
		out.showsDocuments = w.ShowDocument != nil && w.ShowDocument.Support
	}
	if t := c.TextDocument; t != nil {
		out.textDocument(t)
	}
	if w := c.Workspace; w != nil {
		out.workspace(w)
	}
	out.pullsWorkspace = out.pulls
	if name == "Neovim" {
		out.neovim()
	}
	return out
}

// neovim keeps diagnostics live across files in Neovim. Asked to pull again, it pulls for the workspace where that is
// offered, and drops what it is told of open buffers (neovim/neovim#40623); a version that cannot be asked to never
// pulls a buffer again that is not edited itself.
func (c *client) neovim() {
	c.pullsWorkspace = false
	c.pulls = c.pulls && c.refresh
}

func (c *client) textDocument(t *protocol.TextDocumentClientCapabilities) {
	c.pulls = t.Diagnostic != nil
	if d := t.Diagnostic; d != nil {
		c.diagnostics(d.DiagnosticsCapabilities)
	}
	if d := t.PublishDiagnostics; d != nil {
		c.diagnostics(d.DiagnosticsCapabilities)
	}
	if a := t.CodeAction; a != nil {
		c.literals = a.CodeActionLiteralSupport.CodeActionKind.ValueSet != nil // some list no kind and take all, ALE of Vim is one
		c.preferred = is(a.IsPreferredSupport)
	}
	if d := t.DocumentSymbol; d != nil {
		c.hierarchy = is(d.HierarchicalDocumentSymbolSupport)
	}
	if h := t.Hover; h != nil {
		c.plainText = len(h.ContentFormat) > 0 && !slices.Contains(h.ContentFormat, protocol.MarkupKindMarkdown)
	}
	if f := t.FoldingRange; f != nil {
		c.lineFolding = is(f.LineFoldingOnly)
		if f.RangeLimit != nil {
			c.foldingLimit = int(*f.RangeLimit)
		}
	}
}

func (c *client) diagnostics(d protocol.DiagnosticsCapabilities) {
	c.related = c.related || is(d.RelatedInformation)
	c.tags = c.tags || len(d.TagSupport.ValueSet) > 0
	c.codeDescription = c.codeDescription || is(d.CodeDescriptionSupport)
}

func (c *client) workspace(w *protocol.WorkspaceClientCapabilities) {
	c.configuration = is(w.Configuration)
	if e := w.WorkspaceEdit; e != nil {
		c.documentChanges = is(e.DocumentChanges)
	}
	if d := w.Diagnostics; d != nil {
		c.refresh = is(d.RefreshSupport)
	}
	if d := w.DidChangeWatchedFiles; d != nil {
		c.watchesFiles = is(d.DynamicRegistration)
	}
	if d := w.DidChangeConfiguration; d != nil {
		c.watchesSettings = is(d.DynamicRegistration)
	}
}

func is(b *bool) bool { return b != nil && *b }

func ptr[T any](v T) *T { return &v }
