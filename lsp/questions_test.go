package lsp_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"paconn-ls/powerapps/sandbox"
)

// asked are the questions of our own that a client answered, by method.
type asked struct {
	mu        sync.Mutex
	questions map[string]string
}

func (a *asked) of(method string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.questions[method]
}

// answering makes a client that gives one answer to each method.
func (a *asked) answering(answers map[string]any) map[string]func([]byte) (any, error) {
	out := map[string]func([]byte) (any, error){}
	for method, answer := range answers {
		out[method] = func(params []byte) (any, error) {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.questions[method] = string(params)
			return answer, nil
		}
	}
	return out
}

// TestQuestions has a client with lists and hidden fields asked all that there is to ask.
func TestQuestions(t *testing.T) {
	const secret = "correct horse battery"
	a := &asked{questions: map[string]string{}}
	s := startServiceWith(t, sandbox.Options{AutoApprove: true}, setup{init: `{"asks": true}`, answers: a.answering(map[string]any{
		"paconn/choose":     map[string]any{"id": development},
		"paconn/confirm":    map[string]any{"yes": true},
		"paconn/secret":     map[string]any{"secret": secret},
		"paconn/deviceCode": nil,
	})})
	s.signIn()
	s.await("the device code", func() bool { return strings.Contains(a.of("paconn/deviceCode"), `"code":`) })
	properties := filepath.Join(s.dir, "apiProperties.json")
	write(t, properties, `{"properties": {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": {
		"identityProvider": "oauth2", "clientId": "11111111-2222-3333-4444-555555555555", "scopes": ["read"],
		"redirectMode": "GlobalPerConnector", "redirectUrl": "https://global.consent.azure-apim.net/redirect", "properties": {"IsFirstParty": "False"},
		"customParameters": {"authorizationUrl": {"value": "https://example.com/a"}, "tokenUrl": {"value": "https://example.com/t"}, "refreshUrl": {"value": "https://example.com/t"}}}}}}}`)
	settings := filepath.Join(s.dir, "settings.json")
	write(t, settings, `{"apiProperties": "apiProperties.json", "apiDefinition": "apiDefinition.swagger.json"}`)
	s.onDisk(properties, settings)
	s.sync()
	created := s.do("create", map[string]any{"folder": s.dir, "noCheck": true})
	if created["environment"] != development {
		t.Errorf("created %v", created)
	}
	var choice struct {
		What, Folder string
		Options      []struct{ ID, Title string }
	}
	if err := json.Unmarshal([]byte(a.of("paconn/choose")), &choice); err != nil || choice.What != "environment" || choice.Folder != s.dir || len(choice.Options) < 2 || choice.Options[0].Title == "" {
		t.Errorf("to choose from: %s (%v)", a.of("paconn/choose"), err)
	}
	s.do("download", map[string]any{"folder": s.dir, "environment": development, "connectorId": created["connectorId"], "dest": s.dir})
	for method, says := range map[string]string{"paconn/confirm": "Overwrite it?", "paconn/secret": "token"} {
		if !strings.Contains(a.of(method), says) {
			t.Errorf("%s asks %q, want something of %s", method, a.of(method), says)
		}
	}
	if s.messages() != "" {
		t.Errorf("messages too: %s", s.messages())
	}
	s.editor.mu.Lock()
	defer s.editor.mu.Unlock()
	if strings.Contains(s.log.String(), secret) {
		t.Error("the log has the secret")
	}
}

// TestClosedQuestions has the client close every question: nothing is done.
func TestClosedQuestions(t *testing.T) {
	a := &asked{questions: map[string]string{}}
	s := startServiceWith(t, sandbox.Options{AutoApprove: true}, setup{init: `{"asks": true}`, answers: a.answering(map[string]any{
		"paconn/choose": nil, "paconn/confirm": nil, "paconn/secret": nil, "paconn/deviceCode": nil,
	})})
	s.signIn()
	s.sandbox.Forget()
	if data, _ := s.refused("create", map[string]any{"folder": s.dir}); data.Kind != "cancelled" {
		t.Errorf("a closed list: %+v", data)
	}
	for _, r := range s.sandbox.Requests() {
		if r.Method != "GET" && !strings.Contains(r.Path, "validate") {
			t.Errorf("it sent %s %s", r.Method, r.Path)
		}
	}
	id := s.do("create", map[string]any{"folder": s.dir, "environment": development})["connectorId"]
	path := filepath.Join(s.dir, "apiDefinition.swagger.json")
	edited := read(t, path) + "\n\n"
	write(t, path, edited)
	s.onDisk(path, filepath.Join(s.dir, "settings.json"))
	if data, _ := s.refused("download", map[string]any{"folder": s.dir, "environment": development, "connectorId": id, "dest": s.dir}); data.Kind != "cancelled" || read(t, path) != edited {
		t.Errorf("a closed question whether to overwrite: %+v", data)
	}
}

// TestWithdrawnQuestion cancels a command while it asks: the client is told to close the question.
func TestWithdrawnQuestion(t *testing.T) {
	asked, over := make(chan struct{}), make(chan struct{})
	s := startServiceWith(t, sandbox.Options{AutoApprove: true}, setup{init: `{"asks": true}`, answers: map[string]func([]byte) (any, error){
		"paconn/deviceCode": func([]byte) (any, error) { return nil, nil },
		"paconn/choose": func([]byte) (any, error) {
			close(asked)
			<-over
			return nil, nil
		},
	}})
	s.signIn()
	defer close(over)
	id, wait := s.begin(protocol.MethodWorkspaceExecuteCommand, command("create", map[string]any{"folder": s.dir}))
	<-asked
	n, _ := id.Number()
	s.tell(protocol.MethodCancelRequest, map[string]any{"id": n})
	var refusal *jsonrpc2.Error
	if r := <-wait; !errors.As(r.Err(), &refusal) || refusal.Code != jsonrpc2.Code(protocol.LSPErrorCodesRequestCancelled) {
		t.Errorf("it ended with %v", r.Err())
	}
	s.editor.mu.Lock()
	defer s.editor.mu.Unlock()
	if len(s.withdrawn) != 1 || !strings.Contains(s.withdrawn[0], `"id":"paconn-ls-`) {
		t.Errorf("withdrawn: %v", s.withdrawn)
	}
}

// TestSignInIsCancelled has the person cancel instead of entering the code, and an editor that cannot show it.
func TestSignInIsCancelled(t *testing.T) {
	for name, answer := range map[string]func([]byte) (any, error){
		"by the person": func([]byte) (any, error) { return map[string]any{"cancel": true}, nil },
		"by the editor": func([]byte) (any, error) { return nil, jsonrpc2.NewError(jsonrpc2.MethodNotFound, "no such question") },
	} {
		t.Run(name, func(t *testing.T) {
			s := startServiceWith(t, sandbox.Options{}, setup{init: `{"asks": true}`, answers: map[string]func([]byte) (any, error){"paconn/deviceCode": answer}})
			if data, _ := s.refused("login", map[string]any{"means": "device-code"}); data.Kind != "cancelled" {
				t.Errorf("refused with %+v", data)
			}
		})
	}
}

// TestDefaultEnvironment follows the setting of the editor where nothing else names an environment.
func TestDefaultEnvironment(t *testing.T) {
	s := startServiceWith(t, sandbox.Options{AutoApprove: true}, setup{init: `{"environment": "` + development + `"}`})
	s.signIn()
	if got := s.do("list", map[string]any{"what": "connectors"}); got["environment"] != development {
		t.Errorf("listed %v", got)
	}
	const other = "55555555-aaaa-4bbb-8ccc-666666666666"
	s.tell(protocol.MethodWorkspaceDidChangeConfiguration, map[string]any{"settings": map[string]any{"paconn": map[string]any{"environment": other}}})
	if got := s.do("list", map[string]any{"what": "connectors"}); got["environment"] != other {
		t.Errorf("once the setting is another one: listed %v", got)
	}
}

// TestTooManyForAMessage has an editor whose messages have few buttons told what is missing, with a list that it asks for.
func TestTooManyForAMessage(t *testing.T) {
	s := startService(t, sandbox.Options{AutoApprove: true})
	s.signIn()
	settings := filepath.Join(s.dir, "settings.json")
	for range 5 {
		s.do("create", map[string]any{"folder": s.dir, "environment": development})
		if err := os.Remove(settings); err != nil {
			t.Fatal(err)
		}
	}
	if data, _ := s.refused("update", map[string]any{"folder": s.dir, "environment": development}); data.Kind != "need" || data.What != "connectorId" {
		t.Errorf("of five connectors: %+v", data)
	}
	if strings.Contains(s.messages(), "Which connector") {
		t.Errorf("asked by a message: %s", s.messages())
	}
}

// TestPageWithoutBrowser names the page of a sign-in to an editor that opens none.
func TestPageWithoutBrowser(t *testing.T) {
	s := startServiceWith(t, sandbox.Options{}, setup{caps: `{"window": {"workDoneProgress": true}}`})
	s.press["/device"] = "Open the page"
	id, wait := s.begin(protocol.MethodWorkspaceExecuteCommand, command("login", map[string]any{"means": "device-code"}))
	s.await("the address", func() bool { return strings.Contains(s.warned(), "Open this page in a browser: https://") })
	n, _ := id.Number()
	s.tell(protocol.MethodCancelRequest, map[string]any{"id": n})
	<-wait
}

// TestClosedMessages has an editor without questions of our own close a message: that is no No, and nothing is made.
func TestClosedMessages(t *testing.T) {
	s := startService(t, sandbox.Options{AutoApprove: true})
	s.signIn()
	s.mu.Lock()
	delete(s.press, "id of the new one")
	s.mu.Unlock()
	settings := filepath.Join(s.dir, "settings.json")
	write(t, settings, `{"connectorId": "shared_pets-old", "environment": "`+development+`"}`)
	s.onDisk(settings)
	s.sync()
	s.sandbox.Forget()
	if data, _ := s.refused("create", map[string]any{"folder": s.dir}); data.Kind != "cancelled" {
		t.Errorf("refused with %+v", data)
	}
	if !strings.Contains(s.messages(), "id of the new one") {
		t.Errorf("asked: %s", s.messages())
	}
	for _, r := range s.sandbox.Requests() {
		if r.Method != "GET" && !strings.Contains(r.Path, "validate") {
			t.Errorf("it sent %s %s", r.Method, r.Path)
		}
	}
	s.mu.Lock()
	s.press["id of the new one"] = "No"
	s.mu.Unlock()
	if s.do("create", map[string]any{"folder": s.dir}); !strings.Contains(read(t, settings), "shared_pets-old") {
		t.Error("a No overwrites all the same")
	}
}
