package powerapps

import (
	"net/http"
	"net/url"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// redirect says which redirects of a call are followed.
type redirect int

const (
	// withinCloud follows a reading call to the cloud's own hosts, and nothing else.
	withinCloud redirect = iota
	// anywhere follows a reading call that carries no token.
	anywhere
)

// maxHops is how many redirects of one answer are followed.
const maxHops = 5

// follow follows redirects. It takes the place of what net/http does by itself, which tells the next host where the
// request comes from (Referer), shared access signature and all.
type follow struct{ cloud Cloud }

func (f follow) Do(req *policy.Request) (*http.Response, error) {
	for hop := 0; ; hop++ {
		resp, err := req.Next()
		if err != nil || !redirects(resp) {
			return resp, err
		}
		to, err := f.target(req.Raw(), resp)
		if err != nil {
			return nil, err
		}
		if hop == maxHops {
			return nil, &refused{"the service redirects again and again", inBetween}
		}
		req = req.Clone(req.Raw().Context())
		req.Raw().URL, req.Raw().Host = to, to.Host
	}
}

func redirects(resp *http.Response) bool {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return resp.Header.Get("Location") != ""
	}
	return false
}

// target returns where a redirect leads to, or why it is not followed.
func (f follow) target(req *http.Request, resp *http.Response) (*url.URL, error) {
	to, err := req.URL.Parse(resp.Header.Get("Location"))
	if err != nil || to.Host == "" {
		return nil, &refused{"the service redirects to what is no URL", inBetween}
	}
	to.User, to.Fragment = nil, ""
	where := to.Scheme + "://" + to.Host
	if req.Method != http.MethodGet {
		return nil, &refused{"the service redirects to " + where + ": what is to be sent is not sent elsewhere", inBetween}
	}
	if sendingOf(req.Context()).call.redirect == withinCloud && (to.Scheme != "https" || !f.cloud.owns(to.String())) {
		return nil, &refused{"the service redirects to " + where + ", which is no host of the " + f.cloud.Name + " cloud", inBetween + "; else check --cloud and --pau"}
	}
	return to, nil
}
