package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// access is what a shared access signature allows.
type access struct {
	resource    string // path of the container or blob
	kind        string // "c" a container and all that is in it, "b" a blob
	permissions string // letters: r read, c create, w write
	expires     time.Time
}

// sign returns the query of a shared access signature.
func (b *blobs) sign(a access) string {
	expires := a.expires.UTC().Format(time.RFC3339)
	signature := b.signature(a.resource, a.kind, a.permissions, expires)
	b.secrets.keep(signature)
	return "sv=2019-02-02&sr=" + a.kind + "&sig=" + url.QueryEscape(signature) +
		"&se=" + url.QueryEscape(expires) + "&sp=" + a.permissions
}

func (b *blobs) signature(resource, kind, permissions, expires string) string {
	mac := hmac.New(sha256.New, b.key)
	mac.Write([]byte(strings.Join([]string{resource, kind, permissions, expires}, "\n")))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// allow checks the shared access signature of a URL for one permission. Codes and messages are those of Azure's storage.
func (b *blobs) allow(u *url.URL, permission rune) *refusal {
	q := u.Query()
	resource := u.Path
	if q.Get("sr") == "c" {
		container, _, _ := strings.Cut(strings.TrimPrefix(u.Path, blobPath), "/")
		resource = blobPath + container
	}
	want := b.signature(resource, q.Get("sr"), q.Get("sp"), q.Get("se"))
	if !hmac.Equal([]byte(want), []byte(q.Get("sig"))) {
		return refuse(http.StatusForbidden, "AuthorizationFailure", "This request is not authorized to perform this operation.")
	}
	if expires, err := time.Parse(time.RFC3339, q.Get("se")); err != nil || time.Now().After(expires) {
		return refuse(http.StatusForbidden, "AuthenticationFailed", "Server failed to authenticate the request. Signature not valid in the specified time frame.")
	}
	if !strings.ContainsRune(q.Get("sp"), permission) {
		return refuse(http.StatusForbidden, "AuthorizationPermissionMismatch", "This request is not authorized to perform this operation using this permission.")
	}
	return nil
}
