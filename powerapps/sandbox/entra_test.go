package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

const (
	scopes   = "https://service.powerapps.com//.default openid offline_access profile"
	appScope = "https://service.powerapps.com//.default"
	someApp  = "aaaaaaaa-0000-4000-8000-000000000001"
	someDir  = "bbbbbbbb-0000-4000-8000-000000000002"
)

// entraServer is the sign-in service over TLS, with a clock that the test moves.
type entraServer struct {
	*entra
	*httptest.Server
	now time.Time
}

func newEntraServer(t *testing.T, o entraOptions) *entraServer {
	t.Helper()
	s := &entraServer{now: time.Now()}
	o.Now = func() time.Time { return s.now }
	s.entra = newEntra(func() string { return s.URL }, o)
	s.Server = httptest.NewTLSServer(s.entra)
	t.Cleanup(s.Close)
	return s
}

// post sends a form and returns the answer's members, and its status.
func (s *entraServer) post(t *testing.T, path string, form ...string) (map[string]any, int) {
	t.Helper()
	values := url.Values{}
	for i := 0; i < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	resp, err := s.Client().PostForm(s.URL+path, values)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var answer map[string]any
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(text, &answer); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
	}
	return answer, resp.StatusCode
}

// whose returns the principal of an access token.
func (s *entraServer) whose(token any) (principal, bool) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Authorization", "Bearer "+token.(string))
	return s.principal(r)
}

func TestEntraDeviceCode(t *testing.T) {
	s := newEntraServer(t, entraOptions{})
	begun, status := s.post(t, "/common/oauth2/v2.0/devicecode", "client_id", azureCLI, "scope", scopes)
	if status != http.StatusOK {
		t.Fatal(begun)
	}
	poll := func() (map[string]any, int) {
		return s.post(t, "/common/oauth2/v2.0/token", "grant_type", deviceGrant, "client_id", azureCLI,
			"device_code", begun["device_code"].(string), "client_info", "1", "scope", scopes)
	}
	if answer, _ := poll(); answer["error"] != "authorization_pending" {
		t.Fatalf("before anybody approved: %v", answer)
	}
	if _, status := s.post(t, "/device", "code", "ABC", "decision", "approve"); status != http.StatusOK {
		t.Fatal(status)
	}
	if answer, _ := poll(); answer["error"] != "authorization_pending" {
		t.Fatalf("after another code was approved: %v", answer)
	}
	s.post(t, "/device", "code", strings.ToLower(begun["user_code"].(string)), "decision", "approve", "user", "grace@sandbox.example")
	answer, status := poll()
	if status != http.StatusOK {
		t.Fatal(answer)
	}
	who, ok := s.whose(answer["access_token"])
	if !ok || who.Name != "grace" || who.Audience != "https://service.powerapps.com/" || who.Tenant != homeTenant || who.ObjectID == "" {
		t.Errorf("the token is of %+v, %v", who, ok)
	}
	if _, ok := s.whose(answer["access_token"].(string) + "x"); ok {
		t.Error("a forged token is taken")
	}
	s.now = s.now.Add(time.Hour)
	if _, ok := s.whose(answer["access_token"]); ok {
		t.Error("an expired token is taken")
	}
	if again, _ := poll(); again["error"] != "bad_verification_code" {
		t.Errorf("a code is good twice: %v", again)
	}
}

func TestEntraRefusals(t *testing.T) {
	s := newEntraServer(t, entraOptions{})
	for _, c := range []struct {
		name   string
		path   string
		form   []string
		status int
		want   string // of the answer's error and description
	}{
		{"unknown client", "/common/oauth2/v2.0/devicecode", []string{"client_id", "me", "scope", scopes}, 400, "unauthorized_client AADSTS700016"},
		{"unknown audience", "/common/oauth2/v2.0/devicecode", []string{"client_id", azureCLI, "scope", "https://graph.example/.default"}, 400, "invalid_resource AADSTS500011"},
		{"one slash too few", "/common/oauth2/v2.0/devicecode", []string{"client_id", azureCLI, "scope", "https://service.powerapps.com/.default"}, 400, "invalid_resource AADSTS500011"},
		{"no default scope", "/common/oauth2/v2.0/devicecode", []string{"client_id", azureCLI, "scope", "User.Read"}, 400, "invalid_scope AADSTS70011"},
		{"unknown grant", "/common/oauth2/v2.0/token", []string{"client_id", azureCLI, "grant_type", "password"}, 400, "unsupported_grant_type AADSTS70003"},
		{"forged refresh token", "/common/oauth2/v2.0/token", []string{"client_id", azureCLI, "grant_type", "refresh_token", "refresh_token", "x"}, 400, "invalid_grant AADSTS9002313"},
		{"no tenant", "/common/oauth2/v2.0/token", []string{"client_id", someApp, "grant_type", "client_credentials", "client_secret", "good", "scope", appScope}, 400, "invalid_request AADSTS50059"},
		{"wrong secret", "/" + someDir + "/oauth2/v2.0/token", []string{"client_id", someApp, "grant_type", "client_credentials", "client_secret", wrongSecret, "scope", appScope}, 401, "invalid_client AADSTS7000215"},
		{"no secret", "/" + someDir + "/oauth2/v2.0/token", []string{"client_id", someApp, "grant_type", "client_credentials", "scope", appScope}, 401, "invalid_client AADSTS7000218"},
		{"secret of a public client", "/" + someDir + "/oauth2/v2.0/token", []string{"client_id", azureCLI, "grant_type", "client_credentials", "client_secret", "good", "scope", appScope}, 401, "invalid_client AADSTS700025"},
		{"no assertion", "/" + someDir + "/oauth2/v2.0/token", []string{"client_id", someApp, "grant_type", "client_credentials", "client_assertion_type", assertionType, "client_assertion", "x", "scope", appScope}, 401, "invalid_client AADSTS50027"},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer, status := s.post(t, c.path, c.form...)
			got, _ := answer["error_description"].(string)
			got = answer["error"].(string) + " " + got
			if status != c.status || !strings.HasPrefix(got, c.want+": ") {
				t.Errorf("got %d %s, want %d %s", status, got, c.status, c.want)
			}
		})
	}
}
