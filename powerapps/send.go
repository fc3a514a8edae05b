package powerapps

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// sending follows a call through the pipeline.
type sending struct {
	call    call
	token   Token
	tries   int         // how often it was sent
	status  int         // of the latest answer; 0 when the latest try got none
	reached atomic.Bool // some try got as far as a connection, so that the service may have read it
	unsure  bool        // some try ended without an answer that says what was done
}

type sendingKey struct{}

// sendingOf returns the sending that a request belongs to.
func sendingOf(ctx context.Context) *sending { return ctx.Value(sendingKey{}).(*sending) }

// limits are the contexts that bound a call.
type limits struct {
	user context.Context // of who asked
	all  context.Context // of the call with its repetitions: as long as user, but for a time limit
	time time.Duration   // that limit
}

// send sends a call with a token, as often as its kind and the options allow.
func (c *Client) send(l limits, call call, token Token) (reply, error) {
	s := &sending{call: call, token: token}
	retry := c.retry.options(call)
	ctx := policy.WithRetryOptions(context.WithValue(l.all, sendingKey{}, s), retry)
	req, err := runtime.NewRequest(ctx, call.method, call.url)
	if err != nil {
		return reply{}, &Error{Doing: call.doing, Method: call.method, Message: "its URL cannot be used"}
	}
	c.addHeaders(req.Raw().Header, call, token)
	resp, err := c.pipeline.Do(req)
	if err != nil && !(succeeded(resp) && l.all.Err() != nil) { // a success that came as the time was over is one: it may be a connector's id
		return reply{}, s.failure(l, retry.TryTimeout, err)
	}
	got, err := replyOf(resp)
	if err != nil {
		return reply{}, s.failure(l, retry.TryTimeout, err)
	}
	if !succeeded(resp) {
		return got, s.refusal(got)
	}
	return got, nil
}

// succeeded reports whether an answer is one of success; nil is none.
func succeeded(resp *http.Response) bool {
	return resp != nil && resp.StatusCode >= 200 && resp.StatusCode <= 299
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
