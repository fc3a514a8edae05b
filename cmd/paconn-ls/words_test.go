package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

// words are what paconn 0.0.21 says, to which scripts may listen, and what is said under its name here.
var words = []struct {
	paconn  string // as docs/paconn.md has it
	args    []string
	prepare func(p place)
	stdout  string // an expression; "" is nothing
	stderr  string // an expression for its start
	code    int
}{
	{paconn: "Login successful.", args: []string{"login"}, stderr: `Login successful\.\n`},
	{paconn: "To sign in, use a web browser …", args: []string{"login", "-f"}, stdout: `^To sign in, use a web browser to open the page \S+ and enter the code \w+ to authenticate\.\n$`, stderr: `Login successful\.\n`},
	{paconn: "Logout successful.", args: []string{"logout"}, stderr: `Logout successful\.\n`},
	{paconn: "{id} created successfully.", args: creates(), stderr: `WARNING: stackOwner is left out .*\nshared_pets-\S+ created successfully\.\n`},
	{paconn: "{id} updated successfully.", args: updates("-c", orders, "--no-check"), stderr: `(WARNING: .*\n)*shared_orders-\S+ updated successfully\.\n`},
	{paconn: "The connector is downloaded to {folder}.", args: downloads("-d", "here"), stderr: `The connector is downloaded to .+here\.\n`},
	{paconn: "{file} validated successfully.", args: validates, stderr: `pets/apiDefinition\.swagger\.json validated successfully\.\n$`},
	{paconn: "{file} validated successfully.", args: validates, prepare: warnsOf("x-a–b"), stderr: `Swagger certification .+ warnings:\n  Warning : .*"x-a–b".*\n$`},

	{paconn: "Access token invalid. Please login again.", args: validates, prepare: func(p place) { p.start("paconn", "logout").end() }, stderr: `ERROR: Access token invalid\. Please login again\.\n`, code: paconnFailed},
	{paconn: "Couldn't get authentication", args: []string{"login", "-f", "-i", "nobody"}, stderr: `ERROR: Couldn't get authentication\n.*AADSTS700016`, code: paconnFailed},
	{paconn: "Failed to load token files. (Inner Error: …)", args: validates, prepare: brokenTokens,
		stderr: `ERROR: Failed to load token files\. \(Inner Error: .+tokens cannot be read\)\n.*sign in again to replace it`, code: paconnFailed},
	{paconn: "API Properties must be specified.", args: []string{"create", "-e", "x"}, stderr: `ERROR: API Properties must be specified\.\n$`, code: paconnFailed},
	{paconn: "API Definition must be specified.", args: []string{"update", "-p", "pets/apiProperties.json"}, stderr: `ERROR: API Definition must be specified\.\n$`, code: paconnFailed},
	{paconn: "File does not exist: {file}", args: creates("-i", "pets/typo.png"), stderr: `ERROR: File does not exist: pets/typo\.png\n$`, code: paconnFailed},
	{paconn: "File does not exist: {file}", args: updates("-c", orders, "-x", "typo.csx"), stderr: `ERROR: File does not exist: typo\.csx\n$`, code: paconnFailed},
	{paconn: "Please provide OAuth2 client secret using the --secret argument.", args: creates(), prepare: func(p place) { p.write("pets/apiProperties.json", oauthProperties) },
		stderr: `ERROR: Please provide OAuth2 client secret using the --secret argument\.\n`, code: paconnFailed},
	{paconn: "Couldn't download to the desination directory {folder}.", args: downloads("-d", "pets/icon.png"),
		stderr: `ERROR: pets/icon\.png: Couldn't download to the destination directory: there is a file of that name\n$`, code: paconnFailed},
	{paconn: "Properties not present in the api registration information.", args: downloads(), prepare: fails(sandbox.Fault{Path: "*/apis/" + orders, Kind: sandbox.Empty, Times: -1}),
		stderr: `ERROR: could not get the connector: 200: the answer is empty\n`, code: paconnFailed},

	{paconn: "500 Server Error: Internal Server Error for url: …", args: validates, prepare: fails(sandbox.Fault{Path: "*/validateApiSwagger", Status: 500, Times: -1}),
		stderr: `\{\n  "error": \{\n    "code": "\w+",\n    "message": ".+"\n  \}\n\}\nERROR: 500 Server Error: Internal Server Error for url: https://127\.0\.0\.1:\d+/[^?\n]+\n`, code: paconnFailed},
	{paconn: "404 Client Error: Not Found for url: …", args: downloads("-c", "shared_gone"), stderr: `\{\n  "error": \{\n    "code": "\w+",\n    "message": ".+"\n  \}\n\}\nERROR: 404 Client Error: Not Found for url: `, code: paconnFailed},
	{paconn: "Traceback (most recent call last)", args: validates, prepare: fails(sandbox.Fault{Path: "*/validateApiSwagger", Kind: sandbox.HTML, Status: 502, Times: -1}),
		stderr: `(.*\n)*ERROR: 502 Server Error: Bad Gateway for url: `, code: paconnFailed},
	{paconn: "Traceback (most recent call last)", args: validates, prepare: fails(sandbox.Fault{Path: "*/validateApiSwagger", Kind: sandbox.Truncated, Times: -1}), stderr: `ERROR: could not validate the definition: `, code: paconnFailed},
	{paconn: "Traceback (most recent call last)", args: []string{"validate", "-d", "pets"}, prepare: func(p place) { _ = os.Remove(filepath.Join(p.dir, "pets", "apiDefinition.swagger.json")) }, stderr: `ERROR: pets: `, code: paconnFailed},
	{paconn: "Traceback (most recent call last)", args: updates("-c", orders), prepare: func(p place) { p.write("pets/apiProperties.json", "{\n  \"properties\": {,}}") }, stderr: `(.*\n)*pets/apiProperties\.json:2:18: `, code: paconnFailed},
	{paconn: "Traceback (most recent call last)", args: []string{"update", "-s", "gone.json"}, stderr: `ERROR: gone\.json: there is no such file`, code: paconnFailed},
	{paconn: "Traceback (most recent call last)", args: []string{"download", "-c", orders}, stderr: `ERROR: no environment is given, and there is nobody to ask: give --env\n`, code: paconnFailed},
}

var validates = []string{"validate", "-d", "pets/apiDefinition.swagger.json"}

func creates(more ...string) []string { return deploys("create", more) }
func updates(more ...string) []string { return deploys("update", more) }

func deploys(verb string, more []string) []string {
	return append([]string{verb, "-e", sandbox.Environments[0].Name, "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json", "-x", "pets/script.csx"}, more...)
}

func downloads(more ...string) []string {
	return append([]string{"download", "-e", sandbox.Environments[0].Name, "-c", orders}, more...)
}

func fails(f sandbox.Fault) func(place) { return func(p place) { p.sandbox.Fail(f) } }

func brokenTokens(p place) { p.write("config/tokens", `{"cut`) }

// warnsOf gives the definition of pets a key twice, of which the service warns.
func warnsOf(key string) func(place) {
	return func(p place) {
		name := filepath.Join("pets", "apiDefinition.swagger.json")
		text, err := os.ReadFile(filepath.Join(p.dir, name))
		if err != nil {
			p.t.Fatal(err)
		}
		p.write(name, strings.Replace(string(text), `"info": {`, `"info": {"`+key+`": 1, "`+key+`": 2,`, 1))
	}
}

// TestWordsAreDocumented looks for each of paconn's texts in docs/paconn.md.
func TestWordsAreDocumented(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "paconn.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n### Words\n")
	for _, w := range words {
		if !strings.Contains(section, "`"+w.paconn+"`") {
			t.Errorf("docs/paconn.md does not say what becomes of `%s`", w.paconn)
		}
	}
}

// TestWords compares what is said under the name paconn with what paconn says: the texts, the streams, the exit codes.
func TestWords(t *testing.T) {
	for _, w := range words {
		t.Run(w.paconn+"/"+w.args[0], func(t *testing.T) {
			t.Parallel()
			p := signedIn(t)
			if w.prepare != nil {
				w.prepare(p)
			}
			code, stdout, stderr := p.start(append([]string{"paconn"}, w.args...)...).end()
			if code != w.code {
				t.Errorf("exit code %d, want %d", code, w.code)
			}
			if w.stdout == "" && stdout != "" || !regexp.MustCompile(w.stdout).MatchString(stdout) {
				t.Errorf("standard output %q, want %s", stdout, w.stdout)
			}
			if !regexp.MustCompile("^" + w.stderr).MatchString(stderr) {
				t.Errorf("standard error\n%s\nwant %s", stderr, w.stderr)
			}
			if strings.Contains(stderr, "Traceback") || strings.Contains(stderr, "goroutine ") {
				t.Errorf("a stack trace:\n%s", stderr)
			}
		})
	}
}
