package commands_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

// machine returns the Env of a machine with an empty config folder.
func machine(t *testing.T, variables map[string]string) *commands.Env {
	t.Helper()
	config := filepath.Join(t.TempDir(), "config")
	return commands.NewEnv(t.TempDir(), func(name string) string {
		if name == "PACONN_CONFIG_DIR" {
			return config
		}
		if name == "PACONN_TOKEN_CACHE" && variables[name] == "" {
			return "file"
		}
		return variables[name]
	})
}

// The Env of a machine needs nothing but a folder and environment variables, and makes nothing where nobody signs in.
func TestMachineWithoutSignIns(t *testing.T) {
	ctx, env := context.Background(), machine(t, nil)
	_, err := commands.List(ctx, env, commands.ListArgs{What: "environments"})
	var signIn *powerapps.SignInError
	if !errors.As(err, &signIn) || commands.DataOf(err, commands.Terminal).Way != "run paconn-ls login" {
		t.Errorf("error %v, want a *SignInError that names the way", err)
	}
	if status, err := commands.Status(ctx, env, commands.StatusArgs{}); err != nil || len(status.Accounts) > 0 || !strings.Contains(status.Storage, "tokens") {
		t.Errorf("status %+v, %v", status, err)
	}
	if entries, err := os.ReadDir(env.Getenv("PACONN_CONFIG_DIR")); len(entries) > 0 {
		t.Errorf("made: %v (%v)", entries, err)
	}
	if out, err := commands.Logout(ctx, env, commands.LogoutArgs{}); err != nil || len(out.Removed) > 0 {
		t.Errorf("logout %+v, %v", out, err)
	}
}

// A variable that cannot be followed is an error that names it, not a habit that nobody asked for.
func TestMachineVariables(t *testing.T) {
	for _, tt := range []struct{ name, value, fails string }{
		{"PACONN_RETRIES", "0", ""},
		{"PACONN_RETRIES", "10", ""},
		{"PACONN_RETRIES", "11", `PACONN_RETRIES: "11" is no number of retries: give 0 to 10`},
		{"PACONN_RETRIES", "-1", "PACONN_RETRIES: "},
		{"PACONN_RETRIES", "many", "PACONN_RETRIES: "},
		{"PACONN_RETRY_DELAY", "1ms", ""},
		{"PACONN_RETRY_DELAY", "1m", ""},
		{"PACONN_RETRY_DELAY", "61s", `PACONN_RETRY_DELAY: "61s" is no time to wait: give 1ms to 1m0s, such as 500ms or 2s`},
		{"PACONN_RETRY_DELAY", "0s", "PACONN_RETRY_DELAY: "},
		{"PACONN_RETRY_DELAY", "2", "PACONN_RETRY_DELAY: "},
		{"PACONN_TIMEOUT", "90s", ""},
		{"PACONN_TIMEOUT", "1h", ""},
		{"PACONN_TIMEOUT", "2h", `PACONN_TIMEOUT: "2h" is no time to wait: give 1ms to 1h0m0s, such as 500ms or 2s`},
		{"PACONN_TIMEOUT", "-1s", "PACONN_TIMEOUT: "},
		{"PACONN_TOKEN_CACHE", "none", ""},
		{"PACONN_TOKEN_CACHE", "attic", `PACONN_TOKEN_CACHE: "attic" is no way to keep tokens: set auto, keyring, file or none`},
	} {
		t.Run(tt.name+"="+tt.value, func(t *testing.T) {
			_, err := commands.Status(context.Background(), machine(t, map[string]string{tt.name: tt.value}), commands.StatusArgs{})
			if tt.fails != "" && (err == nil || !strings.Contains(err.Error(), tt.fails)) || tt.fails == "" && err != nil {
				t.Errorf("error %v, want %q", err, tt.fails)
			}
			if err != nil && commands.DataOf(err, commands.Terminal).Kind != "argument" {
				t.Errorf("it counts as %q", commands.DataOf(err, commands.Terminal).Kind)
			}
		})
	}
}
