package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"paconn-ls/powerapps/sandbox"
)

// sandboxKey is under which a script keeps its sandbox.
type sandboxKey struct{}

func sandboxOf(ts *testscript.TestScript) *sandbox.Sandbox {
	s, ok := ts.Value(sandboxKey{}).(**sandbox.Sandbox)
	if !ok || *s == nil {
		ts.Fatalf("the script has started no sandbox")
	}
	return *s
}

// startSandbox serves the Power Apps service for a script: sandbox [BLOBS].
func startSandbox(ts *testscript.TestScript, _ bool, args []string) {
	s, err := sandbox.Start(sandbox.Options{
		ConfigDir: ts.Getenv("PACONN_CONFIG_DIR"), AutoApprove: true, Blobs: strings.Join(args, ""),
	})
	ts.Check(err)
	ts.Defer(func() { _ = s.Close() })
	*ts.Value(sandboxKey{}).(**sandbox.Sandbox) = s
	ts.Setenv("SANDBOX", s.URL())
	ts.Setenv("ENVIRONMENT", sandbox.Environments[0].Name)
}

// fault makes the next requests of a script's sandbox go wrong: fault POST */apis 503.
func fault(ts *testscript.TestScript, _ bool, args []string) {
	f, err := sandbox.ParseFault(strings.Join(args, " "))
	ts.Check(err)
	sandboxOf(ts).Fail(f)
}

// recovers takes back the faults that are left.
func recovers(ts *testscript.TestScript, _ bool, _ []string) { sandboxOf(ts).Recover() }

// requests compares the requests since the last look with a file, one on a line: METHOD PATH STATUS. Those of the
// sign-in are left out.
func requests(ts *testscript.TestScript, _ bool, args []string) {
	s := sandboxOf(ts)
	var got strings.Builder
	for _, r := range s.Requests() {
		if strings.Contains(r.Path, "/oauth2/") || strings.Contains(r.Path, "/.well-known/") || strings.HasPrefix(r.Path, "/common/discovery") {
			continue
		}
		fmt.Fprintf(&got, "%s %s %d\n", r.Method, r.Path, r.Status)
	}
	s.Forget()
	want := os.Expand(ts.ReadFile(args[0]), ts.Getenv)
	if got.String() != want {
		ts.Fatalf("requests:\n%swant:\n%s", got.String(), want)
	}
}

// sent checks that a request since the last look held a member with a value: sent clientSecret s3cret.
func sent(ts *testscript.TestScript, _ bool, args []string) {
	s := sandboxOf(ts)
	member := fmt.Sprintf("%q: %q", args[0], args[1])
	for _, r := range s.Requests() {
		if strings.Contains(strings.ReplaceAll(string(r.Body), `":"`, `": "`), member) {
			s.Forget()
			return
		}
	}
	ts.Fatalf("no request held %s", member)
}

// capture sets a variable to what a file holds: capture ID stdout.
func capture(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile(args[1])))
}

// absent checks that no file below the working folder holds a text, nor do the two streams: absent TEXT.
func absent(ts *testscript.TestScript, _ bool, args []string) {
	for _, stream := range []string{"stdout", "stderr"} {
		if strings.Contains(ts.ReadFile(stream), args[0]) {
			ts.Fatalf("%s holds %q", stream, args[0])
		}
	}
	ts.Check(filepath.WalkDir(ts.Getenv("WORK"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(content), args[0]) {
			return fmt.Errorf("%s holds %q", path, args[0])
		}
		return err
	}))
}
