package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// principal is who a token is for.
type principal struct {
	ObjectID string
	Tenant   string // its id
	Name     string // of the user; "" of a service principal
	AppID    string // the client that signed in
	Audience string // of the token, as a scope without "/.default"
}

// entraOptions say how the sandbox's sign-in behaves.
type entraOptions struct {
	AutoApprove bool             // device codes and sign-ins in a browser are approved without anybody
	TokenLife   time.Duration    // of access tokens; 0 is an hour
	RefreshLife time.Duration    // of refresh tokens; 0 is 90 days
	CodeLife    time.Duration    // of device codes; 0 is 15 minutes
	Now         func() time.Time // nil is the clock
}

// entra is the sign-in service: the second version of its endpoints, as far as MSAL asks for them. Its answers and
// refusals are worded after Learn's pages "OAuth 2.0 device authorization grant" and "Microsoft Entra authentication and
// authorization error codes".
type entra struct {
	base    func() string
	options entraOptions
	key     []byte // that tokens are signed with
	mux     *http.ServeMux
	secrets *secrets // that are handed out

	mu      sync.Mutex
	devices map[string]*device // by device code
	codes   map[string]grant   // by authorization code
}

// newEntra makes a sign-in service that is reached at base, a URL without a path.
func newEntra(base func() string, o entraOptions) *entra {
	if o.Now == nil {
		o.Now = time.Now
	}
	e := &entra{
		base: base, options: o, key: randomBytes(32), mux: http.NewServeMux(),
		devices: map[string]*device{}, codes: map[string]grant{},
	}
	e.mux.HandleFunc("GET /{tenant}/v2.0/.well-known/openid-configuration", e.configuration)
	e.mux.HandleFunc("GET /{tenant}/discovery/v2.0/keys", e.keys)
	e.mux.HandleFunc("POST /{tenant}/oauth2/v2.0/devicecode", e.deviceCode)
	e.mux.HandleFunc("POST /{tenant}/oauth2/v2.0/token", e.token)
	e.mux.HandleFunc("/{tenant}/oauth2/v2.0/authorize", e.authorize)
	e.mux.HandleFunc("/device", e.devicePage)
	return e
}

// ServeHTTP answers the requests of a sign-in.
func (e *entra) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	e.mux.ServeHTTP(w, r)
}

// knows reports whether a request is one of a sign-in.
func (e *entra) knows(r *http.Request) bool {
	_, pattern := e.mux.Handler(r)
	return pattern != ""
}

// principal tells whom the bearer token of a request is for; ok is false when there is none, or it has ended, or is not
// from here.
func (e *entra) principal(r *http.Request) (p principal, ok bool) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return principal{}, false
	}
	var c claims
	if !e.verify(token, &c) || e.options.Now().Unix() >= c.Expires {
		return principal{}, false
	}
	return principal{ObjectID: c.ObjectID, Tenant: c.Tenant, Name: c.Name, AppID: c.AppID, Audience: c.Audience}, true
}

func (e *entra) configuration(w http.ResponseWriter, r *http.Request) {
	tenant := e.base() + "/" + r.PathValue("tenant")
	answerJSON(w, http.StatusOK, map[string]any{
		"issuer":                                e.issuer(directoryID(r.PathValue("tenant"))),
		"authorization_endpoint":                tenant + "/oauth2/v2.0/authorize",
		"token_endpoint":                        tenant + "/oauth2/v2.0/token",
		"device_authorization_endpoint":         tenant + "/oauth2/v2.0/devicecode",
		"jwks_uri":                              tenant + "/discovery/v2.0/keys",
		"response_modes_supported":              []string{"form_post"},
		"response_types_supported":              []string{"code"},
		"subject_types_supported":               []string{"pairwise"},
		"id_token_signing_alg_values_supported": []string{"HS256"},
	})
}

// keys is empty: nobody but the sandbox itself can verify its tokens.
func (e *entra) keys(w http.ResponseWriter, _ *http.Request) {
	answerJSON(w, http.StatusOK, map[string]any{"keys": []any{}})
}

func (e *entra) issuer(tenant string) string { return e.base() + "/" + tenant + "/v2.0" }

// entraRefusal is an error as the sign-in service words it.
type entraRefusal struct {
	code    string // of OAuth: "invalid_grant"
	number  int    // of Entra: AADSTS…
	text    string
	sub     string // Entra's suberror
	claims  string // that would have to be asked for
	unknown bool   // the client is not known: 401 rather than 400
}

func (f entraRefusal) status() int {
	if f.unknown {
		return http.StatusUnauthorized
	}
	return http.StatusBadRequest
}

// refuse answers with an error.
func (e *entra) refuse(w http.ResponseWriter, r *http.Request, f entraRefusal) {
	correlation := r.Header.Get("client-request-id")
	if correlation == "" {
		correlation = newGUID()
	}
	trace, now := newGUID(), e.options.Now().UTC().Format("2006-01-02 15:04:05Z")
	body := map[string]any{
		"error": f.code,
		"error_description": fmt.Sprintf("AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s",
			f.number, f.text, trace, correlation, now),
		"error_codes": []int{f.number}, "timestamp": now, "trace_id": trace, "correlation_id": correlation,
		"error_uri": fmt.Sprintf("%s/error?code=%d", e.base(), f.number),
	}
	if f.sub != "" {
		body["suberror"] = f.sub
	}
	if f.claims != "" {
		body["claims"] = f.claims
	}
	answerJSON(w, f.status(), body)
}

func answerJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has gone
}

// entra returns what of the options is about signing in.
func (o Options) entra() entraOptions {
	return entraOptions{AutoApprove: o.AutoApprove, TokenLife: o.TokenLife, RefreshLife: o.RefreshLife, CodeLife: o.CodeLife}
}
