package powerapps

import (
	"net/http"
	"net/url"
	"slices"

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

// follow follows redirects. It takes the place of what net/http does by itself, which sends the address with its shared
// access signature to the next host as the Referer.
type follow struct{ cloud Cloud }

func (f follow) Do(req *policy.Request) (*http.Response, error) {
	for hop := 0; ; hop++ {
		resp, err := req.Next()
		if err != nil || resp.StatusCode < 300 || resp.StatusCode > 399 || resp.Header.Get("Location") == "" {
			return resp, err
		}
		to, err := f.target(req.Raw(), resp)
		if err != nil {
			return nil, err
		}
		if hop == maxHops {
			return nil, &refused{text: "the service redirects in a circle"}
		}
		req = req.Clone(req.Raw().Context())
		req.Raw().URL, req.Raw().Host = to, to.Host
	}
}

// target returns where a redirect leads to, or why it is not followed.
func (f follow) target(req *http.Request, resp *http.Response) (*url.URL, error) {
	to, err := req.URL.Parse(resp.Header.Get("Location"))
	if err != nil {
		return nil, &refused{text: "the service redirects to what is no URL"}
	}
	to.User, to.Fragment = nil, ""
	where := to.Scheme + "://" + to.Host
	if req.Method != http.MethodGet {
		return nil, &refused{text: "the service redirects to " + where + ", which is not followed with what would be sent there"}
	}
	call := sendingOf(req.Context()).call
	if call.redirect == withinCloud && (to.Scheme != "https" || !slices.Contains(f.cloud.Hosts(), HostOf(to.String()))) {
		return nil, &refused{text: "the service redirects to " + where + ", which is no host of the " + f.cloud.Name + " cloud"}
	}
	return to, nil
}
