package lsp_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"paconn-ls/internal/source"
	"paconn-ls/lsp"
	"paconn-ls/powerapps/sandbox"
)

// TestServiceFindings shows what the service says beside our own findings, until the file is another: as the result of
// validate, and as what create and update are refused for.
func TestServiceFindings(t *testing.T) {
	s := startService(t, sandbox.Options{AutoApprove: true})
	s.signIn()
	path := filepath.Join(s.dir, "apiDefinition.swagger.json")
	sound := read(t, path)
	id := s.do("create", map[string]any{"folder": s.dir, "environment": development})["connectorId"]
	broken := strings.Replace(sound, `"operationId": "GetPet"`, `"operationId": "ListPets"`, 1)
	if broken == sound {
		t.Fatal("the operation to break is not there")
	}
	s.open(path, 1, sound)
	for i, verb := range []string{"validate", "create", "update"} {
		t.Run(verb, func(t *testing.T) {
			text := broken + strings.Repeat("\n", i) // what was said of another text is shown for no other
			write(t, path, text)
			s.change(path, int32(2+2*i), whole(text))
			args := map[string]any{"folder": s.dir, "noCheck": true, "environment": development, "connectorId": id}
			switch verb {
			case "validate":
				if v := s.do(verb, map[string]any{"folder": s.dir}); v["refused"] != true || len(v["findings"].([]any)) == 0 {
					t.Fatalf("it says %v", v)
				}
			case "create":
				delete(args, "connectorId")
				s.refusedByService(verb, args)
			case "update":
				s.refusedByService(verb, args)
			}
			s.await("what the service says", func() bool {
				return slices.Contains(s.fromService(path), `operationId "ListPets" is taken by get /pets.`)
			})
			s.change(path, int32(3+2*i), whole(text+" "))
			s.await("an edit", func() bool { return len(s.fromService(path)) == 0 })
		})
	}
}

// refusedByService runs a command that the service has to refuse for the definition.
func (s *service) refusedByService(verb string, args map[string]any) {
	s.t.Helper()
	data, refusal := s.refused(verb, args)
	if data.Kind != "refused" || data.Code != "InvalidApiSwagger" || data.RequestID == "" || !strings.Contains(refusal.Message, "the service refuses the definition") {
		s.t.Errorf("%s: %q %+v", verb, refusal.Message, data)
	}
}

// fromService returns the messages of the service that are shown for a file.
func (s *service) fromService(path string) []string {
	s.editor.mu.Lock()
	defer s.editor.mu.Unlock()
	p := s.shown[path]
	if p == nil {
		return nil
	}
	var said []string
	for _, d := range p.Diagnostics {
		if source, _ := d.Source.Get(); source == lsp.ServiceSource {
			said = append(said, fmt.Sprint(d.Message))
		}
	}
	return said
}

// TestServiceFindingsOfOtherText types while the service thinks: what it says then is of another text, and is shown when that
// text is back.
func TestServiceFindingsOfOtherText(t *testing.T) {
	s := startService(t, sandbox.Options{AutoApprove: true})
	s.signIn()
	path := filepath.Join(s.dir, "apiDefinition.swagger.json")
	broken := strings.Replace(read(t, path), `"operationId": "GetPet"`, `"operationId": "ListPets"`, 1)
	s.open(path, 1, broken)
	version := int32(1)
	edit := func(text string) {
		version++
		s.change(path, version, whole(text))
	}
	for i, verb := range []string{"validate", "create"} {
		t.Run(verb, func(t *testing.T) {
			text := broken + strings.Repeat("\n", i) // what was said of another text is shown for no other
			write(t, path, text)
			edit(text)
			s.sandbox.Forget()
			s.sandbox.Fail(sandbox.Fault{Path: "*/validateApiSwagger*", Kind: sandbox.Slow, After: true})
			args := map[string]any{"folder": s.dir}
			if verb == "create" {
				args["noCheck"], args["environment"] = true, development
			}
			_, wait := s.begin(protocol.MethodWorkspaceExecuteCommand, command(verb, args))
			s.await("the request", func() bool {
				return slices.ContainsFunc(s.sandbox.Requests(), func(r sandbox.Request) bool { return strings.Contains(r.Path, "validateApiSwagger") })
			})
			edit("\n\n" + text)
			s.sandbox.Recover()
			<-wait
			edit(text)
			s.await("the findings", func() bool { return len(s.fromService(path)) == 1 })
			edit("\n\n" + text)
			s.await("an edit", func() bool { return len(s.fromService(path)) == 0 })
		})
	}
}

// TestServiceFindingsWithMark has an editor keep the byte order mark of a file to itself, as editors do.
func TestServiceFindingsWithMark(t *testing.T) {
	s := startService(t, sandbox.Options{AutoApprove: true})
	s.signIn()
	path := filepath.Join(s.dir, "apiDefinition.swagger.json")
	broken := strings.Replace(read(t, path), `"operationId": "GetPet"`, `"operationId": "ListPets"`, 1)
	line := strings.ReplaceAll(broken, "\n", "")
	write(t, path, source.BOM+line)
	s.open(path, 1, line)
	s.do("validate", map[string]any{"folder": s.dir})
	s.await("the findings", func() bool { return len(s.fromService(path)) == 1 })
	s.editor.mu.Lock()
	defer s.editor.mu.Unlock()
	for _, d := range s.shown[path].Diagnostics {
		if source, _ := d.Source.Get(); source == lsp.ServiceSource && !strings.HasPrefix(line[d.Range.Start.Character:], `"ListPets"`) {
			t.Errorf("it is underlined %.20s", line[d.Range.Start.Character:])
		}
	}
}
