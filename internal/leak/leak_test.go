package leak_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"paconn-ls/internal/leak"
)

const (
	token     = "eyJhbGciOiJub25lIn0.eyJvaWQiOiI0MiJ9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"
	signature = "Zm9v/YmFy+YmF6ZnV6eg=="
	secret    = "pa\"ss <wörd> 1/2"
)

func TestIn(t *testing.T) {
	set := leak.Of([]string{token, signature, secret, "short"})
	quoted, err := json.Marshal(secret)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"as it is":          "Authorization: Bearer " + token,
		"cut token":         "… " + token[30:],
		"query":             "https://x.test/c?sp=r&sig=" + url.QueryEscape(signature) + "&se=1",
		"query, lower case": "sig=" + strings.NewReplacer("%2F", "%2f", "%2B", "%2b", "%3D", "%3d").Replace(url.QueryEscape(signature)),
		"query of a query":  url.QueryEscape("https://x.test/?sig=" + url.QueryEscape(signature)),
		"path":              "https://x.test/" + url.PathEscape(secret),
		"JSON":              `{"clientSecret": ` + string(quoted) + `}`,
		"Go":                fmt.Sprintf("%+q", []string{signature}),
		"Go, quoted":        fmt.Sprintf("%q", secret),
		"hex":               hex.EncodeToString([]byte("<" + secret + ">")),
		"base64":            base64.StdEncoding.EncodeToString([]byte(secret)),
		"basic":             "Basic " + base64.StdEncoding.EncodeToString([]byte("id:"+secret)),
		"base64, one more":  base64.StdEncoding.EncodeToString([]byte("i:" + secret + "!")),
		"base64 for URLs":   base64.URLEncoding.EncodeToString([]byte(`{"s":"` + signature + `"}`)),
	} {
		got := set.In([]byte(text))
		if len(got) == 0 {
			t.Errorf("%s: nothing was found in %s", name, text)
		}
		for _, found := range got {
			if strings.Contains(found, secret) || strings.Contains(found, signature) || strings.Contains(found, token) {
				t.Errorf("%s: what is found repeats the secret: %s", name, found)
			}
		}
	}
	for _, text := range []string{"", "a short text", "sig=***", token[:30], "Bearer (token)"} {
		if got := set.In([]byte(text)); got != nil {
			t.Errorf("%q: %s", text, got)
		}
	}
	if leak.Of([]string{"", "short"}).Len() != 0 {
		t.Error("short secrets are searched for")
	}
}

func TestBelow(t *testing.T) {
	tree := fstest.MapFS{
		"a/log.txt":       {Data: []byte("fine")},
		"a/b/settings":    {Data: []byte("x " + token)},
		"a/tokens":        {Data: []byte(token)},
		"c/" + signature:  {Data: []byte("the name holds it")},
		"d/dir/empty.txt": {},
	}
	got, err := leak.Of([]string{token, signature}).Below(tree, func(path string) bool { return path == "a/tokens" })
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(got, "\n")
	if !strings.Contains(text, "a/b/settings: ") || !strings.Contains(text, "the name c/") || strings.Contains(text, "a/tokens") {
		t.Error(text)
	}
}
