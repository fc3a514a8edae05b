package powerapps

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// sending follows a call through the pipeline.
type sending struct {
	call    call
	token   Token
	reached atomic.Bool // some try may have reached the service, and no answer says that nothing was done
	last    atomic.Pointer[Error]
}

type sendingKey struct{}

// sendingOf returns the sending that a request belongs to.
func sendingOf(ctx context.Context) *sending { return ctx.Value(sendingKey{}).(*sending) }

// send sends a call with a token, as often as its kind and the options allow. user is the context of who asked, which
// has no time limit of ours.
func (c *Client) send(ctx, user context.Context, call call, token Token) (reply, error) {
	s := &sending{call: call, token: token}
	ctx = context.WithValue(ctx, sendingKey{}, s)
	req, err := runtime.NewRequest(policy.WithRetryOptions(ctx, c.retry.options(call.repeat)), call.method, call.url)
	if err != nil {
		return reply{}, &Error{Doing: call.doing, Method: call.method, Message: "the URL cannot be used"}
	}
	c.addHeaders(req.Raw().Header, call, token)
	resp, err := c.pipeline.Do(req)
	if err != nil {
		return reply{}, s.failure(user, c.timeout, err)
	}
	got, err := replyOf(resp)
	if err != nil {
		return reply{}, s.failure(user, c.timeout, err)
	}
	if got.status < 200 || got.status > 299 {
		return got, s.refusal(got)
	}
	return got, nil
}

// addHeaders sets the headers of a call as the service sees them from paconn, with our own name as the agent's.
func (c *Client) addHeaders(h http.Header, call call, token Token) {
	h.Set("Accept", "*/*")
	h.Set("User-Agent", c.agent)
	for name, values := range call.header {
		h[name] = values
	}
	if call.resource != "" {
		h.Set("Authorization", "Bearer "+token.Value)
	}
}

// secrets are the texts that nothing which leaves the client may hold.
func (s *sending) secrets() []string {
	out := append([]string{s.token.Value}, s.call.secrets...)
	if _, query, ok := strings.Cut(s.call.url, "?"); ok && s.call.resource == "" {
		out = append(out, query)
	}
	return out
}

// errTooLarge is of an answer that is longer than any real one.
var errTooLarge = errors.New("the answer is larger than 64 MB")
