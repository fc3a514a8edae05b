package commands_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
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

// TestMachineRemembers signs in, in a process that keeps nothing on disk: its other verbs know of it.
func TestMachineRemembers(t *testing.T) {
	config := t.TempDir()
	box, err := sandbox.Start(sandbox.Options{ConfigDir: config, AutoApprove: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	variables := map[string]string{"PACONN_CONFIG_DIR": config, "PACONN_TOKEN_CACHE": "none", "PACONN_CLOUD": "sandbox"}
	m := commands.NewMachine(func(name string) string { return variables[name] })
	env := m.Env(t.TempDir())
	env.Show = noShow{}
	if _, err := commands.Login(t.Context(), env, commands.LoginArgs{Means: "device-code"}); err != nil {
		t.Fatal(err)
	}
	if status, err := commands.Status(t.Context(), m.Env(t.TempDir()), commands.StatusArgs{}); err != nil || len(status.Accounts) != 1 {
		t.Errorf("status %+v, %v", status, err)
	}
	if _, err := commands.List(t.Context(), m.Env(t.TempDir()), commands.ListArgs{What: "environments"}); err != nil {
		t.Error(err)
	}
}

// TestStatusStaysHere asks who is signed in where a sandbox is said to run: it is not looked for, which can take seconds.
func TestStatusStaysHere(t *testing.T) {
	config := t.TempDir()
	box, err := sandbox.Start(sandbox.Options{ConfigDir: config, AutoApprove: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	env := commands.NewEnv(t.TempDir(), func(name string) string {
		return map[string]string{"PACONN_CONFIG_DIR": config, "PACONN_TOKEN_CACHE": "file"}[name]
	})
	env.Clouds = func() (powerapps.Clouds, error) {
		t.Error("the clouds are looked for")
		return powerapps.BuiltinClouds(), nil
	}
	if _, err := commands.Status(t.Context(), env, commands.StatusArgs{}); err != nil {
		t.Error(err)
	}
}

// BenchmarkStatus is what an editor's status bar asks for whenever its window gets the focus.
func BenchmarkStatus(b *testing.B) {
	config := b.TempDir()
	getenv := func(name string) string {
		return map[string]string{"PACONN_CONFIG_DIR": config, "PACONN_TOKEN_CACHE": "file"}[name]
	}
	err := powerapps.OpenStore(powerapps.StoreOptions{Dir: config, Mode: powerapps.CacheFile}).Update(b.Context(), func(c *powerapps.Contents) error {
		c.Accounts = append(c.Accounts, powerapps.Account{Cloud: "public", User: "ada@contoso.com", Means: powerapps.DeviceCode})
		c.Caches["ada"] = json.RawMessage(`"` + strings.Repeat("x", 20_000) + `"`)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	m, dir := commands.NewMachine(getenv), b.TempDir()
	for b.Loop() {
		if status, err := commands.Status(b.Context(), m.Env(dir), commands.StatusArgs{}); err != nil || len(status.Accounts) != 1 {
			b.Fatal(status, err)
		}
	}
}
