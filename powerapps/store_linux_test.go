package powerapps_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// mounted returns a file system of a few kB of its own.
func mounted(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestFullDisk keeps what there was when the disk is full, and works again when there is room.
func TestFullDisk(t *testing.T) {
	for _, mode := range []string{"file", "keyring"} {
		t.Run(mode, func(t *testing.T) {
			disk := mounted(t)
			dir, keys := filepath.Join(disk, "paconn-ls"), &ring{}
			s, _ := opened(dir, mode, keys)
			update(t, s, add("ann"))
			filler := filepath.Join(disk, "filler")
			if err := fillUp(filler); err != nil {
				t.Fatal(err)
			}
			says(t, s.Update(context.Background(), grown(1)), dir, "no space left on device", "what was kept before is as it was", "PACONN_CONFIG_DIR")
			for i := range 20 {
				if s.Update(context.Background(), add(fmt.Sprintf("more%d", i))) == nil {
					t.Fatal("a full disk takes more")
				}
			}
			sameUsers(t, users(t, s), "ann")
			if names := strings.Join(leftovers(t, dir), " "); names != "tokens tokens.lock" {
				t.Errorf("there is %s", names)
			}
			if err := os.Remove(filler); err != nil {
				t.Fatal(err)
			}
			update(t, s, add("bob"))
			sameUsers(t, users(t, s), "ann", "bob")
			if err := fillUp(filler); err != nil {
				t.Fatal(err)
			}
			if err := s.Remove(context.Background()); err != nil {
				t.Errorf("signing out needs room: %v", err)
			}
		})
	}
}

// fillUp writes a file until there is no room left.
func fillUp(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 512))
	}
	if errors.Is(err, syscall.ENOSPC) {
		return nil
	}
	return err
}

// TestReadOnlyDisk reads from a file system that is read-only, even for root.
func TestReadOnlyDisk(t *testing.T) {
	disk := mounted(t)
	dir := filepath.Join(disk, "paconn-ls")
	s, _ := opened(dir, "file", nil)
	update(t, s, add("ann"))
	open(t, dir, 0o755) // which nobody can change any more, and which does no harm
	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("it cannot be made read-only: ", err)
	}
	sameUsers(t, users(t, s), "ann")
	for _, err := range []error{s.Update(context.Background(), add("bob")), s.Ready(context.Background())} {
		says(t, err, dir, "read-only file system", "PACONN_CONFIG_DIR")
	}
}
