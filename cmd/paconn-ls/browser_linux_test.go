package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestBrowserGetsNoSecrets starts a browser that writes its environment down.
func TestBrowserGetsNoSecrets(t *testing.T) {
	dir := t.TempDir()
	program, written := filepath.Join(dir, "browser"), filepath.Join(dir, "variables")
	if err := os.WriteFile(program, []byte("#!/bin/sh\nenv > "+written+".part\nmv "+written+".part "+written+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("BROWSER", program)
	t.Setenv("PACONN_CLOUD", "shown-to-all")
	for _, name := range []string{"PACONN_SECRET", "PACONN_CLIENT_SECRET", "PACONN_CLIENT_CERTIFICATE_PASSWORD"} {
		t.Setenv(name, "hush-hush")
	}
	c := &console{out: io.Discard, err: io.Discard, steps: newSteps(io.Discard)}
	if err := c.Open(t.Context(), "https://login.example/page"); err != nil {
		t.Fatal(err)
	}
	var text []byte
	for deadline := time.Now().Add(time.Minute); text == nil; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the browser was not started")
		}
		text, _ = os.ReadFile(written)
	}
	if !strings.Contains(string(text), "shown-to-all") || strings.Contains(string(text), "hush-hush") {
		t.Errorf("the browser has %s", text)
	}
}
