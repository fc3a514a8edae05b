package commands

import (
	"context"

	"paconn-ls/powerapps"
)

// ListArgs says what to list.
type ListArgs struct {
	What        string `json:"what,omitempty" help:"environments or connectors"` // "environments" or "connectors"; the positional argument
	Environment string `json:"environment,omitempty" opt:"env,e" help:"the environment whose connectors are listed"`
	Where
}

// ListResult is what was asked for.
type ListResult struct {
	Environments []powerapps.Environment `json:"environments,omitempty"`
	Connectors   []powerapps.Connector   `json:"connectors,omitempty"`
}

// List lists environments, or the custom connectors of one.
func List(ctx context.Context, env *Env, args ListArgs) (ListResult, error) {
	return ListResult{}, errNotBuilt
}
