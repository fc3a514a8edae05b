package lsp_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"paconn-ls/powerapps/sandbox"
)

// TestLinkedFolder reaches one connector by two paths, the folder's own and that of a link.
func TestLinkedFolder(t *testing.T) {
	s := startService(t, sandbox.Options{AutoApprove: true})
	s.signIn()
	link := filepath.Join(filepath.Dir(s.dir), "link")
	if err := os.Symlink(s.dir, link); err != nil {
		t.Skipf("no link can be made here: %v", err)
	}
	const name = "apiDefinition.swagger.json"
	own, linked := filepath.Join(s.dir, name), filepath.Join(link, name)
	sound := read(t, own)
	id := s.do("create", map[string]any{"folder": "file://" + filepath.ToSlash(link) + "/", "environment": development})["connectorId"]
	s.onDisk(filepath.Join(s.dir, "settings.json"))
	s.sync()

	t.Run("settings.json is followed", func(t *testing.T) {
		for _, folder := range []string{link, link + "/", linked} {
			if updated := s.do("update", map[string]any{"folder": folder}); updated["connectorId"] != id {
				t.Errorf("%s: updated %v", folder, updated["connectorId"])
			}
		}
	})
	t.Run("one verb at once", func(t *testing.T) {
		s.sandbox.Fail(sandbox.Fault{Method: "PATCH", Kind: sandbox.Slow})
		s.sandbox.Forget()
		_, wait := s.begin(protocol.MethodWorkspaceExecuteCommand, command("update", map[string]any{"folder": s.dir}))
		s.await("the update", func() bool { return strings.Contains(requested(s.sandbox), "PATCH") })
		if data, _ := s.refused("update", map[string]any{"folder": link}); !strings.Contains(data.Message, "being worked on") {
			t.Errorf("it says %+v", data)
		}
		s.sandbox.Recover()
		if r := <-wait; r.Err() != nil {
			t.Error(r.Err())
		}
	})
	t.Run("text that is not saved", func(t *testing.T) {
		s.open(linked, 1, sound+" ")
		s.sync()
		for _, folder := range []string{s.dir, link} {
			if data, _ := s.refused("update", map[string]any{"folder": folder}); !strings.Contains(data.Message, "not saved") {
				t.Errorf("%s: it says %+v", folder, data)
			}
		}
	})
	t.Run("findings of the service", func(t *testing.T) {
		broken := strings.Replace(sound, `"operationId": "GetPet"`, `"operationId": "ListPets"`, 1)
		write(t, own, broken)
		s.change(linked, 2, whole(broken))
		s.do("validate", map[string]any{"apiDefinition": own, "folder": s.dir})
		s.await("the findings", func() bool { return len(s.fromService(linked)) == 1 })
	})
}

// requested lists the methods of the requests that came.
func requested(s *sandbox.Sandbox) string {
	var b strings.Builder
	for _, r := range s.Requests() {
		b.WriteString(r.Method + " ")
	}
	return b.String()
}
