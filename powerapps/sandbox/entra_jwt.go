package sandbox

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"strings"
)

// claims are what a token says. Access tokens are of Entra's first version, whose audience is the resource itself.
type claims struct {
	Audience  string   `json:"aud"`
	Issuer    string   `json:"iss"`
	IssuedAt  int64    `json:"iat"`
	NotBefore int64    `json:"nbf"`
	Expires   int64    `json:"exp"`
	AppID     string   `json:"appid,omitempty"`
	IDType    string   `json:"idtyp,omitempty"` // "app", "user"
	Name      string   `json:"name,omitempty"`
	ObjectID  string   `json:"oid,omitempty"`
	Username  string   `json:"preferred_username,omitempty"`
	UPN       string   `json:"upn,omitempty"`
	Scope     string   `json:"scp,omitempty"`
	Roles     []string `json:"roles,omitempty"`
	Subject   string   `json:"sub"`
	Tenant    string   `json:"tid"`
	Version   string   `json:"ver"`
	Unique    string   `json:"uti"` // makes each token another one
}

var encoding = base64.RawURLEncoding

// sign returns a JSON web token of a value, a secret.
func (e *entra) sign(v any) string {
	head := encoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT","kid":"sandbox"}`))
	body, _ := json.Marshal(v) // plain structs
	text := head + "." + encoding.EncodeToString(body)
	text += "." + e.mark(text)
	e.secrets.keep(text)
	return text
}

// verify reads a token that sign made; ok is false for any other.
func (e *entra) verify(token string, into any) (ok bool) {
	i := strings.LastIndexByte(token, '.')
	if i < 0 || !hmac.Equal([]byte(token[i+1:]), []byte(e.mark(token[:i]))) {
		return false
	}
	_, body, _ := strings.Cut(token[:i], ".")
	raw, err := encoding.DecodeString(body)
	return err == nil && json.Unmarshal(raw, into) == nil
}

func (e *entra) mark(text string) string {
	mac := hmac.New(sha256.New, e.key)
	mac.Write([]byte(text))
	return encoding.EncodeToString(mac.Sum(nil))
}

// unverified reads a token of somebody else; ok is false when it is none.
func unverified(token string, header, payload any) (ok bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || parts[2] == "" {
		return false
	}
	for i, into := range []any{header, payload} {
		raw, err := encoding.DecodeString(parts[i])
		if err != nil || json.Unmarshal(raw, into) != nil {
			return false
		}
	}
	return true
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}

func newGUID() string { return guid(randomBytes(16)) }

// guidOf returns the same GUID for the same text.
func guidOf(text string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(text)))
	return guid(sum[:16])
}

func guid(b []byte) string {
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b)
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}

var guidForm = regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// homeTenant is the directory of everybody who signs in without naming one.
const homeTenant = "11111111-aaaa-4bbb-8ccc-222222222222"

// directoryID returns the id of a directory by its id, its domain, or one of the names that stand for that of the user.
func directoryID(name string) string {
	switch {
	case guidForm.MatchString(name):
		return strings.ToLower(name)
	case anyTenant(name):
		return homeTenant
	}
	return guidOf("tenant:" + name)
}

// anyTenant reports the names that stand for the directory of whoever signs in.
func anyTenant(name string) bool { return name == "common" || name == "organizations" }
