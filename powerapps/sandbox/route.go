package sandbox

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The two services behind the one address.
const (
	powerAppsPath = "/providers/Microsoft.PowerApps/"
	flowPath      = "/providers/Microsoft.ProcessSimple/"
)

// serve is where every request comes in.
func (s *Sandbox) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("x-ms-request-id", newGUID())
	if strings.HasPrefix(r.URL.Path, controlPath) {
		s.control(w, r)
		return
	}
	began, kept := time.Now(), s.recorder.begin(r)
	s.secrets.received(kept) // as far as it has come
	w = observed{w, func(status int) { s.recorder.status(kept, status) }}
	defer func() {
		s.options.Log.Info("request", "method", r.Method, "path", r.URL.EscapedPath(), "status", s.recorder.statusOf(kept),
			"took", time.Since(began).Round(time.Millisecond))
	}()
	fault, at := s.faults.next(r.Method, r.URL.EscapedPath())
	if at && fault.Kind == Reset && !fault.After {
		cut(w)
		return
	}
	err := s.recorder.body(kept, w, r)
	s.secrets.received(kept)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		refuse(http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", "The request content is too large.").write(w)
		return
	}
	if err != nil {
		return // the client has gone
	}
	if !at {
		s.route(w, r)
		return
	}
	s.play(fault, w, r)
}

// route answers a request without faults.
func (s *Sandbox) route(w http.ResponseWriter, r *http.Request) {
	switch path := r.URL.EscapedPath(); {
	case strings.HasPrefix(path, powerAppsPath):
		s.answer(w, r, strings.Split(strings.TrimPrefix(path, powerAppsPath), "/"), s.powerApps)
	case strings.HasPrefix(path, flowPath):
		s.answer(w, r, strings.Split(strings.TrimPrefix(path, flowPath), "/"), s.flow)
	case strings.HasPrefix(path, blobPath):
		s.blobs.ServeHTTP(w, r)
	case s.entra.knows(r):
		s.entra.ServeHTTP(w, r)
	default:
		noResource(w, r)
	}
}

// call is a request to one of the services by somebody who may make it.
type call struct {
	*http.Request
	who  principal
	path []string // below the service's, unescaped
}

// operation carries a call out. It answers itself, unless it returns an error; errNoResource when there is no such call.
type operation func(w http.ResponseWriter, c call) error

var errNoResource = errors.New("no such resource")

// answer checks what every call has to bring and carries it out.
func (s *Sandbox) answer(w http.ResponseWriter, r *http.Request, path []string, do operation) {
	err := s.perform(w, r, path, do)
	var refused *refusal
	switch {
	case errors.Is(err, errNoResource):
		noResource(w, r)
	case errors.As(err, &refused):
		refused.write(w)
	case err != nil:
		s.options.Log.Error("request failed", "method", r.Method, "path", r.URL.EscapedPath(), "error", err)
		refuse(http.StatusInternalServerError, "InternalServerError",
			"Encountered internal server error. The tracking Id is '%s'.", w.Header().Get("x-ms-request-id")).write(w)
	}
}

func (s *Sandbox) perform(w http.ResponseWriter, r *http.Request, path []string, do operation) error {
	for i := range path {
		var err error
		if path[i], err = url.PathUnescape(path[i]); err != nil {
			return errNoResource
		}
	}
	who, err := s.authenticate(r)
	if err != nil {
		return err
	}
	if r.URL.Query().Get("api-version") == "" {
		return refuse(http.StatusBadRequest, "MissingApiVersionParameter",
			"The api-version query parameter (?api-version=) is required for all requests.")
	}
	return do(w, call{r, who, path})
}

// authenticate tells who calls. The codes and the first message are seen in public issues, the others are guesses.
func (s *Sandbox) authenticate(r *http.Request) (principal, error) {
	if r.Header.Get("Authorization") == "" {
		return principal{}, refuse(http.StatusUnauthorized, "MissingAuthorizationHeaderAndClientCertificate",
			"The request must have either an Authorization header or a client certificate.")
	}
	who, ok := s.entra.principal(r)
	if !ok {
		return principal{}, refuse(http.StatusUnauthorized, "InvalidAuthenticationToken",
			"The access token is invalid or has expired.")
	}
	if !audienceFits(who.Audience, r.URL.Path) {
		return principal{}, refuse(http.StatusUnauthorized, "InvalidAuthenticationToken",
			"The received access token has been obtained from wrong audience or resource '%s'. It should exactly match (including forward slash) with one of the allowed audiences '%s'.",
			who.Audience, strings.Join(audiences, "', '"))
	}
	return who, nil
}

// The audiences of tokens. Flow takes the first as well as its own.
const (
	resource     = "https://service.powerapps.com/"
	flowResource = "https://service.flow.microsoft.com/"
)

var audiences = []string{resource}

func audienceFits(audience, path string) bool {
	return audience == resource || audience == flowResource && strings.HasPrefix(path, flowPath)
}

// powerApps answers what follows /providers/Microsoft.PowerApps/.
func (s *Sandbox) powerApps(w http.ResponseWriter, c call) error {
	switch {
	case len(c.path) == 1 && c.path[0] == "environments" && c.Method == http.MethodGet:
		return listEnvironments(w, "Microsoft.PowerApps")
	case c.path[0] == "apis" && len(c.path) <= 2:
		return s.apis(w, c)
	case c.path[0] == "objectIds" && len(c.path) == 3 && c.Method == http.MethodPost:
		return s.objectIDs(w, c)
	}
	return errNoResource
}

// flow answers what follows /providers/Microsoft.ProcessSimple/.
func (s *Sandbox) flow(w http.ResponseWriter, c call) error {
	if len(c.path) == 1 && c.path[0] == "environments" && c.Method == http.MethodGet {
		return listEnvironments(w, "Microsoft.ProcessSimple")
	}
	return errNoResource
}

func (s *Sandbox) apis(w http.ResponseWriter, c call) error {
	environment, err := environmentOf(c)
	if err != nil {
		return err
	}
	switch {
	case len(c.path) == 1 && c.Method == http.MethodGet:
		return s.listConnectors(w, c, environment)
	case len(c.path) == 1 && c.Method == http.MethodPost:
		return s.createConnector(w, c, environment)
	case len(c.path) == 2 && c.Method == http.MethodGet:
		return s.getConnector(w, c, environment)
	case len(c.path) == 2 && c.Method == http.MethodPatch:
		return s.patchConnector(w, c, environment)
	}
	return refuse(http.StatusMethodNotAllowed, "MethodNotAllowed", "The requested resource does not support http method '%s'.", c.Method)
}

// objectIDs answers what is asked in somebody's name.
func (s *Sandbox) objectIDs(w http.ResponseWriter, c call) error {
	id, what := c.path[1], c.path[2]
	if id == "" {
		return refuse(http.StatusBadRequest, "MissingObjectId", "The object id in the request URI is missing.")
	}
	if c.who.ObjectID != "" && !strings.EqualFold(id, c.who.ObjectID) {
		return refuse(http.StatusForbidden, "InvalidObjectId", "The object id '%s' is not that of the caller.", id)
	}
	switch what {
	case "validateApiSwagger":
		return s.validate(w, c)
	case "generateResourceStorage":
		return s.generateStorage(w, c)
	}
	return errNoResource
}
