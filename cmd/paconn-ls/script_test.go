package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"paconn-ls/internal/source"
	"paconn-ls/powerapps/sandbox"
)

func TestMain(m *testing.M) {
	// the race detector has each process wait for a second at its end, unless it is told otherwise
	if err := os.Setenv("GORACE", os.Getenv("GORACE")+" atexit_sleep_ms=0"); err != nil {
		panic(err)
	}
	testscript.Main(tests{m}, map[string]func(){"paconn-ls": main, "paconn": main, "browser": browser})
}

// TestScripts runs the program as a process, as testdata/script says. Beside what testscript knows, a script may say
//
//	exits CODE PROGRAM ARG…   run a program that must end with this exit code
//	awaits FILE               wait until a file is there
//	check ARG…                run a check that may find problems or not
//	edit FILE OLD NEW         replace the one place of a file that holds OLD; escapes of Go are understood
//	crlf FILE                 give a file CRLF line breaks and a byte order mark
//	iscrlf FILE               check that it has them still
//	fill FILE BYTES           make a file of that many blanks
//	mode FILE OCTAL           check the permissions of a file
//	sandbox [BLOBS]           serve the Power Apps service on loopback, as the cloud "sandbox", and set SANDBOX and ENVIRONMENT;
//	                          BLOBS is the container of another blob store that it hands out
//	fault FAULT…              make the next requests to it go wrong, as sandbox.ParseFault reads it
//	recover                   take back the faults that are left
//	requests FILE             compare the requests since the last time with a file, which may hold variables
//	sent MEMBER VALUE         check that a request since the last time held a member with a value
//	capture NAME FILE         set a variable to what a file or stream holds
//	absent TEXT               check that neither stream and no file holds a text
//	secrets                   ask the sandbox that runs as a process of its own for the secrets that it knows
//
// Each script finds testdata/connectors in its folder. At its end, the streams of all programs that it ran and the files of
// its folder are searched for the secrets that its sandbox knows.
func TestScripts(t *testing.T) { runScripts(t, scriptParams(filepath.Join("testdata", "script"))) }

func scriptParams(dir string) testscript.Params {
	connectors := filepath.Join("..", "..", "testdata", "connectors")
	return testscript.Params{
		Dir:                 dir,
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE") != "",
		Setup: func(e *testscript.Env) error {
			e.Setenv("NO_COLOR", "")
			e.Setenv("PACONN_CONFIG_DIR", filepath.Join(e.WorkDir, "config"))
			e.Setenv("PACONN_TOKEN_CACHE", "file")
			e.Setenv("PACONN_RETRY_DELAY", "1ms")
			e.Setenv("TZ", "UTC")
			e.Setenv("GORACE", os.Getenv("GORACE"))
			s := new(*sandbox.Sandbox)
			e.Values[sandboxKey{}] = s
			watch(e, s)
			return os.CopyFS(e.WorkDir, os.DirFS(connectors))
		},
		Condition: func(name string) (bool, error) { return name == "root" && os.Getuid() == 0, nil },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "check": runCheck, "edit": edit, "crlf": crlf, "iscrlf": isCRLF, "fill": fill, "mode": mode,
			"sandbox": startSandbox, "fault": fault, "recover": recovers, "requests": requests, "sent": sent, "capture": capture, "absent": absent, "awaits": awaits, "secrets": secretsOfSandbox,
		},
	}
}

func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d\n%s%s", got, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

// runCheck runs a check whose exit code is of no concern.
func runCheck(ts *testscript.TestScript, _ bool, args []string) {
	_ = ts.Exec("paconn-ls", append([]string{"check"}, args...)...)
}

func edit(ts *testscript.TestScript, _ bool, args []string) {
	content := ts.ReadFile(args[0])
	if n := strings.Count(content, args[1]); n != 1 {
		ts.Fatalf("%s holds %q %d times", args[0], args[1], n)
	}
	replacement, err := strconv.Unquote(`"` + strings.ReplaceAll(args[2], `"`, `\"`) + `"`)
	ts.Check(err)
	write(ts, args[0], strings.Replace(content, args[1], replacement, 1))
}

func write(ts *testscript.TestScript, name, content string) {
	ts.Check(os.WriteFile(ts.MkAbs(name), []byte(content), 0o644))
}

func crlf(ts *testscript.TestScript, _ bool, args []string) {
	write(ts, args[0], source.BOM+strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r\n"))
}

func isCRLF(ts *testscript.TestScript, _ bool, args []string) {
	content := ts.ReadFile(args[0])
	if !strings.HasPrefix(content, source.BOM) {
		ts.Fatalf("%s lost its byte order mark", args[0])
	}
	if strings.Count(content, "\n") != strings.Count(content, "\r\n") {
		ts.Fatalf("%s has other line breaks than CRLF", args[0])
	}
}

func fill(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.Atoi(args[1])
	ts.Check(err)
	write(ts, args[0], strings.Repeat(" ", size))
}

func mode(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.ParseUint(args[1], 8, 32)
	ts.Check(err)
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if info.Mode().Perm() != os.FileMode(want) {
		ts.Fatalf("%s has mode %o, want %o", args[0], info.Mode().Perm(), want)
	}
}
