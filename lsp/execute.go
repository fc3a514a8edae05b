package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"paconn-ls/commands"
	"paconn-ls/internal/connector"
)

// commandPrefix is what the commands of the server are called, before the verb.
const commandPrefix = "paconn."

// commandNames returns the commands that the server offers: none when it cannot reach the service.
func (s *server) commandNames() []string {
	if s.options.Env == nil {
		return nil
	}
	var names []string
	for _, v := range commands.Verbs {
		names = append(names, commandPrefix+v.Name)
	}
	return names
}

// executeCommand runs a verb. Its only argument is an object with the verb's own members and the member folder, the path
// or URI that relative paths count from; it may be left out where the workspace leaves no doubt. The answer is the
// verb's result, with the notes that a person should see in the member notes. The data of an error is a
// commands.ErrorData.
func (s *server) executeCommand(ctx context.Context, snap *snapshot, p *protocol.ExecuteCommandParams) (any, error) {
	i := slices.IndexFunc(commands.Verbs, func(v commands.Verb) bool { return commandPrefix+v.Name == p.Command })
	if i < 0 || s.options.Env == nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "command %q is not known", p.Command)
	}
	verb := commands.Verbs[i]
	dir, raw, err := s.commandArguments(snap, verb, p.Arguments)
	if err != nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%s: %v", p.Command, err)
	}
	args, err := verb.Decode(raw)
	if err != nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%v", err)
	}
	if !s.occupied.begin(verb, dir) {
		return nil, commandError(&commands.ArgumentError{Argument: dir, Problem: "this connector is being worked on by another command; wait for it to end"})
	}
	defer s.occupied.end(verb, dir)
	ctx, task := s.beginTask(ctx, verb, p.WorkDoneToken)
	defer task.end()
	if verb.Name == "login" { // which waits for a person, who went with the client
		defer context.AfterFunc(s.stream.gone, task.cancel)()
	}
	result, err := verb.Run(ctx, s.commandEnv(ctx, dir, task), args)
	if err != nil {
		s.log.Debug("a command failed", "command", p.Command, "error", err)
		s.afterRefusal(err)
		s.afterCancel(err)
		return nil, commandError(err)
	}
	s.afterCommand(result)
	return withNotes(result, task.notes)
}

// commandArguments tells the folder from the arguments of the verb.
func (s *server) commandArguments(snap *snapshot, verb commands.Verb, given []protocol.LSPAny) (dir string, args json.RawMessage, err error) {
	members := map[string]json.RawMessage{}
	if len(given) > 0 && string(given[0]) != "null" {
		if err := json.Unmarshal(given[0], &members); err != nil {
			return "", nil, fmt.Errorf("its argument is no object")
		}
	}
	var folder string
	if raw, ok := members["folder"]; ok {
		if err := json.Unmarshal(raw, &folder); err != nil {
			return "", nil, fmt.Errorf("folder is no text")
		}
		delete(members, "folder")
	}
	if dir, err = snap.folder(folder); err != nil {
		return "", nil, err
	}
	if onFiles(verb) {
		s.afresh(dir).addSettings(dir, members)
	}
	args, err = json.Marshal(members)
	return dir, args, err
}

// onFiles reports whether a verb works on the files of a connector.
func onFiles(v commands.Verb) bool { return alone(v) || v.Name == "validate" }

// afresh returns a snapshot with the connector in dir as it is on disk now: not every client tells what other programs
// write.
func (s *server) afresh(dir string) *snapshot {
	if dir == "" {
		return s.state.Load()
	}
	paths := []string{filepath.Join(dir, connector.SettingsName)}
	for _, f := range s.state.Load().workspace.Connector(dir).Files() {
		if !slices.Contains(paths, f.Path) {
			paths = append(paths, f.Path)
		}
	}
	s.onDisk(paths)
	return s.state.Load()
}

// addSettings has a verb that works on the files of a connector follow the connector's settings.json. On the command line
// it is named; in an editor the folder that the command is for says which one is meant.
func (s *snapshot) addSettings(dir string, members map[string]json.RawMessage) {
	_, given := members["settings"]
	settings := s.workspace.Connector(dir).Settings()
	if given || settings == nil {
		return
	}
	if raw, err := json.Marshal(settings.Path); err == nil {
		members["settings"] = raw
	}
}

// folder returns the folder that is meant: the one that is given, as a path or a URI, or that of a file of it; else the
// only connector's, else the only one of the workspace; "" when there is none to go by.
func (s *snapshot) folder(given string) (string, error) {
	if given == "" {
		if all := s.workspace.Connectors(); len(all) == 1 {
			return all[0].Dir, nil
		}
		if len(s.roots) == 1 {
			return s.roots[0], nil
		}
		return "", nil
	}
	path := given
	if strings.HasPrefix(given, "file:") {
		u, err := uri.Parse(given)
		if err != nil {
			return "", fmt.Errorf("folder %q cannot be read: %w", given, err)
		}
		local, ok := pathOf(u)
		if !ok {
			return "", fmt.Errorf("folder %q is not on this machine", given)
		}
		path = local
	}
	if !filepath.IsAbs(path) {
		return "", fmt.Errorf("folder %q is neither an absolute path nor a file's URI", given)
	}
	return s.folderOf(spelt(path)), nil
}

// commandEnv is the world of a verb that an editor asks for.
func (s *server) commandEnv(ctx context.Context, dir string, t *task) *commands.Env {
	env := s.options.Env(dir)
	env.Audience = commands.Editor
	env.Log, env.Note, env.Step = s.log, t.note, t.step
	env.Default = s.state.Load().environment
	somebody := s.somebody(dir, t.cancel)
	env.Ask, env.Show = somebody, somebody
	env.Unsaved = s.unsaved
	return env
}

// unsaved reports whether the editor holds another text of a file than the disk.
func (s *server) unsaved(path string) bool {
	d := s.state.Load().document(path)
	if d == nil {
		return false
	}
	onDisk := s.disk.Read(path, connector.Other)
	return onDisk == nil || !sameText(onDisk.Content, d.text)
}

// afterCommand looks again at the files that a verb may have written, and shows what the service says.
func (s *server) afterCommand(result any) {
	switch r := result.(type) {
	case commands.DownloadResult:
		var paths []string
		for _, f := range r.Files {
			paths = append(paths, filepath.Join(r.Folder, f.Name))
		}
		s.onDisk(paths)
	case commands.DeployResult:
		if r.SettingsFile != "" {
			s.onDisk([]string{r.SettingsFile})
		}
	case commands.ValidateResult:
		s.serviceSaid(r.Definition, r.Content, r.Problems)
	}
}

// afterRefusal shows what the service says of a definition that create or update could not send.
func (s *server) afterRefusal(err error) {
	var refused *commands.RefusedError
	if errors.As(err, &refused) {
		s.serviceSaid(refused.Definition, refused.Content, refused.Problems)
	}
}

// afterCancel shows what a verb had done when it was cancelled: editors drop the answer of what they cancelled.
func (s *server) afterCancel(err error) {
	data := commands.DataOf(err, commands.Editor)
	if data.Kind != "cancelled" || !data.Uncertain && !errors.As(err, new(*commands.InterruptedError)) {
		return
	}
	text := data.Message
	if data.Way != "" {
		text += "; " + data.Way
	}
	s.notify(protocol.MethodWindowShowMessage, &protocol.ShowMessageParams{Type: protocol.MessageTypeWarning, Message: text})
}

// withNotes adds the notes to a result.
func withNotes(result any, notes []string) (json.RawMessage, error) {
	raw, err := json.Marshal(result)
	if err != nil || len(notes) == 0 {
		return raw, err
	}
	told, err := json.Marshal(notes)
	if err != nil {
		return raw, err
	}
	member := `{"notes":` + string(told)
	if string(raw) != "{}" {
		member += ","
	}
	return json.RawMessage(member + string(raw[1:])), nil
}

// commandError is an error of a verb as the answer of a request.
func commandError(err error) error {
	data := commands.DataOf(err, commands.Editor)
	code := protocol.LSPErrorCodesRequestFailed
	if data.Kind == "cancelled" {
		code = protocol.LSPErrorCodesRequestCancelled
	}
	out := jsonrpc2.NewError(jsonrpc2.Code(code), data.Message)
	if raw, err := json.Marshal(data); err == nil {
		out.Data = jsonrpc2.RawMessage(raw)
	}
	return out
}
