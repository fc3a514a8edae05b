package powerapps

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"sync"
)

// Contents is what a store keeps: who is signed in, and what MSAL needs to renew their tokens.
type Contents struct {
	Accounts []Account                  `json:"accounts"`
	Caches   map[string]json.RawMessage `json:"caches"` // MSAL's serialised cache by key of the account
}

func (c Contents) empty() bool { return len(c.Accounts) == 0 && len(c.Caches) == 0 }

// clone returns a copy that a change cannot reach back from.
func (c Contents) clone() Contents {
	out := Contents{Accounts: slices.Clone(c.Accounts), Caches: maps.Clone(c.Caches)}
	if out.Caches == nil {
		out.Caches = map[string]json.RawMessage{}
	}
	return out
}

// How a store keeps its contents: the values of PACONN_TOKEN_CACHE.
const (
	CacheAuto    = "auto"    // encrypted where a keyring can keep the key, else as CacheFile; what is kept already stays as it is
	CacheKeyring = "keyring" // encrypted with a key in the system's keyring, or not at all
	CacheFile    = "file"    // in a file that only its owner may read
	CacheNone    = "none"    // in memory, as long as the process lives
)

// StoreOptions says where and how a store keeps its contents.
type StoreOptions struct {
	Dir    string       // the config folder, absolute; made when something is kept
	Mode   string       // one of the Cache constants; "" is CacheAuto
	Memory *Memory      // nil is one of the store's own, with the system's keyring
	Note   func(string) // is told what the user should know, a line each; nil tells nobody
	Log    func(string) // is told each step of a change; nil tells nobody
}

// Store keeps accounts and tokens for the processes of one user. It may be used from many goroutines, and many processes
// may have one on the same folder: no change is lost, and whoever reads sees what some change left, never a part.
//
// In the folder, "tokens" has the contents, "tokens.lock" serialises changes, "tokens.unreadable" is a file that could not
// be read and stood in the way of a sign-in.
type Store struct {
	dir, mode string
	memory    *Memory
	keys      *keychain // of the memory
	note, log func(string)
	turn      chan struct{} // holds one thing: the right to change, among the goroutines of this process
}

// Memory is what the stores of one process share: what is known of the keyring, so that it is not asked again, and is left
// alone when it does not answer; and all there is in CacheNone.
type Memory struct {
	keys *keychain

	mu       sync.Mutex
	contents Contents
}

// NewMemory returns a memory with a keyring; nil is the system's.
func NewMemory(ring Keyring) *Memory { return &Memory{keys: newKeychain(ring)} }

// OpenStore returns the store of a folder. Nothing is read or made before it is used.
func OpenStore(o StoreOptions) *Store {
	s := &Store{
		dir: o.Dir, mode: o.Mode, note: o.Note, log: o.Log,
		memory: o.Memory, turn: make(chan struct{}, 1),
	}
	if s.memory == nil {
		s.memory = NewMemory(nil)
	}
	s.keys = s.memory.keys
	if s.mode == "" {
		s.mode = CacheAuto
	}
	if s.note == nil {
		s.note = func(string) {}
	}
	if s.log == nil {
		s.log = func(string) {}
	}
	return s
}

func (s *Store) path() string { return filepath.Join(s.dir, tokensFile) }

// StoreError says why tokens could not be kept or what is kept could not be had, and what to do about it.
type StoreError struct {
	Path    string // of the file or folder
	Problem string // "is cut short"
	Way     string // what to do
	Err     error  // may be nil

	lost bool // nobody here can ever read the file: a change may set it aside
}

func (e *StoreError) Error() string {
	text := e.Path + " " + e.Problem
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text + "; " + e.Way
}

func (e *StoreError) Unwrap() error { return e.Err }

// Read returns what is kept; nothing at all is no error. It takes no lock: files are only ever replaced whole.
// Its error is a *StoreError, or that of the context.
func (s *Store) Read(ctx context.Context) (Contents, error) {
	if err := s.checkMode(); err != nil {
		return Contents{}, err
	}
	if s.mode == CacheNone {
		s.memory.mu.Lock()
		defer s.memory.mu.Unlock()
		return s.memory.contents.clone(), nil
	}
	if err := readableFolder(s.dir); err != nil {
		return Contents{}, err
	}
	found, err := s.load(ctx)
	return found.contents.clone(), err
}

// Update changes what is kept: it waits for its turn among all processes, reads, has the contents changed and replaces
// the file in one step. When anything fails, an error of change included, what was kept stays as it was. A file that can
// never be read again is set aside, with a note, and change gets empty contents: it must not stand in the way of
// signing in. change must be quick, for others wait, and must not use the store.
// Its errors are change's, the context's, or a *StoreError.
func (s *Store) Update(ctx context.Context, change func(*Contents) error) error {
	if err := s.checkMode(); err != nil {
		return err
	}
	if s.mode == CacheNone {
		return s.updateMemory(change)
	}
	return s.locked(ctx, func() error {
		old, unreadable := s.load(ctx)
		if unreadable != nil && !s.mayReplace(unreadable) {
			return unreadable
		}
		contents := old.contents.clone()
		if err := change(&contents); err != nil {
			return err
		}
		if unreadable != nil && contents.empty() {
			return unreadable // nothing is to be kept instead of it
		}
		if unreadable != nil {
			if err := s.setAside(unreadable); err != nil {
				return err
			}
		}
		return s.save(ctx, contents, old)
	})
}

func (s *Store) updateMemory(change func(*Contents) error) error {
	s.memory.mu.Lock()
	defer s.memory.mu.Unlock()
	contents := s.memory.contents.clone()
	if err := change(&contents); err != nil {
		return err
	}
	s.memory.contents = contents
	return nil
}

// Ready returns the error that a change would meet, without changing anything: to be asked before a person is bothered.
func (s *Store) Ready(ctx context.Context) error {
	if err := s.checkMode(); err != nil || s.mode == CacheNone {
		return err
	}
	return s.locked(ctx, func() error {
		if _, err := s.load(ctx); err != nil && !s.mayReplace(err) {
			return err
		}
		if s.mode == CacheKeyring {
			if _, err := s.keys.get(ctx, s.dir); err != nil && !errors.Is(err, ErrNoKey) {
				return s.noKeyring(err)
			}
		}
		return s.tryFolder()
	})
}

// Remove removes what is kept and everything that belongs to it: files set aside, leftovers, the key in the keyring. Only
// the empty file of the lock stays.
func (s *Store) Remove(ctx context.Context) error {
	s.memory.mu.Lock()
	s.memory.contents = Contents{}
	s.memory.mu.Unlock()
	if nothingKept(s.dir) {
		return nil
	}
	return s.locked(ctx, func() error { return s.removeAll(ctx) })
}

// Describe says in a line where and how the contents are kept, or would be.
func (s *Store) Describe() string {
	if s.mode == CacheNone {
		return "in memory only, for as long as the program runs"
	}
	head, err := readHeader(s.path())
	switch {
	case errors.Is(err, fs.ErrNotExist) && s.mode == CacheFile:
		return "nothing yet; they would be kept in " + s.path() + ", not encrypted, readable by you alone"
	case errors.Is(err, fs.ErrNotExist) && s.mode == CacheKeyring:
		return "nothing yet; they would be kept in " + s.path() + ", encrypted, the key in the system's keyring"
	case errors.Is(err, fs.ErrNotExist):
		return "nothing yet; they would be kept in " + s.path() + ", encrypted if the system's keyring can keep the key"
	case err != nil:
		return "in " + s.path() + ", which cannot be read"
	case head.encrypted():
		return "encrypted in " + s.path() + ", the key in the system's keyring"
	}
	return "in " + s.path() + ", not encrypted, readable by you alone"
}

func (s *Store) checkMode() error {
	switch s.mode {
	case CacheAuto, CacheKeyring, CacheFile, CacheNone:
		return nil
	}
	return &VariablesError{[]string{"PACONN_TOKEN_CACHE"}, fmt.Sprintf("%q is no way to keep tokens: set auto, keyring, file or none", s.mode)}
}
