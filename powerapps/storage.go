package powerapps

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Storage asks the service for a place that files can be put to.
func (c *Client) Storage(ctx context.Context, environment string) (Storage, error) {
	const doing = "get a storage for the files"
	if err := checkName(doing, "environment", environment); err != nil {
		return Storage{}, err
	}
	path, err := c.ofUser(ctx, doing, "generateResourceStorage")
	if err != nil {
		return Storage{}, err
	}
	call := call{
		doing: doing, method: http.MethodPost, url: c.powerApps(path, ""), header: http.Header{"Content-Type": {"application/json"}},
		body: []byte(`{"environment": {"name": ` + quoteASCII(environment) + `}}`), resource: c.cloud.Resource, environment: environment,
	}
	body, got, err := c.json(ctx, call)
	if err != nil {
		return Storage{}, err
	}
	place := str(memberOf(body, "sharedAccessSignature"))
	if u, err := url.Parse(place); err != nil || u.Host == "" || strings.Trim(u.Path, "/") == "" {
		return Storage{}, call.unusable(got, "the answer names no place for files")
	}
	return Storage{URL: place}, nil
}

// quoteASCII spells a JSON text as paconn does, in ASCII.
func quoteASCII(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		case r < ' ' || r > '~':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// Upload puts a file into the storage under a name and returns the URL that the service can fetch it from, a secret. A
// file of the same name is replaced.
func (c *Client) Upload(ctx context.Context, to Storage, name string, content []byte) (string, error) {
	doing := "upload " + plain(name, 200)
	if err := checkFileName(doing, name); err != nil {
		return "", err
	}
	u, err := url.Parse(to.URL)
	if err != nil || u.Host == "" {
		return "", &Error{Doing: doing, Message: "the storage has no URL"}
	}
	place, query, _ := strings.Cut(to.URL, "?")
	target := strings.TrimSuffix(place, "/") + "/" + escape(name)
	if query != "" {
		target += "?" + query
	}
	if content == nil {
		content = []byte{}
	}
	call := call{doing: doing, method: http.MethodPut, url: target, header: blobHeaders(name), body: content}
	got, err := c.do(ctx, call)
	if err != nil {
		return "", err
	}
	if got.status != http.StatusCreated { // which is all that Put Blob answers (Learn); a page of something in between is no success
		return "", call.unusable(got, cmp.Or(notBlob(got.body), "the storage does not say that it has the file"))
	}
	return target, nil
}

// notBlob says what the answer is where the storage should say that it has a file; "" when it is no more than empty.
func notBlob(body []byte) string {
	if body = bytes.TrimSpace(body); isHTML(body) {
		return "the answer is " + htmlTitle(body)
	}
	return ""
}

// checkFileName refuses what is not the base name of a file.
func checkFileName(doing, name string) error {
	if name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\\\x00") {
		return &Error{Doing: doing, Message: fmt.Sprintf("%q is not the name of a file", name)}
	}
	return nil
}

// blobHeaders are those that put a block blob, as paconn's library sends them.
func blobHeaders(name string) http.Header {
	h := http.Header{
		"X-Ms-Blob-Type":         {"BlockBlob"},
		"X-Ms-Version":           {"2019-02-02"},
		"X-Ms-Date":              {time.Now().UTC().Format(http.TimeFormat)},
		"X-Ms-Client-Request-Id": {uuid()},
	}
	lower := strings.ToLower(name)
	if dot := strings.LastIndexByte(lower, '.'); dot > 0 {
		if kind := contentTypes[lower[dot:]]; kind != "" {
			h["X-Ms-Blob-Content-Type"] = []string{kind}
		}
		if lower[dot:] == ".svgz" {
			h["X-Ms-Blob-Content-Encoding"] = []string{"gzip"}
		}
	}
	return h
}

// contentTypes are those that Python gives to files that can be a connector's icon or script. They do not depend on the
// machine.
var contentTypes = map[string]string{
	".bmp": "image/bmp", ".gif": "image/gif", ".ico": "image/vnd.microsoft.icon", ".jpe": "image/jpeg", ".jpeg": "image/jpeg",
	".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml", ".svgz": "image/svg+xml", ".tif": "image/tiff",
	".tiff": "image/tiff", ".webp": "image/webp", ".txt": "text/plain", ".json": "application/json",
}

// uuid returns a random UUID.
func uuid() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
