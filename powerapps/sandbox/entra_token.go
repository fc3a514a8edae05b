package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"paconn-ls/powerapps"
)

// grant is what somebody has been allowed.
type grant struct {
	Kind    string    `json:"kind"` // "refresh" in a refresh token
	Client  string    `json:"client"`
	Tenant  string    `json:"tenant"` // id
	User    user      `json:"user"`
	Expires time.Time `json:"expires"`
	Unique  string    `json:"unique,omitempty"`

	scope, redirect, challenge string // of an authorization code
}

// user is a person of the sandbox: anybody with a name.
type user struct {
	Name     string `json:"name"`     // "Ada Lovelace"
	Username string `json:"username"` // "ada@sandbox.example"
}

// ada is who signs in when nobody says who.
var ada = user{Name: "Ada Lovelace", Username: "ada@sandbox.example"}

// userOf returns the person of a sign-in name.
func userOf(username string) user {
	if username = strings.TrimSpace(username); username == "" || strings.EqualFold(username, ada.Username) {
		return ada
	}
	name, _, _ := strings.Cut(username, "@")
	return user{Name: name, Username: username}
}

// objectID is another one in each directory.
func (u user) objectID(tenant string) string { return guidOf("user:" + u.Username + ":" + tenant) }

// The names that MSAL and RFC 8628 have for the grant of a device code.
const (
	deviceGrant    = "device_code"
	deviceGrantRFC = "urn:ietf:params:oauth:grant-type:device_code"
	assertionType  = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
)

// token exchanges what a client has for tokens.
func (e *entra) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		e.refuse(w, r, entraRefusal{code: "invalid_request", number: 900144, text: "The request body could not be read."})
		return
	}
	if f := clientRefusal(r.PostFormValue("client_id")); f != nil {
		e.refuse(w, r, *f)
		return
	}
	var answer map[string]any
	var f *entraRefusal
	switch kind := r.PostFormValue("grant_type"); kind {
	case deviceGrant, deviceGrantRFC:
		answer, f = e.byDevice(r)
	case "authorization_code":
		answer, f = e.byCode(r)
	case "refresh_token":
		answer, f = e.byRefresh(r)
	case "client_credentials":
		answer, f = e.byCredentials(r)
	default:
		f = &entraRefusal{code: "unsupported_grant_type", number: 70003, text: "The app requested an unsupported grant type '" + kind + "'."}
	}
	if f != nil {
		e.refuse(w, r, *f)
		return
	}
	answerJSON(w, http.StatusOK, answer)
}

func clientRefusal(client string) *entraRefusal {
	switch {
	case client == "":
		return &entraRefusal{code: "invalid_request", number: 900144, text: "The request body must contain the following parameter: 'client_id'."}
	case !guidForm.MatchString(client):
		return &entraRefusal{code: "unauthorized_client", number: 700016, text: "Application with identifier '" + client +
			"' was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant."}
	}
	return nil
}

// byRefresh renews. The refresh token that it is asked with stays good, as Entra's do.
func (e *entra) byRefresh(r *http.Request) (map[string]any, *entraRefusal) {
	var g grant
	if !e.verify(r.PostFormValue("refresh_token"), &g) || g.Kind != "refresh" || g.Client != r.PostFormValue("client_id") {
		return nil, &entraRefusal{code: "invalid_grant", number: 9002313, text: "Invalid request. Request is malformed or invalid."}
	}
	if !e.options.Now().Before(g.Expires) {
		return nil, &entraRefusal{code: "invalid_grant", number: 700082, sub: "bad_token",
			text: "The refresh token has expired due to inactivity. The token was issued and was inactive for a certain amount of time."}
	}
	if tenant := r.PathValue("tenant"); !anyTenant(tenant) {
		g.Tenant = directoryID(tenant)
	}
	return e.tokens(r, g, r.PostFormValue("scope"))
}

// tokens answers a person's client.
func (e *entra) tokens(r *http.Request, g grant, scope string) (map[string]any, *entraRefusal) {
	audience, f := audienceOf(scope)
	if f != nil {
		return nil, f
	}
	now, oid := e.options.Now(), g.User.objectID(g.Tenant)
	life := orElse(e.options.TokenLife, time.Hour)
	access := claims{
		Audience: audience, Issuer: e.issuer(g.Tenant), AppID: g.Client, IDType: "user", Name: g.User.Name, ObjectID: oid,
		UPN: g.User.Username, Scope: "user_impersonation", Tenant: g.Tenant, Version: "1.0",
	}
	answer := map[string]any{
		"token_type": "Bearer", "scope": audience + "/user_impersonation " + audience + "/.default",
		"expires_in": seconds(life), "ext_expires_in": seconds(life),
		"access_token": e.issue(access, now, life),
	}
	wanted := strings.Fields(scope)
	if slices.Contains(wanted, "openid") {
		answer["id_token"] = e.issue(claims{
			Audience: g.Client, Issuer: e.issuer(g.Tenant), Name: g.User.Name, ObjectID: oid, Username: g.User.Username,
			Tenant: g.Tenant, Version: "2.0",
		}, now, life)
	}
	if slices.Contains(wanted, "offline_access") {
		g.Kind, g.Expires, g.Unique = "refresh", now.Add(orElse(e.options.RefreshLife, 90*24*time.Hour)), newGUID()
		answer["refresh_token"] = e.sign(g)
	}
	if r.PostFormValue("client_info") == "1" {
		answer["client_info"] = encoding.EncodeToString([]byte(`{"uid":"` + oid + `","utid":"` + g.Tenant + `"}`))
	}
	return answer, nil
}

// issue signs a token that is good from now on.
func (e *entra) issue(c claims, now time.Time, life time.Duration) string {
	c.IssuedAt, c.NotBefore, c.Expires = now.Unix(), now.Unix(), now.Add(life).Unix()
	c.Subject, c.Unique = c.ObjectID, encoding.EncodeToString(randomBytes(12))
	return e.sign(c)
}

// audienceOf returns the audience that a scope asks for: one of those of the clouds.
func audienceOf(scope string) (string, *entraRefusal) {
	var audience string
	for _, s := range strings.Fields(scope) {
		if a, ok := strings.CutSuffix(s, "/.default"); ok && audience == "" {
			audience = a
		} else if !slices.Contains([]string{"openid", "profile", "offline_access", "email"}, s) {
			return "", &entraRefusal{code: "invalid_scope", number: 70011, text: "The provided request must include a 'scope' input parameter. " +
				"The provided value for the input parameter 'scope' is not valid. The scope " + s + " is not valid."}
		}
	}
	for _, c := range powerapps.BuiltinClouds() {
		if audience != "" && (audience == c.Resource || audience == c.FlowResource) || audience == flowAudience {
			return audience, nil
		}
	}
	return "", &entraRefusal{code: "invalid_resource", number: 500011, text: "The resource principal named " + audience +
		" was not found in the tenant. This can happen if the application has not been installed by the administrator of the tenant " +
		"or consented to by any user in the tenant."}
}

// flowAudience is what the Flow service of the public cloud takes besides the audience of Power Apps.
const flowAudience = "https://service.flow.microsoft.com/"

func orElse(d, otherwise time.Duration) time.Duration {
	if d == 0 {
		return otherwise
	}
	return d
}

func seconds(d time.Duration) int { return int(d / time.Second) }
