package powerapps

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// The files of a store.
const (
	tokensFile = "tokens"
	lockFile   = "tokens.lock"
	asideFile  = "tokens.unreadable"
	tempStart  = "tokens."
	tempEnd    = ".part"
)

// keepsRights reports whether the rights of files are those of a mode. On Windows they are those of the user's profile.
const keepsRights = runtime.GOOS != "windows"

const otherFolder = "set PACONN_CONFIG_DIR to another folder"

// OwnFolder makes a folder, with those above it, that its owner alone may enter, and narrows one that is there. It
// refuses to narrow a folder that holds other things than this program's. The error is a *StoreError.
func OwnFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return &StoreError{Path: dir, Problem: "cannot be made", Way: otherFolder, Err: errors.Unwrap(err)}
	}
	return narrowFolder(dir)
}

func narrowFolder(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return &StoreError{Path: dir, Problem: "cannot be used", Way: otherFolder, Err: errors.Unwrap(err)}
	}
	if !openToOthers(info) {
		return nil
	}
	way := "make it yours alone (chmod 700), or " + otherFolder
	if !onlyOurs(dir) {
		return &StoreError{Path: dir, Problem: "is open to other users and has other things in it too", Way: way}
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return &StoreError{Path: dir, Problem: "is open to other users", Way: way, Err: errors.Unwrap(err)}
	}
	if info, err := os.Stat(dir); err != nil || openToOthers(info) {
		return &StoreError{Path: dir, Problem: "is open to other users, and its file system keeps it so", Way: otherFolder}
	}
	return nil
}

// onlyOurs reports whether a folder is this program's own: by its name, or since nothing else is in it.
func onlyOurs(dir string) bool {
	if filepath.Base(dir) == configFolder {
		return true
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		name := strings.TrimPrefix(e.Name(), ".")
		if !strings.HasPrefix(name, tokensFile) && !strings.HasPrefix(name, cloudsFile) && !strings.HasPrefix(name, sandboxFile) {
			return false
		}
	}
	return true
}

// readableFolder narrows a folder that others may enter. A folder that cannot be narrowed is good enough to read from when
// others cannot write to it.
func readableFolder(dir string) error {
	info, err := os.Stat(dir)
	there := err == nil // if not, that shows when the file is read
	if !there || !openToOthers(info) {
		return nil
	}
	err = narrowFolder(dir)
	if info.Mode().Perm()&0o022 == 0 {
		return nil
	}
	return err
}

// openToOthers reports whether other users have any right to a file or folder.
func openToOthers(info fs.FileInfo) bool { return keepsRights && info.Mode().Perm()&0o077 != 0 }

// narrowFile takes the rights of others from a file of tokens.
func narrowFile(path string, info fs.FileInfo, note func(string)) error {
	if !openToOthers(info) {
		return nil
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return &StoreError{
			Path: path, Problem: "is open to other users", Err: errors.Unwrap(err),
			Way: "make it yours alone (chmod 600), or " + otherFolder,
		}
	}
	note(path + " was open to other users of this machine; it is yours alone now")
	return nil
}
