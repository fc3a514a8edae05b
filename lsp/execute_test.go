package lsp_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"paconn-ls/commands"
	"paconn-ls/lsp"
	"paconn-ls/powerapps/sandbox"
)

// development is an environment of every sandbox that begins empty.
const development = "33333333-dddd-4eee-8fff-444444444444"

// service is a sandbox with an editor whose server reaches it.
type service struct {
	*editor
	sandbox *sandbox.Sandbox
	dir     string // of the sound connector, without a settings.json

	mu    sync.Mutex
	said  []string          // messages with buttons
	press map[string]string // the button to press, by a part of the message
}

const commandCaps = `{"textDocument": {"publishDiagnostics": {}}, "window": {"workDoneProgress": true, "showDocument": {"support": true}}}`

func startService(t *testing.T, o sandbox.Options) *service {
	t.Helper()
	return startServiceWith(t, o, setup{})
}

// startServiceWith starts an editor that has more to say at the beginning, and to answer.
func startServiceWith(t *testing.T, o sandbox.Options, more setup) *service {
	t.Helper()
	root := t.TempDir()
	o.ConfigDir = filepath.Join(root, "config")
	sb, err := sandbox.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	s := &service{sandbox: sb, dir: filepath.Join(root, "pets"), press: map[string]string{"Overwrite it?": "Yes", "id of the new one": "Yes"}}
	pets(t, s.dir)
	if err := os.Remove(filepath.Join(s.dir, "settings.json")); err != nil {
		t.Fatal(err)
	}
	variables := map[string]string{"PACONN_CONFIG_DIR": o.ConfigDir, "PACONN_TOKEN_CACHE": "file", "PACONN_RETRY_DELAY": "1ms", "PACONN_CLOUD": "sandbox"}
	getenv := func(name string) string { return variables[name] }
	answers := map[string]func([]byte) (any, error){
		protocol.MethodWindowShowMessageRequest: s.shownMessage,
		protocol.MethodWindowShowDocument: func([]byte) (any, error) {
			return &protocol.ShowDocumentResult{Success: true}, nil
		},
	}
	maps.Copy(answers, more.answers)
	s.editor = start(t, setup{
		roots: []string{s.dir}, caps: cmp.Or(more.caps, commandCaps), init: more.init, answers: answers,
		options: func(o lsp.Options) lsp.Options {
			o.Env = commands.NewMachine(getenv).Env
			return o
		},
	})
	t.Cleanup(s.close)
	return s
}

// shownMessage presses the button that a test wants pressed, or closes the message.
func (s *service) shownMessage(params []byte) (any, error) {
	var p protocol.ShowMessageRequestParams
	if err := protocol.Unmarshal(params, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.said = append(s.said, p.Message)
	s.forEditors(p.Message)
	for _, part := range slices.Sorted(maps.Keys(s.press)) {
		if strings.Contains(p.Message, part) {
			return &protocol.MessageActionItem{Title: s.press[part]}, nil
		}
	}
	return nil, nil
}

func (s *service) messages() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.said, "\n")
}

func command(name string, args any) map[string]any {
	return map[string]any{"command": "paconn." + name, "arguments": []any{args}}
}

// do runs a command and decodes its result.
func (s *service) do(name string, args map[string]any) map[string]any {
	s.t.Helper()
	var raw protocol.LSPAny
	if err := s.ask(protocol.MethodWorkspaceExecuteCommand, command(name, args), &raw); err != nil {
		s.t.Fatalf("%s: %v", name, err)
	}
	out := map[string]any{}
	if err := json.Unmarshal(raw, &out); err != nil {
		s.t.Fatalf("%s: %v in %s", name, err, raw)
	}
	s.forEditors(fmt.Sprint(out["notes"]))
	return out
}

// refused runs a command that has to fail and returns the data of the error.
func (s *service) refused(name string, args map[string]any) (commands.ErrorData, *jsonrpc2.Error) {
	s.t.Helper()
	err := s.ask(protocol.MethodWorkspaceExecuteCommand, command(name, args), nil)
	var refusal *jsonrpc2.Error
	if !errors.As(err, &refusal) {
		s.t.Fatalf("%s: %v, want a refusal", name, err)
	}
	var data commands.ErrorData
	if len(refusal.Data) > 0 {
		if err := json.Unmarshal(refusal.Data, &data); err != nil {
			s.t.Fatal(err)
		}
	}
	s.forEditors(refusal.Message + " | " + string(refusal.Data))
	return data, refusal
}

// forEditors refuses what only somebody before a terminal can follow.
func (s *service) forEditors(text string) {
	s.t.Helper()
	if forTerminals.MatchString(text) {
		s.t.Errorf("an editor is told of an option, or of a line to type: %s", text)
	}
}

var forTerminals = regexp.MustCompile(`--[a-z]|paconn-ls [a-z]|[⟨⟩]`)

func (s *service) signIn() {
	s.t.Helper()
	s.do("login", map[string]any{"means": "device-code"})
}

// await waits until the server said what is awaited. It gives up after a time that only a defect takes.
func (s *service) await(what string, there func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !there(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatalf("%s: it does not come", what)
		}
	}
}

// TestCommands goes through the life of a connector, in the words of an editor.
func TestCommands(t *testing.T) {
	s := startService(t, sandbox.Options{AutoApprove: true})
	folder := map[string]any{"folder": "file://" + filepath.ToSlash(s.dir)}
	with := func(more map[string]any) map[string]any {
		out := maps.Clone(folder)
		maps.Copy(out, more)
		return out
	}
	account := s.do("login", map[string]any{"means": "device-code"})["account"].(map[string]any)
	s.await("the device code", func() bool { return strings.Contains(s.messages(), "/device") })
	status := s.do("status", nil)["accounts"].([]any)
	if len(status) != 1 || status[0].(map[string]any)["user"] != account["user"] {
		t.Errorf("status tells of %v, signed in is %v", status, account)
	}
	if n := len(s.do("list", map[string]any{"what": "environments"})["environments"].([]any)); n < 2 {
		t.Errorf("%d environments", n)
	}
	created := s.do("create", with(map[string]any{"environment": development}))
	id, _ := created["connectorId"].(string)
	if !strings.HasPrefix(id, "shared_") || !strings.Contains(read(t, filepath.Join(s.dir, "settings.json")), id) {
		t.Errorf("created %v", created)
	}
	if notes, _ := json.Marshal(created["notes"]); !strings.Contains(string(notes), "stackOwner") {
		t.Errorf("the notes are %s", notes)
	}
	path := filepath.Join(s.dir, "apiDefinition.swagger.json")
	write(t, path, strings.Replace(read(t, path), `"version": "1`, `"version": "9`, 1))
	s.onDisk(path, filepath.Join(s.dir, "settings.json"))
	s.sync()
	if dry := s.do("update", with(map[string]any{"dryRun": true})); len(dry["changes"].([]any)) != 1 || dry["after"] == "" || dry["environmentTitle"] != "Development (33333333-dddd-4eee-8fff-444444444444)" {
		t.Errorf("a dry run gives %v", dry)
	}
	if updated := s.do("update", folder); updated["connectorId"] != id {
		t.Errorf("updated %v", updated)
	}
	copied := filepath.Join(filepath.Dir(s.dir), "copy")
	s.do("download", with(map[string]any{"dest": copied}))
	if !strings.Contains(read(t, filepath.Join(copied, "apiDefinition.swagger.json")), `"version": "9`) {
		t.Error("what was downloaded is not what was sent")
	}
	if v := s.do("validate", folder); v["refused"] != false || len(v["findings"].([]any)) != 0 {
		t.Errorf("validate says %v", v)
	}
	if removed := s.do("logout", nil)["removed"].([]any); len(removed) != 1 {
		t.Errorf("signed out: %v", removed)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if progress := strings.Join(s.progress, "\n"); strings.Count(progress, `"begin"`) < 4 || strings.Count(progress, `"begin"`) != strings.Count(progress, `"end"`) {
		t.Errorf("progress: %s", progress)
	}
	creates := len(slices.DeleteFunc(slices.Clone(s.asked), func(m string) bool { return m != protocol.MethodWindowWorkDoneProgressCreate }))
	if begins := strings.Count(strings.Join(s.progress, ""), `"begin"`); creates != begins {
		t.Errorf("%d progresses begin, and the editor is asked for %d", begins, creates)
	}
}

// TestCommandRefusals has commands fail in every way that an editor can bring about, and changes nothing.
func TestCommandRefusals(t *testing.T) {
	s := startService(t, sandbox.Options{AutoApprove: true})
	if data, _ := s.refused("list", map[string]any{"what": "environments"}); data.Kind != "signIn" || data.Way != "" || !strings.Contains(data.Message, "nobody is signed in") {
		t.Errorf("without a sign-in: %+v", data)
	}
	s.signIn()
	path := filepath.Join(s.dir, "apiDefinition.swagger.json")
	sound := read(t, path)
	for _, c := range []struct {
		name, verb string
		args       map[string]any
		before     func()
		kind, says string
		invalid    bool
	}{
		{name: "an unknown command", verb: "nonsense", invalid: true, says: "not known"},
		{name: "an unknown argument", verb: "update", args: map[string]any{"enviroment": "x"}, invalid: true, says: "enviroment"},
		{name: "a folder that is none", verb: "update", args: map[string]any{"folder": "pets"}, invalid: true, says: "absolute"},
		{name: "a folder elsewhere", verb: "update", args: map[string]any{"folder": "https://example.com/pets"}, invalid: true, says: "absolute"},
		{name: "no connector", verb: "update", args: map[string]any{"environment": development}, kind: "other", says: "no custom connector"},
		{name: "an environment that is not there", verb: "list", args: map[string]any{"what": "connectors", "environment": "11111111-0000-4000-8000-000000000000"}, kind: "service"},
		{name: "unsaved text", verb: "create", args: map[string]any{"environment": development}, before: func() { s.open(path, 1, sound+" ") }, says: "saved"},
		{name: "an error", verb: "create", args: map[string]any{"environment": development}, before: func() {
			s.closeFile(path)
			write(t, path, strings.Replace(sound, `"operationId": "GetPet"`, `"operationId": "ListPets"`, 1))
		}, kind: "check"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.before != nil {
				c.before()
				s.sync()
			}
			args := maps.Clone(c.args)
			if args == nil {
				args = map[string]any{}
			}
			if _, ok := args["folder"]; !ok && c.verb != "list" {
				args["folder"] = s.dir
			}
			s.sandbox.Forget()
			data, refusal := s.refused(c.verb, args)
			if (refusal.Code == jsonrpc2.InvalidParams) != c.invalid || c.kind != "" && data.Kind != c.kind || !strings.Contains(refusal.Message, c.says) {
				t.Errorf("refused with %d %q %+v", refusal.Code, refusal.Message, data)
			}
			for _, r := range s.sandbox.Requests() {
				if r.Method != "GET" {
					t.Errorf("it sent %s %s", r.Method, r.Path)
				}
			}
			if _, err := os.Stat(filepath.Join(s.dir, "settings.json")); err == nil {
				t.Error("there is a settings.json")
			}
		})
	}
}

// TestCommandCancelled cancels a sign-in by its message, by its request, and with the session.
func TestCommandCancelled(t *testing.T) {
	s := startService(t, sandbox.Options{})
	for _, c := range []struct {
		name   string
		cancel func(id jsonrpc2.ID)
	}{
		{"by the button", func(jsonrpc2.ID) {}},
		{"by the request", func(id jsonrpc2.ID) {
			n, _ := id.Number()
			s.tell(protocol.MethodCancelRequest, map[string]any{"id": n})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.mu.Lock()
			s.said = nil
			if delete(s.press, "/device"); c.name == "by the button" {
				s.press["/device"] = "Cancel"
			}
			s.mu.Unlock()
			id, wait := s.begin(protocol.MethodWorkspaceExecuteCommand, command("login", map[string]any{"means": "device-code"}))
			s.await("the code", func() bool { return strings.Contains(s.messages(), "/device") })
			c.cancel(id)
			var refusal *jsonrpc2.Error
			if r := <-wait; !errors.As(r.Err(), &refusal) || refusal.Code != jsonrpc2.Code(protocol.LSPErrorCodesRequestCancelled) {
				t.Errorf("it ended with %v", r.Err())
			}
			if n := len(s.do("status", nil)["accounts"].([]any)); n != 0 {
				t.Errorf("%d accounts are signed in", n)
			}
		})
	}
	s.begin(protocol.MethodWorkspaceExecuteCommand, command("login", map[string]any{"means": "device-code"}))
}

// TestCommandFollowsDisk has another program write and remove a settings.json of which the editor tells nothing.
func TestCommandFollowsDisk(t *testing.T) {
	s := startService(t, sandbox.Options{AutoApprove: true})
	s.signIn()
	s.sync()
	settings := filepath.Join(s.dir, "settings.json")
	write(t, settings, `{"environment": "`+development+`", "connectorId": "shared_elsewhere"}`)
	if _, refusal := s.refused("update", map[string]any{"folder": s.dir}); !strings.Contains(refusal.Message, "shared_elsewhere") {
		t.Errorf("a new settings.json is not followed: %v", refusal)
	}
	if err := os.Remove(settings); err != nil {
		t.Fatal(err)
	}
	if id := s.do("create", map[string]any{"folder": s.dir, "environment": development})["connectorId"]; !strings.Contains(read(t, settings), fmt.Sprint(id)) {
		t.Errorf("created %v, settings.json is %s", id, read(t, settings))
	}
}
