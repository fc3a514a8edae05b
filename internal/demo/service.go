package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"paconn-ls/internal/report"
)

// deployment is the second half of the show: the same program, with the service on loopback.
type deployment struct {
	*show
	program string
	temp    string // holds everything: the connector, the sign-in, what is downloaded
	sandbox *exec.Cmd
	said    bytes.Buffer // what the sandbox says
}

// deploying signs in, creates, updates, downloads and validates.
func (s *show) deploying(program, temp string) error {
	d := &deployment{show: s, program: program, temp: temp}
	if err := d.starting(); err != nil {
		return err
	}
	defer d.stopping()
	for _, step := range []func() error{d.signingIn, d.creating, d.updating, d.downloading, d.validating} {
		if err := step(); err != nil {
			return fmt.Errorf("%w\nthe sandbox says:\n%s", err, d.said.String())
		}
	}
	return nil
}

// environment keeps the show away from the sign-ins of whoever watches it.
func (d *deployment) environment() []string {
	own := slices.DeleteFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, "PACONN_") })
	return append(own, "PACONN_CONFIG_DIR="+filepath.Join(d.temp, "config"), "PACONN_TOKEN_CACHE=file")
}

// starting starts the sandbox and waits until it can be found.
func (d *deployment) starting() error {
	d.title("A service to try things on, without a tenant: paconn-ls sandbox")
	d.sandbox = exec.Command(d.program, "sandbox", "--auto-approve")
	d.sandbox.Env = d.environment()
	d.sandbox.Stdout, d.sandbox.Stderr = &d.said, &d.said
	if err := d.sandbox.Start(); err != nil {
		return err
	}
	found := filepath.Join(d.temp, "config", "sandbox.json")
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(found); err == nil {
			d.say("it runs on loopback, over TLS with a certificate of its own; --cloud sandbox finds it")
			return nil
		}
	}
	d.stopping()
	return errors.New("the sandbox does not come up")
}

func (d *deployment) stopping() {
	_ = d.sandbox.Process.Kill()
	_ = d.sandbox.Wait()
}

// run shows a command and what it prints.
func (d *deployment) run(args ...string) error {
	fmt.Fprintf(d.out, "%s\n", d.style.Paint(report.Bold, "$ paconn-ls "+d.short(strings.Join(args, " "))))
	cmd := exec.Command(d.program, args...)
	cmd.Env, cmd.Dir = d.environment(), d.dir
	said, err := cmd.CombinedOutput()
	fmt.Fprintf(d.out, "%s\n", strings.TrimRight(d.short(string(said)), "\n"))
	if err != nil {
		return fmt.Errorf("paconn-ls %s: %w", args[0], err)
	}
	return nil
}

// short takes the folder of the show out of a text.
func (d *deployment) short(text string) string {
	return strings.ReplaceAll(text, d.temp+string(filepath.Separator), "")
}

func (d *deployment) signingIn() error {
	d.title("Signing in with a device code, as on a machine without a browser")
	if err := d.run("login", "--cloud", "sandbox"); err != nil {
		return err
	}
	return d.run("list", "environments")
}

// demoEnvironment is an environment that every sandbox has.
const demoEnvironment = "33333333-dddd-4eee-8fff-444444444444"

func (d *deployment) creating() error {
	d.title("The mended connector is created in the service")
	return d.run("create", "--env", demoEnvironment)
}

func (d *deployment) updating() error {
	d.title("A change: what would an update send?")
	path := filepath.Join(d.dir, "apiDefinition.swagger.json")
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	changed := bytes.Replace(b, []byte(`"summary": "Get an invoice"`), []byte(`"summary": "Get one invoice"`), 1)
	if bytes.Equal(changed, b) {
		return errors.New("the summary to change is not there")
	}
	if err := os.WriteFile(path, changed, 0o644); err != nil {
		return err
	}
	if err := d.run("update", "--settings", "settings.json", "--dry-run"); err != nil {
		return err
	}
	return d.run("update", "--settings", "settings.json")
}

func (d *deployment) downloading() error {
	d.title("Downloaded to another folder, it is the same connector")
	copied := filepath.Join(d.temp, "downloaded")
	if err := d.run("download", "--settings", "settings.json", "--dest", copied); err != nil {
		return err
	}
	return d.run("check", copied)
}

func (d *deployment) validating() error {
	d.title("What does the service itself say of the definition?")
	if err := d.run("validate", "--api-def", "apiDefinition.swagger.json"); err != nil {
		return err
	}
	return d.run("logout")
}
