package lsp

import (
	"slices"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/source"
)

// Name is what the server calls itself.
const Name = "paconn-ls"

func (s *server) onInitialize(params []byte) (any, error) {
	if s.phase != created {
		return nil, jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the server is initialized already")
	}
	var p protocol.InitializeParams
	if err := decode(params, &p); err != nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%v", err)
	}
	s.phase = running
	s.client = clientOf(p.ClientInfo.Name, p.Capabilities)
	options := initOptions(p.InitializationOptions)
	s.client.asks = options.asks
	for _, problem := range options.problems {
		s.log.Warn("an initialization option cannot be followed", "problem", problem.Message)
	}
	s.update(atOnce, func(u *update) {
		u.othersJSON = !options.syntax
		u.editor, u.environment = options.settings.config, options.settings.environment
		u.roots = rootsOf(&p)
	})
	return &protocol.InitializeResult{
		Capabilities: s.capabilities(),
		ServerInfo:   protocol.ServerInfo{Name: Name, Version: protocol.NewOptional(s.options.Version)},
	}, nil
}

// rootsOf returns the folders of the workspace, each once. Clients of old name a single one.
func rootsOf(p *protocol.InitializeParams) []string {
	var roots []string
	if folders, ok := p.WorkspaceFolders.Get(); ok {
		for _, f := range folders {
			if path, ok := pathOf(f.URI); ok && !slices.Contains(roots, path) {
				roots = append(roots, path)
			}
		}
		return roots
	}
	if root := p.RootURI; root != nil { //nolint:staticcheck // what clients send that know no workspace folders
		if path, ok := pathOf(*root); ok {
			roots = append(roots, path)
		}
	}
	return roots
}

// capabilities says what the server can do, and no more.
func (s *server) capabilities() protocol.ServerCapabilities {
	out := protocol.ServerCapabilities{
		PositionEncoding: protocol.PositionEncodingKindUTF16,
		TextDocumentSync: &protocol.TextDocumentSyncOptions{
			OpenClose: ptr(true),
			Change:    ptr(protocol.TextDocumentSyncKindIncremental),
			Save:      &protocol.SaveOptions{IncludeText: ptr(false)},
		},
		HoverProvider:          protocol.Boolean(true),
		DocumentSymbolProvider: protocol.Boolean(true),
		FoldingRangeProvider:   protocol.Boolean(true),
		Workspace: &protocol.WorkspaceOptions{
			WorkspaceFolders: &protocol.WorkspaceFoldersServerCapabilities{
				Supported: ptr(true), ChangeNotifications: protocol.Boolean(true)},
			FileOperations: &protocol.FileOperationOptions{
				DidCreate: anyFile, DidRename: anyFile, DidDelete: anyFile},
		},
	}
	if s.client.encoding == source.UTF8 {
		out.PositionEncoding = protocol.PositionEncodingKindUTF8
	}
	if s.client.literals {
		out.CodeActionProvider = &protocol.CodeActionOptions{
			CodeActionKinds: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix, fixAllKind}}
	}
	if names := s.commandNames(); names != nil {
		out.ExecuteCommandProvider = protocol.ExecuteCommandOptions{Commands: names,
			WorkDoneProgressOptions: protocol.WorkDoneProgressOptions{WorkDoneProgress: ptr(true)}}
	}
	if s.client.pulls {
		out.DiagnosticProvider = &protocol.DiagnosticOptions{
			Identifier: ptr(diagnostics.Source), InterFileDependencies: true, WorkspaceDiagnostics: s.client.pullsWorkspace}
	}
	return out
}

// anyFile lets the client tell of every file and folder that it creates, renames or deletes.
var anyFile = protocol.FileOperationRegistrationOptions{Filters: []protocol.FileOperationFilter{
	{Scheme: ptr("file"), Pattern: protocol.FileOperationPattern{Glob: "**"}}}}

// initialized starts what needs the client's help: its settings, its watching of files, and then the look for connectors.
func (s *server) initialized(*protocol.InitializedParams) {
	s.spawn("initialized", func() {
		s.register()
		s.settings.request(s, "settings", s.askSettings)
		s.settings.wait(s.ctx)
		s.scan(s.state.Load().roots)
	})
}

// register asks the client to watch files and settings.
func (s *server) register() {
	var list []protocol.Registration
	if s.client.watchesFiles {
		list = append(list, registration(protocol.MethodWorkspaceDidChangeWatchedFiles,
			&protocol.DidChangeWatchedFilesRegistrationOptions{Watchers: watchers()}))
	}
	if s.client.watchesSettings {
		list = append(list, registration(protocol.MethodWorkspaceDidChangeConfiguration,
			&protocol.DidChangeConfigurationRegistrationOptions{Section: protocol.String(settingsSection)}))
	}
	if list != nil {
		_ = s.call(s.ctx, protocol.MethodClientRegisterCapability, &protocol.RegistrationParams{Registrations: list}, nil)
	}
}

func registration(method string, options any) protocol.Registration {
	raw, err := protocol.Marshal(options)
	if err != nil {
		raw = []byte("{}")
	}
	return protocol.Registration{ID: Name + " " + method, Method: method, RegisterOptions: raw}
}

func (s *server) onShutdown() (any, error) {
	if err := s.admits(); err != nil {
		return nil, err
	}
	s.phase = closing
	s.checks.stop()
	s.scans.cancelAll()
	return nil, nil
}

func (s *server) onExit() {
	var err error
	if s.phase != closing {
		err = ErrNoShutdown
	}
	s.phase = closing
	select {
	case s.exit <- err:
	default:
	}
}
