// Package sandbox is the Power Apps service on loopback, as far as custom connectors need it: sign-in, environments,
// connectors, validation, storage. It serves tests, demonstrations and people without a tenant.
//
// It answers as the real service has been seen to answer: the requests that paconn 0.0.21 makes and expects, and the
// refusals that public issues tell of. What nobody has shown in public is a guess, and says so where it stands.
package sandbox

import (
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"paconn-ls/powerapps"
)

// Options say how a sandbox runs. The zero Options keep everything in memory, at a free port.
type Options struct {
	Dir         string        // keep the connectors in this folder; "" keeps them in memory
	Addr        string        // host and port to listen at; "" is 127.0.0.1:0. Other than loopback is refused
	ConfigDir   string        // the folder that gets sandbox.json, by which the cloud "sandbox" is found; "" writes none
	AutoApprove bool          // device codes are approved without anybody
	TokenLife   time.Duration // of access tokens; 0 is an hour
	RefreshLife time.Duration // of refresh tokens; 0 is 90 days
	CodeLife    time.Duration // of device codes; 0 is 15 minutes
	Blobs       string        // a container of another blob store, as a URL with a shared access signature, to hand out instead of our own
	Log         *slog.Logger  // one line for each request, without secrets; nil logs nothing
}

// Sandbox is a running sandbox.
type Sandbox struct {
	options    Options
	url        string
	rendezvous powerapps.Rendezvous
	cloud      powerapps.Cloud
	server     *http.Server
	entra      *entra
	recorder   recorder
	secrets    secrets
	faults     faults
	shelf      *shelf
	blobs      *blobs
	closing    chan struct{}
	closed     sync.Once
}

// Start listens on loopback and serves until Close.
func Start(o Options) (*Sandbox, error) {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if host, _, err := net.SplitHostPort(o.Addr); err != nil || !powerapps.Loopback(host) {
		return nil, fmt.Errorf("the sandbox listens on loopback only, not at %q", o.Addr)
	}
	s := &Sandbox{options: o, closing: make(chan struct{}), server: &http.Server{}}
	if err := s.start(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Sandbox) start() error {
	certificate, text, err := newCertificate()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.options.Addr)
	if err != nil {
		return err
	}
	s.url = "https://" + listener.Addr().String()
	s.rendezvous = powerapps.Rendezvous{URL: s.url, Certificate: text, PID: os.Getpid(), Key: randomHex(16)}
	if err := s.open(); err != nil {
		return errors.Join(err, listener.Close())
	}
	s.server = &http.Server{
		Handler:           http.HandlerFunc(s.serve),
		ReadHeaderTimeout: time.Minute,
		ErrorLog:          log.New(io.Discard, "", 0), // clients that do not trust the certificate, and cut connections
	}
	secure := tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"http/1.1"}})
	go func() { _ = s.server.Serve(secure) }()
	return nil
}

// open prepares everything that a sandbox with an address needs to answer, once it is sure that no other one uses its folders.
func (s *Sandbox) open() (err error) {
	if s.cloud, err = s.rendezvous.Cloud(); err != nil {
		return err
	}
	kept := folder{s.options.Dir}
	if err := kept.claim(); err != nil {
		return err
	}
	for _, path := range s.found() {
		if err := announce(path, s.rendezvous); err != nil {
			return err
		}
	}
	s.entra, s.blobs = newEntra(s.URL, s.options.entra()), newBlobs(s.URL)
	s.entra.secrets, s.blobs.secrets = &s.secrets, &s.secrets
	s.secrets.keep(s.rendezvous.Key)
	if s.shelf, err = openShelf(kept); err != nil {
		return err
	}
	for _, c := range s.shelf.all() {
		s.publish(c)
	}
	return nil
}

// found returns the files by which the sandbox is found, by its clients and by others that would use its folder.
func (s *Sandbox) found() []string {
	var out []string
	if s.options.ConfigDir != "" {
		out = append(out, filepath.Join(s.options.ConfigDir, powerapps.RendezvousName))
	}
	if s.options.Dir != "" {
		out = append(out, filepath.Join(s.options.Dir, runningName))
	}
	return out
}

// URL returns the address of the sandbox: https://127.0.0.1:PORT.
func (s *Sandbox) URL() string { return s.url }

// Cloud returns the sandbox as a cloud, which trusts its certificate only.
func (s *Sandbox) Cloud() powerapps.Cloud { return s.cloud }

// Close ends the sandbox and removes sandbox.json where it is still of this sandbox.
func (s *Sandbox) Close() (err error) {
	s.closed.Do(func() {
		close(s.closing)
		err = s.server.Close()
		for _, path := range s.found() {
			err = errors.Join(err, withdraw(path, s.rendezvous))
		}
	})
	return err
}

// randomHex returns n random bytes in hexadecimal digits.
func randomHex(n int) string { return hex.EncodeToString(randomBytes(n)) }
