package powerapps

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"time"
)

// replyOf reads what the pipeline brought.
func replyOf(resp *http.Response) (reply, error) {
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	got := reply{status: resp.StatusCode, header: resp.Header, body: body}
	if resp.Request != nil {
		got.url = resp.Request.URL.String()
	}
	return got, err
}

// error returns the Error of a call with what is known before any answer.
func (s *sending) error() *Error {
	return &Error{Doing: s.call.doing, Method: s.call.method, URL: WithoutQuery(s.call.url)}
}

// failure is the Error of a call that got no answer.
func (s *sending) failure(user context.Context, limit time.Duration, err error) *Error {
	e := s.error()
	e.Uncertain = s.call.changes() && s.reached.Load()
	switch {
	case user.Err() != nil:
		e.Err = user.Err()
	case errors.Is(err, context.DeadlineExceeded):
		e.Message, e.Err = fmt.Sprintf("no answer within %s", limit), context.DeadlineExceeded
	default:
		e.Err = withoutURLs(err)
	}
	e.Way = wayOf(e, s.call)
	return e
}

// refusal is the Error of an answer that is not one of success.
func (s *sending) refusal(got reply) *Error {
	e := s.error()
	e.Status = got.status
	e.Code, e.Message = readError(got)
	e.Message = mask(e.Message, s.secrets())
	e.RequestID = requestID(got.header)
	e.Uncertain = s.call.changes() && unsure(got.status)
	e.Way = wayOf(e, s.call)
	return e
}

// changes reports whether a call changes a connector.
func (s call) changes() bool { return s.repeat == never || s.method == http.MethodPatch }

// unsure reports whether an answer leaves open what was done. The service makes a connector in several steps at services
// behind it, whose failures it hands on, throttling included; what it says of the request itself comes before all steps.
func unsure(status int) bool {
	return status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500
}

// requestIDs are the headers that name a request, the one to tell support first.
var requestIDs = []string{"x-ms-request-id", "x-ms-correlation-request-id", "x-ms-service-request-id", "x-ms-correlation-id", "request-id"}

func requestID(h http.Header) string {
	for _, name := range requestIDs {
		if id := h.Get(name); id != "" {
			return plain(id, 128)
		}
	}
	return ""
}

// lasting reports whether an error of a connection will be the same the next time.
func lasting(err error) bool {
	var dns *net.DNSError
	var fixed interface{ NonRetriable() }
	return errors.As(err, &fixed) || errors.As(err, &dns) && dns.IsNotFound || isTLS(err) || errors.Is(err, context.Canceled)
}

// cleanError is an error whose text was cleaned of what may be secret.
type cleanError struct {
	text string
	err  error
}

func (e *cleanError) Error() string { return e.text }
func (e *cleanError) Unwrap() error { return e.err }

var urls = regexp.MustCompile(`https?://[^\s"']+`)

// withoutURLs cleans the text of an error: its URLs lose their queries and whoever is named before their hosts.
func withoutURLs(err error) error {
	text := urls.ReplaceAllStringFunc(err.Error(), WithoutQuery)
	return &cleanError{text: mask(text, nil), err: err}
}

// whole returns an answer's body if it is one whole JSON text, else why it is not one.
func (s call) whole(got reply) ([]byte, error) {
	body := bytes.TrimPrefix(bytes.TrimSpace(got.body), []byte("\ufeff"))
	if why := notJSON(body); why != "" {
		return nil, s.unusable(got, why)
	}
	return body, nil
}
