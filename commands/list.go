package commands

import (
	"context"
	"strconv"

	"paconn-ls/powerapps"
)

// ListArgs says what to list.
type ListArgs struct {
	What        string `json:"what,omitempty" help:"environments or connectors"` // "environments" or "connectors"; the positional argument
	Environment string `json:"environment,omitempty" opt:"env,e" help:"the environment whose connectors are listed"`
	Where
}

// ListResult is what was asked for; the other list is nil.
type ListResult struct {
	Environment  string                  `json:"environment,omitempty"` // whose connectors these are
	Environments []powerapps.Environment `json:"environments,omitzero"`
	Connectors   []powerapps.Connector   `json:"connectors,omitzero"`
}

// List lists environments, or the custom connectors of one.
func List(ctx context.Context, env *Env, args ListArgs) (ListResult, error) {
	if err := listable(args.What); err != nil {
		return ListResult{}, err
	}
	s, err := env.open(ctx, args.Where)
	if err != nil {
		return ListResult{}, err
	}
	if args.What == "environments" {
		list, err := s.Environments(ctx)
		if err != nil {
			return ListResult{}, err
		}
		return ListResult{Environments: append([]powerapps.Environment{}, list...)}, nil
	}
	environment, err := s.environment(ctx, args.Environment)
	if err != nil {
		return ListResult{}, err
	}
	list, err := s.Connectors(ctx, environment)
	if err != nil {
		return ListResult{}, err
	}
	return ListResult{Environment: environment, Connectors: append([]powerapps.Connector{}, list...)}, nil
}

// listable refuses what cannot be listed.
func listable(what string) error {
	switch what {
	case "environments", "connectors":
		return nil
	case "":
		return &ArgumentError{"list", "say what: environments or connectors"}
	}
	return &ArgumentError{strconv.Quote(what), "what can be listed is environments or connectors"}
}
