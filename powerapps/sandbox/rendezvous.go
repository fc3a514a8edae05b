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

// RunningError says that a folder has a sandbox already.
type RunningError struct {
	Folder string
	Other  powerapps.Rendezvous
}

func (e *RunningError) Error() string {
	return fmt.Sprintf("a sandbox runs already at %s (process %d, found by %s): use that one, or stop it first",
		e.Other.URL, e.Other.PID, filepath.Join(e.Folder, powerapps.RendezvousName))
}

// announce writes sandbox.json into a folder, in one step. What a killed sandbox left is replaced; a sandbox that
// answers is a *RunningError.
func announce(folder string, r powerapps.Rendezvous) error {
	if folder == "" {
		return nil
	}
	if other, err := powerapps.ReadRendezvous(folder); err == nil && alive(other) {
		return &RunningError{folder, other}
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(folder, powerapps.RendezvousName), append(text, '\n'), 0o600)
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

// withdraw removes sandbox.json unless another sandbox has replaced it.
func withdraw(folder string, r powerapps.Rendezvous) error {
	if folder == "" {
		return nil
	}
	if there, err := powerapps.ReadRendezvous(folder); err != nil || there != r {
		return nil
	}
	if err := os.Remove(filepath.Join(folder, powerapps.RendezvousName)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
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
