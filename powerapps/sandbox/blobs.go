package sandbox

import (
	"encoding/xml"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// blobPath is where the storage is: blobPath + CONTAINER + "/" + NAME, as Azure's emulators have it.
const blobPath = "/storage/"

// linkLife is how long a link is good, to put files by or to get them.
const linkLife = time.Hour

// maxBlob is the largest blob that one request puts, in bytes.
const maxBlob = 64 << 20

// blobs is the storage.
type blobs struct {
	base    func() string
	key     []byte
	secrets *secrets // that are handed out
	mu      sync.Mutex
	content map[string]blob // by path
}

type blob struct {
	contentType string
	content     []byte
	changed     time.Time
}

func newBlobs(base func() string) *blobs {
	return &blobs{base: base, key: []byte(randomHex(32)), content: map[string]blob{}}
}

func (b *blobs) put(path string, content blob) {
	content.changed = time.Now().UTC()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.content[path] = content
}

func (b *blobs) remove(path string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.content, path)
}

func (b *blobs) get(path string) (blob, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, ok := b.content[path]
	return found, ok
}

// link returns a URL by which a file of a connector can be read for a while.
func (b *blobs) link(id, name string) string {
	path := publishedPath(id, name)
	return b.base() + path + "?" + b.sign(access{resource: path, kind: "b", permissions: "r", expires: time.Now().Add(linkLife)})
}

// publishedPath is where the files of connectors are: publishedRoot + ID + "/" + NAME.
const publishedRoot = blobPath + "apis/"

func publishedPath(id, name string) string { return publishedRoot + id + "/" + name }

// newContainer returns the URL of a container of its own, into which files can be put for a while. What others have put
// into theirs, which end with their links, is removed.
func (b *blobs) newContainer() string {
	b.sweep()
	path := blobPath + randomHex(8)
	return b.base() + path + "?" + b.sign(access{resource: path, kind: "c", permissions: "rcw", expires: time.Now().Add(linkLife)})
}

func (b *blobs) sweep() {
	b.mu.Lock()
	defer b.mu.Unlock()
	maps.DeleteFunc(b.content, func(path string, content blob) bool {
		return !strings.HasPrefix(path, publishedRoot) && time.Since(content.changed) > 2*linkLife
	})
}

// ServeHTTP puts and gets blobs, as Azure's storage does for who has a shared access signature.
func (b *blobs) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("x-ms-version", "2019-02-02")
	do := b.read
	switch r.Method {
	case http.MethodPut:
		do = b.write
	case http.MethodGet, http.MethodHead:
	default:
		refuseBlob(w, refuse(http.StatusMethodNotAllowed, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb."))
		return
	}
	if refused := do(w, r); refused != nil {
		refuseBlob(w, refused)
	}
}

func (b *blobs) read(w http.ResponseWriter, r *http.Request) *refusal {
	found, refused := b.open(r.URL)
	if refused != nil {
		return refused
	}
	h := w.Header()
	h.Set("Content-Type", found.contentType)
	h.Set("Content-Length", strconv.Itoa(len(found.content)))
	h.Set("Last-Modified", found.changed.Format(http.TimeFormat))
	h.Set("x-ms-blob-type", "BlockBlob")
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		_, _ = w.Write(found.content)
	}
	return nil
}

// open returns the blob that a URL leads to, by its signature.
func (b *blobs) open(u *url.URL) (blob, *refusal) {
	if refused := b.allow(u, 'r'); refused != nil {
		return blob{}, refused
	}
	found, ok := b.get(u.Path)
	if !ok {
		return blob{}, refuse(http.StatusNotFound, "BlobNotFound", "The specified blob does not exist.")
	}
	return found, nil
}

func (b *blobs) write(w http.ResponseWriter, r *http.Request) *refusal {
	if r.Header.Get("Authorization") != "" {
		return refuse(http.StatusBadRequest, "InvalidAuthenticationInfo", "A request has either a shared access signature or an Authorization header, not both.")
	}
	if refused := b.allow(r.URL, 'w'); refused != nil {
		return refused
	}
	if refused := checkPut(r); refused != nil {
		return refused
	}
	content, err := io.ReadAll(r.Body)
	if err != nil || len(content) > maxBlob {
		return refuse(http.StatusRequestEntityTooLarge, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.")
	}
	contentType := r.Header.Get("x-ms-blob-content-type")
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	b.put(r.URL.Path, blob{contentType: contentType, content: content})
	w.Header().Set("ETag", `"0x`+strings.ToUpper(randomHex(8))+`"`)
	w.Header().Set("x-ms-request-server-encrypted", "true")
	w.WriteHeader(http.StatusCreated)
	return nil
}

// checkPut refuses a PUT that lacks what Azure's storage insists on.
func checkPut(r *http.Request) *refusal {
	_, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, blobPath), "/")
	_, _, media := mime.ParseMediaType(r.Header.Get("x-ms-blob-content-type"))
	version := r.Header.Get("x-ms-version")
	_, dated := time.Parse(time.DateOnly, version)
	switch {
	case name == "":
		return refuse(http.StatusBadRequest, "InvalidUri", "The requested URI does not represent any resource on the server.")
	case r.Header.Get("x-ms-blob-type") == "":
		return refuse(http.StatusBadRequest, "MissingRequiredHeader", "An HTTP header that's mandatory for this request is not specified: x-ms-blob-type.")
	case r.Header.Get("x-ms-blob-type") != "BlockBlob":
		return refuse(http.StatusBadRequest, "InvalidHeaderValue", "The value for the HTTP header x-ms-blob-type is not supported here.")
	case r.Header.Get("x-ms-blob-content-type") != "" && media != nil:
		return refuse(http.StatusBadRequest, "InvalidHeaderValue", "The value for the HTTP header x-ms-blob-content-type is not in the correct format.")
	case version != "" && dated != nil:
		return refuse(http.StatusBadRequest, "InvalidHeaderValue", "The value for the HTTP header x-ms-version is not in the correct format.")
	case r.ContentLength < 0:
		return refuse(http.StatusLengthRequired, "MissingContentLengthHeader", "Content-Length HTTP header is missing.")
	}
	return nil
}

// refuseBlob answers as Azure's storage does, in XML.
func refuseBlob(w http.ResponseWriter, e *refusal) {
	body := struct {
		XMLName xml.Name `xml:"Error"`
		Code    string
		Message string
	}{Code: e.code, Message: e.message + "\nRequestId:" + w.Header().Get("x-ms-request-id") + "\nTime:" + stamp(time.Now())}
	text, _ := xml.Marshal(body)
	w.Header().Set("Content-Type", "application/xml")
	w.Header().Set("x-ms-error-code", e.code)
	w.WriteHeader(e.status)
	_, _ = io.WriteString(w, xml.Header+string(text))
}
