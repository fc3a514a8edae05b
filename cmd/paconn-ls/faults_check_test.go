package main

import (
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/powerapps/sandbox"
)

// ran is what came of a run of the program.
type ran struct {
	code           int
	stdout, stderr string
	steps          []step
	before, after  map[string]string
	made           int // connectors that the service has more than before
}

// did runs the verb.
func (f faulty) did(id string) ran {
	f.t.Helper()
	r := ran{before: f.files(), made: -f.connectors()}
	r.code, r.stdout, r.stderr = f.run(filled(f.verb.args, id)...)
	r.after, r.steps, r.made = f.files(), f.sent(), r.made+f.connectors()
	f.checkSecrets(r)
	if trace := regexp.MustCompile(`panic|goroutine \d|\.go:\d|mistake of this program`).FindString(r.stderr); trace != "" {
		f.t.Errorf("the program fell over: %s", trace)
	}
	return r
}

// check checks what came of a run whose fate is known.
func (f faulty) check(r faultRow, got ran) {
	f.t.Helper()
	want := r.expected()
	if got.code != want.code {
		f.t.Errorf("exit code %d, want %d", got.code, want.code)
	}
	if want.code == codeFine || want.code == codeProblems {
		f.checkSuccess(r, want, got)
	} else {
		f.checkFailure(r, want, got)
	}
	f.checkSteps(r, want, got)
	f.checkMade(r, want, got)
	if f.t.Failed() {
		f.t.Logf("exit code %d\n%s---\n%s---\n%s", got.code, got.stdout, got.stderr, strings.Join(names(got.steps), ", "))
	}
}

// checkSuccess checks that a fault that was got over left no trace, and that one that does not matter is told.
func (f faulty) checkSuccess(r faultRow, want fate, got ran) {
	f.t.Helper()
	if want.noted {
		if !strings.Contains(got.stderr, want.says) {
			f.t.Errorf("it is not told that %q", want.says)
		}
	} else if stdout := newIDs.ReplaceAllString(got.stdout, "$$ID"); want.code == codeFine && stdout != r.well.stdout {
		f.t.Errorf("standard output is not what it is when all goes well:\n%s", cmp.Diff(r.well.stdout, stdout))
	}
	if diff := cmp.Diff(r.well.after, got.after); diff != "" {
		f.t.Errorf("the files are not what they are when all goes well:\n%s", diff)
	}
}

// checkFailure checks that a failure is told in words, and that nothing has changed here.
func (f faulty) checkFailure(r faultRow, want fate, got ran) {
	f.t.Helper()
	if got.stdout != "" {
		f.t.Errorf("standard output is not empty")
	}
	if diff := cmp.Diff(got.before, got.after); diff != "" {
		f.t.Errorf("files have changed:\n%s", diff)
	}
	i := strings.Index(got.stderr, "paconn-ls: ")
	told := got.stderr[max(i, 0):]
	if i < 0 || !strings.Contains(told, "could not "+r.doing()) || !strings.Contains(told, want.says) {
		f.t.Errorf("it is not told that it could not %s, because: %s", r.doing(), want.says)
	}
	if !strings.Contains(told, "\n  what to do: ") {
		f.t.Errorf("it is not told what to do")
	}
	if r.kind.fault.Status >= 400 && r.step.role != signsIn && !strings.Contains(told, "\n  request id: ") {
		f.t.Errorf("the request id is not told")
	}
}

// checkSteps checks that nothing was sent but what is sent when all goes well, the request that went wrong as often as is
// safe, and nothing after one that ended the verb. What renews a token that was refused does not count.
func (f faulty) checkSteps(r faultRow, want fate, got ran) {
	f.t.Helper()
	if want.loose {
		return
	}
	i := r.step.index
	expected := slices.Concat(r.well.steps[:i], slices.Repeat([]step{r.step}, want.sends))
	if want.code == codeFine || want.code == codeProblems {
		expected = append(expected, r.well.steps[i+1:]...)
	}
	sent := got.steps
	if r.step.role != signsIn {
		signs := func(s step) bool { return s.role == signsIn }
		expected, sent = slices.DeleteFunc(expected, signs), slices.DeleteFunc(slices.Clone(sent), signs)
	}
	if want.noted { // what depends on what is only told is left out with it
		expected, sent = required(r, expected), required(r, sent)
	}
	if cut := r.kind.fault.Kind == sandbox.Reset && r.step.method == http.MethodGet; cut && len(sent) == len(expected)+1 {
		expected = slices.Insert(expected, min(i, len(expected)), r.step) // net/http repeats by itself what it sent over a connection that it had kept
	}
	if diff := cmp.Diff(names(expected), names(sent)); diff != "" {
		f.t.Errorf("other requests are sent than should be:\n%s", diff)
	}
}

// required returns the steps without those that only tell something.
func required(r faultRow, steps []step) []step {
	var told []string
	for i, s := range r.well.steps {
		if optional(r.verb, r.well.steps, i) && !slices.ContainsFunc(r.well.steps[:i], func(other step) bool { return other.name == s.name }) {
			told = append(told, s.name)
		}
	}
	return slices.DeleteFunc(slices.Clone(steps), func(s step) bool { return slices.Contains(told, s.name) })
}

// checkMade checks that at most one connector was made, none where it is not told that there may be one, and one where it
// is said so.
func (f faulty) checkMade(r faultRow, want fate, got ran) {
	f.t.Helper()
	verb := r.verb.name
	posts := 0
	for _, q := range f.sandbox.Requests() {
		if q.Method == http.MethodPost && strings.HasSuffix(q.Path, "/apis") {
			posts++
		}
	}
	most := 0
	switch {
	case verb == "create" && want.code == codeFine:
		if got.made != 1 {
			f.t.Errorf("%d connectors were made", got.made)
		}
		most = 1
	case verb == "create" && r.unsure():
		most = 1
	}
	if got.made > most {
		f.t.Errorf("%d connectors were made, and at most %d should be", got.made, most)
	}
	if r.kind.name != "401" && posts > 1 {
		f.t.Errorf("what makes a connector was sent %d times", posts)
	}
	maybe := strings.Contains(got.stderr, "may have been "+map[bool]string{true: "created", false: "updated"}[verb == "create"]+" all the same")
	if maybe != (r.unsure() && want.code == codeFailed) {
		f.t.Errorf("it is told that the connector may have changed: %v", maybe)
	}
	if maybe && verb == "create" && !strings.Contains(got.stderr, "look with paconn-ls list connectors --env Default-") {
		f.t.Errorf("it is not told how to look")
	}
}

func names(steps []step) []string {
	out := []string{}
	for _, s := range steps {
		out = append(out, s.name)
	}
	return out
}

// checkSecrets checks that nothing secret that the service got stands in what the program said or wrote, and that no
// token went to another host.
func (f faulty) checkSecrets(r ran) {
	f.t.Helper()
	secrets := map[string]string{principalSecret: "the secret of the service principal", connectorSecret: "the secret of the connector"}
	for _, q := range f.sandbox.Requests() {
		token := strings.TrimPrefix(q.Header.Get("Authorization"), "Bearer ")
		secrets[token] = "a token"
		if !strings.HasPrefix(q.Host, "127.0.0.1:") && (token != "" || q.Method != http.MethodGet) {
			f.t.Errorf("%s got a %s", q.Host, q.Method)
		}
		query, _ := url.ParseQuery(q.Query)
		secrets[query.Get("sig")] = "a shared access signature"
		form, _ := url.ParseQuery(string(q.Body))
		for _, name := range []string{"device_code", "refresh_token", "client_secret", "code"} {
			secrets[form.Get(name)] = "a " + name
		}
	}
	delete(secrets, "")
	texts := map[string]string{"standard output": r.stdout, "standard error": r.stderr}
	for name := range r.after {
		if content, err := os.ReadFile(filepath.Join(f.dir, name)); err == nil && !strings.HasPrefix(name, "config") {
			texts[name] = string(content)
		}
	}
	for _, where := range slices.Sorted(maps.Keys(texts)) {
		for secret, what := range secrets {
			if strings.Contains(texts[where], secret) || strings.Contains(texts[where], url.QueryEscape(secret)) {
				f.t.Errorf("%s holds %s", where, what)
			}
		}
	}
}
