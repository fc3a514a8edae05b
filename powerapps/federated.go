package powerapps

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// exchangeAudience is what a token has to be for to be exchanged for one of Entra's; the clouds of governments have their own
// (Learn: "Configure an app to trust an external identity provider").
func exchangeAudience(authority string) string {
	switch host := HostOf(authority); {
	case strings.HasSuffix(host, ".us"):
		return "api://AzureADTokenExchangeUSGov"
	case strings.HasSuffix(host, ".cn"):
		return "api://AzureADTokenExchangeChina"
	}
	return "api://AzureADTokenExchange"
}

// issuer is an identity provider that gives tokens to the jobs that it runs.
type issuer struct {
	name    string
	request func(ctx context.Context, getenv func(string) string, audience string) (*http.Request, error)
	token   string // the member of its answer
	way     string // what to do when it refuses
}

// GitHub tells the jobs that have the permission where to get a token (docs.github.com: "OpenID Connect reference").
var gitHub = issuer{
	name: "GitHub Actions", token: "value", way: "give the job the permission id-token: write",
	request: func(ctx context.Context, getenv func(string) string, audience string) (*http.Request, error) {
		u, err := url.Parse(getenv("ACTIONS_ID_TOKEN_REQUEST_URL"))
		if err != nil {
			return nil, errors.New("ACTIONS_ID_TOKEN_REQUEST_URL is no address")
		}
		query := u.Query()
		query.Set("audience", audience)
		u.RawQuery = query.Encode()
		return bearing(ctx, http.MethodGet, u, getenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN"))
	},
}

// Azure DevOps gives its jobs tokens for a service connection (Learn: "Oidctoken - Create").
var azureDevOps = issuer{
	name: "Azure DevOps", token: "oidcToken", way: "check the id of the service connection, and that the pipeline may use it",
	request: func(ctx context.Context, getenv func(string) string, _ string) (*http.Request, error) {
		u, err := url.Parse(getenv("SYSTEM_OIDCREQUESTURI"))
		if err != nil {
			return nil, errors.New("SYSTEM_OIDCREQUESTURI is no address")
		}
		connection := cmp.Or(getenv("PACONN_SERVICE_CONNECTION_ID"), getenv("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"))
		if connection == "" {
			return nil, errors.New("the id of the service connection is missing: set PACONN_SERVICE_CONNECTION_ID")
		}
		if getenv("SYSTEM_ACCESSTOKEN") == "" {
			return nil, errors.New("SYSTEM_ACCESSTOKEN is missing: map it in the step's env as $(System.AccessToken)")
		}
		query := u.Query()
		query.Set("api-version", "7.1")
		query.Set("serviceConnectionId", connection)
		u.RawQuery = query.Encode()
		req, err := bearing(ctx, http.MethodPost, u, getenv("SYSTEM_ACCESSTOKEN"))
		if err == nil {
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("X-TFS-FedAuthRedirect", "Suppress") // a refusal, not the page to sign in on
		}
		return req, err
	},
}

func bearing(ctx context.Context, method string, u *url.URL, token string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		return nil, errors.New("its address cannot be asked")
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Accept", "application/json")
	return req, nil
}

// issuer returns the identity provider that runs this process; nil when none does.
func (b *AccountBook) issuer() *issuer {
	switch {
	case b.getenv("ACTIONS_ID_TOKEN_REQUEST_URL") != "" && b.getenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN") != "":
		return &gitHub
	case b.getenv("SYSTEM_OIDCREQUESTURI") != "":
		return &azureDevOps
	}
	return nil
}

// federatedToken returns the token of another identity provider: of a file, or of the provider that runs this process.
func (b *AccountBook) federatedToken(ctx context.Context, a Account, path string) (string, error) {
	if path != "" {
		return tokenFile(path)
	}
	from := b.issuer()
	if from == nil {
		return "", &SignInError{
			Problem: "there is no token of another identity provider here",
			Way:     "in GitHub Actions, give the job the permission id-token: write; in Azure DevOps, map SYSTEM_ACCESSTOKEN; else name a file with --federated-token-file or " + envTokenFile,
		}
	}
	token, err := b.askIssuer(ctx, from, exchangeAudience(a.Authority))
	if err != nil && ctx.Err() == nil {
		return "", &SignInError{Problem: from.name + " gives no token to sign in with", Err: err, Way: from.way}
	}
	return token, err
}

// tokenFile reads the token anew each time: it is replaced before its time is over.
func tokenFile(path string) (string, error) {
	text, err := os.ReadFile(path)
	token := strings.TrimSpace(string(text))
	if err == nil && token == "" {
		err = errors.New("the file is empty")
	}
	if err != nil {
		return "", &SignInError{Problem: "there is no token in the file of the other identity provider", Err: fmt.Errorf("%s: %w", path, withoutPath(err))}
	}
	return token, nil
}

// withoutPath leaves of an error what is not the path, which is told already.
func withoutPath(err error) error {
	if inner := errors.Unwrap(err); inner != nil {
		return inner
	}
	return err
}

// askIssuer asks an identity provider for a token.
func (b *AccountBook) askIssuer(ctx context.Context, from *issuer, audience string) (string, error) {
	req, err := from.request(ctx, b.getenv, audience)
	if err != nil {
		return "", err
	}
	resp, err := b.http.client(nil).Do(req)
	if err != nil {
		return "", said(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", said(err)
	}
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("it answered %d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	}
	var answer map[string]any
	if json.Unmarshal(text, &answer) == nil {
		if token, ok := answer[from.token].(string); ok && token != "" {
			return token, nil
		}
	}
	return "", errors.New("its answer has no token")
}
