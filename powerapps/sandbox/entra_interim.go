package sandbox

import (
	"net/http"
	"strings"
)

// principal is who a token is for.
type principal struct {
	ObjectID string
	Tenant   string
	Name     string // of the user; "" of a service principal
	AppID    string
	Audience string
}

// entra takes every bearer token.
type entra struct{}

func newEntra(func() string, Options) *entra { return &entra{} }

func (*entra) ServeHTTP(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }

func (*entra) principal(r *http.Request) (principal, bool) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return principal{Tenant: tenantID, Name: "Ada Lovelace", Audience: resource}, ok && token != ""
}
