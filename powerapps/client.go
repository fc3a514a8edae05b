package powerapps

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// ClientOptions are the habits of a client. Their zero value is good for people.
type ClientOptions struct {
	Version    string        // of this program, for the service's logs; "" is "devel"
	Retries    *int          // how often a request is repeated where that is safe; nil is 3 times
	RetryDelay time.Duration // before the first repetition, more than doubled for each further one; 0 is a second
	TryTimeout time.Duration // of one sending with its answer; 0 is a minute for reading and 4 for what may take the service longer
	Timeout    time.Duration // of a request with its repetitions and waits; 0 is 10 minutes, or as long as its sendings may take
	Log        *slog.Logger  // told of every sending at its debug level, never of a secret; nil is silent
}

// Client sends requests to the Power Apps service of one cloud. It may be used by many goroutines at once. The errors of
// its methods are *Error and *SignInError.
type Client struct {
	cloud    Cloud
	source   TokenSource
	agent    string
	timeout  time.Duration
	pipeline runtime.Pipeline
	retry    retrySettings
}

// NewClient returns a client for a cloud, which signs its requests with tokens of the source. The Flow service may be
// missing. The error tells of an address of the cloud that no token may be sent to.
func NewClient(cloud Cloud, source TokenSource, o ClientOptions) (*Client, error) {
	for _, address := range []string{cloud.PowerApps, cmp.Or(cloud.Flow, cloud.PowerApps)} {
		if u, err := url.Parse(address); err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
			return nil, fmt.Errorf("the cloud %s has the address %q: give one that begins with https://", cloud.Name, WithoutQuery(address))
		}
	}
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	retry := retrySettingsOf(o)
	return &Client{
		cloud: cloud, source: source, agent: "paconn-ls/" + cmp.Or(strings.Trim(o.Version, "()"), "devel"),
		timeout:  cmp.Or(o.Timeout, max(10*time.Minute, time.Duration(retry.retries+1)*retry.tryTimeout)),
		pipeline: newPipeline(cloud, log), retry: retry,
	}, nil
}

// call is a request as an operation wants it.
type call struct {
	doing    string // "list the environments"
	method   string
	url      string
	header   http.Header // besides those that all have
	body     []byte      // nil for none
	resource string      // that the token is for; "" sends none
	once     bool        // it is not repeated, whatever comes of it
	redirect redirect    // which redirects are followed
	verbose  bool        // an error's body may be long
	secrets  []string    // that no error may repeat

	environment, connector string // that the call is about; "" when it is about none
	cloud                  string // name of the cloud that it is sent to
}

// changes reports whether a call changes a connector.
func (c call) changes() bool { return c.once || c.method == http.MethodPatch }

// reply is what came back for a call, read to its end.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// do makes a call. What is not an answer of success is a *Error or a *SignInError.
func (c *Client) do(ctx context.Context, call call) (reply, error) {
	limited, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	call.cloud = c.cloud.Name
	l := limits{user: ctx, all: limited, time: c.timeout}
	token, err := c.token(limited, call)
	if err != nil {
		return reply{}, err
	}
	got, err := c.send(l, call, token)
	if call.resource == "" || !refusedToken(err) || call.once && !aboutToken(err) {
		return got, err
	}
	// The service looks at the token before anything else, so that nothing was done and even a create may be sent again, when
	// it is the service that says so: it hands on what services behind it answer, too.
	fresh, renewal := renew(limited, c.source, call.resource, token)
	var signIn *SignInError
	if errors.As(renewal, &signIn) {
		return reply{}, signIn
	}
	if renewal != nil || fresh.Value == token.Value {
		return reply{}, err
	}
	return c.send(l, call, fresh)
}

// refusedToken reports whether an error is the service's refusal of a token, and nothing may have been done.
func refusedToken(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Status == http.StatusUnauthorized && !e.Uncertain
}

var tokenCode = regexp.MustCompile(`(?i)authentication|authorization|token`)

// aboutToken reports whether the code of a refusal is one of those that the service has for tokens: InvalidAuthenticationToken,
// ExpiredAuthenticationToken, MissingAuthorizationHeaderAndClientCertificate and their like.
func aboutToken(err error) bool {
	var e *Error
	return errors.As(err, &e) && tokenCode.MatchString(e.Code)
}

// token returns the token of a call, the empty one where it needs none.
func (c *Client) token(ctx context.Context, call call) (Token, error) {
	if call.resource == "" {
		return Token{}, nil
	}
	token, err := c.source.Token(ctx, call.resource)
	var signIn *SignInError
	if err == nil || errors.As(err, &signIn) {
		return token, err
	}
	e := &Error{Doing: call.doing, Message: "there is no token for it", Err: cleaned(err), Way: connectionWay(err, "")}
	var failed *Error // of the sign-in service
	if errors.As(err, &failed) {
		e.Way, e.RequestID = failed.Way, failed.RequestID
	}
	return token, e
}

// renew has a token replaced that the service refused.
func renew(ctx context.Context, source TokenSource, resource string, refused Token) (Token, error) {
	if r, ok := source.(Renewer); ok {
		return r.Renew(ctx, resource, refused)
	}
	return source.Token(ctx, resource)
}
