package commands

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// writing puts files into a folder: all of them or none.
type writing struct {
	root   *os.Root
	files  []*staged
	made   []string // folders that were not there, outermost first; absolute
	folder string
}

// staged is a file whose new content lies beside it.
type staged struct {
	*saving
	temp   string // the new content
	backup string // the old content, when there was a file
	moved  bool   // the new content has taken the old one's place
}

// write writes the files that change, in the order given. What it does not finish, because it is cancelled or fails, it
// undoes: files are as they were then, with their modes, and folders that it made are gone. step is told each file twice:
// when its content is written beside its place, and when it is put there; an error of it ends the writing. A process that is killed meanwhile leaves some of
// the files replaced, each of them whole.
func (t destination) write(ctx context.Context, files []*saving, step func(ctx context.Context, text string) error) (err error) {
	w := &writing{folder: t.path}
	defer func() { err = w.close(err) }()
	if err := w.open(); err != nil {
		return err
	}
	for _, f := range files {
		if err := step(ctx, "writing "+plain(f.name)); err != nil {
			return err
		}
		if err := w.stage(f); err != nil {
			return writeError(f, err)
		}
	}
	for _, f := range w.files {
		if err := step(ctx, "putting "+plain(f.name)+" in place"); err != nil {
			return err
		}
		if err := w.move(f); err != nil {
			return writeError(f.saving, err)
		}
	}
	return nil
}

// writeError says which file could not be written. The names that its content has meanwhile tell nobody anything.
func writeError(f *saving, err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path) && strings.Contains(path.Path, besidePrefix):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("could not write %s: %w", plain(f.name), err)
}

// open makes the folder where it is not there.
func (w *writing) open() error {
	if err := w.makeAll(w.folder, os.Mkdir); err != nil {
		return err
	}
	var err error
	w.root, err = os.OpenRoot(w.folder)
	return err
}

// makeAll makes a folder and those above it that are not there, and remembers them.
func (w *writing) makeAll(path string, mkdir func(string, fs.FileMode) error) error {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		return &fs.PathError{Op: "mkdir", Path: path, Err: errors.New("there is a file of that name")}
	}
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if parent := filepath.Dir(path); parent != path {
		if err := w.makeAll(parent, mkdir); err != nil {
			return err
		}
	}
	if err := mkdir(path, 0o777); err != nil {
		return err
	}
	w.made = append(w.made, path)
	return nil
}

// stage writes the new content of a file beside it, and keeps the old one under another name.
func (w *writing) stage(f *saving) error {
	if f.there && f.mode&0o222 == 0 { // the folder would let us, but somebody did not want the file to change
		return fs.ErrPermission
	}
	inside := func(path string, mode fs.FileMode) error {
		rel, err := filepath.Rel(w.folder, path)
		if err != nil {
			return err
		}
		return w.root.Mkdir(rel, mode)
	}
	if err := w.makeAll(filepath.Join(w.folder, filepath.Dir(f.path)), inside); err != nil {
		return err
	}
	s := &staged{saving: f, temp: beside(f.path)}
	w.files = append(w.files, s)
	mode := fs.FileMode(0o666) // less what the user masks
	if f.there {
		mode = f.mode
	}
	if err := w.put(s.temp, f.new, mode); err != nil {
		return err
	}
	if !f.there {
		return nil
	}
	if err := w.root.Chmod(s.temp, f.mode); err != nil {
		return err
	}
	s.backup = beside(f.path)
	if w.root.Link(f.path, s.backup) == nil {
		return nil
	}
	if err := w.put(s.backup, f.old, f.mode); err != nil {
		return err
	}
	return w.root.Chmod(s.backup, f.mode)
}

// besidePrefix begins the names of files that are there only while a download writes.
const besidePrefix = ".paconn-ls-"

// beside returns a name for a file in the folder of another.
func beside(path string) string {
	return filepath.Join(filepath.Dir(path), besidePrefix+rand.Text()[:10])
}

// put writes a file that is not there yet, through to the disk: what does not fit is found out before anything is replaced.
func (w *writing) put(path, content string, mode fs.FileMode) error {
	file, err := w.root.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = file.WriteString(content)
	return errors.Join(err, file.Sync(), file.Close())
}

// move puts the new content of a file in its place, unless somebody else changed it since it was looked at.
func (w *writing) move(f *staged) error {
	now, err := w.root.ReadFile(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && f.there:
		return errors.New("it was removed meanwhile")
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case err == nil && (!f.there || string(now) != f.old):
		return errors.New("it was changed meanwhile by another program")
	}
	if err := w.root.Rename(f.temp, f.path); err != nil {
		return err
	}
	f.moved = true
	return nil
}

// close removes what was put beside the files. When the writing failed it also puts the old files back, removes the folders
// that it made, and returns the failure together with what could not be put back.
func (w *writing) close(failure error) error {
	errs := []error{failure}
	for _, f := range slices.Backward(w.files) {
		if failure != nil && f.moved {
			errs = append(errs, w.restore(f))
		}
		for _, path := range []string{f.temp, f.backup} {
			if path != "" {
				_ = w.root.Remove(path) // gone when it was renamed, as it should have been
			}
		}
	}
	if w.root != nil {
		_ = w.root.Close()
	}
	if failure != nil {
		for _, folder := range slices.Backward(w.made) {
			_ = os.Remove(folder) // not when somebody else put something into it
		}
	}
	return errors.Join(errs...)
}

func (w *writing) restore(f *staged) error {
	var err error
	if f.there {
		err = w.root.Rename(f.backup, f.path)
	} else {
		err = w.root.Remove(f.path)
	}
	if err != nil {
		return fmt.Errorf("%s could not be put back as it was: %w", plain(f.name), err)
	}
	return nil
}
