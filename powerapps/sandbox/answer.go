package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// refusal is an answer that is an error. Its code and message are the service's.
type refusal struct {
	status  int
	code    string
	message string
}

func (e *refusal) Error() string { return fmt.Sprintf("%d %s: %s", e.status, e.code, e.message) }

func refuse(status int, code, format string, args ...any) *refusal {
	return &refusal{status, code, fmt.Sprintf(format, args...)}
}

// write answers as Azure's resource providers do.
func (e *refusal) write(w http.ResponseWriter) {
	body := struct {
		Error struct {
			Code    string `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}{}
	body.Error.Code, body.Error.Message = e.code, e.message
	writeJSON(w, e.status, body)
}

// writeJSON answers with JSON whose texts are as they are: <, > and & are not escaped.
func writeJSON(w http.ResponseWriter, status int, value any) { writeRaw(w, status, marshal(value)) }

// marshal returns the JSON of a value that has one.
func marshal(value any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(value)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func writeRaw(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// noResource is what the service says of a path that it does not know.
func noResource(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusNotFound, map[string]string{
		"message": fmt.Sprintf("No HTTP resource was found that matches the request URI 'https://%s%s'.", r.Host, r.URL.EscapedPath()),
	})
}
