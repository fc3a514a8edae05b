package powerapps

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// maxWait bounds what a Retry-After can make us wait; longer ones are told to the user instead.
const maxWait = 2 * time.Minute

// retrySettings are the options of a client about retries.
type retrySettings struct {
	retries    int
	delay      time.Duration
	tryTimeout time.Duration
}

func retrySettingsOf(o ClientOptions) retrySettings {
	s := retrySettings{retries: 3, delay: cmp.Or(o.RetryDelay, time.Second), tryTimeout: o.TryTimeout}
	if o.Retries != nil {
		s.retries = *o.Retries
	}
	return s
}

// options says the same of a call to the pipeline, which takes 0 retries for its default.
//
// All but a create is repeated: reading, validating and asking for a storage change nothing, an upload puts the same bytes
// under the same name, and an update replaces the connector's registration by the same one, whole. Each create that arrives
// may make one more connector. Throttling (429, 503) is no exception: the service makes a connector in several steps at
// services behind it, and hands their answers on.
func (s retrySettings) options(call call) policy.RetryOptions {
	timeout := 4 * time.Minute
	if call.method == http.MethodGet {
		timeout = time.Minute
	}
	o := policy.RetryOptions{
		MaxRetries: int32(min(s.retries, 100)), RetryDelay: s.delay, MaxRetryDelay: maxWait, TryTimeout: cmp.Or(s.tryTimeout, timeout),
		ShouldRetry: passing,
	}
	if call.once || s.retries <= 0 {
		o.MaxRetries = -1
	}
	return o
}

// passing reports whether the outcome of a try may be another one the next time.
func passing(resp *http.Response, err error) bool {
	if err != nil {
		return !lasting(err)
	}
	switch resp.StatusCode {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// lasting reports whether an error of a connection will be the same the next time.
func lasting(err error) bool {
	var dns *net.DNSError
	var fixed interface{ NonRetriable() }
	return errors.As(err, &fixed) || errors.As(err, &dns) && dns.IsNotFound || untrusted(err) || errors.Is(err, context.Canceled)
}

// retryAfter returns how long an answer asks to wait before the next try; 0 when it does not say.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil && seconds > 0 {
		return min(time.Duration(seconds), 1<<31) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil && at.After(now) {
		return at.Sub(now).Round(time.Second)
	}
	return 0
}
