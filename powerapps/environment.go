package powerapps

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
)

// The environment variables that describe a service principal.
const (
	envTenant              = "PACONN_TENANT_ID"
	envClient              = "PACONN_CLIENT_ID"
	envSecret              = "PACONN_CLIENT_SECRET"
	envCertificate         = "PACONN_CLIENT_CERTIFICATE"
	envCertificatePassword = "PACONN_CLIENT_CERTIFICATE_PASSWORD"
	envTokenFile           = "PACONN_FEDERATED_TOKEN_FILE"
	envIdentity            = "PACONN_MANAGED_IDENTITY"
)

// proofs are the variables of what proves who a service principal is, each of which stands for a way to sign in.
var proofs = []struct {
	name  string
	means Means
}{
	{envSecret, ClientSecret}, {envCertificate, Certificate}, {envTokenFile, Federated}, {envIdentity, ManagedIdentity},
}

// MayDescribe reports whether environment variables may describe a service principal: where they do not, FromEnvironment has
// nothing to say.
func MayDescribe(getenv func(string) string) bool {
	for _, p := range proofs {
		if getenv(p.name) != "" {
			return true
		}
	}
	return getenv(envClient) != "" && getenv(envTenant) != ""
}

// FromEnvironment returns the service principal that environment variables describe; ok is false when they describe none.
// Nothing of it is kept. A description that lacks something is a *VariablesError. Variables that only complete a
// sign-in that is kept (a secret, which never is; the defaults of login) describe none.
func (b *AccountBook) FromEnvironment(cloud Cloud) (TokenSource, Account, bool, error) {
	in, ok, err := b.described(cloud)
	if err != nil || !ok {
		return nil, Account{}, false, err
	}
	if err := in.complete(); err != nil {
		return nil, Account{}, false, err
	}
	cache := &memoryCache{}
	do, account, err := b.begin(in, nil, cache)
	if err != nil {
		return nil, Account{}, false, attemptFor(account).failed(context.Background(), err)
	}
	try := attemptFor(account)
	try.way = "check the environment variables that begin with PACONN_"
	account.User, account.TenantID, account.Renewable = cmp.Or(account.Client, in.IdentityClient), account.Tenant, true
	return newTokens(do, account, cache, try), account, true, nil
}

// VariablesError says what is wrong with environment variables: a value that cannot be, or, of those that describe a service
// principal, what is missing or that there are two of something.
type VariablesError struct {
	Names   []string // of those that are set
	Problem string   // and the way out
}

func (e *VariablesError) Error() string { return strings.Join(e.Names, " and ") + ": " + e.Problem }

// described reads the variables.
func (b *AccountBook) described(cloud Cloud) (SignIn, bool, error) {
	in := SignIn{Cloud: cloud, Tenant: b.getenv(envTenant), CertPassword: b.getenv(envCertificatePassword)}
	client := b.getenv(envClient)
	means, proof, err := b.proof(client, in.Tenant)
	if err != nil || means == "" {
		return in, false, err
	}
	in.Means, in.Cloud.Client = means, client
	switch means {
	case ManagedIdentity:
		in.IdentityClient = identityOf(b.getenv(envIdentity), client)
		return in, true, nil
	case ClientSecret:
		in.Secret = b.getenv(envSecret)
	case Certificate:
		in.Certificate = b.getenv(envCertificate)
	case Federated:
		in.FederatedToken = b.getenv(envTokenFile)
	}
	var missing []string
	for _, name := range []string{envClient, envTenant} {
		if b.getenv(name) == "" {
			missing = append(missing, name)
		}
	}
	switch {
	case len(missing) == 0:
		return in, true, in.variables()
	case b.completes(means, client, in.Tenant):
		return in, false, nil
	}
	return in, false, &VariablesError{[]string{proof}, "the service principal is not described as a whole: set " + strings.Join(missing, " and ") + " too"}
}

// variables says what of variables that are all there cannot be.
func (in SignIn) variables() error {
	switch {
	case !isTenant(in.Tenant):
		return &VariablesError{[]string{envTenant}, fmt.Sprintf("%q is neither the id of a directory nor a domain", in.Tenant)}
	case isAnyTenant(in.Tenant):
		return &VariablesError{[]string{envTenant}, "a service principal belongs to one directory: set its id or domain, not " + in.Tenant}
	case in.Cloud.Client == azureCLI:
		return &VariablesError{[]string{envClient}, "this is the application of the Azure CLI; a service principal has an id of its own"}
	}
	return nil
}

// proof returns which way to sign in the variables are for; "" when they are for none.
func (b *AccountBook) proof(client, tenant string) (Means, string, error) {
	var means Means
	var set []string
	for _, p := range proofs {
		if value := b.getenv(p.name); value != "" && (p.name != envIdentity || !isNo(value)) {
			means, set = p.means, append(set, p.name)
		}
	}
	switch {
	case len(set) > 1:
		return "", "", &VariablesError{set, "each of them is a way to sign in by itself: leave one"}
	case len(set) == 1:
		return means, set[0], nil
	case client == "" || tenant == "":
		return "", "", nil
	case b.issuer() != nil:
		return Federated, b.issuer().name, nil
	case b.completes("", client, tenant):
		return "", "", nil
	}
	way := "set " + envSecret + ", " + envCertificate + " or " + envTokenFile + " (a variable that is set but empty counts as not set), or sign in with paconn-ls login"
	if b.getenv("GITHUB_ACTIONS") != "" {
		way = "give the job the permission id-token: write, or " + way
	}
	return "", "", &VariablesError{[]string{envClient, envTenant}, "they describe a service principal, but what proves it is missing: " + way}
}

// completes reports whether the variables go with a sign-in that is kept.
func (b *AccountBook) completes(means Means, client, tenant string) bool {
	contents, err := b.store.Read(context.Background())
	return err == nil && slices.ContainsFunc(contents.Accounts, func(a Account) bool {
		return (means == "" || a.Means == means) && (client == "" || strings.EqualFold(a.Client, client)) &&
			(tenant == "" || strings.EqualFold(a.Tenant, tenant) || strings.EqualFold(a.TenantID, tenant))
	})
}

func isNo(value string) bool {
	return slices.Contains([]string{"0", "no", "false", "off"}, strings.ToLower(value))
}

// identityOf returns the id of the managed identity that a variable names: the system's for "system", that of the client
// id for "1" or "true", else the variable itself.
func identityOf(value, client string) string {
	switch strings.ToLower(value) {
	case "system":
		return ""
	case "1", "yes", "true", "on", "user":
		return client
	}
	return value
}
