package powerapps

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
)

// jsonBody are the headers of a call with a JSON body.
var jsonBody = http.Header{"Content-Type": {"application/json"}, "X-Ms-Origin": origin["X-Ms-Origin"]}

// Create makes a connector of a registration, which is sent as it is, and returns its id. It is sent once; an error that
// is Uncertain leaves open whether the connector was made.
func (c *Client) Create(ctx context.Context, environment string, registration []byte) (string, error) {
	const doing = "create the connector"
	if err := checkName(doing, "environment", environment); err != nil {
		return "", err
	}
	call := call{
		doing: doing, method: http.MethodPost, url: c.powerApps("/apis", inEnvironment(environment)), header: jsonBody,
		body: registration, resource: c.cloud.Resource, once: true, secrets: clientSecrets(registration), environment: environment,
	}
	body, got, err := c.json(ctx, call)
	if err != nil {
		return "", err
	}
	id := str(memberOf(body, "name"))
	if checkName(doing, "connector", id) != nil {
		return "", call.unusable(got, "the answer does not say what the new connector's id is")
	}
	return id, nil
}

// Update puts a registration in the place of a connector's, as it is. An error that is Uncertain leaves open whether that
// was done; to update once more is harmless.
func (c *Client) Update(ctx context.Context, environment, id string, registration []byte) error {
	const doing = "update the connector"
	if err := checkNames(doing, environment, id); err != nil {
		return err
	}
	call := call{
		doing: doing, method: http.MethodPatch, url: c.powerApps("/apis/"+escape(id), inEnvironment(environment)), header: jsonBody,
		body: registration, resource: c.cloud.Resource, secrets: clientSecrets(registration), environment: environment, connector: id,
	}
	got, err := c.do(ctx, call)
	if err != nil || len(bytes.TrimSpace(got.body)) == 0 {
		return err // nothing is known of what the service answers, so that no text is no sign of a failure
	}
	_, err = call.whole(got)
	return err
}

var secretMember = regexp.MustCompile(`"clientSecret"\s*:\s*("(?:[^"\\]|\\.)*")`)

// clientSecrets returns the secrets in a registration, as they are and as JSON spells them.
func clientSecrets(registration []byte) []string {
	var out []string
	for _, found := range secretMember.FindAllSubmatch(registration, -1) {
		out = append(out, string(found[1][1:len(found[1])-1]), str(json.RawMessage(found[1])))
	}
	return out
}
