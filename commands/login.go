package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"paconn-ls/powerapps"
)

// signIn returns what to sign in with: the options over the settings file over the environment variables over what the
// cloud has.
func (e *Env) signIn(ctx context.Context, args LoginArgs) (powerapps.SignIn, error) {
	settings, err := e.settings(args.Settings)
	if err != nil {
		return powerapps.SignIn{}, err
	}
	clouds, err := e.Clouds()
	if err != nil {
		return powerapps.SignIn{}, err
	}
	l := login{
		env: e, args: args, settings: settings, clouds: clouds, guard: e.guard(ctx, args.TrustHosts, settings, clouds),
		tenant:    e.over(settings, option{"--tenant", args.Tenant, "tenant", settings.Tenant}),
		client:    e.wish(settings, option{"--clid", args.Client, "clientId", settings.Client}),
		authority: e.wish(settings, option{"--authority_url", args.Authority, "authorityUrl", settings.Authority}),
		resource:  e.wish(settings, option{"--resource", args.Resource, "resource", settings.Resource}),
	}
	cloud, err := l.cloud()
	if err != nil {
		return powerapps.SignIn{}, err
	}
	in := powerapps.SignIn{Cloud: cloud, Secret: args.Secret, CertPassword: args.CertPassword}
	if in.Means, err = l.means(cloud); err != nil {
		return in, err
	}
	if err := l.permit(&in); err != nil {
		return in, err
	}
	if isPerson(in.Means) {
		in.Tenant = l.tenant
		return in, tenantIs(in.Tenant)
	}
	err = l.principal(ctx, &in)
	return in, err
}

// wish is what somebody wants in the place of what the cloud has.
func (e *Env) wish(s Settings, o option) address {
	value := e.over(s, o)
	if value != "" && value == o.Value {
		return address{value, o.Name, o.Name} // also when the settings file says the same: the user says it
	}
	return address{url: value, key: o.Key}
}

// login is the choice of what to sign in with.
type login struct {
	env      *Env
	args     LoginArgs
	settings Settings
	clouds   powerapps.Clouds
	guard    guard

	tenant                      string
	client, authority, resource address
}

// cloud returns the cloud to sign in to: the one of --cloud, of --resource, of PACONN_CLOUD, of the settings file's
// resource or service, of an authority that is of one cloud only; else the public one.
func (l login) cloud() (powerapps.Cloud, error) {
	if l.args.Cloud != "" {
		return l.env.byName(l.clouds, "--cloud", l.args.Cloud)
	}
	byResource, ok := l.ofResource()
	if ok && l.resource.option != "" {
		return byResource, nil
	}
	if name := l.env.getenv("PACONN_CLOUD"); name != "" {
		return l.env.byName(l.clouds, "PACONN_CLOUD", name)
	}
	if ok {
		return byResource, nil
	}
	for _, url := range []string{l.settings.PowerAppsURL, l.settings.FlowURL} {
		if found := cloudsOf(l.clouds, powerapps.HostOf(url)); url != "" && len(found) > 0 {
			return found[0], nil
		}
	}
	return l.ofAuthority()
}

// ofResource returns the cloud whose audience is wanted.
func (l login) ofResource() (powerapps.Cloud, bool) {
	i := slices.IndexFunc(l.clouds, func(c powerapps.Cloud) bool { return sameResource(c.Resource, l.resource.url) })
	if i < 0 {
		return powerapps.Cloud{}, false
	}
	return l.clouds[i], true
}

// sameResource reports whether two audiences differ in their last slash at most.
func sameResource(a, b string) bool {
	return b != "" && strings.EqualFold(strings.TrimRight(a, "/"), strings.TrimRight(b, "/"))
}

// ofAuthority returns the cloud of the authority that is wanted: the public one where it is the public one's, or unknown.
func (l login) ofAuthority() (powerapps.Cloud, error) {
	public, err := l.clouds.Named(defaultCloud)
	host := powerapps.HostOf(l.authority.url)
	if err != nil || host == "" || host == powerapps.HostOf(public.Authority) {
		return public, err
	}
	var found powerapps.Clouds
	var names []string
	for _, c := range l.clouds {
		if powerapps.HostOf(c.Authority) == host {
			found, names = append(found, c), append(names, c.Name)
		}
	}
	switch len(found) {
	case 0:
		return public, nil
	case 1:
		return found[0], nil
	}
	return public, &ArgumentError{l.guard.source(l.authority), "people of several clouds sign in there: give --cloud " + strings.Join(names, " or --cloud ")}
}

// permit puts what is wanted into the cloud that is signed in to, as far as the user wants it.
func (l login) permit(in *powerapps.SignIn) error {
	if l.authority.url != "" {
		base, err := l.permitAuthority(in.Cloud)
		if err != nil {
			return err
		}
		in.Cloud.Authority = base
	}
	if r := l.resource; r.url != "" && !sameResource(in.Cloud.Resource, r.url) {
		if err := l.permitWord(r, "tokens for "+plain(r.url), "an audience", "--resource"); err != nil {
			return err
		}
		in.Cloud.Resource = r.url
	}
	if c := l.client; c.url != "" && !strings.EqualFold(c.url, in.Cloud.Client) {
		if c.url != l.env.getenv("PACONN_CLIENT_ID") {
			if err := l.permitWord(c, "you to sign in with the application "+plain(c.url), "an application", "--clid"); err != nil {
				return err
			}
		}
		in.Cloud.Client = c.url
	}
	return nil
}

// permitAuthority returns scheme and host of the authority that is wanted.
func (l login) permitAuthority(cloud powerapps.Cloud) (string, error) {
	base, host, err := l.guard.clean(l.authority)
	if err != nil || host == powerapps.HostOf(cloud.Authority) {
		return base, err
	}
	for _, c := range l.clouds {
		if powerapps.HostOf(c.Authority) == host {
			l.env.note("%s is where people of the cloud %s sign in, not those of the cloud %s", base, c.Name, cloud.Name)
			return base, nil
		}
	}
	return base, l.guard.host(l.authority, host, "what you sign in with")
}

// permitWord lets a settings file have its way only where the user says yes. What the user gives as an option is his yes.
func (l login) permitWord(a address, what, kind, opt string) error {
	if a.option != "" {
		return nil
	}
	name := plain(l.settings.Name)
	question := fmt.Sprintf("The %s of %s wants %s, which is not %s of a known cloud. Do you trust it?", a.key, name, what, kind)
	way := fmt.Sprintf("it wants %s, which is not %s of a known cloud; if you trust it, say so with %s %s", what, kind, opt, plain(a.url))
	return l.guard.confirm(a, question, way)
}

// means returns the way to sign in: what is asked for, what the other options belong to, what environment variables
// describe; else the browser where there seems to be one and somebody sits before it, and a device code where not.
func (l login) means(cloud powerapps.Cloud) (powerapps.Means, error) {
	switch {
	case l.args.Means != "":
		return means(l.args.Means)
	case l.args.Certificate != "":
		return powerapps.Certificate, nil
	case l.args.FederatedToken != "":
		return powerapps.Federated, nil
	case l.args.Secret != "":
		return powerapps.ClientSecret, nil
	}
	_, account, ok, err := l.env.Accounts.FromEnvironment(cloud)
	if err != nil || ok {
		return account.Means, err
	}
	if l.env.Manner == Own && l.env.Ask != nil && l.env.hasBrowser() {
		return powerapps.Browser, nil
	}
	return powerapps.DeviceCode, nil
}

// hasBrowser reports whether a browser can be opened on the machine that the program runs on, so far as its surroundings
// tell: a desktop, and nobody who came over the network.
func (e *Env) hasBrowser() bool {
	for _, remote := range []string{"SSH_CONNECTION", "SSH_TTY", "CI", "CODESPACES", "REMOTE_CONTAINERS"} {
		if e.getenv(remote) != "" {
			return false
		}
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return true
	}
	return e.getenv("DISPLAY") != "" || e.getenv("WAYLAND_DISPLAY") != ""
}

// principal adds what a service principal needs. Secrets come from environment variables, or are asked for.
func (l login) principal(ctx context.Context, in *powerapps.SignIn) error {
	getenv := l.env.getenv
	in.Tenant = cmp.Or(l.tenant, getenv("PACONN_TENANT_ID"))
	if l.client.url == "" {
		in.Cloud.Client = getenv("PACONN_CLIENT_ID")
	}
	if in.Means == powerapps.ManagedIdentity {
		in.IdentityClient = in.Cloud.Client
		return nil
	}
	if in.Tenant == "" {
		return &NeedError{What: "tenant", Option: "--tenant or PACONN_TENANT_ID", Hint: "a service principal belongs to one directory"}
	}
	if in.Cloud.Client == "" {
		return &NeedError{What: "clientId", Option: "--clid or PACONN_CLIENT_ID", Hint: "the application that was registered for it"}
	}
	if err := tenantIs(in.Tenant); err != nil {
		return err
	}
	switch in.Means {
	case powerapps.ClientSecret:
		return l.secret(ctx, in)
	case powerapps.Certificate:
		in.Certificate = l.env.path(cmp.Or(l.args.Certificate, getenv("PACONN_CLIENT_CERTIFICATE")))
		in.CertPassword = cmp.Or(in.CertPassword, getenv("PACONN_CLIENT_CERTIFICATE_PASSWORD"))
		if in.Certificate == "" {
			return &NeedError{What: "certificate", Option: "--certificate or PACONN_CLIENT_CERTIFICATE"}
		}
	case powerapps.Federated:
		in.FederatedToken = l.env.path(cmp.Or(l.args.FederatedToken, getenv("PACONN_FEDERATED_TOKEN_FILE")))
	}
	return nil
}

func (l login) secret(ctx context.Context, in *powerapps.SignIn) error {
	in.Secret = cmp.Or(in.Secret, l.env.getenv("PACONN_CLIENT_SECRET"))
	if in.Secret != "" {
		return nil
	}
	if l.env.Ask == nil {
		return &NeedError{What: "clientSecret", Option: "PACONN_CLIENT_SECRET", Hint: "an environment variable; a secret is no option, because others see those"}
	}
	var err error
	in.Secret, err = l.env.Ask.Secret(ctx, "Client secret of "+plain(in.Cloud.Client))
	return err
}

// tenantIs refuses what cannot be a tenant: it becomes a part of an address.
func tenantIs(tenant string) error {
	if tenant != "" && (strings.Contains(tenant, "..") || strings.ContainsFunc(tenant, unsound)) {
		return &ArgumentError{"--tenant", plain(tenant) + " is no tenant: give its id or a domain of it"}
	}
	return nil
}

// enough is how long a token has to be good for still, as with paconn.
const enough = 600 * time.Second

// already returns the sign-in that is wanted, when it is there and still works.
func (e *Env) already(ctx context.Context, in powerapps.SignIn) (powerapps.Account, bool, error) {
	accounts, err := e.Accounts.List(ctx)
	if err != nil {
		return powerapps.Account{}, false, nil // what cannot be read is replaced, or is an error where it is written
	}
	i := slices.IndexFunc(accounts, func(a powerapps.Account) bool { return same(a, in) })
	if i < 0 {
		return powerapps.Account{}, false, nil
	}
	account := accounts[i]
	if time.Until(account.Expires) > enough {
		return account, true, nil
	}
	if !account.Renewable {
		return account, false, nil
	}
	source, err := e.Accounts.Source(account, in.Cloud)
	if err != nil {
		return account, false, nil
	}
	token, err := source.Token(ctx, in.Cloud.Resource)
	var over *powerapps.SignInError
	if errors.As(err, &over) {
		return account, false, nil
	}
	if err == nil {
		account.Expires = token.Expires
	}
	return account, err == nil, err
}

// same reports whether an account is one that a sign-in would give again.
func same(a powerapps.Account, in powerapps.SignIn) bool {
	return strings.EqualFold(a.Cloud, in.Cloud.Name) && isPerson(a.Means) && strings.EqualFold(a.Client, in.Cloud.Client) &&
		(in.Tenant == "" || ofTenant(a, in.Tenant)) && sameResource(a.Resource, in.Cloud.Resource) &&
		powerapps.HostOf(a.Authority) == powerapps.HostOf(in.Cloud.Authority)
}
