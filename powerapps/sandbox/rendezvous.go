package sandbox

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"paconn-ls/powerapps"
)

// RunningError says that a sandbox runs already that uses the same folder.
type RunningError struct {
	Found string // the file that tells of it
	Other powerapps.Rendezvous
}

func (e *RunningError) Error() string {
	return fmt.Sprintf("a sandbox runs already at %s (process %d, as %s says): use that one, or stop it first", e.Other.URL, e.Other.PID, e.Found)
}

// announce writes a rendezvous to a file, in one step. What a killed sandbox left there is replaced; a sandbox that
// answers is a *RunningError.
func announce(path string, r powerapps.Rendezvous) error {
	if path == "" {
		return nil
	}
	if other, ok := readRendezvous(path); ok && alive(other) {
		return &RunningError{path, other}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return writeFile(path, indented(marshal(r)), 0o600)
}

func readRendezvous(path string) (r powerapps.Rendezvous, ok bool) {
	text, err := os.ReadFile(path)
	return r, err == nil && json.Unmarshal(text, &r) == nil
}

// alive reports whether a sandbox answers where a rendezvous says.
func alive(r powerapps.Rendezvous) bool {
	cloud, err := r.Cloud()
	if err != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, cloud.PowerApps+controlPath, nil)
	if err != nil {
		return false
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: cloud.Roots}}
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(request)
	if err != nil {
		return false
	}
	return response.Body.Close() == nil
}

// withdraw removes the file of a rendezvous unless another sandbox has replaced it.
func withdraw(path string, r powerapps.Rendezvous) error {
	if there, ok := readRendezvous(path); path == "" || !ok || there != r {
		return nil
	}
	return os.Remove(path)
}

// writeFile replaces a file in one step.
func writeFile(path string, content []byte, mode fs.FileMode) error {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // fails when it was renamed, as it should have been
	_, err = temp.Write(content)
	if err := errors.Join(err, temp.Chmod(mode), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}
