package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
	return append(os.Environ(), "PACONN_CONFIG_DIR="+filepath.Join(d.temp, "config"), "PACONN_TOKEN_CACHE=file")
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
func (d *deployment) run(args ...string) (stdout string, err error) {
	shown := make([]string, len(args))
	for i, a := range args {
		if shown[i] = a; strings.ContainsAny(a, " *") {
			shown[i] = "'" + a + "'"
		}
	}
	fmt.Fprintf(d.out, "%s\n", d.style.Paint(report.Bold, "$ paconn-ls "+strings.Join(shown, " ")))
	cmd := exec.Command(d.program, args...)
	cmd.Env, cmd.Dir = d.environment(), d.dir
	var out, all bytes.Buffer
	cmd.Stdout, cmd.Stderr = &both{&out, &all}, &all
	err = cmd.Run()
	fmt.Fprintf(d.out, "%s\n", strings.TrimRight(strings.ReplaceAll(all.String(), d.temp+string(filepath.Separator), ""), "\n"))
	if err != nil {
		err = fmt.Errorf("paconn-ls %s: %w", args[0], err)
	}
	return out.String(), err
}

// both writes to two buffers.
type both struct{ one, two *bytes.Buffer }

func (b *both) Write(p []byte) (int, error) {
	b.one.Write(p)
	return b.two.Write(p)
}

func (d *deployment) signingIn() error {
	d.title("Signing in with a device code, as on a machine without a browser")
	if _, err := d.run("login", "--cloud", "sandbox"); err != nil {
		return err
	}
	_, err := d.run("list", "environments")
	return err
}

// demoEnvironment is an environment that every sandbox has.
const demoEnvironment = "00000000-0000-4000-8000-000000000001"

func (d *deployment) creating() error {
	d.title("The mended connector is created in the service")
	_, err := d.run("create", "--env", demoEnvironment)
	return err
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
	if _, err := d.run("update", "--settings", "settings.json", "--dry-run"); err != nil {
		return err
	}
	_, err = d.run("update", "--settings", "settings.json")
	return err
}

func (d *deployment) downloading() error {
	d.title("Downloaded to another folder, it is the same connector")
	copied := filepath.Join(d.temp, "downloaded")
	if _, err := d.run("download", "--settings", "settings.json", "--dest", copied); err != nil {
		return err
	}
	_, err := d.run("check", copied)
	return err
}

func (d *deployment) validating() error {
	d.title("What does the service itself say of the definition?")
	if _, err := d.run("validate", "--api-def", "apiDefinition.swagger.json"); err != nil {
		return err
	}
	_, err := d.run("logout")
	return err
}
