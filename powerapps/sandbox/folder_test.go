package sandbox_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// stateless takes away what differs from answer to answer: links.
func (s *service) told(id string) string {
	s.t.Helper()
	a := s.do("GET", apis(id, home), "")
	for _, part := range strings.Split(a.body, `"`) {
		if strings.HasPrefix(part, "https://127.0.0.1") {
			a.body = strings.ReplaceAll(a.body, part, "LINK")
		}
	}
	return a.body
}

// TestFolder shows that connectors survive a restart, in files that people can read and without secrets.
func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "state")
	s := start(t, sandbox.Options{Dir: dir})
	id := s.create(`, "scriptDefinitionUrl": "` + s.upload("s", "class Script {}") + `"`)["name"].(string)
	before, seeds := s.told(id), s.connectors(sandbox.Environments[0].Name)
	if len(seeds) != 3 {
		t.Errorf("to begin with: %v", seeds)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	entries, _ := os.ReadDir(filepath.Join(dir, id))
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
		text, _ := os.ReadFile(filepath.Join(dir, id, e.Name()))
		if strings.Contains(string(text), "hush") || strings.Contains(string(text), "sig=") {
			t.Errorf("%s holds a secret:\n%s", e.Name(), text)
		}
	}
	if want := []string{"apiDefinition.swagger.json", "apiProperties.json", "connector.json", "icon.png", "script.csx"}; !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
	again := start(t, sandbox.Options{Dir: dir})
	if after := again.told(id); after != before {
		t.Errorf("after a restart\n%s\nbefore\n%s", after, before)
	}
	if got := again.connectors(sandbox.Environments[0].Name); !slices.Equal(got, seeds) {
		t.Errorf("%v, want %v", got, seeds)
	}
}

// TestKilledWhileReplacing shows that neither the old connector nor the new one is lost in the moment between them.
func TestKilledWhileReplacing(t *testing.T) {
	dir := t.TempDir()
	s := start(t, sandbox.Options{Dir: dir})
	id := s.create("")["name"].(string)
	before := s.told(id)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := func(name string) string { return filepath.Join(dir, name) }
	for _, moment := range []func() error{
		func() error { return os.Mkdir(path(".new-"+id), 0o700) },
		func() error {
			return errors.Join(os.Mkdir(path(".new-"+id), 0o700), os.Rename(path(id), path(".old-"+id)))
		},
		func() error { return os.CopyFS(path(".old-"+id), os.DirFS(path(id))) },
	} {
		if err := moment(); err != nil {
			t.Fatal(err)
		}
		s := start(t, sandbox.Options{Dir: dir})
		if after := s.told(id); after != before {
			t.Errorf("%s, want %s", after, before)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if left, _ := filepath.Glob(path(".*")); len(left) > 0 {
			t.Errorf("left over: %v", left)
		}
	}
}

func TestFolderRefused(t *testing.T) {
	for what, files := range map[string]map[string]string{
		"has other things than the sandbox's in it": {"notes.txt": "mine"},
		"another version":                 {"paconn-ls-sandbox.json": `{"version": 9}`},
		"connector.json: unexpected end":  {"shared_x/connector.json": `{`},
		"not of a connector of this name": {"shared_x/connector.json": `{"name": "../../x", "environment": "e"}`},
		"no properties":                   {"shared_x/connector.json": `{"name": "shared_x", "environment": "e"}`, "shared_x/apiProperties.json": "{}"},
	} {
		dir := t.TempDir()
		if files["notes.txt"] == "" {
			s, err := sandbox.Start(sandbox.Options{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
		for name, text := range files {
			path := filepath.Join(dir, name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		if s, err := sandbox.Start(sandbox.Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), what) || s != nil {
			t.Errorf("%v, want %s", err, what)
		}
		if _, err := os.Stat(filepath.Join(dir, "running.json")); err == nil {
			t.Errorf("%s: running.json is left", what)
		}
	}
}

// TestFound shows the file that a sandbox is found by, from its start to its end.
func TestFound(t *testing.T) {
	config := filepath.Join(t.TempDir(), "config")
	s := start(t, sandbox.Options{ConfigDir: config})
	path := filepath.Join(config, "sandbox.json")
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", info, err)
	}
	clouds, err := powerapps.LoadClouds(config)
	if err != nil {
		t.Fatal(err)
	}
	cloud, err := clouds.Named("sandbox")
	if err != nil || cloud.PowerApps != s.URL() || cloud.Roots == nil || !cloud.Roots.Equal(s.Cloud().Roots) {
		t.Fatalf("%+v %v", cloud, err)
	}
	var running *sandbox.RunningError
	if _, err := sandbox.Start(sandbox.Options{ConfigDir: config}); !errors.As(err, &running) || running.Other.URL != s.URL() {
		t.Errorf("a second one: %v", err)
	}
	text, _ := os.ReadFile(path)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("sandbox.json after the end: %v", err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil { // as one that was killed leaves it
		t.Fatal(err)
	}
	second := start(t, sandbox.Options{ConfigDir: config})
	if err := errors.Join(s.Close(), second.Close()); err != nil {
		t.Error(err)
	}
}

// TestNotOursAnyMore shows that a sandbox leaves the file of another one alone.
func TestNotOursAnyMore(t *testing.T) {
	config := t.TempDir()
	s := start(t, sandbox.Options{ConfigDir: config})
	path := filepath.Join(config, "sandbox.json")
	if err := os.WriteFile(path, []byte(`{"url": "https://127.0.0.1:1"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestLoopbackOnly(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "example.com:0", "nothing"} {
		if s, err := sandbox.Start(sandbox.Options{Addr: address}); err == nil {
			t.Errorf("listens at %s: %s", address, s.URL())
			_ = s.Close()
		}
	}
}

// TestParallel lets many clients create, update and list at once.
func TestParallel(t *testing.T) {
	s := start(t, sandbox.Options{Dir: t.TempDir()})
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			id := s.create("")["name"].(string)
			for range 3 {
				if a := s.do("PATCH", apis(id, home), `{"properties": {"environment": {"name": "`+home+`"}}}`); a.status != 200 {
					t.Errorf("%d %s", a.status, a.body)
				}
				s.connectors(home)
			}
		})
	}
	work.Wait()
	if n := len(s.connectors(home)); n != 8 {
		t.Errorf("%d connectors, want 8", n)
	}
}
