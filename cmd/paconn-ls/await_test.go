package main

import (
	"os"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// awaits waits until a file is there: awaits FILE.
func awaits(ts *testscript.TestScript, _ bool, args []string) {
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
	}
	ts.Fatalf("%s does not come", args[0])
}
