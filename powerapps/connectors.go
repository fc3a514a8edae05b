package powerapps

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// maxPages bounds how many pages of a list are read; the service has hundreds of entries on one.
const maxPages = 500

// origin is what paconn tells the service about itself.
var origin = http.Header{"X-Ms-Origin": {"paconn-cli"}}

// escape escapes a text for a path or a query so that only letters, digits and -_.~ stay.
func escape(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

// powerApps returns a URL of the Power Apps service; path begins with a slash, and query continues the api-version.
func (c *Client) powerApps(path, query string) string {
	return c.cloud.PowerApps + "/providers/Microsoft.PowerApps" + path + "?api-version=" + escape(c.cloud.PowerAppsVersion) + query
}

// inEnvironment is the query that chooses an environment.
func inEnvironment(environment string) string {
	return "&%24filter=" + escape("environment eq '"+strings.ReplaceAll(environment, "'", "''")+"'")
}

// Connectors returns the custom connectors of an environment, as many pages as the service has of them. Its errors are
// *Error and *SignInError, as those of all methods.
func (c *Client) Connectors(ctx context.Context, environment string) ([]Connector, error) {
	const doing = "list the connectors"
	if err := checkName(doing, "environment", environment); err != nil {
		return nil, err
	}
	entries, err := c.pages(ctx, call{
		doing: doing, method: http.MethodGet, url: c.powerApps("/apis", inEnvironment(environment)), header: origin,
		resource: c.cloud.Resource, environment: environment,
	})
	if err != nil {
		return nil, err
	}
	var out []Connector
	for _, entry := range entries {
		if string(memberOf(memberOf(entry, "properties"), "isCustomApi")) == "true" {
			out = append(out, connectorOf(entry))
		}
	}
	return out, nil
}

// Connector returns a connector with everything that the service says of it.
func (c *Client) Connector(ctx context.Context, environment, id string) (Connector, error) {
	const doing = "get the connector"
	if err := checkNames(doing, environment, id); err != nil {
		return Connector{}, err
	}
	call := call{
		doing: doing, method: http.MethodGet, url: c.powerApps("/apis/"+escape(id), inEnvironment(environment)),
		header: origin, resource: c.cloud.Resource, environment: environment, connector: id,
	}
	body, got, err := c.json(ctx, call)
	if err != nil {
		return Connector{}, err
	}
	if object(memberOf(body, "properties")) == nil {
		return Connector{}, call.unusable(got, "the answer is not about a connector: it has no properties")
	}
	out := connectorOf(body)
	out.ID = cmp.Or(out.ID, id)
	return out, nil
}

// connectorOf reads what the service says of a connector. Anything may be missing or of another type.
func connectorOf(raw json.RawMessage) Connector {
	properties := memberOf(raw, "properties")
	c := Connector{ID: str(memberOf(raw, "name")), Raw: raw}
	c.Title = cmp.Or(str(memberOf(properties, "displayName")), c.ID)
	c.Author = str(memberOf(memberOf(properties, "createdBy"), "displayName"))
	c.Changed, _ = time.Parse(time.RFC3339, str(memberOf(properties, "changedTime")))
	return c
}

// memberOf returns a member of a JSON object; nil when there is none.
func memberOf(raw json.RawMessage, name string) json.RawMessage {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil
	}
	return members[name]
}

// json makes a call whose answer is a JSON text.
func (c *Client) json(ctx context.Context, call call) (json.RawMessage, reply, error) {
	got, err := c.do(ctx, call)
	if err != nil {
		return nil, got, err
	}
	body, err := call.whole(got)
	return body, got, err
}

// pages returns the entries of a list on all its pages. Pages are only taken from the cloud's hosts.
func (c *Client) pages(ctx context.Context, call call) ([]json.RawMessage, error) {
	var out []json.RawMessage
	for seen := []string{call.url}; ; seen = append(seen, call.url) {
		body, got, err := c.json(ctx, call)
		if err != nil {
			return nil, err
		}
		var entries []json.RawMessage
		if json.Unmarshal(memberOf(body, "value"), &entries) != nil {
			return nil, call.unusable(got, "the answer has no list in it")
		}
		out = append(out, entries...)
		next := str(memberOf(body, "nextLink"))
		if next == "" {
			return out, nil
		}
		if call.url, err = c.nextPage(call.url, next); err != nil {
			return nil, call.unusable(got, err.Error())
		}
		if slices.Contains(seen, call.url) || len(seen) == maxPages {
			return nil, call.unusable(got, "the pages of the list do not end")
		}
	}
}

// nextPage returns the URL of a list's next page.
func (c *Client) nextPage(page, link string) (string, error) {
	base, err := url.Parse(page)
	if err != nil {
		return "", err
	}
	next, err := base.Parse(link)
	if err != nil {
		return "", &refused{text: "the link to the list's next page is no URL"}
	}
	if next.Scheme != "https" || !c.cloud.owns(next.String()) {
		return "", &refused{text: "the list goes on at " + next.Scheme + "://" + next.Host + ", which is no host of the " + c.cloud.Name + " cloud"}
	}
	return next.String(), nil
}
