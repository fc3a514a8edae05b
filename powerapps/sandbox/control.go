package sandbox

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"
)

// controlPath is where another process than the one that started the sandbox sets faults and reads requests.
const controlPath = "/sandbox/"

// KeyHeader is the header that has to bring the key in sandbox.json where a sandbox is told what to do.
const KeyHeader = "X-Sandbox-Key"

// control answers what is asked of the sandbox itself, which it does not record.
//
//	GET /sandbox/             whether it is there
//	POST /sandbox/faults      a Fault
//	DELETE /sandbox/faults    takes the faults back
//	GET /sandbox/requests     the requests, as a list of Request
//	DELETE /sandbox/requests  forgets them
//	GET /sandbox/secrets      the secrets, as a list of texts
func (s *Sandbox) control(w http.ResponseWriter, r *http.Request) {
	what := strings.TrimPrefix(r.URL.Path, controlPath)
	if what == "" && r.Method == http.MethodGet {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if subtle.ConstantTimeCompare([]byte(r.Header.Get(KeyHeader)), []byte(s.rendezvous.Key)) != 1 {
		refuse(http.StatusForbidden, "WrongKey", "The header %s must be the key in sandbox.json.", KeyHeader).write(w)
		return
	}
	switch r.Method + " " + what {
	case "POST faults":
		s.controlFault(w, r)
	case "DELETE faults":
		s.Recover()
		w.WriteHeader(http.StatusNoContent)
	case "GET requests":
		writeJSON(w, http.StatusOK, s.Requests())
	case "GET secrets":
		writeJSON(w, http.StatusOK, s.Secrets())
	case "DELETE requests":
		s.Forget()
		w.WriteHeader(http.StatusNoContent)
	default:
		noResource(w, r)
	}
}

func (s *Sandbox) controlFault(w http.ResponseWriter, r *http.Request) {
	var f Fault
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
	d.DisallowUnknownFields()
	err := d.Decode(&f)
	if err == nil {
		err = f.Valid()
	}
	if err != nil {
		refuse(http.StatusBadRequest, "InvalidFault", "%s", err).write(w)
		return
	}
	s.Fail(f)
	w.WriteHeader(http.StatusNoContent)
}
