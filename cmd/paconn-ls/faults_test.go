package main

import (
	"maps"
	"slices"
	"sync"
	"testing"
	"time"
)

// TestFaults lets every request of every verb go wrong in every way, once and always, and checks what the program says,
// its exit code, that no file has changed, and that nothing was sent twice that must not be. The program is a process, the
// service a sandbox over TLS, and the sign-in that of MSAL. What is expected follows from the rules in faults_rules_test.go.
func TestFaults(t *testing.T) {
	state, id := seeded(t)
	var rows []faultRow
	requests := 0
	for _, v := range faultVerbs {
		well := runsWell(t, v, state, id)
		for _, s := range well.steps {
			if v.given != nil && v.given.Method == s.method && pathPattern(v.given.Path).MatchString(s.path) {
				continue // it goes wrong already
			}
			requests++
			rows = append(rows, rowsOf(v, well, s)...)
		}
	}
	limit := limitOf(rows)
	if testing.Short() {
		rows = everySeventh(rows)
	}
	byTurns(rows, func(r faultRow) {
		t.Run(r.name(), func(t *testing.T) { r.run(t, state, id, limit) })
	})
	t.Logf("%d ways to call a verb, %d requests, %d faults, each once and always: %d rows; no answer comes within %s", len(faultVerbs), requests, len(faultKinds), len(rows), limit)
}

// everySeventh thins out rows, for whoever has no time for all.
func everySeventh(rows []faultRow) (out []faultRow) {
	for i := 0; i < len(rows); i += 7 {
		out = append(out, rows[i])
	}
	return out
}

// limitOf returns how long is waited for an answer that does not come: so long that those that come are there long before,
// also on a machine that has much else to do, as far as the runs in which all went well tell that.
func limitOf(rows []faultRow) time.Duration {
	var slowest time.Duration
	for _, r := range rows {
		slowest = max(slowest, r.well.took)
	}
	return min(max(30*slowest, 3*time.Second), 20*time.Second).Round(100 * time.Millisecond)
}

// wellRun is a run in which all goes well.
type wellRun struct {
	ran
	took time.Duration
}

// runsWell records what a verb sends, says and writes when all goes well.
func runsWell(t *testing.T, v faultVerb, state, id string) (out wellRun) {
	t.Run(v.name, func(t *testing.T) {
		f := newFaulty(t, v, state)
		if v.given != nil {
			f.sandbox.Fail(*v.given)
		}
		start := time.Now()
		out.ran = f.did(id)
		out.took = time.Since(start)
		if out.code != codeFine {
			t.Errorf("exit code %d\n%s", out.code, out.stderr)
		}
		out.stdout = newIDs.ReplaceAllString(out.stdout, "$$ID")
		if quiet := v.name == "logout" || v.name == "status"; quiet != (len(out.steps) == 0) {
			t.Errorf("the requests are %v", names(out.steps))
		}
	})
	return out
}

func rowsOf(v faultVerb, well wellRun, s step) (rows []faultRow) {
	for _, k := range faultKinds {
		if k.only != nil && !slices.Contains(k.only, s.role) {
			continue
		}
		for _, times := range []int{1, -1} {
			rows = append(rows, faultRow{verb: v, well: well, step: s, kind: k, times: times})
		}
	}
	return rows
}

// run runs a row, with a time limit for answers that do not come.
func (r faultRow) run(t *testing.T, state, id string, limit time.Duration) {
	v, env := r.verb, []string{"PACONN_RETRIES=1"}
	if r.kind.slow() {
		env = append(env, "PACONN_TIMEOUT="+limit.String())
	}
	if r.kind.slow() && r.times < 0 {
		env[0] = "PACONN_RETRIES=0"
	}
	if r.polls() {
		v.code = 2*limit + time.Second
	}
	f := newFaulty(t, v, state, env...)
	f.sandbox.Fail(r.kind.played(r.step, r.times))
	if r.verb.given != nil {
		f.sandbox.Fail(*r.verb.given)
	}
	f.check(r, f.did(id))
}

// How many rows run at once: those that keep the machine busy, and those that wait for most of their time.
const busyRows, waitingRows = 3, 32

// byTurns runs rows side by side.
func byTurns(rows []faultRow, run func(faultRow)) {
	var all sync.WaitGroup
	for waits, n := range maps.All(map[bool]int{false: busyRows, true: waitingRows}) {
		turn := make(chan faultRow, len(rows))
		for _, r := range rows {
			if r.waits() == waits {
				turn <- r
			}
		}
		close(turn)
		for range n {
			all.Go(func() {
				for r := range turn {
					run(r)
				}
			})
		}
	}
	all.Wait()
}
