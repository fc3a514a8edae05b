package powerapps

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"time"
)

// replyOf reads what the pipeline brought.
func replyOf(resp *http.Response) (reply, error) {
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	return reply{status: resp.StatusCode, header: resp.Header, body: body}, err
}

// error returns the Error of a call with what is known before any answer.
func (c call) error() *Error {
	return &Error{Doing: c.doing, Method: c.method, URL: WithoutQuery(c.url)}
}

// failure is the Error of a call that got no answer.
func (s *sending) failure(l limits, perTry time.Duration, err error) *Error {
	e := s.call.error()
	var r *refused
	mayBeDone := s.unsure || s.reached.Load() && !errors.As(err, &r)
	e.Uncertain = s.call.changes() && mayBeDone
	switch {
	case l.user.Err() != nil:
		e.Err = l.user.Err()
	case l.all.Err() != nil && s.status != 0:
		e.Message, e.Err = fmt.Sprintf("no success within %s, and the last answer was %d %s", l.time, s.status, http.StatusText(s.status)), l.all.Err()
	case l.all.Err() != nil:
		e.Message, e.Err = fmt.Sprintf("no answer within %s", l.time), l.all.Err()
	case errors.Is(err, context.DeadlineExceeded):
		e.Message, e.Err = fmt.Sprintf("no answer within %s", perTry), context.DeadlineExceeded
	default:
		e.Err = s.cleaned(err)
	}
	e.Way = s.way(e, err, nil)
	return e
}

// refusal is the Error of an answer that is not one of success.
func (s *sending) refusal(got reply) *Error {
	e := s.call.error()
	e.Status = got.status
	code, message := readError(got)
	e.Code = plain(mask(code, s.secrets()), 200)
	limit := maxMessage
	if s.call.verbose {
		limit = maxVerdict
	}
	e.Message = cmp.Or(plain(mask(message, s.secrets()), limit), http.StatusText(got.status), "the answer does not say why")
	e.RequestID = cmp.Or(requestID(got.header), trackingID(e.Message))
	e.Uncertain = s.call.changes() && (s.unsure || unclear(got.status) || halfDone(e.Code) || s.call.once && got.status == http.StatusUnauthorized && !tokenCode.MatchString(e.Code))
	e.Way = s.way(e, nil, got.header)
	return e
}

// unclear reports whether a status leaves open what was done. The service makes and changes a connector in several steps
// at services behind it, whose failures it hands on, throttling included.
func unclear(status int) bool {
	return status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500
}

// halfDone reports whether a code is that of a step that comes after others, whatever its status. Public reports of
// ApiHubsRequestFailed show an API that had been made when its policy was refused.
func halfDone(code string) bool {
	return code == "ApiHubsRequestFailed" || code == "CustomScriptProvisioningFailed"
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

var tracking = regexp.MustCompile(`(?i)\b(?:correlation|tracking|activity|request) ?id(?: is)?:? '?([0-9a-f-]{32,36})\b`)

// trackingID finds the name of a request in an error's message.
func trackingID(message string) string {
	if found := tracking.FindStringSubmatch(message); found != nil {
		return found[1]
	}
	return ""
}

// cleanError is an error whose text holds nothing that may be secret.
type cleanError struct {
	text string
	err  error
}

func (e *cleanError) Error() string { return e.text }
func (e *cleanError) Unwrap() error { return e.err }

// urls are URLs in a text, without the punctuation behind them.
var urls = regexp.MustCompile(`https?://[^\s"'<>]*[^\s"'<>.,:;)]`)

// cleaned cleans the text of an error: its URLs lose their queries and the users before their hosts.
func cleaned(err error) error { return (&sending{}).cleaned(err) }

func (s *sending) cleaned(err error) error {
	text := urls.ReplaceAllStringFunc(err.Error(), WithoutQuery)
	return &cleanError{text: plain(mask(text, s.secrets()), maxMessage), err: err}
}

// whole returns a reply's body if it is one whole JSON text, else why it is not one.
func (c call) whole(got reply) ([]byte, error) {
	body := bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(got.body), []byte("\ufeff")))
	if why := notJSON(body); why != "" {
		return nil, c.unusable(got, why)
	}
	return body, nil
}

// unusable is the Error of an answer of success that says something impossible.
func (c call) unusable(got reply, why string) *Error {
	e := c.error()
	e.Status, e.Message, e.RequestID = got.status, why, requestID(got.header)
	e.Uncertain = c.changes()
	e.Way = (&sending{call: c}).way(e, nil, nil)
	return e
}
