package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// runScripts runs scripts, and searches the streams of every program that they run, and their folders, for secrets.
func runScripts(t *testing.T, params testscript.Params) { testscript.RunT(&watched{T: t}, params) }

// watched is the test of a script.
type watched struct {
	*testing.T
	work    string
	sandbox **sandbox.Sandbox // that the script started, if any
	secrets []string          // of a sandbox that was a process of its own
}

// watch tells of a script that begins.
func watch(e *testscript.Env, s **sandbox.Sandbox) {
	if w, ok := e.T().(*watched); ok {
		w.work, w.sandbox = e.WorkDir, s
		e.Values[watchedKey{}] = w
	}
}

type watchedKey struct{}

// Run runs a script.
func (w *watched) Run(name string, run func(testscript.T)) {
	w.T.Run(name, func(t *testing.T) { run(&watched{T: t}) })
}

// Verbose has the log of a script hold all of both streams.
func (w *watched) Verbose() bool { return true }

// Log takes the whole log of a script, at its end, while its folder is still there.
func (w *watched) Log(args ...any) {
	if w.Failed() || testing.Verbose() {
		w.T.Log(args...)
	}
	if w.sandbox != nil && *w.sandbox != nil {
		w.secrets = append(w.secrets, (*w.sandbox).Secrets()...)
	}
	if len(w.secrets) == 0 || len(args) != 1 {
		return
	}
	noSecret(w, w.secrets, "the streams", []byte(said(args[0].(string))))
	noSecretBelow(w, w.secrets, w.work)
}

// said returns what programs said of the log of a script: all but its variables, which come first, and its lines, which
// may hold a secret that is given to a program.
func said(log string) string {
	var b strings.Builder
	begun := false
	for line := range strings.Lines(log) {
		if strings.HasPrefix(line, "> ") {
			begun = true
		} else if begun {
			b.WriteString(line)
		}
	}
	return b.String()
}

// secretsOfSandbox asks the sandbox that runs as a process of its own for the secrets that it knows: secrets.
func secretsOfSandbox(ts *testscript.TestScript, _ bool, _ []string) {
	var list []string
	ts.Check(askSandbox(ts.Getenv("PACONN_CONFIG_DIR"), http.MethodGet, "secrets", "", &list))
	if len(list) < 2 {
		ts.Fatalf("the sandbox knows %d secrets only", len(list))
	}
	w := ts.Value(watchedKey{}).(*watched)
	w.secrets = append(w.secrets, list...)
}

// askSandbox asks the sandbox of a config folder for what its control tells; into may be nil.
func askSandbox(config, method, what, body string, into any) error {
	running, err := powerapps.ReadRendezvous(config)
	if err != nil {
		return err
	}
	cloud, err := running.Cloud()
	if err != nil {
		return err
	}
	req, err := http.NewRequest(method, running.URL+"/sandbox/"+what, strings.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set(sandbox.KeyHeader, running.Key)
	resp, err := (&http.Client{Transport: powerapps.NewTransport(cloud.Roots)}).Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode > 299 {
		return errors.New(resp.Status)
	}
	if into == nil {
		return nil
	}
	return json.NewDecoder(resp.Body).Decode(into)
}
