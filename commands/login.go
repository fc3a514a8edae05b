package commands

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"strings"

	"paconn-ls/powerapps"
)

// login reads what somebody wants to sign in with: what the options say, over what the settings file says.
func (e *Env) login(ctx context.Context, args LoginArgs) (login, error) {
	settings, err := e.settings(args.Settings)
	if err != nil {
		return login{}, err
	}
	clouds, err := e.Clouds()
	if err != nil {
		return login{}, err
	}
	accounts, _ := e.Accounts.List(ctx) // what cannot be read is replaced, or is an error where it is written
	return login{
		env: e, args: args, settings: settings, clouds: clouds, accounts: accounts, guard: e.guard(ctx, args.TrustHosts, settings, clouds),
		tenant:    e.over(settings, option{"--tenant", args.Tenant, "tenant", settings.Tenant}),
		client:    e.wish(settings, option{"--clid", args.Client, "clientId", settings.Client}),
		authority: e.wish(settings, option{"--authority_url", args.Authority, "authorityUrl", settings.Authority}),
		resource:  e.wish(settings, option{"--resource", args.Resource, "resource", settings.Resource}),
	}, nil
}

// signIn returns what to sign in with: what is wanted, over environment variables, over what the cloud has.
func (l login) signIn(ctx context.Context) (powerapps.SignIn, error) {
	cloud, err := l.cloud()
	if err != nil {
		return powerapps.SignIn{}, err
	}
	in := powerapps.SignIn{Cloud: cloud, Secret: l.args.Secret, CertPassword: l.args.CertPassword}
	l.variables = l.env.variables(cloud)
	if in.Means, err = l.means(); err != nil {
		return in, err
	}
	if err := l.permit(&in); err != nil {
		return in, err
	}
	if isPerson(in.Means) {
		err = l.person(&in)
	} else {
		err = l.principal(ctx, &in)
	}
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
	accounts []powerapps.Account
	guard    guard

	variables variables

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

// ofResource returns the cloud whose audience is wanted: of those that share it, as the sandbox does with the public one,
// that of PACONN_CLOUD or of the authority that is wanted, else the first.
func (l login) ofResource() (powerapps.Cloud, bool) {
	found := slices.DeleteFunc(slices.Clone(l.clouds), func(c powerapps.Cloud) bool { return !sameResource(c.Resource, l.resource.url) })
	if len(found) == 0 {
		return powerapps.Cloud{}, false
	}
	name, host := l.env.getenv("PACONN_CLOUD"), powerapps.HostOf(l.authority.url)
	for _, fits := range []func(powerapps.Cloud) bool{
		func(c powerapps.Cloud) bool { return strings.EqualFold(c.Name, name) },
		func(c powerapps.Cloud) bool { return host != "" && powerapps.HostOf(c.Authority) == host },
	} {
		if i := slices.IndexFunc(found, fits); i >= 0 {
			return found[i], true
		}
	}
	return found[0], true
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

// means returns the way to sign in: what is asked for, what the other options belong to, what environment variables
// describe; else the browser where there seems to be one and somebody sits before it, and a device code where not.
func (l login) means() (powerapps.Means, error) {
	switch {
	case l.args.Means != "":
		return means(l.args.Means)
	case l.args.Certificate != "":
		return powerapps.Certificate, nil
	case l.args.FederatedToken != "":
		return powerapps.Federated, nil
	case l.args.Secret != "":
		return powerapps.ClientSecret, nil
	case l.variables.described:
		return l.variables.account.Means, nil
	case l.variables.err != nil && l.variables.prove:
		return "", l.variables.err
	case l.env.Manner == Own && l.env.Ask != nil && l.env.hasBrowser():
		return powerapps.Browser, nil
	}
	return powerapps.DeviceCode, nil
}

// variables is what environment variables say of who signs in.
type variables struct {
	described bool              // they describe a whole service principal
	account   powerapps.Account // that one
	prove     bool              // they hold what proves who a service principal is
	err       error             // what is missing
}

func (e *Env) variables(cloud powerapps.Cloud) variables {
	var v variables
	_, v.account, v.described, v.err = e.Accounts.FromEnvironment(cloud)
	for _, name := range []string{"PACONN_CLIENT_SECRET", "PACONN_CLIENT_CERTIFICATE", "PACONN_FEDERATED_TOKEN_FILE", "PACONN_MANAGED_IDENTITY"} {
		v.prove = v.prove || e.getenv(name) != ""
	}
	return v
}

// person adds what a person needs. The variables of a service principal are not about people.
func (l login) person(in *powerapps.SignIn) error {
	in.Tenant = l.tenant
	if v := l.variables; !v.described && !v.prove {
		in.Tenant = cmp.Or(in.Tenant, l.env.getenv("PACONN_TENANT_ID"))
		if l.client.url == "" {
			in.Cloud.Client = cmp.Or(l.env.getenv("PACONN_CLIENT_ID"), in.Cloud.Client)
		}
	}
	return tenantIs(in.Tenant)
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
