package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"paconn-ls/powerapps"
)

// fetchTime is how long the service waits for an icon or a script.
const fetchTime = 10 * time.Second

// fetch gets what a client says an icon or a script is at: our own storage, or another on loopback. Its errors tell
// nothing of a URL's query.
func (s *Sandbox) fetch(ctx context.Context, address string) ([]byte, error) {
	u, err := parseURI(address)
	if err != nil {
		return nil, err
	}
	if u.Scheme+"://"+u.Host == s.url && strings.HasPrefix(u.Path, blobPath) {
		found, refused := s.blobs.open(u)
		if refused != nil {
			return nil, refused
		}
		return found.content, nil
	}
	if !powerapps.Loopback(u.Hostname()) {
		return nil, errors.New("the sandbox fetches from this machine only")
	}
	return fetchOver(ctx, u)
}

// parseURI is stricter than url.Parse: what has to be escaped must be.
func parseURI(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	strange := strings.ContainsFunc(address, func(c rune) bool { return c <= ' ' || c > '~' })
	if err != nil || strange || u.Host == "" || u.Fragment != "" {
		return nil, errors.New("it is not a well-formed URI")
	}
	return u, nil
}

func fetchOver(ctx context.Context, u *url.URL) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, errors.New("it is not a well-formed URI")
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(request)
	if err != nil {
		return nil, errors.New("there is no answer from " + u.Host)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answers %d %s", u.Host, response.StatusCode, response.Header.Get("x-ms-error-code"))
	}
	return io.ReadAll(io.LimitReader(response.Body, maxBlob))
}
