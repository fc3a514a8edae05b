package powerapps

import (
	"context"
	"encoding/json"
	"time"
)

// Token is an access token and what the service needs to know of whom it is for.
type Token struct {
	Value    string
	Expires  time.Time
	ObjectID string // of the user or service principal, for the paths of some requests
}

// String hides the token from whoever prints it.
func (Token) String() string { return "(token)" }

// GoString hides the token from %#v.
func (Token) GoString() string { return "(token)" }

// TokenSource gives tokens for a resource (an audience), renewed without anybody being asked where they are about to end.
// Its error is a *SignInError when only signing in again would help.
type TokenSource interface {
	Token(ctx context.Context, resource string) (Token, error)
}

// Renewer is a TokenSource that can replace a token before its end.
type Renewer interface {
	// Renew returns a new token in the place of one that the service refused although its time was not over. Its errors are
	// those of Token.
	Renew(ctx context.Context, resource string, refused Token) (Token, error)
}

// SignInError says that somebody has to sign in, and why.
type SignInError struct {
	Problem string // "nobody is signed in to the public cloud"
	Way     string // what to do about it: "⟨run paconn-ls login|sign in again⟩", in commands' words for two audiences; "" when nothing more is known
	Err     error  // what Entra said; may be nil
}

func (e *SignInError) Error() string {
	text := e.Problem
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *SignInError) Unwrap() error { return e.Err }

// Means is a way to sign in.
type Means string

// The ways to sign in.
const (
	DeviceCode      Means = "device-code"      // a person, with a code typed into a browser anywhere
	Browser         Means = "browser"          // a person, with the browser of this machine
	ClientSecret    Means = "client-secret"    // a service principal with a secret
	Certificate     Means = "certificate"      // a service principal with a certificate
	Federated       Means = "federated"        // a service principal with a token of GitHub, Azure DevOps or a file
	ManagedIdentity Means = "managed-identity" // the identity of the machine in Azure
)

// AllMeans lists the ways to sign in.
var AllMeans = []Means{DeviceCode, Browser, ClientSecret, Certificate, Federated, ManagedIdentity}

// SignIn says who is to sign in where, and how.
type SignIn struct {
	Cloud  Cloud  // with Authority, Client and Resource as they are to be used
	Tenant string // id or domain; "" is common for people, and an error for service principals
	Means  Means

	Secret         string // of the service principal, for ClientSecret
	Certificate    string // path of a PEM or PKCS #12 file with certificate and key, for Certificate
	CertPassword   string // of that file
	FederatedToken string // path of a file with a token, for Federated; "" asks GitHub or Azure DevOps by their variables
	IdentityClient string // client id or resource id of a user-assigned identity, for ManagedIdentity; "" is the system's
}

// Account is somebody who is signed in.
type Account struct {
	Cloud     string    `json:"cloud"`
	Tenant    string    `json:"tenant"`   // as it was given at the sign-in
	TenantID  string    `json:"tenantId"` // that the tokens are of
	Client    string    `json:"client"`
	User      string    `json:"user"` // name of the user; the client id of a service principal
	ObjectID  string    `json:"objectId"`
	Means     Means     `json:"means"`
	Authority string    `json:"authority"`
	Resource  string    `json:"resource"`
	Expires   time.Time `json:"expires"`        // of the access token
	Renewable bool      `json:"renewable"`      // it is renewed without anybody being asked
	From      string    `json:"from,omitempty"` // what it is renewed from: the path of the certificate or of the token, the id of the user-assigned identity
}

// Interaction is how a sign-in reaches the person.
type Interaction interface {
	// DeviceCode shows the code and the page to type it in. It does not wait for the person.
	DeviceCode(ctx context.Context, code DevicePrompt) error
	// Open opens a page in the browser of this machine.
	Open(ctx context.Context, url string) error
}

// DevicePrompt is what a person needs to sign in with a device code.
type DevicePrompt struct {
	Message string    `json:"message"` // the whole sentence of the service
	Code    string    `json:"code"`
	URL     string    `json:"url"`
	Expires time.Time `json:"expires"`
}

// Environment is an environment of Power Platform.
type Environment struct {
	Name    string `json:"name"` // its id: a GUID, or Default-GUID
	Title   string `json:"title"`
	Region  string `json:"region,omitempty"`
	Default bool   `json:"default,omitempty"`
}

// Connector is a custom connector as the service has it.
type Connector struct {
	ID      string          `json:"id"`    // "shared_pets-5f…": the name of the service for it
	Title   string          `json:"title"` // display name
	Author  string          `json:"author,omitempty"`
	Changed time.Time       `json:"changed,omitzero"`
	Raw     json.RawMessage `json:"-"` // the whole answer, in the service's order
}

// Certification says whether the service also applies the rules of the certification.
type Certification int

// With and without the rules of the certification.
const (
	WithoutCertification Certification = iota
	WithCertification
)

// Verdict is what the service says of a definition.
type Verdict struct {
	Refused   bool   // it would not be taken
	Text      string // what the service says, "" when nothing
	Code      string // of a refusal
	RequestID string
}

// Storage is a place that files can be put to for the service to fetch: a URL with a shared access signature, which is
// a secret.
type Storage struct{ URL string }

// String hides the signature.
func (s Storage) String() string { return WithoutQuery(s.URL) }
