package sandbox_test

import (
	"context"
	"testing"
	"time"

	"paconn-ls/powerapps"
	"paconn-ls/powerapps/sandbox"
)

// Token makes a service a powerapps.TokenSource.
func (s *service) Token(context.Context, string) (powerapps.Token, error) {
	return powerapps.Token{Value: s.token, Expires: time.Now().Add(time.Hour), ObjectID: s.me}, nil
}

// TestClient shows that our own client and the sandbox understand each other.
func TestClient(t *testing.T) {
	s := start(t, sandbox.Options{})
	client, err := powerapps.NewClient(s.Cloud(), s, powerapps.ClientOptions{RetryDelay: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	environments, err := client.Environments(ctx)
	if err != nil || len(environments) != len(sandbox.Environments) || environments[0] != sandbox.Environments[0] {
		t.Errorf("%v %v", environments, err)
	}
	list, err := client.Connectors(ctx, environments[0].Name)
	if err != nil || len(list) != 3 || list[0].Title != "Orders" || list[0].Author != "Ada Lovelace" || list[2].Author != "" {
		t.Errorf("%+v %v", list, err)
	}
	storage, err := client.Storage(ctx, home)
	if err != nil {
		t.Fatal(err)
	}
	icon, err := client.Upload(ctx, storage, "my icon #1.png", []byte("PNG"))
	if err != nil {
		t.Fatal(err)
	}
	id, err := client.Create(ctx, home, []byte(registration(t, `, "iconUri": "`+icon+`"`)))
	if err != nil {
		t.Fatal(err)
	}
	made, err := client.Connector(ctx, home, id)
	if err != nil || made.Title != "Hello World-1" || made.Changed.IsZero() {
		t.Errorf("%+v %v", made, err)
	}
	properties := answer{body: string(made.Raw)}.json(t)["properties"].(map[string]any)
	if got, err := client.Fetch(ctx, properties["iconUri"].(string), "download the icon"); err != nil || string(got) != "PNG" {
		t.Errorf("%q %v", got, err)
	}
	verdict, err := client.Validate(ctx, []byte(`{"swagger": "2.0"}`), powerapps.WithoutCertification)
	if err != nil || !verdict.Refused || verdict.RequestID == "" {
		t.Errorf("%+v %v", verdict, err)
	}
}
