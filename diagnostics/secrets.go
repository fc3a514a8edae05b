package diagnostics

import (
	"regexp"
	"strings"
)

// secretEndings are what names of secrets end with, in lower case and without anything but letters and digits.
var secretEndings = []string{
	"secret", "password", "passwd", "pwd", "apikey", "accesskey", "subscriptionkey", "privatekey", "secretkey", "sharedkey",
	"functionskey", "accesstoken", "authtoken", "apitoken", "bearertoken", "refreshtoken", "authorization",
}

// isSecretName reports whether a parameter or header of that name holds a secret.
func isSecretName(name string) bool {
	plain := strings.Map(func(r rune) rune {
		if r < 0x80 && r != '_' && isWordByte(byte(r)) {
			return r
		}
		return -1
	}, strings.ToLower(name))
	for _, ending := range secretEndings {
		if strings.HasSuffix(plain, ending) {
			return true
		}
	}
	return false
}

// standIns are words of texts that stand where a secret goes.
var standIns = []string{
	"dummy", "placeholder", "your", "secret", "client", "test", "example", "sample", "enter", "please", "todo", "xxxx", "change",
	"replace", "value", "insert", "here", "fake", "password", "redacted", "config", "null", "none", "default", "token", "apikey",
}

// isLikeSecret reports whether a text looks like a real secret rather than like a stand-in for one: long, without blanks
// and brackets, of letters and digits, without a word that says it is none.
func isLikeSecret(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) < 12 || strings.ContainsAny(s, " \t\r\n<>{}[]()@$%*\"'") || strings.Contains(s, "://") {
		return false
	}
	if !strings.ContainsAny(s, "0123456789") || strings.ToLower(s) == strings.ToUpper(s) {
		return false
	}
	distinct := map[byte]bool{}
	for i := range len(s) {
		distinct[s[i]] = true
	}
	lower := strings.ToLower(s)
	for _, word := range standIns {
		if strings.Contains(lower, word) {
			return false
		}
	}
	return len(distinct) >= 7
}

// knownSecret matches secrets that show by their form what they are, wherever they stand: keys of cloud services, signed
// tokens, private keys.
var knownSecret = regexp.MustCompile(`\bAKIA[0-9A-Z]{16}\b|\bghp_[0-9A-Za-z]{36}|\bxox[abpr]-[0-9A-Za-z-]{20,}|\bsk_live_[0-9A-Za-z]{16,}|` +
	`\bAIza[0-9A-Za-z_-]{35}|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY-----`)
