//go:build unix

package main

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/powerapps/sandbox"
)

// TestEnded ends every verb while the service works on each of its requests: with Ctrl-C, after which the program says what
// reached the service, and by a kill, after which the next run works. Either way the files are as they were, or, once the
// connector is made, as they are when all goes well.
func TestEnded(t *testing.T) {
	state, id := seeded(t)
	var rows []endedRow
	for _, v := range faultVerbs {
		if v.given != nil {
			continue
		}
		well := runsWell(t, v, state, id)
		for _, s := range well.steps {
			for _, by := range []os.Signal{os.Interrupt, os.Kill} {
				rows = append(rows, endedRow{faultRow{verb: v, well: well, step: s}, by})
			}
		}
	}
	turn := make(chan endedRow, len(rows))
	for _, r := range rows {
		turn <- r
	}
	close(turn)
	var all sync.WaitGroup
	for range busyRows {
		all.Go(func() {
			for r := range turn {
				t.Run(strings.Join([]string{r.verb.name, r.step.title(), r.by.String()}, "/"), func(t *testing.T) { r.run(t, state, id) })
			}
		})
	}
	all.Wait()
	t.Logf("%d rows", len(rows))
}

// endedRow is a run that is ended while the service works on a request.
type endedRow struct {
	faultRow
	by os.Signal
}

func (r endedRow) run(t *testing.T, state, id string) {
	f := newFaulty(t, r.verb, state)
	f.sandbox.Fail(sandbox.Fault{Method: r.step.method, Path: r.step.path, Skip: r.step.nth, Kind: sandbox.Slow})
	before := f.files()
	p := f.start(append([]string{"paconn-ls"}, filled(r.verb.args, id)...)...)
	f.awaitSteps(r.step.index + 1)
	if err := p.cmd.Process.Signal(r.by); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := p.end()
	f.checkSecrets(ran{stdout: stdout, stderr: stderr, after: f.files()})
	if diff := cmp.Diff(r.files(before), f.files()); diff != "" {
		t.Errorf("files have changed:\n%s", diff)
	}
	if r.by == os.Kill {
		f.checkNext(r.verb, id)
	} else {
		r.checkInterrupted(t, code, stdout, stderr)
	}
	if t.Failed() {
		t.Logf("exit code %d\n%s---\n%s", code, stdout, stderr)
	}
}

// after reports whether requests of a role were sent before the step.
func (r endedRow) after(what role) bool {
	return slices.ContainsFunc(r.well.steps[:r.step.index], func(s step) bool { return s.role == what })
}

// files are those that are there in the end: a new connector's id is kept as soon as it is known.
func (r endedRow) files(before map[string]string) map[string]string {
	if r.after(makes) {
		return r.well.after
	}
	return before
}

// checkInterrupted checks what is said after Ctrl-C. What was done by then is a success.
func (r endedRow) checkInterrupted(t *testing.T, code int, stdout, stderr string) {
	t.Helper()
	if r.after(makes) || r.after(changes) {
		if code != codeFine || newIDs.ReplaceAllString(stdout, "$$ID") != r.well.stdout {
			t.Errorf("the work was done, but the exit code is %d", code)
		}
		return
	}
	if code != codeFailed || stdout != "" || !strings.Contains(stderr, "paconn-ls: interrupted") {
		t.Errorf("exit code %d", code)
	}
	for what, want := range map[string]bool{
		"may have been created all the same: before you create it again, look with paconn-ls list connectors --env": r.step.role == makes,
		"may have been updated all the same": r.step.role == changes,
		"uploaded, which changes nothing":    r.after(puts),
	} {
		if strings.Contains(stderr, what) != want {
			t.Errorf("it is told that %q: %v", what, !want)
		}
	}
}

// checkNext checks that the same works when it is run again.
func (f faulty) checkNext(v faultVerb, id string) {
	f.t.Helper()
	f.sandbox.Recover()
	if code, _, stderr := f.run(filled(v.args, id)...); code != codeFine {
		f.t.Errorf("the next run ends with %d\n%s", code, stderr)
	}
}

// awaitSteps waits until so many requests have reached the sandbox.
func (f faulty) awaitSteps(n int) {
	f.t.Helper()
	for end := time.Now().Add(30 * time.Second); len(f.sandbox.Requests()) < n; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			f.t.Fatalf("%d requests have come, not %d", len(f.sandbox.Requests()), n)
		}
	}
}
