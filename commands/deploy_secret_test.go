package commands_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"paconn-ls/commands"
)

const given = "s3cret=/+x y\"ö"

// one is a parameter that needs a secret.
var one = `{"signIn":` + oauthParameter("") + `}`

// severalSecrets are properties with three OAuth parameters, each with some more members.
func severalSecrets(a, b, c string) string {
	return `{"properties":{"iconBrandColor":"#2B579A","capabilities":[],"connectionParameters":{"token":` + oauthParameter(a) +
		`},"connectionParameterSets":{"uiDefinition":{"displayName":"x"},"values":[{"name":"first","parameters":{"other":` + oauthParameter(b) +
		`}},{"name":"second","parameters":{"other":` + oauthParameter(c) + `,"key":{"type":"securestring"}}}]}}}`
}

// secretsGiven are ways to give secrets, or to lack them.
var secretsGiven = map[string]struct {
	properties string
	secret     string
	variable   string
	answers    []any
	manner     commands.Manner
	update     bool
	deployed   string // properties
	want       []string
	asked      string
	fails      string
	notes      string
}{
	"an option":                       {properties: withOAuth(one), secret: given, want: []string{given}},
	"a variable":                      {properties: withOAuth(one), variable: given, want: []string{given}},
	"the option before the variable":  {properties: withOAuth(one), secret: given, variable: "other-secret", want: []string{given}},
	"asked for":                       {properties: withOAuth(one), answers: []any{given}, want: []string{given}, asked: "OAuth2 client secret of the connection parameter signIn"},
	"an empty answer":                 {properties: withOAuth(one), answers: []any{""}, asked: "OAuth2 client secret of the connection parameter signIn", fails: "needs a client secret"},
	"a question that cannot be asked": {properties: withOAuth(one), answers: []any{&commands.NeedError{What: "secret", Option: "secret"}}, asked: "OAuth2 client secret of the connection parameter signIn", fails: "no secret is given"},
	"nobody to ask":                   {properties: withOAuth(one), fails: "--secret"},
	"nobody to ask, as paconn":        {properties: withOAuth(one), manner: commands.Paconn, fails: "Please provide OAuth2 client secret using the --secret argument."},
	"one for all":                     {properties: severalSecrets("", "", ""), secret: given, want: []string{given, given, given}},
	"one in the file is replaced":     {properties: withOAuth(`{"token":` + oauthParameter(`,"clientSecret":"old-one","z":1`) + `}`), secret: given, want: []string{given}},
	"one in the file stays":           {properties: withOAuth(`{"token":` + oauthParameter(`,"clientSecret":"old-one"`) + `}`), want: []string{"old-one"}},
	"a stand-in is none":              {properties: withOAuth(`{"token":` + oauthParameter(`,"clientSecret":"[[DUMMY]]"`) + `}`), secret: given, want: []string{given}},
	"another spelling of the key":     {properties: withOAuth(`{"token":` + oauthParameter(`,"ClientSecret":""`) + `}`), secret: given, want: []string{given}},
	"a certificate needs none":        {properties: withOAuth(`{"token":` + strings.Replace(oauthParameter(""), `"oauth2"`, `"AadCertificate"`, 1) + `}`), secret: given, want: []string{""}, notes: "the secret is not sent"},
	"no OAuth":                        {properties: soundProperties, secret: given, notes: "the secret is not sent"},
	"no OAuth, a variable":            {properties: soundProperties, variable: given},
	"one each":                        {properties: severalSecrets("", "", ""), secret: "token=one-secret\r\nfirst/other=two-secret=\nsecond/other=three secret\n", want: []string{"one-secret", "two-secret=", "three secret"}},
	"one of several":                  {properties: severalSecrets("", "", ""), secret: "first/other=two-secret", answers: []any{"app-secret"}, want: []string{"app-secret", "two-secret", "app-secret"}, asked: "OAuth2 client secret of the connection parameter token"},
	"lines without names":             {properties: severalSecrets("", "", ""), secret: "one-secret\ntwo-secret", fails: "there are token, first/other, second/other"},
	"names mean nothing to paconn":    {properties: withOAuth(`{"token":` + oauthParameter("") + `}`), manner: commands.Paconn, secret: "token=one-secret", want: []string{"token=one-secret"}},
	"asked once for one application": {properties: severalSecrets("", "", `,"clientId":"other"`), answers: []any{"one-secret", "two-secret"}, want: []string{"one-secret", "one-secret", "two-secret"},
		asked: "OAuth2 client secret of the connection parameter token|OAuth2 client secret of the connection parameter second/other"},
	"an update of what is deployed": {update: true, deployed: withOAuth(one), properties: withOAuth(one), want: []string{""}, notes: "no client secret of signIn is sent"},
	"an update with a secret":       {update: true, deployed: withOAuth(one), properties: withOAuth(one), secret: given, want: []string{given}},
	"an update to OAuth":            {update: true, deployed: soundProperties, properties: withOAuth(one), fails: "needs a client secret"},
	"an update to OAuth, as paconn": {update: true, manner: commands.Paconn, deployed: soundProperties, properties: withOAuth(one), want: []string{""}, notes: "no client secret of signIn is sent"},
	"a line's end behind it":        {properties: withOAuth(one), variable: given + "\r\n", want: []string{given}},
	"a name that is none":           {properties: withOAuth(one), secret: "signin=one-secret", want: []string{"signin=one-secret"}, notes: "taken as one text"},
	"text that is no UTF-8":         {properties: withOAuth(one), secret: "caf\xe9-secret", fails: "the client secret"},
}

// TestSecrets checks where a client secret goes, whatever its parameter is called, and where it comes from.
func TestSecrets(t *testing.T) {
	for name, c := range secretsGiven {
		t.Run(name, func(t *testing.T) {
			w := newDeployWorld(t, c.properties, soundDefinition)
			w.Manner = c.manner
			if c.secret == "" {
				w.Variables["PACONN_SECRET"] = c.variable
			}
			if c.update {
				w.deploy(c.deployed)
			}
			var asker *fakeAsker
			if c.answers != nil {
				asker = newAsker(t, c.answers...)
				w.Ask = asker
			}
			result, err := w.either(c.update, func(a *commands.DeployArgs) { a.Secret, a.NoCheck = c.secret, true })
			if (err == nil) != (c.fails == "") || err != nil && !strings.Contains(err.Error(), c.fails) {
				t.Fatalf("got %v, want %s", err, c.fails)
			}
			if asker != nil && strings.Join(asker.Asked, "|") != c.asked {
				t.Errorf("asked %q", asker.Asked)
			}
			if !strings.Contains(w.note(), c.notes) {
				t.Errorf("notes %s\nwant %s", w.note(), c.notes)
			}
			if err == nil {
				if got := secretsIn(t, w.sent()); fmt.Sprint(got) != fmt.Sprint(c.want) {
					t.Errorf("sent %q, want %q", got, c.want)
				}
			}
			told := fmt.Sprintf("%v %+v %s", err, result, w.note())
			for _, secret := range append([]string{given, "old-one"}, "one-secret", "two-secret", "three secret", "app-secret", "other-secret", "caf\xe9-secret") {
				if strings.Contains(told, secret) {
					t.Errorf("%q is told in %s", secret, told)
				}
			}
		})
	}
}

// either creates or updates from the two usual files.
func (w *world) either(update bool, change func(*commands.DeployArgs)) (commands.DeployResult, error) {
	files := commands.FileArgs{Properties: "apiProperties.json", Definition: "apiDefinition.swagger.json"}
	if update {
		return w.update(func(a *commands.UpdateArgs) { a.FileArgs = files; change(&a.DeployArgs) })
	}
	return w.create(func(a *commands.CreateArgs) { a.FileArgs = files; change(&a.DeployArgs) })
}

// secretsIn returns the client secrets of a registration, "" for each OAuth parameter without one.
func secretsIn(t *testing.T, registration string) []string {
	t.Helper()
	type parameters map[string]struct {
		OAuthSettings *struct{ ClientSecret string }
	}
	var r struct {
		Properties struct {
			ConnectionParameters    parameters
			ConnectionParameterSets struct {
				Values []struct{ Parameters parameters }
			}
		}
	}
	decode(t, registration, &r)
	var out []string
	add := func(p parameters) {
		for _, x := range p {
			if x.OAuthSettings != nil {
				out = append(out, x.OAuthSettings.ClientSecret)
			}
		}
	}
	add(r.Properties.ConnectionParameters)
	for _, set := range r.Properties.ConnectionParameterSets.Values {
		add(set.Parameters)
	}
	return out
}

// TestSecretsStayHidden checks that nothing that is shown before or after holds a secret: not the one that is given, not
// what the files hold, not what the service gives back.
func TestSecretsStayHidden(t *testing.T) {
	const secret = "Zx9~veryQ8rT5yU2iO7pA4sD1f"
	held := strings.ReplaceAll(secret, "very", "held")
	policy := `"policyTemplateInstances":[{"templateId":"setheader","title":"t","parameters":{"x-ms-apimTemplateParameter.name":"X-Api-Key","x-ms-apimTemplateParameter.value":"` + held + `"}}]`
	properties := strings.Replace(withOAuth(`{"signIn":`+oauthParameter("")+`,"key":{"type":"securestring","defaultValue":"`+held+`"}}`), `"capabilities":[]`, `"capabilities":[],`+policy, 1)
	for _, dry := range []bool{true, false} {
		w := newDeployWorld(t, properties, soundDefinition)
		w.deploy(strings.ReplaceAll(strings.Replace(properties, `"scopes"`, `"clientSecret":"`+held+`","scopes"`, 1), "X-Api-Key", "X-API-Key"))
		result, err := w.update(func(a *commands.UpdateArgs) { a.Secret, a.DryRun, a.NoCheck = secret, dry, true })
		if err != nil {
			t.Fatal(err)
		}
		told := fmt.Sprintf("%+v %s", result, w.note())
		if strings.Contains(told, secret) || strings.Contains(told, held) {
			t.Errorf("a secret is told in %s", told)
		}
		if dry && !strings.Contains(result.After, `"clientSecret": "********"`) {
			t.Errorf("the place of the secret is not shown in %s", result.After)
		}
		if dry == (w.sent() != "") {
			t.Errorf("dry run %v, sent %s", dry, w.sent())
		}
	}
}

// TestNeedOfSecret checks that an editor can tell what is missing.
func TestNeedOfSecret(t *testing.T) {
	w := newDeployWorld(t, withOAuth(`{"signIn":`+oauthParameter("")+`}`), soundDefinition)
	_, err := w.create(nil)
	var need *commands.NeedError
	if !errors.As(err, &need) || need.What != "secret" || need.Option != "--secret" {
		t.Errorf("got %v", err)
	}
}
