package commands

import (
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile replaces the content of a file in one step: whoever reads it sees the old content or the new, never a part.
// The file keeps its mode, and a symbolic link keeps leading to it. A file that nobody may write is left alone.
// The error names the file.
func WriteFile(path, content string) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	if mode&0o222 == 0 { // the folder would let us, but somebody did not want the file to change
		return &fs.PathError{Op: "write", Path: path, Err: fs.ErrPermission}
	}
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // fails when it was renamed, as it should have been
	if _, err := temp.WriteString(content); err != nil {
		temp.Close()
		return err
	}
	if err := temp.Chmod(mode); err != nil {
		temp.Close()
		return err
	}
	if err := temp.Close(); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}
