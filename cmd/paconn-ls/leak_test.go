package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paconn-ls/internal/leak"
)

// mayHoldSecrets reports the files that may hold a secret: the tokens, with what a killed process leaves of them, what a
// sandbox tells of itself, and a secret that a test gives the program.
func mayHoldSecrets(path string) bool {
	name := filepath.Base(path)
	return strings.HasPrefix(name, "tokens") || strings.Contains(name, "sandbox.json") || strings.Contains(name, "running.json") || name == "secret.txt"
}

// noSecret fails a test when a text that anybody may read holds one of the secrets that a sandbox knows, in whatever
// spelling.
func noSecret(t testing.TB, secrets []string, what string, text []byte) {
	t.Helper()
	for _, found := range leak.Of(secrets).In(text) {
		t.Errorf("%s: %s", what, found)
	}
}

// noSecretBelow fails a test when a file of a folder holds one, but for those that may.
func noSecretBelow(t testing.TB, secrets []string, dir string) {
	t.Helper()
	found, err := leak.Of(secrets).Below(os.DirFS(dir), mayHoldSecrets)
	if err != nil {
		t.Error(err)
	}
	for _, f := range found {
		t.Errorf("below %s: %s", dir, f)
	}
}
