package powerapps_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"paconn-ls/powerapps"
)

// Nothing secret goes where a redirect leads, and nothing that would change something goes there at all.
func TestRedirects(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status  int
		to      string // THIEF is another host
		follows string // operations that arrive
	}{
		"302 to another host":       {302, "THIEF/x", "fetch"},
		"307 to another host":       {307, "THIEF/x", "fetch"},
		"308 to another host":       {308, "//THIEFHOST/x", "fetch"},
		"307 without TLS":           {307, "http://example.invalid/x", ""},
		"302 to another scheme":     {302, "ftp://example.invalid/x", ""},
		"302 to the same place":     {302, "", ""},
		"303 to what is no URL":     {303, "https://%zz", ""},
		"301 with somebody's name":  {301, "https://user:pass@example.invalid/x", ""},
		"307 within the cloud":      {307, "/ok", "environments connectors connector fetch"},
		"300 that is no redirect":   {300, "THIEF/x", ""},
		"304 that is no redirect":   {304, "THIEF/x", ""},
		"302 that leads round":      {302, "ROUND", ""},
		"308 back to the authority": {308, "SELF/ok", "environments connectors connector fetch"},
	} {
		for _, o := range operations {
			t.Run(name+"/"+o.name, func(t *testing.T) {
				thief := newService(t, nil)
				var s *service
				s = newService(t, func(_ int, w http.ResponseWriter, r *http.Request) {
					if r.URL.Path == "/ok" {
						s.well(w, r)
						return
					}
					to := strings.NewReplacer("THIEFHOST", strings.TrimPrefix(thief.URL, "https://"), "THIEF", thief.URL, "SELF", s.URL, "ROUND", r.URL.Path+"x").Replace(c.to)
					w.Header()["Location"] = []string{to}
					w.WriteHeader(c.status)
				})
				err := o.do(t.Context(), newClient(t, s.cloud(), powerapps.ClientOptions{}), s.URL)
				if arrives := strings.Contains(" "+c.follows+" ", " "+o.name+" "); arrives != (err == nil) {
					t.Errorf("the error is %v", err)
				}
				if err != nil {
					if e := failure(t, err); e.Uncertain {
						t.Errorf("the error is uncertain: %v", err)
					} else if redirected := strings.Contains(err.Error(), "redirects to"); redirected && (!strings.Contains(e.Way, "in its place") || strings.Contains(err.Error(), "cannot be read")) {
						t.Errorf("the error is %v, the way out %q", err, e.Way)
					}
					noSecrets(t, "the error", everything(err))
				}
				for _, r := range thief.requests() {
					noSecrets(t, "what another host got", fmt.Sprint(r))
					if r.Header.Get("Referer") != "" || o.name != "fetch" {
						t.Errorf("another host got %v", r)
					}
				}
			})
		}
	}
}

// Tokens go to https hosts of the cloud, and files are not fetched or put in clear text.
func TestTheTokenStaysWithinTheCloud(t *testing.T) {
	plain := newService(t, nil)
	for _, address := range []string{"http://api.powerapps.com", "", "api.powerapps.com", "https://user@api.powerapps.com", "https://"} {
		cloud := plain.cloud()
		cloud.PowerApps = address
		if _, err := powerapps.NewClient(cloud, &serviceTokens{}, powerapps.ClientOptions{}); err == nil {
			t.Errorf("a client sends tokens to %q", address)
		}
	}
	cloud := plain.cloud()
	cloud.Roots = nil
	c := newClient(t, cloud, powerapps.ClientOptions{})
	for _, address := range []string{"http://127.0.0.1:1/x?" + signature, "http://example.invalid/x?" + signature, "file:///etc/passwd", "x", ""} {
		_, err := c.Fetch(t.Context(), address, "download the icon")
		noSecrets(t, "the error", everything(failure(t, err)))
		if _, err = c.Upload(t.Context(), powerapps.Storage{URL: address}, "i.png", nil); err == nil {
			t.Errorf("a file is put to %q", address)
		}
		noSecrets(t, "the error", everything(err))
	}
	if _, err := c.Environments(t.Context()); failure(t, err).Uncertain || !strings.Contains(failure(t, err).Way, "SSL_CERT_FILE") {
		t.Errorf("a host whose certificate nobody vouches for: %v", err)
	}
	if n := len(plain.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// A storage beside a sandbox may speak plainly: Azurite does.
func TestAStorageOnThisMachine(t *testing.T) {
	storage := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			w.WriteHeader(http.StatusCreated)
		}
		if r.Header.Get("Authorization") != "" {
			t.Error("the storage got a token")
		}
	}))
	t.Cleanup(storage.Close)
	c := newClient(t, newService(t, nil).cloud(), powerapps.ClientOptions{})
	address, err := c.Upload(t.Context(), powerapps.Storage{URL: storage.URL + "/devstoreaccount1/cn?" + signature}, "i.png", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Fetch(t.Context(), address, "download the icon"); err != nil {
		t.Error(err)
	}
}
