package commands_test

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// home is an environment of the sandbox.
var home = sandbox.Environments[1].Name

// newSandbox returns a world whose service is a sandbox, reached by the real client over TLS.
func newSandbox(t *testing.T) (*world, *sandbox.Sandbox) {
	t.Helper()
	box, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	w := newWorld(t)
	w.Variables["PACONN_RETRY_DELAY"] = "1ms"
	w.Clouds = func() (powerapps.Clouds, error) { return powerapps.Clouds{box.Cloud()}, nil }
	w.Accounts.Accounts = []powerapps.Account{{Cloud: box.Cloud().Name, User: "robot"}}
	source := robot(t, box.Cloud())
	w.Connect = func(cloud powerapps.Cloud, _ powerapps.TokenSource) (commands.Service, error) {
		return powerapps.NewClient(cloud, source, powerapps.ClientOptions{RetryDelay: time.Millisecond})
	}
	return w, box
}

const robotTenant = "99999999-9999-9999-9999-999999999999"

// robot is a service principal of the sandbox.
func robot(t *testing.T, cloud powerapps.Cloud) powerapps.TokenSource {
	t.Helper()
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: cloud.Roots}}
	t.Cleanup(transport.CloseIdleConnections)
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {robotTenant}, "client_secret": {"any"}, "scope": {cloud.Resource + "/.default"}}
	answer, err := (&http.Client{Transport: transport}).PostForm(cloud.Authority+"/"+robotTenant+"/oauth2/v2.0/token", form)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var got struct {
		Token string `json:"access_token"`
	}
	body, _ := io.ReadAll(answer.Body)
	if err := json.Unmarshal(body, &got); err != nil || got.Token == "" {
		t.Fatalf("no token: %d %v %s", answer.StatusCode, err, body)
	}
	claims, err := base64.RawURLEncoding.DecodeString(strings.Split(got.Token, ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	var who struct{ OID string }
	if err := json.Unmarshal(claims, &who); err != nil {
		t.Fatal(err)
	}
	return staticToken{powerapps.Token{Value: got.Token, Expires: time.Now().Add(time.Hour), ObjectID: who.OID}}
}

// awaitRequest waits until a request whose path holds a text has come.
func awaitRequest(t *testing.T, box *sandbox.Sandbox, part string) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if slices.ContainsFunc(box.Requests(), func(r sandbox.Request) bool { return strings.Contains(r.Path, part) }) {
			return
		}
	}
	t.Fatalf("the request for %s does not come", part)
}

// staticToken is always the same.
type staticToken struct{ token powerapps.Token }

func (s staticToken) Token(context.Context, string) (powerapps.Token, error) { return s.token, nil }

// copyFolder puts the files of a folder into the world's folder.
func (w *world) copyFolder(from string, names ...string) {
	w.t.Helper()
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join(from, name))
		if err == nil {
			w.write(name, string(content))
		}
	}
}

// parts are the names of a connector's files.
var partNames = []string{"apiProperties.json", "apiDefinition.swagger.json", "icon.png", "script.csx"}

// TestRoundTrip creates connectors, downloads them, updates them from what was downloaded and downloads them again: no
// update changes what is there, and what comes back says what was sent.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	folders := []string{"../testdata/connectors/pets"}
	for _, kind := range []string{"certified-connectors", "independent-publisher-connectors", "custom-connectors"} {
		if testing.Short() {
			break
		}
		more, _ := filepath.Glob(filepath.Join("../../shared/corpus", kind, "*"))
		folders = append(folders, more...)
	}
	var refused atomic.Int32
	t.Cleanup(func() {
		if int(refused.Load())*2 > len(folders) {
			t.Errorf("%d of %d are refused", refused.Load(), len(folders))
		}
	})
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			if !roundTrip(t, folder) {
				refused.Add(1)
				t.Skip("the service refuses it")
			}
		})
	}
}

func roundTrip(t *testing.T, folder string) (accepted bool) {
	w, _ := newSandbox(t)
	w.copyFolder(folder, partNames...)
	made, err := w.create(func(a *commands.CreateArgs) { a.Environment, a.Secret, a.NoCheck = home, "the-secret", true })
	if err != nil {
		t.Log(err)
		return false
	}
	if len(made.Differences) > 0 {
		t.Errorf("created, but %v", made.Differences)
	}
	first := w.downloaded("first", made.ConnectorID)
	w.Dir = filepath.Join(w.Dir, "first")
	updated, err := w.update(func(a *commands.UpdateArgs) {
		a.Environment, a.Connector, a.NoCheck = "", "", true
		a.Settings = "settings.json"
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(updated.Changes) > 0 || len(updated.Differences) > 0 {
		t.Errorf("an update with what was downloaded: changes %v, differences %v", updated.Changes, updated.Differences)
	}
	if second := w.downloaded("second", made.ConnectorID); !slices.Equal(first, second) {
		t.Error("what was downloaded after the update is not what was downloaded before")
	}
	return true
}

// downloaded downloads a connector into a folder and returns the contents of its files.
func (w *world) downloaded(folder, id string) []string {
	w.t.Helper()
	if _, err := commands.Download(w.t.Context(), w.Env, commands.DownloadArgs{Environment: home, Connector: id, Dest: folder}); err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, name := range partNames {
		out = append(out, w.read(folder+"/"+name))
	}
	return out
}

// TestRequests checks the requests on the wire: those of paconn in its order, and between them those that only read.
func TestRequests(t *testing.T) {
	w, box := newSandbox(t)
	w.copyFolder("../testdata/connectors/pets", partNames...)
	made, err := w.create(func(a *commands.CreateArgs) { a.Environment = home })
	if err != nil {
		t.Fatal(err)
	}
	box.Forget()
	if _, err := w.update(func(a *commands.UpdateArgs) { a.Environment, a.Connector = home, made.ConnectorID }); err != nil {
		t.Fatal(err)
	}
	var writes []string
	for _, r := range box.Requests() {
		if r.Method != http.MethodGet {
			writes = append(writes, r.Method+" "+r.Path[strings.LastIndexByte(r.Path, '/')+1:])
		}
	}
	want := []string{"POST validateApiSwagger", "POST generateResourceStorage", "PUT icon.png", "PUT script.csx", "PATCH " + made.ConnectorID}
	if !slices.Equal(writes, want) {
		t.Errorf("sent %v\nwant %v", writes, want)
	}
}
