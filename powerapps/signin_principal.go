package powerapps

import (
	"context"
	"crypto/x509"
	"errors"
	"net/http"
	"strings"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/managedidentity"
)

// byCredential signs a service principal in with what proves who it is. What is wrong with the proof is an error only when
// it is needed: a token that is still good needs none.
func (b *AccountBook) byCredential(a Account, roots *x509.CertPool, cache tokenCache, in SignIn) (acquire, error) {
	credential, problem := b.credential(a, in)
	if problem != nil {
		credential = confidential.NewCredFromAssertionCallback(func(context.Context, confidential.AssertionRequestOptions) (string, error) {
			return "", problem
		})
	}
	client, err := confidential.New(a.Authority+"/"+a.Tenant, a.Client, credential, confidential.WithHTTPClient(b.http.client(roots)),
		confidential.WithCache(cache), confidential.WithInstanceDiscovery(false),
		confidential.WithAzureRegion("DisableMsalForceRegion")) // which MSAL would else take from the environment
	return func(ctx context.Context, resource string) (issued, error) {
		ctx, cancel := context.WithTimeout(ctx, machineLimit)
		defer cancel()
		result, err := client.AcquireTokenByCredential(ctx, []string{scopeOf(resource)})
		if err != nil {
			return issued{}, err
		}
		return issued{value: result.AccessToken, expires: result.ExpiresOn.Round(0), claims: claimsOf(result.AccessToken)}, nil
	}, err
}

// credential returns what proves who a service principal is.
func (b *AccountBook) credential(a Account, in SignIn) (confidential.Credential, error) {
	problem := func(err error, way string) error {
		try := attemptFor(a)
		return &SignInError{Problem: try.problem, Err: err, Way: joined("; or ", way, try.way)}
	}
	switch in.Means {
	case ClientSecret:
		if in.Secret == "" {
			return confidential.Credential{}, problem(errors.New("its secret is not kept"), "give the secret in "+envSecret)
		}
		return confidential.NewCredFromSecret(in.Secret)
	case Certificate:
		chain, key, err := readCertificate(in.Certificate, in.CertPassword)
		if err != nil {
			return confidential.Credential{}, problem(err, "")
		}
		credential, err := confidential.NewCredFromCert(chain, key)
		if err != nil {
			return credential, problem(&CertificateError{Path: in.Certificate, Problem: err.Error()}, "")
		}
		return credential, nil
	}
	return confidential.NewCredFromAssertionCallback(func(ctx context.Context, _ confidential.AssertionRequestOptions) (string, error) {
		return b.federatedToken(ctx, a, in.FederatedToken)
	}), nil
}

// byIdentity signs in as the identity of the machine in Azure: the system's, or one that is named by its client id or its
// resource id.
func (b *AccountBook) byIdentity(id string) (acquire, error) {
	which := managedidentity.SystemAssigned()
	switch {
	case strings.HasPrefix(id, "/"):
		which = managedidentity.UserAssignedResourceID(id)
	case id != "":
		which = managedidentity.UserAssignedClientID(id)
	}
	client, err := managedidentity.New(which, managedidentity.WithHTTPClient(b.http.local()), managedidentity.WithRetryPolicyDisabled())
	return func(ctx context.Context, resource string) (issued, error) {
		ctx, cancel := context.WithTimeout(ctx, machineLimit)
		defer cancel()
		result, err := client.AcquireToken(ctx, resource)
		if err != nil {
			return issued{}, noIdentity(err)
		}
		return issued{value: result.AccessToken, expires: result.ExpiresOn.Round(0), claims: claimsOf(result.AccessToken)}, nil
	}, err
}

// noIdentity says what a refusal of a managed identity means.
func noIdentity(err error) error {
	var entra *EntraError
	cause := said(err)
	switch {
	case errors.As(cause, &entra) && entra.Status >= 400 && entra.Status < 500 && entra.Status != http.StatusTooManyRequests:
		return &SignInError{
			Problem: "this machine's managed identity gives no token", Err: cause,
			Way: "check that the machine has the identity, and its client id where it has several (PACONN_MANAGED_IDENTITY)",
		}
	case errors.As(cause, &entra):
		return err
	}
	return &SignInError{
		Problem: "no managed identity answers on this machine", Err: cause,
		Way: "sign in by other means where the machine is not one of Azure⟨: see paconn-ls login --help⟩",
	}
}
