// Package commands holds what paconn-ls can do, told apart from who asks: functions with typed arguments and results,
// which the command line and the language server both call. Its loaders are where connectors are read from disk.
package commands

import (
	"errors"
	"io/fs"
	"os"

	"paconn-ls/internal/connector"
)

// Disk reads files as they are on disk. It is a connector.Files.
type Disk struct{}

// List returns the names of the files in a folder.
func (Disk) List(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// maxRead bounds what is read of one file: beyond it the linter has nothing to say but that the file is too large.
const maxRead = 256 << 20

// Read returns the file at path; nil when there is none. A file that cannot be read has Err set.
func (Disk) Read(path string, role connector.Role) *connector.File {
	content, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	f := connector.NewFile(path, role, content)
	f.Err = err
	return f
}

func readFile(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", &fs.PathError{Op: "read", Path: path, Err: errors.New("not a regular file")}
	}
	if info.Size() > maxRead {
		return "", &fs.PathError{Op: "read", Path: path, Err: errors.New("larger than 256 MB")}
	}
	b, err := os.ReadFile(path)
	return string(b), err
}
