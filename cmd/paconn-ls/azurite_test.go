package main

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

const azuriteProgram = "testdata/azurite/node_modules/azurite/dist/src/blob/main.js"

// TestAzurite runs the scripts beside Azurite, Microsoft's emulator of the blob store that the service hands out. They find
// the URL of a container with a shared access signature in BLOBS, one that allows reading only in READONLY, and one with a
// forged signature in FORGED.
func TestAzurite(t *testing.T) {
	if _, err := os.Stat(azuriteProgram); err != nil {
		t.Skip("Azurite is not installed, 'make blobs' does it")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node to run Azurite with")
	}
	container := startAzurite(t, node)
	container.create(t)
	params := scriptParams(filepath.Join("testdata", "azurite"))
	setup := params.Setup
	params.Setup = func(e *testscript.Env) error {
		e.Setenv("BLOBS", container.url(container.signature("rcw")))
		e.Setenv("READONLY", container.url(container.signature("r")))
		forged := container.signature("rcw")
		forged.Set("sig", base64.StdEncoding.EncodeToString([]byte("somebody else's signature, 32 B.")))
		e.Setenv("FORGED", container.url(forged))
		return setup(e)
	}
	runScripts(t, params)
}

// The account that Azurite serves for the test.
const (
	azuriteAccount   = "contoso"
	azuriteContainer = "resources"
	azuriteVersion   = "2019-02-02"
)

var azuriteKey = []byte("a key that nobody has to keep secret")

// azurite is a container in a running Azurite.
type azurite struct{ base string } // http://127.0.0.1:PORT

func startAzurite(t *testing.T, node string) azurite {
	t.Helper()
	program, err := filepath.Abs(azuriteProgram)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node, program, "--blobHost", "127.0.0.1", "--blobPort", "0",
		"--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck", "--silent")
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "AZURITE_ACCOUNTS="+azuriteAccount+":"+base64.StdEncoding.EncodeToString(azuriteKey))
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() }) // it was interrupted
	var said strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); said.WriteString(lines.Text() + "\n") {
		if _, base, ok := strings.Cut(lines.Text(), "successfully listens on "); ok {
			return azurite{base}
		}
	}
	t.Fatalf("Azurite does not start:\n%s", said.String())
	return azurite{}
}

func (a azurite) url(query url.Values) string {
	return a.base + "/" + azuriteAccount + "/" + azuriteContainer + "?" + query.Encode()
}

// create makes the container, with a signature for the account.
func (a azurite) create(t *testing.T) {
	t.Helper()
	q := url.Values{"sv": {azuriteVersion}, "ss": {"b"}, "srt": {"c"}, "sp": {"c"}, "se": {soon()}, "restype": {"container"}}
	q.Set("sig", sign(azuriteAccount, q.Get("sp"), q.Get("ss"), q.Get("srt"), "", q.Get("se"), "", "", azuriteVersion, ""))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, a.url(q), nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		t.Fatalf("the container is not made: %s", response.Status)
	}
}

// signature returns a shared access signature of the container. Learn's page "Create a service SAS" says what is signed.
func (a azurite) signature(permissions string) url.Values {
	q := url.Values{"sv": {azuriteVersion}, "sr": {"c"}, "sp": {permissions}, "se": {soon()}}
	q.Set("sig", sign(permissions, "", q.Get("se"), "/blob/"+azuriteAccount+"/"+azuriteContainer, "", "", "", azuriteVersion, "c", "", "", "", "", "", ""))
	return q
}

func soon() string { return time.Now().Add(time.Hour).UTC().Format(time.RFC3339) }

func sign(lines ...string) string {
	mac := hmac.New(sha256.New, azuriteKey)
	mac.Write([]byte(strings.Join(lines, "\n")))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
