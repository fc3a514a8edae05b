//go:build unix

package main

import (
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

// TestCrash has the program die with everything that it knows on standard error, while the service works for it.
func TestCrash(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env = append(w.env, "PACONN_CLOUD=sandbox", "PACONN_SECRET=a secret of OAuth / 48", "GOTRACEBACK=all")
	w.write("work/pets/apiProperties.json", oauthProperties)
	w.signIn("paconn-ls", "login", "--with", "device-code")
	w.ask(http.MethodPost, "faults", `{"method": "PATCH", "kind": "slow"}`, nil)
	p := w.start("paconn-ls", "update", "-e", home, "-c", orders, "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json",
		"-i", "pets/icon.png", "-x", "pets/script.csx")
	place{t: t}.await("the change", func() bool {
		return slices.ContainsFunc(w.requests(), func(r sandbox.Request) bool { return r.Method == http.MethodPatch })
	})
	p.arguments += shownArguments(p.cmd.Process.Pid)
	if err := p.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	if code := p.end(); code == codeFine || !strings.Contains(p.err.String(), "goroutine ") {
		t.Errorf("exit code %d\n%s", code, p.err.String())
	}
}
