package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

// editor is the built program serving, and an editor before it that signs in in a browser and presses a button of each
// message that asks.
type editor struct {
	*process
	w        *world
	received bytes.Buffer // every byte that the program sent
	press    string       // the button
	asked    []string     // the messages that asked
	told     []received   // the notifications since the last command
	command  int
}

func (w *world) edits(folder string) *editor {
	w.t.Helper()
	p := w.prepare(nil, "paconn-ls", "serve", "--stdio")
	e := &editor{process: &process{t: w.t, cmd: p.cmd}, w: w, press: "Open the page"}
	p.cmd.Stderr = io.MultiWriter(&e.stderr, &p.err)
	in, err := p.cmd.StdinPipe()
	e.check(err)
	out, err := p.cmd.StdoutPipe()
	e.check(err)
	e.in, e.out, e.stdout = in, bufio.NewReader(io.TeeReader(out, &e.received)), out
	e.check(p.cmd.Start())
	p.arguments = shownArguments(p.cmd.Process.Pid)
	yes := map[string]any{"support": true}
	answer := e.ask("initialize", map[string]any{
		"processId": nil, "rootUri": fileURI(folder),
		"capabilities": map[string]any{
			"window":       map[string]any{"workDoneProgress": true, "showDocument": yes},
			"textDocument": map[string]any{"publishDiagnostics": map[string]any{}},
		},
	})
	if !strings.Contains(string(answer.Result), `"paconn.login"`) || !strings.Contains(string(answer.Result), `"paconn.update"`) {
		w.t.Errorf("initialize: %s", answer.Result)
	}
	e.send(map[string]any{"method": "initialized", "params": map[string]any{}})
	return e
}

// ask sends a request and returns its answer. Meanwhile it answers what the program asks.
func (e *editor) ask(method string, params any) received {
	e.t.Helper()
	id := e.begin(method, params)
	return e.wait(func(m received) bool { return m.Method == "" && string(m.ID) == fmt.Sprint(id) })
}

func (e *editor) begin(method string, params any) (id int) {
	e.command++
	e.send(map[string]any{"id": e.command, "method": method, "params": params})
	return e.command
}

func (e *editor) wait(wanted func(received) bool) received {
	e.t.Helper()
	for {
		m, more := e.receive()
		switch {
		case !more:
			e.t.Fatalf("standard output ended too soon\nstderr: %s", e.stderr.String())
		case m.Method != "" && m.ID != nil:
			e.send(map[string]any{"id": m.ID, "result": e.answer(m)})
		case m.Method != "":
			e.told = append(e.told, m)
		}
		if wanted(m) {
			return m
		}
	}
}

var userCode = regexp.MustCompile(`enter the code ([A-Z0-9]+) to authenticate`)

// answer is what the editor answers to a request of the program.
func (e *editor) answer(m received) any {
	var p struct {
		Message string
		Actions []struct{ Title string }
		URI     string
	}
	_ = json.Unmarshal(m.Params, &p)
	switch m.Method {
	case "window/showMessageRequest":
		e.asked = append(e.asked, p.Message)
		for _, a := range p.Actions {
			if a.Title == e.press {
				return map[string]string{"title": a.Title}
			}
		}
		e.t.Errorf("there is no button %s below %q", e.press, p.Message)
	case "window/showDocument":
		code := userCode.FindStringSubmatch(e.asked[len(e.asked)-1])
		e.w.approve(p.URI, code[1])
		return map[string]bool{"success": true}
	}
	return nil
}

// execute runs a command and reads its result, or its error.
func (e *editor) execute(verb string, arguments map[string]any, result any) (refusal struct {
	Code    int
	Message string
	Data    struct{ Kind, Message, Way string }
}) {
	e.t.Helper()
	e.told = nil
	m := e.ask("workspace/executeCommand", map[string]any{"command": "paconn." + verb, "arguments": []any{arguments}, "workDoneToken": "of " + verb})
	e.read(verb, m, result, &refusal)
	return refusal
}

func (e *editor) read(verb string, m received, result, refusal any) {
	e.t.Helper()
	switch {
	case m.Error != nil && result != nil:
		e.t.Fatalf("%s: %s", verb, m.Error)
	case m.Error != nil:
		e.check(json.Unmarshal(m.Error, refusal))
	case result == nil:
		e.t.Fatalf("%s is not refused: %s", verb, m.Result)
	default:
		e.check(json.Unmarshal(m.Result, result))
	}
}

// steps returns the kinds of the progress that was shown with a command, with the messages of the reports.
func (e *editor) steps(verb string) []string {
	var out []string
	for _, m := range e.told {
		var p struct {
			Token string
			Value struct{ Kind, Message string }
		}
		if _ = json.Unmarshal(m.Params, &p); m.Method == "$/progress" && p.Token == "of "+verb {
			out = append(out, strings.TrimSpace(p.Value.Kind+" "+p.Value.Message))
		}
	}
	return out
}

// change gives an open file another text, which it returns.
func (e *editor) change(name, old, text string, version int) string {
	e.t.Helper()
	content := strings.Replace(e.w.read(name), old, text, 1)
	e.send(map[string]any{"method": "textDocument/didChange", "params": map[string]any{
		"textDocument": map[string]any{"uri": fileURI(e.w.path(name)), "version": version}, "contentChanges": []any{map[string]any{"text": content}},
	}})
	return content
}

func (e *editor) save(name, content string) {
	e.t.Helper()
	e.w.write(name, content)
	e.send(map[string]any{"method": "textDocument/didSave", "params": map[string]any{"textDocument": map[string]any{"uri": fileURI(e.w.path(name))}}})
}

// diagnosed waits for the diagnostics of a version of a file that are wanted.
func (e *editor) diagnosed(name string, version int, wanted func(sources []string) bool) {
	e.t.Helper()
	fits := func(m received) bool {
		var p struct {
			URI         string
			Version     int
			Diagnostics []struct{ Source string }
		}
		if m.Method != "textDocument/publishDiagnostics" || json.Unmarshal(m.Params, &p) != nil || p.URI != fileURI(e.w.path(name)) || p.Version != version {
			return false
		}
		var sources []string
		for _, d := range p.Diagnostics {
			sources = append(sources, d.Source)
		}
		return wanted(sources)
	}
	if !slices.ContainsFunc(e.told, fits) { // they may have come before the answer of the command
		e.wait(fits)
	}
}

type deployed struct {
	ConnectorID, SettingsFile string
	Uploaded, RedirectURLs    []string
	Changes                   []struct{ Pointer string }
}

func lifeInEditor(t *testing.T) {
	w := newWorld(t)
	w.env = append(w.env, "PACONN_CLOUD=sandbox", "AZURE_SDK_GO_LOGGING=all")
	w.write("work/pets/apiProperties.json", oauthProperties)
	if err := os.Remove(w.path("work/pets/settings.json")); err != nil {
		t.Fatal(err)
	}
	e := w.edits(w.path("work/pets"))
	var status struct {
		Accounts []struct{ User, Cloud string }
	}
	if e.execute("status", nil, &status); len(status.Accounts) != 0 {
		t.Errorf("status: %+v", status)
	}
	var login struct{ Account struct{ User string } }
	if e.execute("login", map[string]any{"means": "device-code"}, &login); login.Account.User != "grace@sandbox.example" || len(e.asked) != 1 {
		t.Errorf("login: %+v, asked %q", login, e.asked)
	}
	w.keptForMeAlone()
	e.press = "Cancel"
	if refusal := e.execute("login", map[string]any{"means": "device-code", "force": true}, nil); refusal.Code != requestCancelled {
		t.Errorf("login, cancelled: %+v", refusal)
	}
	var list struct{ Environments []struct{ Name string } }
	if e.execute("list", map[string]any{"what": "environments"}, &list); len(list.Environments) != 3 {
		t.Errorf("environments: %+v", list)
	}

	const secret = "a secret of OAuth / 45"
	var made deployed
	e.execute("create", map[string]any{"environment": home, "secret": secret}, &made)
	if !slices.Equal(made.Uploaded, []string{"icon.png", "script.csx"}) || len(made.RedirectURLs) != 1 || made.SettingsFile != w.path("work/pets/settings.json") {
		t.Errorf("create: %+v", made)
	}
	steps := e.steps("create")
	if len(steps) < 6 || steps[0] != "begin" || !slices.Contains(steps, "report uploading icon.png") || steps[len(steps)-1] != "end" {
		t.Errorf("progress: %q", steps)
	}
	var downloaded struct {
		Files []struct{ Name, Change string }
	}
	e.execute("download", map[string]any{"folder": w.path("work"), "environment": home, "connectorId": made.ConnectorID, "dest": "elsewhere"}, &downloaded)
	if len(downloaded.Files) != 5 {
		t.Errorf("download: %+v", downloaded)
	}
	w.same("work/pets/script.csx", "work/elsewhere/script.csx")
	w.same("work/pets/settings.json", "work/elsewhere/settings.json")
	w.sameJSON("work/pets/apiDefinition.swagger.json", "work/elsewhere/apiDefinition.swagger.json")

	updatesInEditor(t, w, e, made.ConnectorID, secret)

	var logout struct{ Removed []struct{ User string } }
	if e.execute("logout", nil, &logout); len(logout.Removed) != 1 {
		t.Errorf("logout: %+v", logout)
	}
	w.nothingIsKept()
	e.ask("shutdown", nil)
	e.send(map[string]any{"method": "exit"})
	if code := e.end(); code != codeFine {
		t.Errorf("exit code %d", code)
	}
	noSecret(t, w.secrets(), "what the server sent", e.received.Bytes())
	if said := e.stderr.String(); !strings.Contains(said, "==> OUTGOING REQUEST") || strings.Contains(said, "level=") {
		t.Errorf("standard error: %s", said)
	}
}

// updatesInEditor changes a connector that was downloaded, deploys it, and breaks it so that the service says so.
func updatesInEditor(t *testing.T, w *world, e *editor, id, secret string) {
	t.Helper()
	definition := "work/elsewhere/apiDefinition.swagger.json"
	e.send(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{"textDocument": map[string]any{
		"uri": fileURI(w.path(definition)), "languageId": "json", "version": 1, "text": w.read(definition),
	}}})
	text := e.change(definition, `"version": "1.0"`, `"version": "1.1"`, 2)
	update := map[string]any{"folder": fileURI(w.path("work/elsewhere")), "secret": secret}
	w.ask(http.MethodDelete, "requests", "", nil)
	if refusal := e.execute("update", update, nil); refusal.Data.Kind != "argument" || !strings.Contains(refusal.Message, "not saved") {
		t.Errorf("update, not saved: %+v", refusal)
	}
	for _, r := range w.requests() {
		if r.Method != http.MethodGet {
			t.Errorf("of a file that is not saved it sends %s %s", r.Method, r.Path)
		}
	}
	e.save(definition, text)
	var updated deployed
	e.execute("update", update, &updated)
	if updated.ConnectorID != id || !slices.ContainsFunc(updated.Changes, func(c struct{ Pointer string }) bool { return c.Pointer == "/info/version" }) {
		t.Errorf("update: %+v", updated)
	}
	w.sameJSON(definition, "state/"+id+"/apiDefinition.swagger.json")
	e.cancelled(update)

	e.save(definition, e.change(definition, `"operationId": "GetPet"`, `"operationId": "ListPets"`, 3))
	var verdict struct {
		Refused  bool
		Findings []struct{ Pointer string }
	}
	if e.execute("validate", map[string]any{"folder": w.path("work/elsewhere")}, &verdict); !verdict.Refused || len(verdict.Findings) != 1 {
		t.Errorf("validate: %+v", verdict)
	}
	e.diagnosed(definition, 3, func(sources []string) bool { return slices.Contains(sources, "paconn service") })
	e.change(definition, `"operationId": "ListPets"`, `"operationId": "GetPet"`, 4)
	e.diagnosed(definition, 4, func(sources []string) bool { return !slices.Contains(sources, "paconn service") })
}

// requestCancelled is the code of the protocol for a request that the user cancelled.
const requestCancelled = -32800

// cancelled has an update cancelled by the button of its progress, while the service works on it.
func (e *editor) cancelled(update map[string]any) {
	e.t.Helper()
	e.w.ask(http.MethodPost, "faults", `{"method": "PATCH", "kind": "slow"}`, nil)
	e.w.ask(http.MethodDelete, "requests", "", nil)
	id := e.begin("workspace/executeCommand", map[string]any{"command": "paconn.update", "arguments": []any{update}, "workDoneToken": "of update"})
	place{t: e.w.t}.await("the change", func() bool {
		return slices.ContainsFunc(e.w.requests(), func(r sandbox.Request) bool { return r.Method == http.MethodPatch })
	})
	e.send(map[string]any{"method": "window/workDoneProgress/cancel", "params": map[string]any{"token": "of update"}})
	m := e.wait(func(m received) bool { return m.Method == "" && string(m.ID) == fmt.Sprint(id) })
	var refusal struct {
		Code    int
		Message string
		Data    struct {
			Kind      string
			Uncertain bool
		}
	}
	e.read("update", m, nil, &refusal)
	if refusal.Code != requestCancelled || refusal.Data.Kind != "cancelled" || !refusal.Data.Uncertain || !strings.Contains(refusal.Message, "icon.png and script.csx are uploaded") {
		e.t.Errorf("update, cancelled: %s", m.Error)
	}
	if _, err := os.Stat(filepath.Join(e.w.config(), "tokens")); err != nil {
		e.t.Error("the sign-in is lost")
	}
}
