package commands

import (
	"context"
	"errors"

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

// LoginResult tells who is signed in now.
type LoginResult struct {
	Account powerapps.Account `json:"account"`
	Already bool              `json:"already,omitempty"` // nobody had to be asked
	Storage string            `json:"storage"`           // where and how the tokens are kept
}

// LogoutArgs says who signs out; without any, everybody.
type LogoutArgs struct {
	Cloud  string `json:"cloud,omitempty" opt:"cloud" help:"sign out of this cloud only"`
	Tenant string `json:"tenant,omitempty" opt:"tenant,t" help:"sign out of this directory only"`
}

// LogoutResult tells who was signed out.
type LogoutResult struct {
	Removed []powerapps.Account `json:"removed"`
}

// StatusArgs says of whom to tell.
type StatusArgs struct {
	Cloud string `json:"cloud,omitempty" opt:"cloud" help:"tell of this cloud only"`
}

// StatusResult tells who is signed in, the account that is used without further options first.
type StatusResult struct {
	Accounts []powerapps.Account `json:"accounts"`
	Storage  string              `json:"storage"`
}

var errNotBuilt = errors.New("not built")

// Login signs in.
func Login(ctx context.Context, env *Env, args LoginArgs) (LoginResult, error) {
	return LoginResult{}, errNotBuilt
}

// Logout signs out and forgets the tokens.
func Logout(ctx context.Context, env *Env, args LogoutArgs) (LogoutResult, error) {
	return LogoutResult{}, errNotBuilt
}

// Status tells who is signed in.
func Status(ctx context.Context, env *Env, args StatusArgs) (StatusResult, error) {
	return StatusResult{}, errNotBuilt
}
