package powerapps

import (
	"fmt"
	"net/url"
	"strings"
)

// Error is a request that the service did not do what it was asked, or that could not be made.
type Error struct {
	Doing     string // what was asked: "create the connector"
	Method    string
	URL       string // without its query
	Status    int    // 0 when no answer came
	Code      string // the service's: "InvalidRequestContent"
	Message   string // the service's, as plain text of a bounded length
	RequestID string // to tell Microsoft's support
	Way       string // what to do about it, in our words, of which those between ⟨ and ⟩ are not for everybody (see commands.Audience); "" when we know nothing
	Uncertain bool   // the service may have done it all the same
	Err       error  // of the connection; nil when an answer came
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "could not %s", e.Doing)
	if e.Status != 0 {
		fmt.Fprintf(&b, ": %d", e.Status)
		if e.Code != "" {
			b.WriteString(" " + e.Code)
		}
	}
	if e.Message != "" {
		b.WriteString(": " + e.Message)
	}
	if text := inWords(e.Err); text != "" {
		b.WriteString(": " + text)
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// WithoutQuery returns a URL without what follows its path, which may be a secret.
func WithoutQuery(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "(a URL that cannot be read)"
	}
	u.RawQuery, u.Fragment, u.User, u.ForceQuery = "", "", nil, false
	return u.String()
}
