package powerapps

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

// Environments returns the environments that the user may see: those that the Flow service lists, which paconn asks, or
// where that refuses or the cloud has none, those that the Power Apps service lists.
func (c *Client) Environments(ctx context.Context) ([]Environment, error) {
	entries, err := c.listEnvironments(ctx)
	if err != nil {
		return nil, err
	}
	var out []Environment
	for _, entry := range entries {
		if e := environmentOf(entry); e.Name != "" {
			out = append(out, e)
		}
	}
	return out, nil
}

func (c *Client) listEnvironments(ctx context.Context) ([]json.RawMessage, error) {
	const doing = "list the environments"
	atPowerApps := call{
		doing: doing, method: http.MethodGet, resource: c.cloud.Resource, header: origin, url: c.powerApps("/environments", ""),
	}
	if c.cloud.Flow == "" {
		return c.pages(ctx, atPowerApps)
	}
	entries, err := c.pages(ctx, call{
		doing: doing, method: http.MethodGet, resource: cmp.Or(c.cloud.FlowResource, c.cloud.Resource),
		url: c.cloud.Flow + "/providers/Microsoft.ProcessSimple/environments?api-version=" + escape(c.cloud.FlowVersion),
	})
	if !c.flowRefuses(err) || ctx.Err() != nil {
		return entries, err
	}
	entries, second := c.pages(ctx, atPowerApps)
	var signIn *SignInError
	if second == nil || errors.As(second, &signIn) {
		return entries, second
	}
	return nil, err // the second place is a guess of ours, so that the first is what the user has heard of
}

// flowRefuses reports whether an error is the Flow service's no, or that of having no token for it.
func (c *Client) flowRefuses(err error) bool {
	var signIn *SignInError
	if errors.As(err, &signIn) {
		return c.cloud.FlowResource != ""
	}
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	return e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden || e.Status == http.StatusNotFound
}

// environmentOf reads what either service says of an environment. Anything may be missing or of another type.
func environmentOf(raw json.RawMessage) Environment {
	properties := memberOf(raw, "properties")
	e := Environment{Name: str(memberOf(raw, "name")), Region: str(memberOf(raw, "location"))}
	e.Title = cmp.Or(str(memberOf(properties, "displayName")), e.Name)
	e.Default = string(memberOf(properties, "isDefault")) == "true"
	return e
}
