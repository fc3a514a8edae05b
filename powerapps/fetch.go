package powerapps

import (
	"context"
	"net/http"
	"net/url"
)

// Fetch returns what a URL of the service's answers leads to, at most 64 MB. It sends no token and follows redirects.
// doing completes the error's text: "download the icon".
func (c *Client) Fetch(ctx context.Context, address, doing string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, &Error{Doing: doing, Message: "the service gave something that is no URL"}
	}
	u.User, u.Fragment = nil, ""
	got, err := c.do(ctx, call{doing: doing, method: http.MethodGet, url: u.String(), redirect: anywhere})
	if err != nil {
		return nil, err
	}
	return got.body, nil
}
