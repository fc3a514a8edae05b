package sandbox

import (
	"crypto/rand"
	"html/template"
	"math/big"
	"net/http"
	"strings"
	"time"
)

// device is a sign-in with a device code.
type device struct {
	userCode, client, tenant, scope string
	expires                         time.Time
	state                           deviceState
	user                            user
}

type deviceState int

const (
	devicePending deviceState = iota
	deviceApproved
	deviceDeclined
)

// deviceCode begins a sign-in on another device.
func (e *entra) deviceCode(w http.ResponseWriter, r *http.Request) {
	client, scope := r.PostFormValue("client_id"), r.PostFormValue("scope")
	f := clientRefusal(client)
	if f == nil {
		_, f = audienceOf(scope)
	}
	if f != nil {
		e.refuse(w, r, *f)
		return
	}
	life := orElse(e.options.CodeLife, 15*time.Minute)
	code := encoding.EncodeToString(randomBytes(48))
	e.secrets.keep(code)
	d := &device{userCode: newUserCode(), client: client, tenant: r.PathValue("tenant"), scope: scope, expires: e.options.Now().Add(life)}
	if e.options.AutoApprove {
		d.state, d.user = deviceApproved, ada
	}
	e.mu.Lock()
	e.forget()
	e.devices[code] = d
	e.mu.Unlock()
	page := e.base() + "/device"
	answerJSON(w, http.StatusOK, map[string]any{
		"user_code": d.userCode, "device_code": code, "verification_uri": page, "expires_in": seconds(life), "interval": 1,
		"message": "To sign in, use a web browser to open the page " + page + " and enter the code " + d.userCode + " to authenticate.",
	})
}

// forget drops what nobody can use any more. The caller holds the lock.
func (e *entra) forget() {
	long := e.options.Now().Add(-time.Hour)
	for code, d := range e.devices {
		if d.expires.Before(long) {
			delete(e.devices, code)
		}
	}
	for code, g := range e.codes {
		if g.Expires.Before(long) {
			delete(e.codes, code)
		}
	}
}

// newUserCode returns nine letters and digits that are not mistaken for one another.
func newUserCode() string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	var b strings.Builder
	for range 9 {
		i, _ := rand.Int(rand.Reader, big.NewInt(int64(len(letters)))) // never fails
		b.WriteByte(letters[i.Int64()])
	}
	return b.String()
}

// byDevice answers a client that asks whether its code has been approved. An approved code is good once.
func (e *entra) byDevice(r *http.Request) (map[string]any, *entraRefusal) {
	code := r.PostFormValue("device_code")
	e.mu.Lock()
	defer e.mu.Unlock()
	d := e.devices[code]
	switch {
	case d == nil || d.client != r.PostFormValue("client_id"):
		return nil, &entraRefusal{code: "bad_verification_code", number: 70018, text: "Bad verification code. User typed in wrong user code for device code flow."}
	case d.state == deviceDeclined:
		return nil, &entraRefusal{code: "authorization_declined", number: 70017, text: "The end user denied the authorization request."}
	case !e.options.Now().Before(d.expires):
		return nil, &entraRefusal{code: "expired_token", number: 70020, text: "The provided value for the input parameter 'device_code' is not valid. This device code has expired."}
	case d.state == devicePending:
		return nil, &entraRefusal{code: "authorization_pending", number: 70016, text: "OAuth 2.0 device flow error. Authorization is pending. Continue polling."}
	}
	answer, f := e.tokens(r, grant{Client: d.client, Tenant: directoryID(d.tenant), User: d.user}, d.scope)
	if f == nil {
		delete(e.devices, code)
	}
	return answer, f
}

// decide approves or declines a sign-in by the code that a person sees; ok is false when there is none to decide on.
func (e *entra) decide(userCode string, state deviceState, u user) (ok bool) {
	userCode = strings.ToUpper(strings.TrimSpace(userCode))
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, d := range e.devices {
		if d.userCode == userCode && d.state == devicePending && e.options.Now().Before(d.expires) {
			d.state, d.user = state, u
			return true
		}
	}
	return false
}

// devicePage is where a person types the code.
func (e *entra) devicePage(w http.ResponseWriter, r *http.Request) {
	p := signInPage{Title: "Sign in to the sandbox", Code: r.FormValue("code"), User: ada.Username, Ask: true}
	if r.Method == http.MethodPost {
		p.Ask = false
		state := deviceApproved
		p.Text = "You are signed in as " + userOf(r.FormValue("user")).Username + ". You can close this page."
		if r.FormValue("decision") == "decline" {
			state, p.Text = deviceDeclined, "The sign-in is declined. You can close this page."
		}
		if !e.decide(p.Code, state, userOf(r.FormValue("user"))) {
			p.Ask, p.Text = true, "There is no sign-in with this code, or it has ended."
		}
	}
	writePage(w, p)
}

// signInPage is a page of the sign-in.
type signInPage struct {
	Title, Text string
	Ask         bool // for whom to sign in, and whether
	Code, User  string
	Hidden      map[string]string // fields of the form
	Action      string            // where a form is sent at once, with the hidden fields
}

func writePage(w http.ResponseWriter, p signInPage) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Frame-Options", "DENY")
	_ = pages.Execute(w, p) // a browser that has gone
}

var pages = template.Must(template.New("").Parse(`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{{.Title}}</title>
<style>body{font:16px system-ui,sans-serif;max-width:28em;margin:4em auto;padding:0 1em}label,button{display:block;margin:1em 0}button{display:inline-block;margin-right:1em}</style></head>
<body{{if .Action}} onload="document.forms[0].submit()"{{end}}>
<h1>{{.Title}}</h1>
{{with .Text}}<p>{{.}}</p>{{end}}
{{if .Action}}<form method="post" action="{{.Action}}">
{{range $name, $value := .Hidden}}<input type="hidden" name="{{$name}}" value="{{$value}}">
{{end}}<noscript><button>Continue</button></noscript>
</form>{{end}}
{{if .Ask}}<form method="post">
{{range $name, $value := .Hidden}}<input type="hidden" name="{{$name}}" value="{{$value}}">
{{end}}{{if not .Hidden}}<label>Code <input name="code" value="{{.Code}}" autofocus required></label>{{end}}
<label>User <input name="user" value="{{.User}}"></label>
<button name="decision" value="approve">Approve</button>
<button name="decision" value="decline">Decline</button>
</form>{{end}}
</body></html>
`))
