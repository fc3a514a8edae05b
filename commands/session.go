package commands

import (
	"context"

	"paconn-ls/powerapps"
)

// Names of what is shared with whoever provides an Env.
type (
	Account      = powerapps.Account
	DevicePrompt = powerapps.DevicePrompt
	Interaction  = powerapps.Interaction
)

// session is an operation's connection to the service.
type session struct {
	Service
	env      *Env
	cloud    powerapps.Cloud
	account  powerapps.Account
	settings Settings // empty when there is no settings file
}

// open connects to the service that where and the settings file say. Its errors are *NeedError, *ArgumentError,
// *powerapps.SignInError and those of reading the settings file.
func (e *Env) open(ctx context.Context, where Where) (*session, error) { return nil, errNotBuilt }

// environment returns the environment that is given, or that of the settings file, or asks for one. In the manner of
// paconn the settings file wins.
func (s *session) environment(ctx context.Context, given string) (string, error) {
	return "", errNotBuilt
}

// connector returns the id of the connector that is given, or that of the settings file, or asks for one.
func (s *session) connector(ctx context.Context, environment, given string) (string, error) {
	return "", errNotBuilt
}

// NewEnv returns the Env of this machine, with everything but Ask, Show, Note and Step, which say nothing and ask nobody.
func NewEnv(dir string, getenv func(string) string) *Env { return nil }

// MeansNames are the ways to sign in, as LoginArgs takes them.
func MeansNames() []string {
	var out []string
	for _, m := range powerapps.AllMeans {
		out = append(out, string(m))
	}
	return out
}
