package powerapps

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	msal "github.com/AzureAD/microsoft-authentication-library-for-go/apps/errors"
)

// EntraError is what a sign-in service answered instead of a token.
type EntraError struct {
	Status      int    // of HTTP
	Code        string // of OAuth: "invalid_grant"; "" when the answer is not of a sign-in service
	AADSTS      string // of Entra: "AADSTS700082"; may be ""
	Message     string // the first line of the description, as plain text of a bounded length
	Correlation string // to tell Microsoft's support

	wait time.Duration // that the answer asks for before the next try
}

func (e *EntraError) Error() string {
	text := e.Message
	switch {
	case e.Code == "" && text == "":
		text = fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))
	case e.AADSTS != "":
		text = e.AADSTS + ": " + text
	case text == "":
		text = e.Code
	default:
		text = e.Code + ": " + text
	}
	if e.Correlation != "" {
		text += " (correlation id " + e.Correlation + ")"
	}
	return text
}

// final reports whether the same request would be refused again.
func (e *EntraError) final() bool {
	return e.Code != "" && e.Status < 500 && e.Status != http.StatusTooManyRequests &&
		!slices.Contains([]string{"temporarily_unavailable", "server_error", "slow_down", "authorization_pending"}, e.Code)
}

var (
	aadsts  = regexp.MustCompile(`^(AADSTS\d+):\s*`)
	trailer = regexp.MustCompile(`(?i)\s*(Trace ID|Correlation ID|Timestamp):.*`)
)

// entraError reads the answer of a sign-in service: JSON with an error, or anything else.
func entraError(status int, body string) *EntraError {
	e := &EntraError{Status: status}
	var said struct {
		Error         any    `json:"error"` // of a managed identity it may be an object
		Description   string `json:"error_description"`
		Message       string `json:"message"`
		CorrelationID string `json:"correlation_id"`
	}
	if json.Unmarshal([]byte(body), &said) != nil {
		return e
	}
	e.Code, _ = said.Error.(string)
	text, _, _ := strings.Cut(cmp.Or(said.Description, said.Message), "\n")
	text = trailer.ReplaceAllString(text, "")
	if m := aadsts.FindStringSubmatch(text); m != nil {
		e.AADSTS, text = m[1], text[len(m[0]):]
	}
	e.Code, e.Message, e.Correlation = plain(e.Code, 64), plain(mask(text, nil), 400), plain(said.CorrelationID, 64)
	return e
}

// errStrange is an answer of success that holds nothing of what a sign-in service says.
var errStrange = errors.New("the answer is not one of a sign-in service")

// strange are MSAL's words for answers that lack something.
var strange = regexp.MustCompile(`was not found in the openid configuration|response is missing|is missing from the response`)

// said returns what MSAL's errors tell, without their addresses, bodies, and whatever else they carry.
func said(err error) error {
	var call msal.CallErr
	var bad msal.InvalidJsonErr
	var address *url.Error
	var entra *EntraError
	switch {
	case errors.As(err, &entra):
		return entra
	case errors.As(err, &call):
		status := 0
		if call.Resp != nil {
			status = call.Resp.StatusCode
		}
		_, body, _ := strings.Cut(call.Err.Error(), ":\n")
		e := entraError(status, body)
		if call.Resp != nil {
			e.wait = retryAfter(call.Resp.Header, time.Now())
		}
		return e
	case errors.As(err, &bad), strange.MatchString(err.Error()):
		return errStrange
	case errors.As(err, &address):
		return cleaned(address.Err)
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("no answer in time")
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	return &cleanError{text: plain(mask(text, nil), 300), err: err}
}

// entraWays are what to do about errors of Entra, by their codes ("Microsoft Entra authentication and authorization error
// codes" on Learn, and public issues of other tools).
var entraWays = map[string]string{
	"AADSTS16000":   "sign in with an account of that directory",
	"AADSTS54005":   "try again",
	"AADSTS70018":   "try again",
	"AADSTS50020":   "sign in with an account of that directory, or give the user's own with --tenant",
	"AADSTS50034":   "check the user name and --tenant",
	"AADSTS50059":   "give the directory with --tenant",
	"AADSTS50076":   "where a second factor is asked for, ⟨--with browser|the browser⟩ may be needed",
	"AADSTS50079":   "where a second factor is asked for, ⟨--with browser|the browser⟩ may be needed",
	"AADSTS50105":   "have an administrator assign you to the application, or sign in with another one (--clid)",
	"AADSTS53000":   "the organization's policy wants another device: sign in on one that it knows, with ⟨--with browser|the browser⟩",
	"AADSTS53003":   "the organization's policy refuses this way to sign in: try ⟨--with browser|the browser⟩, or ask an administrator",
	"AADSTS530036":  "the organization's policy refuses device codes: sign in with ⟨--with browser|the browser⟩",
	"AADSTS65001":   "have an administrator consent to the application, or sign in with one that has the consent (--clid)",
	"AADSTS65002":   "sign in with another application (--clid): this one may not have tokens for the service",
	"AADSTS65004":   "consent when you are asked",
	"AADSTS70011":   "check --resource",
	"AADSTS700016":  "check --clid and --tenant",
	"AADSTS700023":  "check --authority_url",
	"AADSTS700024":  "check the clock of this machine",
	"AADSTS700027":  "upload the certificate to the application's registration, or give the one that is there",
	"AADSTS700211":  "add a federated credential with this issuer to the application's registration",
	"AADSTS700212":  "add a federated credential with this audience to the application's registration",
	"AADSTS700213":  "add a federated credential with this subject to the application's registration",
	"AADSTS70021":   "add a federated credential with issuer, subject and audience of the token to the application's registration",
	"AADSTS700025":  "give the application of the service principal with --clid",
	"AADSTS7000215": "give the value of a secret, not its id",
	"AADSTS7000222": "the secret's time is over: make a new one in the application's registration",
	"AADSTS7000218": "this application wants a secret or a certificate: allow public client flows in its registration, or sign in as a service principal",
	"AADSTS500011":  "check --cloud and --resource",
	"AADSTS90002":   "check --tenant and --cloud",
	"AADSTS900023":  "check --tenant",
	"AADSTS900382":  "check --tenant and --cloud: the directory is one of another cloud",
	"AADSTS900439":  "check --tenant and --cloud: the directory is one of another cloud",
}
