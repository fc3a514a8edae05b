package powerapps

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	keyringLimit = 2 * time.Second // that a keyring has to answer
	keyringPause = time.Minute     // that a keyring is left alone after it refused
)

// errSilent says that a keyring does not answer.
var errSilent = fmt.Errorf("the keyring does not answer within %v: it may be locked", keyringLimit)

// keychain asks a keyring for keys without depending on it: each call has a limit, a call that did not end in time is not
// followed by others before it does, and after a refusal there is a pause.
type keychain struct {
	ring Keyring

	mu      sync.Mutex // held while a call is waited for: one at a time
	known   map[string][]byte
	hanging chan struct{} // closed when the call that took too long has ended; nil when none did
	refused error
	until   time.Time // refused is believed until then
}

func newKeychain(ring Keyring) *keychain {
	if ring == nil {
		ring = systemKeyring{}
	}
	return &keychain{ring: ring, known: map[string][]byte{}}
}

// remembered returns a key that this process had before.
func (k *keychain) remembered(name string) ([]byte, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	key, ok := k.known[name]
	return key, ok
}

func (k *keychain) forget(name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.known, name)
}

// get returns the key of a name. The error is ErrNoKey when the keyring works and has none.
func (k *keychain) get(ctx context.Context, name string) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.lookup(ctx, name)
}

func (k *keychain) lookup(ctx context.Context, name string) ([]byte, error) {
	text, err := k.ask(ctx, func() (string, error) { return k.ring.Get(name) })
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != keyLength {
		return nil, ErrNoKey
	}
	k.known[name] = key
	return key, nil
}

// make returns the key of a name, which it makes when there is none. It is asked for again, for a keyring may say that it
// took a key that it did not.
func (k *keychain) make(ctx context.Context, name string) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if key, err := k.lookup(ctx, name); !errors.Is(err, ErrNoKey) {
		return key, err
	}
	key := make([]byte, keyLength)
	rand.Read(key)
	text := base64.StdEncoding.EncodeToString(key)
	if _, err := k.ask(ctx, func() (string, error) { return "", k.ring.Set(name, text) }); err != nil {
		return nil, err
	}
	back, err := k.lookup(ctx, name)
	if err != nil || string(back) != string(key) {
		delete(k.known, name)
		return nil, errors.New("the keyring does not keep what it is given")
	}
	return key, nil
}

// drop removes a key. That there is none is fine.
func (k *keychain) drop(ctx context.Context, name string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.known, name)
	_, err := k.ask(ctx, func() (string, error) { return "", k.ring.Delete(name) })
	if errors.Is(err, ErrNoKey) {
		return nil
	}
	return err
}

type answer struct {
	text string
	err  error
}

// ask makes one call. The caller holds mu.
func (k *keychain) ask(ctx context.Context, call func() (string, error)) (string, error) {
	if err := k.unwilling(); err != nil {
		return "", err
	}
	answers, ended := make(chan answer, 1), make(chan struct{})
	go func() {
		defer close(ended)
		answers <- guarded(call)
	}()
	limit := time.NewTimer(keyringLimit)
	defer limit.Stop()
	select {
	case a := <-answers:
		if a.err != nil && !errors.Is(a.err, ErrNoKey) {
			k.refused, k.until = a.err, time.Now().Add(keyringPause)
		}
		return a.text, a.err
	case <-limit.C:
		k.hanging = ended
		return "", errSilent
	case <-ctx.Done():
		k.hanging = ended
		return "", ctx.Err()
	}
}

// unwilling says why the keyring is not to be asked now.
func (k *keychain) unwilling() error {
	if k.hanging != nil {
		select {
		case <-k.hanging:
			k.hanging = nil
		default:
			return errSilent
		}
	}
	if k.refused != nil && time.Now().Before(k.until) {
		return k.refused
	}
	k.refused = nil
	return nil
}

// guarded makes a call that may panic: the library takes what comes over the bus for what it expects.
func guarded(call func() (string, error)) (a answer) {
	defer func() {
		if recover() != nil {
			a = answer{err: errors.New("the keyring answered something else than it should")}
		}
	}()
	text, err := call()
	return answer{text, err}
}
