package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

func (p place) run(out results, args ...string) *terminal {
	p.t.Helper()
	c := inTerminal(p.t, p.dir, p.env, out, args...)
	p.t.Cleanup(func() {
		secrets := p.sandbox.Secrets()
		noSecret(p.t, secrets, "the terminal", []byte(c.all.String()))
		noSecret(p.t, secrets, "standard output", c.stdout.Bytes())
		noSecretBelow(p.t, secrets, p.dir)
	})
	return c
}

// TestLogin signs in with a code that the terminal shows.
func TestLogin(t *testing.T) {
	login := signedIn(t).run(toTerminal, "paconn-ls", "login", "--with", "device-code", "--force")
	login.expect("enter the code ")
	login.expect("Login successful.\n")
	login.ends(codeFine)
}

// TestBrowser opens the page of the sign-in, tells it too, and can be ended while the person looks at it.
func TestBrowser(t *testing.T) {
	p := signedIn(t)
	p.write("xdg-open", "#!/bin/sh\necho \"$1\" >opened.part && mv opened.part opened\n")
	if err := os.Chmod(filepath.Join(p.dir, "xdg-open"), 0o755); err != nil {
		t.Fatal(err)
	}
	p.env = append(p.env, "PATH="+p.dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	login := p.run(toTerminal, "paconn-ls", "login", "--with", "browser", "--force")
	login.expect("Sign in in the browser. If it does not open, this is the page:\n")
	page := login.expect("\n")
	p.await("the browser", func() bool { _, err := os.Stat(filepath.Join(p.dir, "opened")); return err == nil })
	login.types("\x03")
	login.expect("paconn-ls: interrupted\n")
	login.ends(codeFailed)
	opened, _ := os.ReadFile(filepath.Join(p.dir, "opened"))
	if got := strings.TrimSpace(string(opened)); got != page || !strings.HasPrefix(got, p.sandbox.URL()+"/") {
		t.Errorf("opened %q, told %q", got, page)
	}
}

// TestChoose picks an environment from the list, in paconn's words, and gets the result alone on standard output.
func TestChoose(t *testing.T) {
	c := signedIn(t).run(redirected, "paconn-ls", "list", "connectors")
	question := "Please select an environment:\n [1] Contoso (default)\n [2] Development"
	c.expect(question)
	c.expect("Please enter a choice [Default choice(1)]: ")
	c.types("7\n")
	c.expect("WARNING: Valid values are [1, 2, 3]\n")
	c.expect(question)
	c.expect("Please enter a choice [Default choice(1)]: ")
	c.types("\n")
	c.expect("Environment selected: Contoso (default)\n")
	c.ends(codeFine)
	if got := c.stdout.String(); !strings.HasPrefix(got, "ID ") || !strings.Contains(got, "\n"+orders+" ") {
		t.Errorf("standard output:\n%s", got)
	}
}

// TestConfirm is asked whether files may be overwritten, until the answer is one.
func TestConfirm(t *testing.T) {
	p := signedIn(t)
	environment := sandbox.Environments[0].Name
	first := p.run(toTerminal, "paconn-ls", "download", "-e", environment, "-c", orders, "-d", "orders")
	first.expect("The connector is downloaded to ")
	first.ends(codeFine)
	definition := filepath.Join("orders", "apiDefinition.swagger.json")
	p.write(definition, "{}\n")

	no := p.run(toTerminal, "paconn-ls", "download", "-e", environment, "-c", orders, "-d", "orders")
	question := "['apiDefinition.swagger.json'] file(s) exist. Do you want to overwrite? (y/n): "
	no.expect(question)
	no.types("perhaps\n")
	no.expect(question)
	no.types("n\n")
	no.expect("paconn-ls: ['apiDefinition.swagger.json'] files not overwritten.\n")
	no.ends(codeFailed)
	if text, _ := os.ReadFile(filepath.Join(p.dir, definition)); string(text) != "{}\n" {
		t.Errorf("the file is overwritten with\n%s", text)
	}

	yes := p.run(toTerminal, "paconn-ls", "download", "-e", environment, "-c", orders, "-d", "orders")
	yes.expect(question)
	yes.types("Y\n")
	yes.expect("changed   apiDefinition.swagger.json")
	yes.ends(codeFine)
}

// TestSecret types a secret, which the terminal does not show.
func TestSecret(t *testing.T) {
	p := signedIn(t)
	p.write(filepath.Join("pets", "apiProperties.json"), oauthProperties)
	c := p.run(redirected, "paconn-ls", "create", "-e", sandbox.Environments[0].Name,
		"-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json", "-w")
	c.expect("OAuth2 client secret of the connection parameter token: ")
	c.types("s3cret-that-nobody-sees\n")
	c.expect(" created successfully.\n")
	c.ends(codeFine)
	if strings.Contains(c.all.String(), "s3cret") {
		t.Errorf("the terminal shows the secret:\n%s", c.all.String())
	}
	if got := c.stdout.String(); !strings.HasPrefix(got, "shared_pets-") || strings.Count(got, "\n") != 1 {
		t.Errorf("standard output: %q", got)
	}
}

// TestCreatedIsToldOnce reads the id of a new connector in a terminal: as soon as it is there, and in the words of success.
// It is the only thing on standard output where that leads elsewhere, which TestSecret shows.
func TestCreatedIsToldOnce(t *testing.T) {
	p := signedIn(t)
	c := p.run(toTerminal, "paconn-ls", "create", "-e", sandbox.Environments[0].Name, "-p", "pets/apiProperties.json",
		"-d", "pets/apiDefinition.swagger.json", "-x", "pets/script.csx", "-w")
	c.expect("note: the connector is made, its id is ")
	id := c.expect("\n")
	c.expect(id + " created successfully.\n")
	c.ends(codeFine)
	if strings.Contains(c.unread, id) {
		t.Errorf("the id is told once more:\n%s", c.all.String())
	}
}

// TestNoAnswer ends questions by Ctrl-C, which is an interruption, and by Ctrl-D or nothing, which is no answer.
func TestNoAnswer(t *testing.T) {
	p := signedIn(t)
	p.write(filepath.Join("pets", "apiProperties.json"), oauthProperties)
	choose := []string{"list", "connectors"}
	secret := []string{"create", "-e", sandbox.Environments[0].Name, "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json", "-w"}
	for _, c := range []struct {
		name, question, typed, says string
		args                        []string
		code                        int
	}{
		{"Ctrl-C", "[Default choice(1)]: ", "\x03", "paconn-ls: interrupted\n", choose, codeFailed},
		{"Ctrl-D", "[Default choice(1)]: ", "\x04", "paconn-ls: the question was not answered: the input ended; --env answers it beforehand\n", choose, codeUsage},
		{"Ctrl-C at a secret", "OAuth2 client secret of the connection parameter token: ", "\x03", "paconn-ls: interrupted\n", secret, codeFailed},
		{"Ctrl-D at a secret", "OAuth2 client secret of the connection parameter token: ", "\x04", "paconn-ls: the question was not answered: the input ended\n", secret, codeUsage},
		{"an empty secret", "OAuth2 client secret of the connection parameter token: ", "\n", "paconn-ls: no client secret is given: give --secret\n", secret, codeUsage},
	} {
		t.Run(c.name, func(t *testing.T) {
			shell := p.run(toTerminal, append([]string{"sh", "-c", `trap : INT; paconn-ls "$@"; code=$?; stty -a; exit $code`, "sh"}, c.args...)...)
			shell.t = t
			shell.expect(c.question)
			shell.types(c.typed)
			shell.expect(c.says)
			if settings := shell.expect("iexten"); strings.Contains(settings, "-echo ") {
				t.Errorf("the terminal still shows nothing:\n%s", settings)
			}
			shell.ends(c.code)
		})
	}
}

// TestPaconnAsks has the questions of paconn on standard output, where scripts that answer them look.
func TestPaconnAsks(t *testing.T) {
	p := signedIn(t)
	c := p.run(toTerminal, "sh", "-c", "paconn download --dest orders 2>messages")
	c.expect("Please select an environment:\n [1] Contoso (default)\n")
	c.types("1\n")
	c.expect("Environment selected: Contoso (default)\n")
	c.expect("Please select a connector:\n")
	c.expect("[Default choice(1)]: ")
	c.types("1\n")
	c.expect("Connector selected: Orders - Ada Lovelace")
	c.ends(paconnFine)
	messages, _ := os.ReadFile(filepath.Join(p.dir, "messages"))
	if want := fmt.Sprintf("The connector is downloaded to %s.\n", filepath.Join(p.dir, "orders")); !strings.HasPrefix(string(messages), want) {
		t.Errorf("standard error:\n%s", messages)
	}
}

// TestPaconnAsksAgain is asked under the name paconn until there is an answer: the list again, and whether files may be
// overwritten.
func TestPaconnAsksAgain(t *testing.T) {
	p := signedIn(t)
	p.write("apiDefinition.swagger.json", "{}\n")
	c := p.run(toTerminal, "sh", "-c", "paconn download --env "+sandbox.Environments[0].Name+" --dest . 2>messages")
	const list = "Please select a connector:\n [1] "
	c.expect(list)
	c.types("first\n")
	c.expect(list)
	c.types("0\n")
	c.expect(list)
	c.types("\n")
	c.expect("Connector selected: ")
	const question = "['apiDefinition.swagger.json'] file(s) exist. Do you want to overwrite? (y/n): "
	c.expect(question)
	c.types("\n")
	c.expect(question)
	c.types("n\n")
	c.ends(paconnFailed)
	const wrong = "WARNING: Valid values are [1, 2, 3]\n"
	messages, _ := os.ReadFile(filepath.Join(p.dir, "messages"))
	if want := wrong + wrong + "ERROR: ['apiDefinition.swagger.json'] files not overwritten.\n"; string(messages) != want {
		t.Errorf("standard error:\n%s\nwant:\n%s", messages, want)
	}

	p.write("settings.json", `{"connectorId": "shared_old"}`)
	before := len(p.sandbox.Requests())
	create := p.run(toTerminal, append([]string{"paconn"}, creates()...)...)
	create.expect("settings.json file exists. Do you want to overwrite? (y/n): ")
	if sent := p.sandbox.Requests()[before:]; slices.ContainsFunc(sent, func(r sandbox.Request) bool { return r.Method == http.MethodPost }) {
		t.Errorf("asked after something was sent: %v", sent)
	}
	create.types("n\n")
	create.expect(" created successfully.\n")
	create.ends(paconnFine)
	if text, _ := os.ReadFile(filepath.Join(p.dir, "settings.json")); string(text) != `{"connectorId": "shared_old"}` {
		t.Errorf("settings.json is\n%s", text)
	}
}
