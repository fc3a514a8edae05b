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
	if args.What != "environments" && args.What != "connectors" {
		return ListResult{}, &ArgumentError{strconv.Quote(args.What), "what can be listed is environments or connectors"}
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
