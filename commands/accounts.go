package commands

import (
	"context"
	"sync"

	"paconn-ls/powerapps"
)

// accounts are the sign-ins of this machine's user. What is wrong with the environment variables that they depend on is an
// error of each use.
type accounts struct {
	book func() (*powerapps.AccountBook, error)
}

func newAccounts(e *Env, getenv func(string) string, memory *powerapps.Memory) accounts {
	return accounts{sync.OnceValues(func() (*powerapps.AccountBook, error) {
		config, err := powerapps.ConfigDir(getenv)
		if err != nil {
			return nil, err
		}
		options, err := clientOptions(getenv)
		if err != nil {
			return nil, err
		}
		return powerapps.OpenAccounts(powerapps.AccountOptions{
			Store: powerapps.OpenStore(powerapps.StoreOptions{
				Dir: config, Mode: getenv("PACONN_TOKEN_CACHE"), Memory: memory, Note: func(text string) { e.note("%s", text) }, Log: e.debug,
			}),
			Getenv: getenv, Log: e.Log, Retries: options.Retries, RetryDelay: options.RetryDelay, TryTimeout: options.TryTimeout,
		}), nil
	})}
}

func (a accounts) SignIn(ctx context.Context, in powerapps.SignIn, show powerapps.Interaction) (powerapps.Account, error) {
	book, err := a.book()
	if err != nil {
		return powerapps.Account{}, err
	}
	return book.SignIn(ctx, in, show)
}

func (a accounts) List(ctx context.Context) ([]powerapps.Account, error) {
	book, err := a.book()
	if err != nil {
		return nil, err
	}
	return book.List(ctx)
}

func (a accounts) Prefer(ctx context.Context, account powerapps.Account) error {
	book, err := a.book()
	if err != nil {
		return err
	}
	return book.Prefer(ctx, account)
}

func (a accounts) SignOut(ctx context.Context, which func(powerapps.Account) bool) ([]powerapps.Account, error) {
	book, err := a.book()
	if err != nil {
		return nil, err
	}
	return book.SignOut(ctx, which)
}

func (a accounts) Source(account powerapps.Account, cloud powerapps.Cloud) (powerapps.TokenSource, error) {
	book, err := a.book()
	if err != nil {
		return nil, err
	}
	return book.Source(account, cloud)
}

func (a accounts) FromEnvironment(cloud powerapps.Cloud) (powerapps.TokenSource, powerapps.Account, bool, error) {
	book, err := a.book()
	if err != nil {
		return nil, powerapps.Account{}, false, err
	}
	return book.FromEnvironment(cloud)
}

func (a accounts) Storage() string {
	book, err := a.book()
	if err != nil {
		return "nowhere: " + err.Error()
	}
	return book.Storage()
}

// debug logs a step of the store.
func (e *Env) debug(text string) {
	if e.Log != nil {
		e.Log.Debug("sign-ins on disk", "step", text)
	}
}
