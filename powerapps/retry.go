package powerapps

import (
	"net/http"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// repeat says what is known about sending a call more than once.
type repeat int

const (
	// safely: the outcome is the same. So are reading, validating, asking for a storage, putting the same bytes under the
	// same name, and an update, which replaces the connector's registration by the same one whole.
	safely repeat = iota
	// never: each sending that arrives makes one more connector.
	never
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
	s := retrySettings{retries: 3, delay: or(o.RetryDelay, time.Second), tryTimeout: or(o.TryTimeout, 4*time.Minute)}
	if o.Retries != nil {
		s.retries = *o.Retries
	}
	return s
}

// options says the same to the pipeline, which takes 0 retries for its default.
func (s retrySettings) options(kind repeat) policy.RetryOptions {
	o := policy.RetryOptions{
		MaxRetries: int32(s.retries), RetryDelay: s.delay, MaxRetryDelay: maxWait, TryTimeout: s.tryTimeout, ShouldRetry: passing,
	}
	if kind == never || s.retries <= 0 {
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
