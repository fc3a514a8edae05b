package powerapps

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// stars take the place of a secret.
const stars = "***"

// secretShapes are texts that look like a secret, with what stays of them.
var secretShapes = []struct {
	shape *regexp.Regexp
	to    string
}{
	{regexp.MustCompile(`eyJ[\w-]{6,}\.[\w-]{6,}(\.[\w-]*)*`), stars},                                                // a token
	{regexp.MustCompile(`(?i)\b(bearer|basic)(\s+)[\w.~+/=-]{20,}`), "$1$2" + stars},                                 // as in a header
	{regexp.MustCompile(`(?i)\b(sig|signature)(=|%3d)[^&\s"'<>]+`), "$1$2" + stars},                                  // of a shared access signature
	{regexp.MustCompile(`(?i)\b(` + secretNames + `)=[^&\s"'<>]+`), "$1=" + stars},                                   // in a form
	{regexp.MustCompile(`(?i)(["'](?:` + secretNames + `)\\?["']\s*:\s*\\?["'])(?:[^"'\\]|\\[^"'])+`), "$1" + stars}, // in JSON
	{regexp.MustCompile(`(https?://)[^\s/@"']+@`), "$1"},                                                             // who is named in a proxy's address
}

// secretNames are names of members whose values are secret, as a regular expression. What stands behind such a name in a
// sentence is not meant: validations name parameters.
const secretNames = `client_?secret|password|access_?token|refresh_?token|id_?token|api_?key|account_?key|client_assertion`

// mask stars what is one of the secrets or looks like a secret.
func mask(text string, secrets []string) string {
	for _, secret := range secrets {
		if len(secret) >= 4 {
			text = strings.ReplaceAll(text, secret, stars)
		}
	}
	for _, s := range secretShapes {
		text = s.shape.ReplaceAllString(text, s.to)
	}
	return text
}

// plain makes text fit to be shown: valid UTF-8 without control characters but line ends, and of a bounded number of
// characters.
func plain(text string, most int) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control) || r == '\ufeff':
			return -1
		}
		return r
	}, text)
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	runes := []rune(text)
	return strings.TrimSpace(string(runes[:most])) + " …"
}
