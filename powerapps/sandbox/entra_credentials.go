package sandbox

import (
	"net/http"
	"strings"
	"time"
)

// What the sandbox refuses of service principals, so that refusals can be seen: a secret, and a subject of a federated
// token. All others are taken.
const (
	wrongSecret  = "wrong"
	wrongSubject = "wrong"
)

// azureCLI is a public client, which has no secret.
const azureCLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"

// byCredentials signs a service principal in.
func (e *entra) byCredentials(r *http.Request) (map[string]any, *entraRefusal) {
	client := r.PostFormValue("client_id")
	if anyTenant(r.PathValue("tenant")) {
		return nil, &entraRefusal{code: "invalid_request", number: 50059,
			text: "No tenant-identifying information found in either the request or implied by any provided credentials."}
	}
	if f := e.credentialRefusal(r, client); f != nil {
		return nil, f
	}
	audience, f := audienceOf(strings.NewReplacer("openid", "", "offline_access", "", "profile", "").Replace(r.PostFormValue("scope")))
	if f != nil {
		return nil, f
	}
	tenant, life := directoryID(r.PathValue("tenant")), orElse(e.options.TokenLife, time.Hour)
	return map[string]any{
		"token_type": "Bearer", "expires_in": seconds(life), "ext_expires_in": seconds(life),
		"access_token": e.issue(claims{
			Audience: audience, Issuer: e.issuer(tenant), AppID: client, IDType: "app",
			ObjectID: guidOf("app:" + client + ":" + tenant), Tenant: tenant, Version: "1.0",
		}, e.options.Now(), life),
	}, nil
}

// credentialRefusal says why what proves the client's identity is not taken; nil when it is.
func (e *entra) credentialRefusal(r *http.Request, client string) *entraRefusal {
	secret, assertion := r.PostFormValue("client_secret"), r.PostFormValue("client_assertion")
	invalid := func(number int, text string) *entraRefusal {
		return &entraRefusal{code: "invalid_client", number: number, text: text, unknown: true}
	}
	switch {
	case client == azureCLI:
		return invalid(700025, "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.")
	case secret == "" && assertion == "":
		return invalid(7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")
	case secret == wrongSecret:
		return invalid(7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, "+
			"not the client secret ID, for a secret added to app '"+client+"'.")
	case secret != "":
		return nil
	}
	if r.PostFormValue("client_assertion_type") != assertionType {
		return &entraRefusal{code: "invalid_request", number: 900144, text: "The request body must contain the following parameter: 'client_assertion_type'."}
	}
	return e.assertionRefusal(assertion, client, invalid)
}

// assertionRefusal looks at a token that stands for a secret: signed by the client itself with a certificate, or given by
// another identity provider. Signatures are not verified, there being nothing to verify them with.
func (e *entra) assertionRefusal(assertion, client string, invalid func(int, string) *entraRefusal) *entraRefusal {
	var head struct {
		Thumbprint string `json:"x5t#S256"`
	}
	var body struct {
		Issuer   string `json:"iss"`
		Subject  string `json:"sub"`
		Audience any    `json:"aud"` // a string or several
		Expires  int64  `json:"exp"`
	}
	if !unverified(assertion, &head, &body) {
		return invalid(50027, "JWT token is invalid or malformed.")
	}
	audience, _ := body.Audience.(string)
	own := body.Issuer == client
	switch {
	case body.Expires != 0 && e.options.Now().Unix() >= body.Expires:
		return invalid(700024, "Client assertion is not within its valid time range. Expiry time of the assertion has passed.")
	case own && (head.Thumbprint == "" || body.Subject != client):
		return invalid(700027, "The certificate with identifier used to sign the client assertion is not registered on application.")
	case own && !strings.HasPrefix(audience, e.base()+"/"):
		return invalid(700023, "Client assertion audience claim does not match Realm issuer.")
	case !own && !strings.HasPrefix(audience, "api://AzureADTokenExchange"):
		return invalid(700212, "No matching federated identity record found for presented assertion audience '"+audience+"'.")
	case !own && body.Subject == wrongSubject:
		return invalid(700213, "No matching federated identity record found for presented assertion subject '"+body.Subject+"'.")
	}
	return nil
}
