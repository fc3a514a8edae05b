package powerapps

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/zalando/go-keyring"
)

// Keyring keeps a few secrets by name, safer than a file. Calls may take for ever; they may come from any goroutine.
type Keyring interface {
	// Get returns a secret. The error is ErrNoKey when the keyring works and does not have it.
	Get(name string) (string, error)
	Set(name, secret string) error
	// Delete removes a secret. That there is none is ErrNoKey.
	Delete(name string) error
}

// ErrNoKey says that a keyring does not have what it is asked for.
var ErrNoKey = errors.New("the keyring does not have the key")

// keyringService is the name that our secrets go by in the system's keyring.
const keyringService = "paconn-ls"

// systemKeyring is the Secret Service on Linux, the Credential Manager on Windows, the Keychain on macOS. There the
// library starts /usr/bin/security, to which it writes a secret on its standard input and from which it reads it on the
// standard output: the process's arguments have the name only.
type systemKeyring struct{}

func (systemKeyring) Get(name string) (string, error) {
	if err := busThere(); err != nil {
		return "", err
	}
	secret, err := keyring.Get(keyringService, name)
	return secret, ours(err)
}

func (systemKeyring) Set(name, secret string) error {
	if err := busThere(); err != nil {
		return err
	}
	return ours(keyring.Set(keyringService, name, secret))
}

func (systemKeyring) Delete(name string) error {
	if err := busThere(); err != nil {
		return err
	}
	return ours(keyring.Delete(keyringService, name))
}

func ours(err error) error {
	if errors.Is(err, keyring.ErrNotFound) {
		return ErrNoKey
	}
	return err
}

// busThere says why there can be no Secret Service. Without a session bus the library would start one, with dbus-launch,
// and leave it running.
func busThere() error {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return nil
	}
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if address != "" && !strings.HasPrefix(address, "autolaunch:") {
		return nil
	}
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(filepath.Join("/run/user", strconv.Itoa(os.Getuid()), name)); err == nil {
			return nil
		}
	}
	return errors.New("there is no session bus")
}
