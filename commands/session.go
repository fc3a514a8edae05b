package commands

import (
	"context"

	"paconn-ls/powerapps"
)

// What whoever provides an Env shares with the client of the service.
type (
	// Account is somebody who is signed in.
	Account = powerapps.Account
	// DevicePrompt is what a person needs to sign in with a device code.
	DevicePrompt = powerapps.DevicePrompt
	// Interaction is how a sign-in reaches the person.
	Interaction = powerapps.Interaction
)

// session is an operation's connection to the service.
type session struct {
	Service
	env      *Env
	cloud    powerapps.Cloud // with the addresses, and the audience, that are used
	account  powerapps.Account
	settings Settings // empty when there is no settings file
	told     bool     // that there is one which is not used
}

// open connects to the service that where and the settings file say. No request is made of the service. Its errors are
// *NeedError, *ArgumentError, *powerapps.SignInError and those of reading the settings file.
func (e *Env) open(ctx context.Context, where Where) (*session, error) {
	settings, err := e.settings(where.Settings)
	if err != nil {
		return nil, err
	}
	clouds, err := e.Clouds()
	if err != nil {
		return nil, err
	}
	accounts, unread := e.Accounts.List(ctx) // what cannot be read does not matter to a service principal
	place := placing{env: e, where: where, settings: settings, clouds: clouds, accounts: accounts}
	cloud, err := place.cloud(ctx)
	if err != nil {
		return nil, err
	}
	source, account, err := place.who(cloud, unread)
	if err != nil {
		return nil, err
	}
	cloud = as(cloud, account)
	service, err := e.Connect(cloud, source)
	if err != nil {
		return nil, err
	}
	return &session{Service: service, env: e, cloud: cloud, account: account, settings: settings}, nil
}

// as returns the cloud as an account signed in to it: its application and the audience of its tokens may be others than
// the usual.
func as(cloud powerapps.Cloud, account powerapps.Account) powerapps.Cloud {
	for _, x := range []struct {
		to   *string
		from string
	}{{&cloud.Authority, account.Authority}, {&cloud.Client, account.Client}, {&cloud.Resource, account.Resource}} {
		if x.from != "" {
			*x.to = x.from
		}
	}
	return cloud
}

// placing is the choice of the cloud and the account of an operation.
type placing struct {
	env      *Env
	where    Where
	settings Settings
	clouds   powerapps.Clouds
	accounts []powerapps.Account // the latest first
}
