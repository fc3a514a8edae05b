package powerapps

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

const (
	lockLimit = 10 * time.Second      // that another process may take for its change
	lockPoll  = 20 * time.Millisecond // between two tries
)

// locked does something while no other process or goroutine does. What takes long is done before: a keyring that does
// not answer is found out without holding up the others.
func (s *Store) locked(ctx context.Context, do func() error) error {
	s.warm(ctx)
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := OwnFolder(s.dir); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(s.dir, lockFile))
	limited, cancel := context.WithTimeout(ctx, lockLimit)
	defer cancel()
	switch _, err := lock.TryLockContext(limited, lockPoll); {
	case err == nil:
		defer func() { _ = lock.Unlock() }() // it ends with the process at the latest
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return &StoreError{
			Path: lock.Path(), Problem: fmt.Sprintf("is locked by another process since %v", lockLimit),
			Way: "wait for it or end it, and try again",
		}
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return s.cannotWrite(err)
	default:
		return &StoreError{Path: s.dir, Problem: "cannot be locked", Err: err, Way: otherFolder}
	}
	s.log("locked")
	s.sweep()
	return do()
}

// warm asks the keyring for the key that a change is going to need, so that this is remembered.
func (s *Store) warm(ctx context.Context) {
	head, err := readHeader(s.path())
	switch {
	case err == nil && head.encrypted():
		if _, ok := s.keys.remembered(head.Key); !ok {
			_, _ = s.keys.get(ctx, head.Key)
		}
	case errors.Is(err, fs.ErrNotExist) && s.mode != CacheFile, s.mode == CacheKeyring:
		_, _ = s.keys.get(ctx, s.dir)
	}
}

// nothingKept reports whether a folder has nothing of a store but its lock.
func nothingKept(dir string) bool {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	return !slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return strings.HasPrefix(e.Name(), tokensFile) && e.Name() != lockFile
	})
}

// sweep removes the temporary files of processes that were killed. Only who holds the lock has one, so all are leftovers.
func (s *Store) sweep() {
	entries, _ := os.ReadDir(s.dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), tempStart) && strings.HasSuffix(e.Name(), tempEnd) {
			os.Remove(filepath.Join(s.dir, e.Name()))
		}
	}
}

// replace writes the tokens file in one step. The caller holds the lock.
func (s *Store) replace(data []byte) error {
	temp, err := os.CreateTemp(s.dir, tempStart+"*"+tempEnd) // with mode 0600
	if err != nil {
		return s.cannotWrite(err)
	}
	s.log("made a temporary file")
	if err := fill(temp, data); err != nil {
		os.Remove(temp.Name())
		return s.cannotWrite(err)
	}
	s.log("wrote the temporary file")
	if err := persist(func() error { return os.Rename(temp.Name(), s.path()) }); err != nil {
		os.Remove(temp.Name())
		return s.cannotWrite(err)
	}
	s.log("renamed the temporary file")
	syncFolder(s.dir)
	return nil
}

// fill writes a file so that it is on the disk when its name is. It closes it.
func fill(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// tryFolder returns the error of making a file in the folder.
func (s *Store) tryFolder() error {
	temp, err := os.CreateTemp(s.dir, tempStart+"*"+tempEnd)
	if err != nil {
		return s.cannotWrite(err)
	}
	temp.Close()
	os.Remove(temp.Name())
	return nil
}

func (s *Store) cannotWrite(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		err = e.Err
	}
	return &StoreError{
		Path: s.dir, Problem: "cannot be written to (what was kept before is as it was)", Err: err,
		Way: "make room or make it writable for you, or " + otherFolder,
	}
}

// syncFolder puts the names of a folder's files on the disk, where the system can.
func syncFolder(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync()
		f.Close()
	}
}

// persist does something with a file again for a while when Windows refuses it because another process has the file open
// at that moment.
func persist(do func() error) error {
	err := do()
	for wait := time.Millisecond; busy(err) && wait < time.Second; wait *= 2 {
		time.Sleep(wait)
		err = do()
	}
	return err
}

// busy reports whether an error is Windows' ERROR_ACCESS_DENIED or ERROR_SHARING_VIOLATION.
func busy(err error) bool {
	var number syscall.Errno
	return runtime.GOOS == "windows" && errors.As(err, &number) && (number == 5 || number == 32)
}
