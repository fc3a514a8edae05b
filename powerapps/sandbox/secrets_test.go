package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// TestSecrets shows that the sandbox can tell what must not be found anywhere: what it gave away, and what it was given.
func TestSecrets(t *testing.T) {
	config := t.TempDir()
	s := start(t, sandbox.Options{ConfigDir: config})
	form := func(path string, fields ...string) map[string]any {
		t.Helper()
		values := url.Values{"client_id": {"aaaaaaaa-0000-4000-8000-000000000001"}, "scope": {"https://service.powerapps.com//.default offline_access openid"}}
		for i := 0; i < len(fields); i += 2 {
			values.Set(fields[i], fields[i+1])
		}
		a, err := s.try(http.MethodPost, s.URL()+"/common/oauth2/v2.0/"+path, values.Encode(), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
		if err != nil {
			t.Fatal(err)
		}
		return a.json(t)
	}
	device := form("devicecode")
	if _, err := s.try(http.MethodPost, s.URL()+"/device", url.Values{"code": {device["user_code"].(string)}}.Encode(),
		http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}); err != nil {
		t.Fatal(err)
	}
	tokens := form("token", "grant_type", "device_code", "device_code", device["device_code"].(string))
	form("token", "grant_type", "client_credentials", "client_secret", "of-the-app", "client_assertion", "of-another")
	s.do(http.MethodPost, apis("", home), `{"properties": {"connectionParameters": {"x": {"oAuthSettings": {"clientSecret" : "of\u002dthe \"connector\""}}}}}`)
	storage := s.do(http.MethodPost, "Microsoft.PowerApps/objectIds/"+s.me+"/generateResourceStorage?api-version=2016-11-01", `{"environment": {"name": "`+home+`"}}`).json(t)
	place, err := url.Parse(storage["sharedAccessSignature"].(string))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.try(http.MethodGet, s.URL()+"/storage/x/y?sig=of%2Fanother%2Bstorage", "", http.Header{"Authorization": {"Bearer of-somebody"}}); err != nil {
		t.Fatal(err)
	}
	s.Forget()
	found, err := powerapps.ReadRendezvous(config)
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.try(http.MethodGet, s.URL()+"/sandbox/secrets", "", http.Header{sandbox.KeyHeader: {found.Key}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := json.Unmarshal([]byte(a.body), &got); err != nil || !slices.Equal(got, s.Secrets()) {
		t.Errorf("%v %s", err, a.body)
	}
	for what, want := range map[string]string{
		"device code": device["device_code"].(string), "access token": tokens["access_token"].(string), "id token": tokens["id_token"].(string),
		"refresh token": tokens["refresh_token"].(string), "client secret": "of-the-app", "assertion": "of-another",
		"connector's secret": `of-the "connector"`, "signature": place.Query().Get("sig"), "foreign signature": "of/another+storage",
		"foreign token": "of-somebody", "own token": s.token, "key": found.Key,
	} {
		if !slices.Contains(got, want) || want == "" {
			t.Errorf("the %s is missing: %q", what, want)
		}
	}
	if slices.Contains(got, device["user_code"].(string)) {
		t.Error("the code that a person types is no secret")
	}
}
