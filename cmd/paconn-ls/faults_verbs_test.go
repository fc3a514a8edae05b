package main

import (
	"net/http"
	"time"

	"paconn-ls/powerapps/sandbox"
)

// faultVerb is a way to call the program, each request of which is made to go wrong.
type faultVerb struct {
	name      string
	args      []string // $ENV is an environment, $ID a connector of it
	env       []string
	signedOut bool           // nobody is signed in before
	life      time.Duration  // of access tokens; so short that each run renews them, or 0
	code      time.Duration  // of codes to sign in with; 0 is long
	given     *sandbox.Fault // in every run: it makes the verb send what it sends then only
}

// What a service principal is described with.
var principal = []string{
	"PACONN_TENANT_ID=contoso.example", "PACONN_CLIENT_ID=aaaaaaaa-0000-4000-8000-000000000001", "PACONN_CLIENT_SECRET=" + principalSecret,
}

// The secrets that the program is given.
const (
	principalSecret = "the-principals-own-secret"
	connectorSecret = "the-connectors-own-secret"
)

// renewing is a life of tokens in which they are about to end whenever somebody looks.
const renewing = 2 * time.Minute

var faultVerbs = []faultVerb{
	{name: "login", args: []string{"login", "--with", "device-code"}, signedOut: true},
	{name: "login of a service principal", args: []string{"login", "--with", "client-secret"}, env: principal, signedOut: true},
	{name: "login again", args: []string{"login", "--with", "device-code"}, life: renewing},
	{name: "logout", args: []string{"logout"}},
	{name: "status", args: []string{"status"}},
	{name: "list environments", args: []string{"list", "environments"}},
	{
		name: "list environments where Flow refuses", args: []string{"list", "environments"},
		given: &sandbox.Fault{Method: http.MethodGet, Path: "*/Microsoft.ProcessSimple/*", Status: http.StatusForbidden, Times: -1},
	},
	{name: "list connectors", args: []string{"list", "connectors", "-e", "Contoso (default)"}},
	{name: "list connectors with a token that ends", args: []string{"list", "connectors", "-e", "$ENV"}, life: renewing},
	{name: "list connectors as a service principal", args: []string{"list", "connectors", "-e", "$ENV"}, env: principal, signedOut: true},
	{name: "download", args: []string{"download", "-e", "$ENV", "-c", "$ID", "-d", "old", "-w"}},
	{name: "create", args: []string{"create", "-e", "$ENV", "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json", "-i", "pets/icon.png", "-x", "pets/script.csx", "-w"}},
	{name: "create --dry-run", args: []string{"create", "-e", "$ENV", "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json", "-x", "pets/script.csx", "--dry-run"}},
	{name: "update", args: []string{"update", "-e", "$ENV", "-c", "$ID", "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json", "-i", "pets/icon.png", "-x", "pets/script.csx"}},
	{name: "update --dry-run", args: []string{"update", "-e", "$ENV", "-c", "$ID", "-p", "pets/apiProperties.json", "-d", "pets/apiDefinition.swagger.json", "-i", "pets/icon.png", "--dry-run"}},
	{name: "validate", args: []string{"validate", "-d", "pets/apiDefinition.swagger.json"}},
}

// step is a request of a verb as it is sent when all goes well.
type step struct {
	sort
	index int // among the steps of the verb
	nth   int // among those of its sort
}

func (s step) title() string {
	if s.nth > 0 {
		return s.name + " again"
	}
	return s.name
}

// sort is a sort of request.
type sort struct {
	name, method, path string // as a fault matches them
	doing              string // what the error says that it could not do
	role               role
}

// role is what a request is to the service.
type role int

const (
	_       role = iota
	signsIn      // it gets a token, or what is needed for one
	asks         // it changes nothing, and brings a token
	fetches      // it changes nothing, and brings none
	puts         // it puts a file where the service can fetch it
	changes      // it changes a connector, and does no more when it is repeated
	makes        // it makes a connector, and one more each time
)

// sorts are all requests that the program sends.
var sorts = []sort{
	{"configuration", http.MethodGet, "*/.well-known/openid-configuration", "", signsIn},
	{"device code", http.MethodPost, "*/oauth2/v2.0/devicecode", "", signsIn},
	{"token", http.MethodPost, "*/oauth2/v2.0/token", "", signsIn},
	{"environments", http.MethodGet, "*/Microsoft.ProcessSimple/environments", "list the environments", asks},
	{"environments of Power Apps", http.MethodGet, "*/Microsoft.PowerApps/environments", "list the environments", asks},
	{"connectors", http.MethodGet, "*/Microsoft.PowerApps/apis", "list the connectors", asks},
	{"connector", http.MethodGet, "*/Microsoft.PowerApps/apis/*", "get the connector", asks},
	{"validation", http.MethodPost, "*/validateApiSwagger", "validate the definition", asks},
	{"storage", http.MethodPost, "*/generateResourceStorage", "get a storage for the files", asks},
	{"upload of the icon", http.MethodPut, "/storage/*/icon.png", "upload icon.png", puts},
	{"upload of the script", http.MethodPut, "/storage/*/script.csx", "upload script.csx", puts},
	{"definition", http.MethodGet, "/storage/*/apiDefinition.swagger.json", "download the definition", fetches},
	{"icon", http.MethodGet, "/storage/*/icon.png", "download the icon", fetches},
	{"script", http.MethodGet, "/storage/*/script.csx", "download the script", fetches},
	{"creation", http.MethodPost, "*/Microsoft.PowerApps/apis", "create the connector", makes},
	{"change", http.MethodPatch, "*/Microsoft.PowerApps/apis/*", "update the connector", changes},
}
