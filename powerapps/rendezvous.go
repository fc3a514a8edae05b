package powerapps

import (
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
)

// RendezvousName is the file in the config folder by which a running sandbox is found.
const RendezvousName = "sandbox.json"

// Rendezvous is what a running sandbox of the service tells of itself to the programs of its user.
type Rendezvous struct {
	URL         string `json:"url"`           // https://127.0.0.1:PORT
	Certificate string `json:"certificate"`   // PEM: the one that it is trusted by
	PID         int    `json:"pid"`           // of its process
	Key         string `json:"key,omitempty"` // lets its faults be set and its requests be read; a secret
}

// ReadRendezvous reads what a sandbox left in a config folder, which it may have done before it was killed. The error is
// fs.ErrNotExist when there is nothing.
func ReadRendezvous(configDir string) (Rendezvous, error) {
	path := filepath.Join(configDir, RendezvousName)
	text, err := os.ReadFile(path)
	if err != nil {
		return Rendezvous{}, err
	}
	var r Rendezvous
	if err := json.Unmarshal(text, &r); err != nil {
		return Rendezvous{}, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

// Cloud returns the sandbox as a cloud that trusts its certificate only. What does not lie on loopback is refused.
func (r Rendezvous) Cloud() (Cloud, error) {
	u, err := url.Parse(r.URL)
	if err != nil || u.Scheme != "https" || !Loopback(u.Hostname()) {
		return Cloud{}, fmt.Errorf("%s names %q, which is no https address on loopback", RendezvousName, r.URL)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM([]byte(r.Certificate)) {
		return Cloud{}, fmt.Errorf("%s has no certificate that could be read", RendezvousName)
	}
	address := u.Scheme + "://" + u.Host
	return Cloud{
		Name: "sandbox", Title: "Sandbox on this machine", Authority: address, Client: azureCLI,
		PowerApps: address, PowerAppsVersion: apiVersion, Resource: builtin[0].Resource,
		Flow: address, FlowVersion: apiVersion, Roots: roots,
	}, nil
}

// Loopback reports whether a host without its port is this machine, and nothing else, wherever it is asked.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
