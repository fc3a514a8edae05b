package sandbox_test

import (
	"bytes"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"paconn-ls/powerapps/sandbox"
)

// service is a running sandbox and somebody who may use it.
type service struct {
	*sandbox.Sandbox
	t      *testing.T
	client *http.Client
	token  string
	me     string // the object id of the token
}

func start(t *testing.T, o sandbox.Options) *service {
	t.Helper()
	s, err := sandbox.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: s.Cloud().Roots}}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	out := &service{Sandbox: s, t: t, client: &http.Client{Transport: transport, CheckRedirect: stay}}
	out.token, out.me = out.signIn("https://service.powerapps.com/")
	s.Forget()
	return out
}

// signIn returns a token of a service principal for an audience, and its object id.
func (s *service) signIn(audience string) (token, objectID string) {
	s.t.Helper()
	form := url.Values{
		"grant_type": {"client_credentials"}, "client_id": {"aaaaaaaa-0000-4000-8000-000000000001"}, "client_secret": {"any"},
		"scope": {audience + "/.default"},
	}
	a, err := s.try(http.MethodPost, s.URL()+"/contoso.example/oauth2/v2.0/token", form.Encode(),
		http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
	if err != nil || a.status != http.StatusOK {
		s.t.Fatalf("sign in: %v %d %s", err, a.status, a.body)
	}
	token = a.json(s.t)["access_token"].(string)
	claims, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	if err != nil {
		s.t.Fatal(err)
	}
	return token, answer{body: string(claims)}.json(s.t)["oid"].(string)
}

// answer is an answer that was read to its end.
type answer struct {
	status int
	header http.Header
	body   string
}

// fault reads an answer that is an error.
func (a answer) fault() (code, message string) {
	var e struct {
		Error   struct{ Code, Message string }
		Message string
	}
	_ = json.Unmarshal([]byte(a.body), &e)
	return e.Error.Code, e.Error.Message + e.Message
}

func (a answer) code() string {
	code, _ := a.fault()
	return code
}

// text returns the message of an error.
func (a answer) text() string {
	_, message := a.fault()
	return message
}

func (a answer) json(t *testing.T) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal([]byte(a.body), &out); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	return out
}

// try sends a request and returns the answer, or why there was none.
func (s *service) try(method, address, body string, header http.Header) (answer, error) {
	request, err := http.NewRequestWithContext(s.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	request.Header = header
	response, err := s.client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, string(text)}, err
}

func (s *service) bearer() http.Header { return http.Header{"Authorization": {"Bearer " + s.token}} }

// do sends a request to the Power Apps service.
func (s *service) do(method, path, body string) answer {
	s.t.Helper()
	a, err := s.try(method, s.URL()+"/providers/"+path, body, s.bearer())
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

// get sends a request without a token to an address of an answer.
func (s *service) get(address string) answer {
	s.t.Helper()
	a, err := s.try(http.MethodGet, address, "", http.Header{})
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

// home is an environment without connectors.
var home = sandbox.Environments[1].Name

func apis(id, environment string) string {
	if id != "" {
		id = "/" + id
	}
	return "Microsoft.PowerApps/apis" + id + "?api-version=2016-11-01&%24filter=environment%20eq%20%27" + environment + "%27"
}

// registration is what create sends, with more members of the properties.
func registration(t *testing.T, more string) string {
	t.Helper()
	definition, err := os.ReadFile("../../testdata/connectors/pets/apiDefinition.swagger.json")
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`{"properties": {"zeta": 1, "connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": `+
		`{"identityProvider": "oauth2", "clientId": "id", "clientSecret": "hush", "scopes": []}}}, "alpha": {"b": 1.50, "a": 2}, `+
		`"openApiDefinition": %s, "environment": {"name": %q}, "displayName": "Hello World-1" %s}}`, definition, home, more)
}

func (s *service) create(more string) map[string]any {
	s.t.Helper()
	a := s.do("POST", apis("", home), registration(s.t, more))
	if a.status != http.StatusCreated {
		s.t.Fatalf("create: %d %s", a.status, a.body)
	}
	return a.json(s.t)
}

// upload puts a file into the storage and returns its URL.
func (s *service) upload(name, content string) string {
	s.t.Helper()
	a := s.do("POST", "Microsoft.PowerApps/objectIds/"+s.me+"/generateResourceStorage?api-version=2016-11-01", `{"environment": {"name": "`+home+`"}}`)
	place, err := url.Parse(a.json(s.t)["sharedAccessSignature"].(string))
	if err != nil {
		s.t.Fatal(err)
	}
	address := place.JoinPath(name).String()
	put, err := s.try("PUT", address, content, http.Header{"X-Ms-Blob-Type": {"BlockBlob"}, "X-Ms-Version": {"2019-02-02"}})
	if err != nil || put.status != http.StatusCreated {
		s.t.Fatalf("put: %v %d %s", err, put.status, put.body)
	}
	return address
}

func TestCreateAndReadBack(t *testing.T) {
	s := start(t, sandbox.Options{})
	icon, script := s.upload("my icon.png", "\x89PNG"), s.upload("script.csx", "class Script {}")
	made := s.create(fmt.Sprintf(`, "iconUri": %q, "scriptDefinitionUrl": %q, "scriptOperations": ["ListPets"]`, icon, script))
	id := made["name"].(string)
	if !strings.HasPrefix(id, "shared_hello-20world-2d1-5f") || len(id) != len("shared_hello-20world-2d1-5f")+16+3+16 {
		t.Errorf("id %s", id)
	}
	a := s.do("GET", apis(id, home), "")
	for _, part := range []string{`"zeta":1,"connectionParameters":`, `"alpha":{"b":1.50,"a":2}`, `"isCustomApi":true`, `"clientId":"id"`} {
		if !strings.Contains(a.body, part) {
			t.Errorf("no %s in %s", part, a.body)
		}
	}
	if strings.Contains(a.body, "hush") || strings.Contains(a.body, "openApiDefinition") {
		t.Errorf("a secret, or the definition, in %s", a.body)
	}
	properties := a.json(t)["properties"].(map[string]any)
	definition, _ := os.ReadFile("../../testdata/connectors/pets/apiDefinition.swagger.json")
	for address, want := range map[any]string{
		properties["iconUri"]: "\x89PNG", properties["scriptDefinitionUrl"]: "class Script {}",
		properties["apiDefinitions"].(map[string]any)["originalSwaggerUrl"]: string(bytes.TrimSpace(definition)),
	} {
		if got := s.get(address.(string)); got.status != http.StatusOK || got.body != want {
			t.Errorf("%d %q, want %q", got.status, got.body, want)
		}
	}
}

// connectors returns the ids of the custom connectors of an environment, from all pages.
func (s *service) connectors(environment string) []string {
	s.t.Helper()
	var ids []string
	for next := s.URL() + "/providers/" + apis("", environment); next != ""; {
		a, err := s.try("GET", next, "", s.bearer())
		if err != nil || a.status != http.StatusOK {
			s.t.Fatalf("list: %v %d %s", err, a.status, a.body)
		}
		page := a.json(s.t)
		for _, item := range page["value"].([]any) {
			x := item.(map[string]any)
			if x["properties"].(map[string]any)["isCustomApi"].(bool) {
				ids = append(ids, x["name"].(string))
			}
		}
		next, _ = page["nextLink"].(string)
	}
	return ids
}
