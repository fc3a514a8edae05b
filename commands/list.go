package commands

import (
	"context"
	"strconv"

	"paconn-ls/powerapps"
)

// ListArgs says what to list.
type ListArgs struct {
	What        string `json:"what,omitempty" help:"environments, connectors or clouds"` // "environments", "connectors" or "clouds"; the positional argument
	Environment string `json:"environment,omitempty" opt:"env,e" help:"the environment whose connectors are listed"`
	Where
}

// ListResult is what was asked for; the other lists are nil.
type ListResult struct {
	Environment  string                  `json:"environment,omitempty"` // whose connectors these are
	Environments []powerapps.Environment `json:"environments,omitzero"`
	Connectors   []powerapps.Connector   `json:"connectors,omitzero"`
	Clouds       []NamedCloud            `json:"clouds,omitzero"`
}

// NamedCloud is a cloud that can be signed in to.
type NamedCloud struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// List lists environments, or the custom connectors of one, or the clouds there are, for which nobody has to be signed in.
func List(ctx context.Context, env *Env, args ListArgs) (ListResult, error) {
	if err := listable(args.What); err != nil {
		return ListResult{}, err
	}
	if args.What == "clouds" {
		return env.listClouds()
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

// listClouds lists the clouds of the table, a running sandbox among them.
func (e *Env) listClouds() (ListResult, error) {
	clouds, err := e.Clouds()
	if err != nil {
		return ListResult{}, err
	}
	out := ListResult{Clouds: []NamedCloud{}}
	for _, c := range clouds {
		out.Clouds = append(out.Clouds, NamedCloud{c.Name, c.Title})
	}
	return out, nil
}

// listable refuses what cannot be listed.
func listable(what string) error {
	switch what {
	case "environments", "connectors", "clouds":
		return nil
	case "":
		return &ArgumentError{"list", "say what: environments, connectors or clouds"}
	}
	return &ArgumentError{strconv.Quote(what), "what can be listed is environments, connectors or clouds"}
}
