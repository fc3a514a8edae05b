package powerapps

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// largest bounds what is read of a tokens file. A cache of MSAL has a few kB for each account.
const largest = 64 << 20

// found is what the tokens file holds.
type found struct {
	contents Contents
	head     header // with an empty cipher when there is no file
	key      []byte // nil when it is not encrypted
}

// load reads the tokens file. Its error is a *StoreError or the context's.
func (s *Store) load(ctx context.Context) (found, error) {
	data, err := s.readFile()
	if errors.Is(err, fs.ErrNotExist) {
		return found{}, nil
	}
	if err != nil {
		return found{}, err
	}
	head, body, err := split(data)
	if err != nil {
		return found{}, s.damaged(err)
	}
	if !head.encrypted() {
		contents, err := decode(body)
		if err != nil {
			return found{}, s.damaged(err)
		}
		return found{contents: contents, head: head}, nil
	}
	return s.decrypt(ctx, head, body)
}

// decrypt opens an encrypted body. A key that this process remembers may be an older one: it is asked for again then.
func (s *Store) decrypt(ctx context.Context, head header, body []byte) (found, error) {
	if key, ok := s.keys.remembered(head.Key); ok {
		if contents, err := unseal(head, body, key); err == nil {
			return found{contents: contents, head: head, key: key}, nil
		}
		s.keys.forget(head.Key)
	}
	key, err := s.keys.get(ctx, head.Key)
	switch {
	case errors.Is(err, ErrNoKey):
		return found{}, &StoreError{
			Path: s.path(), Problem: "is encrypted, and the system's keyring does not have its key (any more)",
			Way: signInAnew, lost: true,
		}
	case err != nil && ctx.Err() != nil:
		return found{}, ctx.Err()
	case err != nil:
		return found{}, &StoreError{Path: s.path(), Problem: "is encrypted, and its key cannot be had", Way: unlockIt, Err: err}
	}
	contents, err := unseal(head, body, key)
	if err != nil {
		return found{}, s.damaged(err)
	}
	return found{contents: contents, head: head, key: key}, nil
}

const (
	signInAnew = "sign in again to replace it, or sign out to remove it"
	unlockIt   = "unlock the keyring and try again, or set PACONN_TOKEN_CACHE=file and sign in again, or sign out to remove what is kept"
)

func (s *Store) damaged(err error) error {
	return &StoreError{Path: s.path(), Problem: "cannot be read", Way: signInAnew, Err: err, lost: true}
}

// mayReplace reports whether a change may go on without what is kept: when it is lost, or when the user said that the
// keyring is not to be used.
func (s *Store) mayReplace(err error) bool {
	var e *StoreError
	return errors.As(err, &e) && (e.lost || s.mode == CacheFile && e.Way == unlockIt)
}

// readFile returns the bytes of the tokens file, which it narrows to its owner.
func (s *Store) readFile() ([]byte, error) {
	info, err := os.Stat(s.path())
	if err != nil {
		return nil, s.unreadable(err)
	}
	if !info.Mode().IsRegular() {
		return nil, &StoreError{Path: s.path(), Problem: "is not a file", Way: "remove it, or " + otherFolder}
	}
	if err := narrowFile(s.path(), info, s.note); err != nil {
		return nil, err
	}
	data, err := readAtMost(s.path(), largest)
	if err != nil {
		return nil, s.unreadable(err)
	}
	return data, nil
}

func (s *Store) unreadable(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return &StoreError{
		Path: s.path(), Problem: "cannot be read", Err: errors.Unwrap(err),
		Way: "make it readable for you, or " + otherFolder,
	}
}

func readAtMost(path string, limit int64) ([]byte, error) {
	var data []byte
	err := persist(func() error {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		data, err = io.ReadAll(io.LimitReader(f, limit+1))
		return err
	})
	return data, err
}

// save puts contents in the place of what load found.
func (s *Store) save(ctx context.Context, contents Contents, old found) error {
	if contents.empty() {
		return s.removeAll(ctx)
	}
	head, key, err := s.protection(ctx, old)
	if err != nil {
		return err
	}
	data, err := seal(head, key, contents)
	if err != nil {
		return err
	}
	if err := s.replace(data); err != nil {
		return err
	}
	if old.head.encrypted() && !head.encrypted() {
		s.dropKey(ctx, old.head.Key)
	}
	return nil
}

// protection decides how the new file is kept.
func (s *Store) protection(ctx context.Context, old found) (header, []byte, error) {
	if s.mode == CacheFile || s.mode == CacheAuto && old.head.Cipher == cipherNone {
		return header{Cipher: cipherNone}, nil, nil
	}
	if old.key != nil {
		return header{Cipher: cipherAES, Key: old.head.Key}, old.key, nil
	}
	key, err := s.keys.make(ctx, s.dir)
	switch {
	case err == nil:
		return header{Cipher: cipherAES, Key: s.dir}, key, nil
	case ctx.Err() != nil:
		return header{}, nil, ctx.Err()
	case s.mode == CacheKeyring:
		return header{}, nil, s.noKeyring(err)
	}
	s.note("the system's keyring cannot be used (" + err.Error() + "), so the tokens are kept in " + s.path() +
		", not encrypted, readable by you alone; where a keyring works, sign out and in again to have them encrypted")
	return header{Cipher: cipherNone}, nil, nil
}

func (s *Store) noKeyring(err error) error {
	return &StoreError{
		Path: s.path(), Problem: "cannot be encrypted without the system's keyring", Err: err,
		Way: "unlock the keyring and try again, or set PACONN_TOKEN_CACHE=file to keep the tokens in a file that only you can read",
	}
}

// setAside renames a file that cannot be read, in the place of the one before.
func (s *Store) setAside(why error) error {
	to := filepath.Join(s.dir, asideFile)
	if err := persist(func() error { return os.Rename(s.path(), to) }); err != nil {
		return s.cannotWrite(err)
	}
	s.log("set aside " + to)
	var e *StoreError
	if errors.As(why, &e) {
		s.note(e.Path + " " + e.Problem + "; it is set aside as " + to)
	}
	return nil
}

// removeAll removes all files but the lock, and the key.
func (s *Store) removeAll(ctx context.Context) error {
	keys := map[string]bool{}
	for _, file := range []string{tokensFile, asideFile} {
		path := filepath.Join(s.dir, file)
		head, err := readHeader(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil && s.mode != CacheFile && s.mode != CacheNone {
			keys[s.dir] = true // it may have been encrypted
		}
		if head.encrypted() {
			keys[head.Key] = true
		}
		if err := persist(func() error { return os.Remove(path) }); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return s.cannotWrite(err)
		}
		s.log("removed " + path)
	}
	syncFolder(s.dir)
	for name := range keys {
		s.dropKey(ctx, name)
	}
	return nil
}

// dropKey removes a key that opens nothing any more. That it cannot be removed is worth a note, not an error.
func (s *Store) dropKey(ctx context.Context, name string) {
	if err := s.keys.drop(ctx, name); err != nil {
		s.note("the key of the removed tokens stays in the system's keyring, where it is of no use to anybody: " + err.Error())
	}
}

// readHeader returns the header of a tokens file.
func readHeader(path string) (header, error) {
	info, err := os.Stat(path)
	if err != nil {
		return header{}, err
	}
	if !info.Mode().IsRegular() {
		return header{}, errNotOurs
	}
	data, err := readAtMost(path, 8<<10)
	if err != nil {
		return header{}, err
	}
	head, _, err := split(data)
	return head, err
}
