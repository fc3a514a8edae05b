package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"paconn-ls/powerapps"
)

// LoginArgs says how to sign in.
type LoginArgs struct {
	Cloud          string   `json:"cloud,omitempty" opt:"cloud" help:"the cloud: public, gcc, gcchigh, dod, china, sandbox (default public)"`
	Tenant         string   `json:"tenant,omitempty" opt:"tenant,t" help:"the directory: its id or a domain (default: that of the user)"`
	Client         string   `json:"clientId,omitempty" opt:"clid,i" help:"the application (client) id to sign in with"`
	Authority      string   `json:"authorityUrl,omitempty" opt:"authority_url,a" help:"the sign-in authority"`
	Resource       string   `json:"resource,omitempty" opt:"resource,r" help:"the audience of the tokens"`
	Settings       string   `json:"settings,omitempty" opt:"settings,s" help:"a settings.json with the options that are not given"`
	Force          bool     `json:"force,omitempty" opt:"force,f" help:"sign in even if somebody is signed in already"`
	Means          string   `json:"means,omitempty" opt:"with" help:"how: device-code, browser, client-secret, certificate, federated, managed-identity"`
	Secret         string   `json:"clientSecret,omitempty" help:"-"`
	Certificate    string   `json:"certificate,omitempty" opt:"certificate" help:"a PEM or PFX file with certificate and key"`
	CertPassword   string   `json:"certificatePassword,omitempty" help:"-"`
	FederatedToken string   `json:"federatedTokenFile,omitempty" opt:"federated-token-file" help:"a file with the token of another identity provider"`
	TrustHosts     []string `json:"trustHosts,omitempty" opt:"trust-host" help:"a sign-in authority outside the known clouds that settings.json may name"`
}

// MeansNames are the ways to sign in, as LoginArgs takes them.
func MeansNames() []string {
	var out []string
	for _, m := range powerapps.AllMeans {
		out = append(out, string(m))
	}
	return out
}

// LoginResult tells who is signed in now.
type LoginResult struct {
	Account powerapps.Account `json:"account"`
	Already bool              `json:"already,omitempty"` // nobody had to be asked
	Storage string            `json:"storage"`           // where and how the tokens are kept
}

// Login signs in. Nobody is asked when the same sign-in is there already and still works, unless it is forced; a service
// principal, who needs nobody, always signs in anew, so that a wrong secret is noticed.
func Login(ctx context.Context, env *Env, args LoginArgs) (LoginResult, error) {
	l, err := env.login(ctx, args)
	if err != nil {
		return LoginResult{}, err
	}
	in, err := l.signIn(ctx)
	if err != nil {
		return LoginResult{}, err
	}
	if isPerson(in.Means) && env.Show == nil {
		return LoginResult{}, &NeedError{What: "means", Option: "--with and a way for service principals", Hint: "a person cannot be shown how to sign in here"}
	}
	if isPerson(in.Means) && !args.Force {
		account, ok, err := l.already(ctx, in)
		if err != nil {
			return LoginResult{}, err
		}
		if ok {
			return LoginResult{account, true, env.Accounts.Storage()}, nil
		}
	}
	account, err := env.Accounts.SignIn(ctx, in, env.Show)
	if err != nil {
		return LoginResult{}, err
	}
	return LoginResult{account, false, env.Accounts.Storage()}, nil
}

// LogoutArgs says who signs out; without any, everybody.
type LogoutArgs struct {
	Cloud   string `json:"cloud,omitempty" opt:"cloud" help:"sign out of this cloud only"`
	Tenant  string `json:"tenant,omitempty" opt:"tenant,t" help:"sign out of this directory only"`
	Account string `json:"account,omitempty" opt:"account" help:"sign out of this sign-in only, by its user, or USER/TENANT"`
}

// LogoutResult tells who was signed out.
type LogoutResult struct {
	Removed []powerapps.Account `json:"removed"`
}

// Logout signs out and forgets the tokens. That there are none is no error.
func Logout(ctx context.Context, env *Env, args LogoutArgs) (LogoutResult, error) {
	removed, err := env.Accounts.SignOut(ctx, func(a powerapps.Account) bool {
		return (args.Cloud == "" || strings.EqualFold(a.Cloud, args.Cloud)) && (args.Tenant == "" || ofTenant(a, args.Tenant)) &&
			(args.Account == "" || matches(a, args.Account))
	})
	if err != nil {
		return LogoutResult{}, err
	}
	if len(removed) == 0 && args.Cloud != "" {
		if err := env.knownCloud(args.Cloud); err != nil {
			return LogoutResult{}, err
		}
	}
	return LogoutResult{append([]powerapps.Account{}, removed...)}, nil
}

// knownCloud refuses the name of a cloud that there cannot be. The sandbox is one also while it does not run.
func (e *Env) knownCloud(name string) error {
	clouds, err := e.Clouds()
	if err != nil || strings.EqualFold(name, powerapps.SandboxCloud) {
		return err
	}
	_, err = e.byName(clouds, "--cloud", name)
	return err
}

// StatusArgs says of whom to tell.
type StatusArgs struct {
	Cloud string `json:"cloud,omitempty" opt:"cloud" help:"tell of this cloud only"`
}

// StatusResult tells who is signed in, the account that is used without further options first.
type StatusResult struct {
	Accounts  []powerapps.Account `json:"accounts"`
	Variables bool                `json:"variables,omitempty"` // the first account is not kept: environment variables describe it
	Storage   string              `json:"storage"`
}

// Status tells who is signed in. No request is made.
func Status(ctx context.Context, env *Env, args StatusArgs) (StatusResult, error) {
	list, err := env.Accounts.List(ctx)
	if err != nil {
		return StatusResult{}, err
	}
	out := StatusResult{Accounts: []powerapps.Account{}, Storage: env.Accounts.Storage()}
	if args.Cloud != "" {
		list = inCloud(list, args.Cloud)
		if err := env.knownCloud(args.Cloud); err != nil && len(list) == 0 {
			return StatusResult{}, err
		}
	}
	principal, ok, err := env.principal(args.Cloud, list)
	if err != nil {
		env.note("what environment variables say is of no use: %v", err)
	}
	if ok {
		out.Accounts, out.Variables = append(out.Accounts, principal), true
	}
	out.Accounts = append(out.Accounts, list...)
	return out, nil
}

// principal returns the service principal that environment variables describe, in the cloud that they would be used in.
func (e *Env) principal(named string, accounts []powerapps.Account) (powerapps.Account, bool, error) {
	if !powerapps.MayDescribe(e.getenv) {
		return powerapps.Account{}, false, nil // without a look for a sandbox, which the table of clouds takes
	}
	clouds, err := e.Clouds()
	if err != nil {
		return powerapps.Account{}, false, err
	}
	cloud, unclear := placing{env: e, where: Where{Cloud: named}, clouds: clouds, accounts: accounts}.named(address{}, address{})
	if unclear != nil {
		cloud = clouds[0] // only to see whether there is one at all
	}
	_, account, ok, err := e.Accounts.FromEnvironment(cloud)
	if unclear != nil && (ok || err != nil) {
		return powerapps.Account{}, false, unclear
	}
	return account, ok, err
}

// isPerson reports whether somebody has to be there for a sign-in.
func isPerson(m powerapps.Means) bool { return m == powerapps.DeviceCode || m == powerapps.Browser }

// means returns the way to sign in of that name.
func means(name string) (powerapps.Means, error) {
	if m := powerapps.Means(name); slices.Contains(powerapps.AllMeans, m) {
		return m, nil
	}
	return "", &ArgumentError{"--with", fmt.Sprintf("%s is no way to sign in; there are %s", plain(name), quotedList(powerapps.AllMeans))}
}
