package sandbox

import (
	"crypto/sha256"
	"net"
	"net/http"
	"net/url"
	"time"
)

// authorize is the page of a sign-in in the browser. Its answer goes to the client's redirect address as a form, the only
// way that MSAL for Go takes it.
func (e *entra) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if problem := authorizeProblem(q); problem != "" {
		w.WriteHeader(http.StatusBadRequest)
		writePage(w, signInPage{Title: "Sorry, but we’re having trouble signing you in", Text: problem})
		return
	}
	if r.Method != http.MethodPost && !e.options.AutoApprove {
		writePage(w, signInPage{
			Title: "Sign in to the sandbox", Ask: true, User: ada.Username, Hidden: map[string]string{"state": q.Get("state")},
		})
		return
	}
	answer := map[string]string{"state": q.Get("state")}
	if r.FormValue("decision") == "decline" {
		answer["error"] = "access_denied"
		answer["error_description"] = "AADSTS65004: User declined to consent to access the app."
	} else {
		answer["code"] = e.newCode(grant{
			Client: q.Get("client_id"), Tenant: directoryID(r.PathValue("tenant")), User: userOf(r.PostFormValue("user")),
			scope: q.Get("scope"), redirect: q.Get("redirect_uri"), challenge: q.Get("code_challenge"),
		})
	}
	writePage(w, signInPage{Title: "Signed in", Text: "Back to the program that asked.", Action: q.Get("redirect_uri"), Hidden: answer})
}

// authorizeProblem says why a sign-in cannot begin; "" when it can.
func authorizeProblem(q url.Values) string {
	redirect, err := url.Parse(q.Get("redirect_uri"))
	_, f := audienceOf(q.Get("scope"))
	switch {
	case clientRefusal(q.Get("client_id")) != nil:
		return "AADSTS700016: Application with identifier '" + q.Get("client_id") + "' was not found in the directory."
	case err != nil || !toThisMachine(redirect):
		return "AADSTS50011: The redirect URI '" + q.Get("redirect_uri") + "' specified in the request does not match the redirect URIs configured for the application."
	case q.Get("response_type") != "code" || q.Get("response_mode") != "form_post":
		return "AADSTS70007: only response_type=code and response_mode=form_post are supported here."
	case q.Get("code_challenge") == "" || q.Get("code_challenge_method") != "S256":
		return "AADSTS501491: Proof Key for Code Exchange is required for cross-origin authorization code redemption."
	case f != nil:
		return "AADSTS70011: " + f.text
	}
	return ""
}

// toThisMachine reports an address that a program on this machine listens at.
func toThisMachine(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

func (e *entra) newCode(g grant) string {
	g.Expires = e.options.Now().Add(10 * time.Minute)
	code := encoding.EncodeToString(randomBytes(48))
	e.secrets.keep(code)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.forget()
	e.codes[code] = g
	return code
}

// byCode exchanges an authorization code, which is good once.
func (e *entra) byCode(r *http.Request) (map[string]any, *entraRefusal) {
	e.mu.Lock()
	g, ok := e.codes[r.PostFormValue("code")]
	delete(e.codes, r.PostFormValue("code"))
	e.mu.Unlock()
	verifier := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	switch {
	case !ok:
		return nil, &entraRefusal{code: "invalid_grant", number: 54005, text: "OAuth2 Authorization code was already redeemed, please retry with a new valid code."}
	case !e.options.Now().Before(g.Expires):
		return nil, &entraRefusal{code: "invalid_grant", number: 70008, text: "The provided authorization code is expired."}
	case g.Client != r.PostFormValue("client_id") || g.redirect != r.PostFormValue("redirect_uri"):
		return nil, &entraRefusal{code: "invalid_grant", number: 50148, text: "The redirect URI or client does not match that of the authorization request."}
	case encoding.EncodeToString(verifier[:]) != g.challenge:
		return nil, &entraRefusal{code: "invalid_grant", number: 501481, text: "The Code_Verifier does not match the code_challenge supplied in the authorization request."}
	}
	return e.tokens(r, g, g.scope)
}
