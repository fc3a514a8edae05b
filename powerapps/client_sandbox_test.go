package powerapps_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// principal is the tokens of a service principal of the sandbox.
type principal struct{ token powerapps.Token }

func (p principal) Token(context.Context, string) (powerapps.Token, error) { return p.token, nil }

// signIn returns the tokens of a service principal for the Power Apps service.
func signIn(t *testing.T, cloud powerapps.Cloud) principal {
	t.Helper()
	client := http.Client{Transport: powerapps.NewTransport(cloud.Roots)}
	response, err := client.PostForm(cloud.Authority+"/contoso.example/oauth2/v2.0/token", url.Values{
		"grant_type": {"client_credentials"}, "client_id": {"aaaaaaaa-0000-4000-8000-000000000001"}, "client_secret": {"any"},
		"scope": {cloud.Resource + "/.default"},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct {
		Token string `json:"access_token"`
	}
	var claims struct{ OID string }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	text, err := base64.RawURLEncoding.DecodeString(strings.Split(answer.Token, ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &claims); err != nil {
		t.Fatal(err)
	}
	return principal{powerapps.Token{Value: answer.Token, ObjectID: claims.OID}}
}

// startSandbox returns a running sandbox, and a client of somebody who is signed in to it.
func startSandbox(t *testing.T) (*sandbox.Sandbox, *powerapps.Client) {
	t.Helper()
	s, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	c, err := powerapps.NewClient(s.Cloud(), signIn(t, s.Cloud()), powerapps.ClientOptions{RetryDelay: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

const (
	petsDefinition = `{"swagger": "2.0", "info": {"title": "Pets", "description": "Pets and who owns them.", "version": "1.0"}, "host": "api.example.com", "schemes": ["https"],
		"paths": {"/pets": {"get": {"operationId": "ListPets", "summary": "List pets", "responses": {"200": {"description": "Pets."}}}}}}`
	petsScript = "public class Script : ScriptBase\n{\n    public override Task<HttpResponseMessage> ExecuteAsync() => throw null;\n}\n"
)

// pets is a registration with a script of the storage.
func pets(environment, script string) []byte {
	return []byte(`{"properties": {"connectionParameters": {}, "iconBrandColor": "#007ee5", "scriptOperations": [], "capabilities": [],
		"openApiDefinition": ` + petsDefinition + `, "backendService": {"serviceUrl": "https://api.example.com"},
		"environment": {"name": "` + environment + `"}, "displayName": "Pets", "description": "Pets.", "scriptDefinitionUrl": "` + script + `"}}`)
}

// TestAConnectorsLife goes through all that the client does, on the sandbox.
func TestAConnectorsLife(t *testing.T) {
	_, c := startSandbox(t)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%v (%s)", err, failure(t, err).Way)
		}
	}
	environments, err := c.Environments(ctx)
	must(err)
	env := environments[0].Name
	before, err := c.Connectors(ctx, env)
	must(err)

	verdict, err := c.Validate(ctx, []byte(petsDefinition), powerapps.WithoutCertification)
	must(err)
	if verdict.Refused {
		t.Errorf("the definition is refused: %+v", verdict)
	}
	place, err := c.Storage(ctx, env)
	must(err)
	script, err := c.Upload(ctx, place, "my script#1.csx", []byte(petsScript))
	must(err)
	id, err := c.Create(ctx, env, pets(env, script))
	must(err)
	must(c.Update(ctx, env, id, pets(env, script)))

	after, err := c.Connectors(ctx, env)
	must(err)
	if len(after) != len(before)+1 {
		t.Errorf("there are %d connectors, and were %d", len(after), len(before))
	}
	one, err := c.Connector(ctx, env, id)
	must(err)
	var raw struct {
		Properties struct {
			ScriptDefinitionURL string `json:"scriptDefinitionUrl"`
			APIDefinitions      struct {
				OriginalSwaggerURL string `json:"originalSwaggerUrl"`
			} `json:"apiDefinitions"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(one.Raw, &raw); err != nil || one.ID != id || one.Title != "Pets" {
		t.Errorf("the connector is %+v: %v", one, err)
	}
	got, err := c.Fetch(ctx, raw.Properties.ScriptDefinitionURL, "download the script")
	must(err)
	if string(got) != petsScript {
		t.Errorf("the script is %q", got)
	}
	_, err = c.Fetch(ctx, raw.Properties.APIDefinitions.OriginalSwaggerURL, "download the definition")
	must(err)

	_, err = c.Connector(ctx, env, "shared_nothing")
	if e := failure(t, err); e.Status != 404 || !strings.Contains(e.Way, "paconn-ls list connectors --env "+env) {
		t.Errorf("a connector that is none: %v (%s)", err, e.Way)
	}
}

// TestACreateIsSentOnce has the sandbox make a connector and then fail to say so.
func TestACreateIsSentOnce(t *testing.T) {
	t.Parallel()
	for _, kind := range []sandbox.Kind{sandbox.Status, sandbox.Reset, sandbox.Truncated, sandbox.HTML, sandbox.Empty, sandbox.BadJSON, sandbox.WrongJSON} {
		t.Run(string(kind), func(t *testing.T) {
			s, c := startSandbox(t)
			env := sandbox.Environments[0].Name
			before, err := c.Connectors(t.Context(), env)
			if err != nil {
				t.Fatal(err)
			}
			s.Fail(sandbox.Fault{Method: http.MethodPost, Path: "*/apis", Kind: kind, After: true, Times: -1})
			_, err = c.Create(t.Context(), env, pets(env, ""))
			if e := failure(t, err); !e.Uncertain || !strings.Contains(e.Way, "list connectors --env "+env) {
				t.Errorf("the error is %v (%s)", err, e.Way)
			}
			after, err := c.Connectors(t.Context(), env)
			if err != nil || len(after) != len(before)+1 {
				t.Errorf("there are %d connectors, and were %d: %v", len(after), len(before), err)
			}
		})
	}
}
