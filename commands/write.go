package commands

import (
	"errors"
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
	temp, mode, err := successor(path)
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

// successor makes an empty file beside another one, whose place it can take, and returns the mode that it has to have then.
func successor(path string) (*os.File, fs.FileMode, error) {
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	if mode&0o222 == 0 { // the folder would let us, but somebody did not want the file to change
		return nil, mode, &fs.PathError{Op: "write", Path: path, Err: fs.ErrPermission}
	}
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	return temp, mode, err
}

// mayWrite returns the error that WriteFile would end with, as far as that can be told before. It leaves nothing behind.
func mayWrite(path string) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	temp, _, err := successor(path)
	if err != nil {
		return err
	}
	return errors.Join(temp.Close(), os.Remove(temp.Name()))
}
