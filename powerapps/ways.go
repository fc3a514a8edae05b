package powerapps

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// way is what to do about the errors of a code, a status or a message. What is not given fits any; the first that fits
// counts. $ENV and $ID stand for the environment and the connector that the request was about, $CLOUD for the option of a login
// to its cloud.
type way struct {
	code   string
	status int
	says   string // in the message, in lower case
	doing  string
	text   string
}

// ways are collected from public issues of microsoft/PowerPlatformConnectors (their numbers behind the entries) and other
// repositories of Microsoft's, and from paconn's own limits.
var ways = []way{
	// Of the token.
	{code: "MissingAuthorizationHeaderAndClientCertificate", text: "the token did not arrive, which a proxy can be the cause of; else sign in again⟨: paconn-ls login $CLOUD--force⟩"},                              // 2399
	{code: "InvalidAuthenticationToken", says: "audience", text: "the token is for another service or another cloud: sign in with the --cloud of your organisation, or with the --resource that its service wants"}, // 2400, 3567
	{code: "InvalidAuthenticationToken", text: "sign in again⟨: paconn-ls login $CLOUD--force⟩"},
	{code: "ExpiredAuthenticationToken", text: "sign in again⟨: paconn-ls login $CLOUD--force⟩; check that the clock of this machine is right"},
	{code: "MissingObjectId", text: "the token does not say whose it is: sign in again⟨: paconn-ls login $CLOUD--force⟩, with the --tenant of the organisation"}, // 791
	{status: http.StatusUnauthorized, text: "sign in again⟨: paconn-ls login $CLOUD--force; paconn-ls status shows who is signed in, and where⟩"},

	// Of what is sent.
	{code: "InvalidRequestContent", says: "could not find member 'stackowner'", text: "the service takes stackOwner from publishers of certified connectors only: leave it out of apiProperties.json⟨, as paconn-ls does unless --keep-member says otherwise⟩"}, // 614
	{code: "InvalidRequestContent", says: "could not find member", text: "the service does not know this member of apiProperties.json: take it out, or correct its name; paconn-ls check finds such names"},
	{code: "InvalidRequestContent", text: "the service cannot read what was sent: paconn-ls check finds members and values that do not belong"},
	{code: "ApiDefinitionCapabilitiesInvalid", text: "correct the capabilities in apiProperties.json; paconn-ls check names those that there are"},
	{code: "SwaggerCertificationFailedWithErrors", text: "the rules of the certification are not kept; ⟨paconn-ls validate --certification|the command validate with certification⟩ shows where"},
	{code: "InvalidScriptDefinitionUrlWithNonNullOperations", text: "apiProperties.json has scriptOperations, but no script is sent: give ⟨--script|one⟩, or take scriptOperations out"},
	{code: "CustomScriptProvisioningFailed", says: "findandassignfunctionapp", text: "the region has no free place for one more connector with a script: try again later, or create the connector without scriptOperations and script and add both with an update"},
	{code: "CustomScriptProvisioningFailed", text: "the service could not set up the script; this passes at times: try again later"},
	{code: "ApiHubsRequestFailed", says: "valid list of serviceurls", text: "host, basePath or schemes of the definition are no real address; a placeholder may be left in host"},
	{code: "ApiHubsRequestFailed", says: "internalservererror", text: "a service behind the Power Apps service failed while it made the connector's policies: try with policyTemplateInstances left out to see which one it is; a connector that was created anew may take them"}, // 3891
	{code: "ApiHubsRequestFailed", text: "a service behind the Power Apps service refused the connector; what it says is about the definition or the policies"},
	{says: "exceeded the maximum allowed length", text: "the definition is longer than the 500,000 characters that a solution takes: take out descriptions, examples and operations that nobody uses"}, // 3567
	{status: http.StatusRequestEntityTooLarge, text: "what is sent is too large for the service: take out descriptions, examples and operations that nobody uses"},

	// Of rights and places.
	{code: "EnvironmentAccess", says: "permissionblockedbyofficeai", text: "this environment belongs to Microsoft 365 and takes no custom connectors: choose another one⟨, paconn-ls list environments shows them⟩"},
	{code: "EnvironmentAccess", text: "the account has no right to this in the environment: an administrator gives it, for example with the role Environment Maker or System Customizer"},
	{says: "service principal with id", status: http.StatusForbidden, text: "an administrator has to let the service principal in: as an application user of the environment, and as a management application of the organisation (New-PowerAppManagementApp)"},
	{code: "EnvironmentNotFound", text: "there is no such environment for this account⟨: paconn-ls list environments shows those that there are⟩"},
	{code: "ConnectorNotFound", text: "there is no connector $ID in this environment⟨: paconn-ls list connectors --env $ENV shows those that there are⟩"},
	{code: "ApiNotFound", text: "there is no connector $ID in this environment⟨: paconn-ls list connectors --env $ENV shows those that there are⟩"},
	{status: http.StatusNotFound, says: "no http resource was found", text: noSuchService}, // 58

	// Of the storage.
	{code: "AuthenticationFailed", text: "the permission to use the storage is over or not valid: start again, and check that the clock of this machine is right"},
	{code: "AuthorizationFailure", text: "the storage takes neither the signature nor requests from this network as good: start again, and look for a firewall or a private network before it if that does not help"},
	{code: "AuthorizationPermissionMismatch", text: "the permission that the service gave for the storage does not allow this: start again"},
	{code: "BlobNotFound", text: "the service has lost this file, which it names itself: update the connector with the file once more"},

	// By the status alone.
	{status: http.StatusForbidden, says: "an html page", text: "this may come from a proxy or a firewall in between, not from the service"},
	{status: http.StatusForbidden, text: "the account has no right to this; an administrator of the environment gives it. A policy of the organisation (DLP, conditional access) may be the reason too"},
	{status: http.StatusConflict, text: "something else changes the connector at the same time, or something of the name is there already: look at it, wait and try again"},
	{status: http.StatusTooManyRequests, text: "the service is asked too often"},
	{status: http.StatusInternalServerError, doing: "validate the definition", says: "encountered internal server error", text: "the service often fails so when a $ref leads nowhere: paconn-ls check finds that; else try again later"}, // 155
	{status: http.StatusProxyAuthRequired, text: "the proxy wants to know who asks: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"},
}

// noSuchService is what to do about a host that knows nothing of what is asked.
const noSuchService = "the host has no such service: check ⟨--cloud, --pau and --pav, and |the cloud, and ⟩powerAppsUrl and powerAppsApiVersion in the settings file"

// inBetween is what to do about an answer that the service does not give.
const inBetween = "something between here and the service may have answered in its place: a proxy, or a page to sign in to a network"

// manyBytes are more than a definition usually has.
const manyBytes = 256 << 10

// way says what to do about an error of a call, in our words; "" when nothing is known. err is that of the connection, h
// the headers of an answer; either may be nil.
func (s *sending) way(e *Error, err error, h http.Header) string {
	parts := []string{s.lookFirst(e)}
	switch {
	case err != nil:
		parts = append(parts, connectionWay(err, s.call.url))
		if wasCut(err) && len(s.call.body) > manyBytes {
			parts = append(parts, "the service itself cuts connections when a definition is very large")
		}
	case e.Status < 300:
		parts = append(parts, inBetween)
	default:
		parts = append(parts, s.known(e))
	}
	if wait := retryAfter(h, time.Now()); wait > 0 && passing(&http.Response{StatusCode: e.Status}, nil) {
		parts = append(parts, fmt.Sprintf("the service asks to wait %s before the next try", wait))
	}
	if s.tries > 1 {
		parts = append(parts, fmt.Sprintf("it was tried %d times", s.tries))
	}
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, "; ")
}

// lookFirst says how to find out what an uncertain error has done.
func (s *sending) lookFirst(e *Error) string {
	switch {
	case !e.Uncertain:
		return ""
	case s.call.once:
		return "the connector may have been created all the same: before you create it again, look ⟨with paconn-ls list connectors --env " + typed(s.call.environment, "ENVIRONMENT") + "|whether the environment has it⟩"
	}
	return "the connector may have been updated all the same, wholly or in part; to update it again does no harm"
}

// known finds what the table says about an answer.
func (s *sending) known(e *Error) string {
	message, env, id := strings.ToLower(e.Message), typed(s.call.environment, "ENVIRONMENT"), typed(s.call.connector, "of that id")
	for _, w := range ways {
		if w.onlyStatus() && !s.concerns(e.Status) {
			continue
		}
		if fits(w.code, e.Code) && (w.status == 0 || w.status == e.Status) && fits(w.doing, e.Doing) && strings.Contains(message, w.says) {
			return strings.NewReplacer("$ENV", env, "$ID", id, "$CLOUD", s.call.loginOption()).Replace(w.text)
		}
	}
	switch {
	case e.Status == http.StatusNotFound && s.call.connector != "":
		return "check the connector and its environment⟨: paconn-ls list connectors --env " + env + " shows those that there are⟩"
	case e.Status == http.StatusNotFound && s.call.environment != "":
		return "check the environment⟨: paconn-ls list environments shows those that there are⟩"
	case e.Status == http.StatusNotFound && s.call.resource != "":
		return noSuchService
	case e.Status == http.StatusNotFound:
		return "the service names a file that is not there: try again, and where that does not help, update the connector with the file once more"
	case e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden:
		return "the storage does not take the permission that the service gave for it: start again, and check that the clock of this machine is right"
	case e.Status >= 500:
		return "the service has a problem of its own: try again later"
	case e.Status == http.StatusConflict:
		return "try again"
	}
	return ""
}

// onlyStatus reports whether an entry goes by nothing but the status.
func (w way) onlyStatus() bool { return w.status != 0 && w.code+w.says+w.doing == "" }

// concerns reports whether what a status usually means can be meant of a call: one without a token is not about who is
// signed in, and one that changes nothing is in nobody's way.
func (s *sending) concerns(status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return s.call.resource != ""
	case http.StatusConflict:
		return s.call.changes()
	}
	return true
}

// loginOption is what a login to the cloud of a call needs besides its other options.
func (c call) loginOption() string {
	if c.cloud == "" || c.cloud == builtin[0].Name {
		return ""
	}
	return "--cloud " + c.cloud + " "
}

// fits reports whether an entry's member fits: it is not given, or the same.
func fits(given, found string) bool { return given == "" || strings.EqualFold(given, found) }
