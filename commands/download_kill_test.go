package commands_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// killAt is the environment variable that makes TestDownloadKilled a process that is killed: at that step, in that folder.
const killAt = "PACONN_TEST_KILL_AT"

// TestDownloadKilled kills a process at each step of a download over older files. Whatever the step, each file is the old
// one or the new one and never a part; no settings file names what is not there; and another download makes all good.
func TestDownloadKilled(t *testing.T) {
	if at := os.Getenv(killAt); at != "" {
		killed(t, at, os.Getenv(killAt+"_DIR"))
		return
	}
	old := newWorld(t)
	old.stale()
	fresh := newWorld(t).withPets()
	fresh.stale()
	if _, err := fresh.download(overwrite); err != nil {
		t.Fatal(err)
	}
	for at := range 14 {
		w := newWorld(t).withPets()
		w.stale()
		cmd := exec.Command(os.Args[0], "-test.run=^TestDownloadKilled$")
		cmd.Env = append(os.Environ(), killAt+"="+strconv.Itoa(at), killAt+"_DIR="+w.Dir)
		if out, err := cmd.CombinedOutput(); cmd.ProcessState == nil || cmd.ProcessState.Success() || strings.Contains(string(out), "FAIL") {
			t.Fatalf("step %d: the process was not killed: %v\n%s", at, err, out)
		}
		was, is := tree(t, old.Dir), tree(t, fresh.Dir)
		for name, content := range tree(t, w.Dir) {
			if strings.HasPrefix(filepath.Base(name), ".paconn-ls-") {
				continue
			}
			if content != was[name] && content != is[name] {
				t.Errorf("step %d: %s holds %q", at, name, content)
			}
		}
		var settings map[string]string
		if err := json.Unmarshal([]byte(w.read("c/settings.json")), &settings); err != nil {
			t.Errorf("step %d: %v", at, err)
		}
		for _, key := range []string{"apiProperties", "apiDefinition", "icon", "script"} {
			if name := settings[key]; name != "" && w.read("c/"+name) == "" {
				t.Errorf("step %d: settings.json names %s, which is not there", at, name)
			}
		}
		left := len(withoutLeft(tree(t, w.Dir))) < len(tree(t, w.Dir))
		if _, err := w.download(overwrite); err != nil {
			t.Fatal(err)
		}
		if told := strings.Contains(strings.Join(w.Notes, "\n"), "is left of a download that was killed"); told != left {
			t.Errorf("step %d: files are left: %v, told: %v", at, left, told)
		}
		if diff := cmp.Diff(is, withoutLeft(tree(t, w.Dir))); diff != "" {
			t.Errorf("step %d, then again: %s", at, diff)
		}
	}
}

// killed downloads into the folder of another process, and is killed at a step.
func killed(t *testing.T, at, dir string) {
	w := newWorld(t).withPets()
	w.Dir = dir
	step := 0
	w.Step = func(string, int, int) {
		if strconv.Itoa(step) == at {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			if err != nil {
				t.Fatal(err)
			}
			select {}
		}
		step++
	}
	_, err := w.download(overwrite)
	t.Fatalf("the download ended before step %s: %v", at, err)
}

// withoutLeft takes out what a killed download left beside the files.
func withoutLeft(tree map[string]string) map[string]string {
	for name := range tree {
		if strings.HasPrefix(filepath.Base(name), ".paconn-ls-") {
			delete(tree, name)
		}
	}
	return tree
}
