package powerapps_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

// fault is a way in which the service fails, always.
type fault struct {
	name   string
	does   func(w http.ResponseWriter, r *http.Request)
	says   string // in the error
	way    string // in what to do about it
	once   bool   // it is not tried again
	unsure bool   // what it did is unknown, so that a create and an update are Uncertain
	only   string // of the operations, separated by spaces; "" is all
}

// refuse answers with a status and an error that repeats everything secret that the request held.
func refuse(status int, header ...string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.Header().Set("x-ms-request-id", "req-1")
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"error": {"code": "Fault", "message": "no: %s, ?%s, %q"}}`, r.Header.Get("Authorization"), r.URL.RawQuery, body)
	}
}

// write answers with 200 and a body.
func write(body string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }
}

// reset cuts the connection with the hardest means there are.
func reset(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	if inner, ok := conn.(interface{ NetConn() net.Conn }); ok {
		_ = inner.NetConn().(*net.TCPConn).SetLinger(0)
		_ = inner.NetConn().Close()
	}
}

// truncate promises more than it sends.
func truncate(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	io.WriteString(w, `{"name": "shared_new", "value": [`)
}

// flood sends more than any answer has.
func flood(w http.ResponseWriter, _ *http.Request) {
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	for range 65 {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
}

var faults = []fault{
	{name: "401", does: refuse(401), says: "401 Fault: no: "},
	{name: "403", does: refuse(403), says: "403 Fault", way: "has no right", once: true, only: "environments connectors connector validate storage create update"},
	{name: "403 without a token", does: refuse(403), says: "403 Fault", way: "does not take the permission", once: true, only: "upload fetch"},
	{name: "404", does: refuse(404), says: "404 Fault", once: true},
	{name: "407", does: refuse(407), says: "407 Fault", way: "HTTPS_PROXY", once: true},
	{name: "408", does: refuse(408), says: "408 Fault", unsure: true},
	{name: "409", does: refuse(409), says: "409 Fault", way: "at the same time", once: true, only: "create update"},
	{name: "409 where nothing changes", does: refuse(409), says: "409 Fault", way: "try again", once: true, only: "environments connectors connector validate storage upload fetch"},
	{name: "413", does: refuse(413), says: "413 Fault", way: "too large", once: true},
	{name: "429", does: refuse(429), says: "429 Fault", way: "too often", unsure: true},
	{name: "429 for longer than we wait", does: refuse(429, "Retry-After", "3600"), says: "429 Fault", way: "asks to wait 1h0m0s", once: true, unsure: true},
	{name: "503 until a time that is far", does: refuse(503, "Retry-After", "Fri, 31 Dec 2199 23:59:59 GMT"), says: "503 Fault", way: "asks to wait", once: true, unsure: true},
	{name: "500", does: refuse(500), says: "500 Fault", way: "try again later", unsure: true},
	{name: "503", does: refuse(503), says: "503 Fault", way: "try again later", unsure: true},
	{name: "501", does: refuse(501), says: "501 Fault", once: true, unsure: true},
	{name: "reset", does: reset, says: "the connection was cut", way: "a firewall can be the cause", unsure: true},
	{name: "truncated", does: truncate, says: "broke off", unsure: true},
	{name: "too large", does: flood, says: "larger than 64 MB", once: true, unsure: true, only: "connectors create fetch"},
	{name: "HTML", does: write(html), says: "the answer is an HTML page: Sign in to the Wi-Fi", way: "in its place", once: true, unsure: true, only: "environments connectors connector validate storage upload create update"},
	{name: "empty", does: write(""), says: "the answer is empty", once: true, unsure: true, only: "environments connectors connector storage create"},
	{name: "half JSON", does: write(`{"value": [`), says: "cut short", once: true, unsure: true, only: "environments connectors connector validate storage create update"},
	{name: "other JSON", does: write(`[1]`), says: "the answer", once: true, unsure: true, only: "environments connectors connector storage create"},
	{name: "200 for a file", does: write(""), says: "the storage does not say that it has the file", way: "in its place", once: true, only: "upload"},
	{name: "HTML with 502", does: func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(502)
		io.WriteString(w, html)
	}, says: "502: an HTML page: Sign in to the Wi-Fi", unsure: true},
	{name: "empty 502", does: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(502) }, says: "502: Bad Gateway", unsure: true},
	{name: "huge 400", does: func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(400)
		io.WriteString(w, `{"error": {"code": "Big", "message": "`+strings.Repeat("x", 1<<17))
	}, says: "400 Big: xxx", once: true},
}

func (f fault) concerns(o operation) bool {
	return f.only == "" || strings.Contains(" "+f.only+" ", " "+o.name+" ")
}

// sends says how often a request of the fault's is sent by an operation with two repetitions, and with one more for a
// renewed token; environments are listed at a second place where the first refuses.
func (f fault) sends(o operation) int {
	n := 3
	if f.once || o.name == "create" {
		n = 1
	}
	if f.name == "401" {
		n = 2
		if o.name == "upload" || o.name == "fetch" || o.name == "create" { // "Fault" is no code that is about the token
			n = 1
		}
	}
	if o.name == "environments" && (f.name == "401" || f.name == "403" || f.name == "404") {
		n *= 2
	}
	return n
}
