package commands_test

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDownloadFullDisk downloads more than fits on a disk, into a folder that is there and into one that is not.
func TestDownloadFullDisk(t *testing.T) {
	for name, dest := range map[string]string{"files": "c", "no folder": "c/d/e"} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withPets()
			w.write("c/x", "")
			disk := filepath.Join(w.Dir, "c")
			if err := syscall.Mount("none", disk, "tmpfs", 0, "size=256k"); err != nil {
				t.Skipf("no disk can be mounted here: %v", err)
			}
			t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) })
			w.stale()
			w.Service.Files[scriptURL] = []byte(strings.Repeat("// a line\n", 50_000))
			before := tree(t, w.Dir)
			_, err := w.downloadInto(dest)
			failsWith(t, err, "could not write script.csx: no space left on device")
			if diff := cmp.Diff(before, tree(t, w.Dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
