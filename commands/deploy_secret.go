package commands

import (
	"iter"
	"strings"

	"paconn-ls/internal/jsondoc"
)

// secrets are the client secrets of OAuth parameters, by the names of these.
type secrets map[string]string

// String hides the secrets from whoever prints them.
func (secrets) String() string { return "(secrets)" }

// GoString hides the secrets from %#v.
func (secrets) GoString() string { return "(secrets)" }

// oauthParameter is a connection parameter by which users sign in with OAuth.
type oauthParameter struct {
	name     string // "token", in a set of parameters "set/token"
	settings *jsondoc.Draft
}

// oauthParameters yields the OAuth parameters of what a properties file holds, whatever their names, in sets too.
func oauthParameters(properties *jsondoc.Draft) iter.Seq[oauthParameter] {
	return func(yield func(oauthParameter) bool) {
		for name, p := range properties.Get("connectionParameters").Members() {
			if o := p.Get("oAuthSettings"); o.Kind() == jsondoc.Object && !yield(oauthParameter{name, o}) {
				return
			}
		}
		for set := range properties.Get("connectionParameterSets", "values").Elements() {
			for name, p := range set.Get("parameters").Members() {
				o := p.Get("oAuthSettings")
				if o.Kind() == jsondoc.Object && !yield(oauthParameter{set.Get("name").Text() + "/" + name, o}) {
					return
				}
			}
		}
	}
}

// takesSecret reports whether the identity provider knows the application by a secret: one of the platform's goes by a
// certificate.
func (p oauthParameter) takesSecret() bool {
	return !strings.EqualFold(p.settings.Get("identityProvider").Text(), "aadcertificate")
}

// lacksSecret reports whether a secret has to come from elsewhere: the file holds none, or what stands for one in files
// that are published or exported.
func (p oauthParameter) lacksSecret() bool {
	if !p.takesSecret() {
		return false
	}
	text := p.settings.Get(p.secretKey()).Text()
	return text == "" || strings.HasPrefix(text, "[[") || strings.HasPrefix(text, "<")
}

// secretKey is how the file spells clientSecret.
func (p oauthParameter) secretKey() string {
	for key := range p.settings.Members() {
		if strings.EqualFold(key, clientSecretKey) {
			return key
		}
	}
	return clientSecretKey
}

const clientSecretKey = "clientSecret"

// put puts the secrets into their parameters.
func (s secrets) put(properties *jsondoc.Draft) {
	for p := range oauthParameters(properties) {
		if secret, ok := s[p.name]; ok {
			p.settings.Set(p.secretKey(), jsondoc.NewString(secret))
		}
	}
}

// hidden returns secrets of the same parameters that everyone may see.
func (s secrets) hidden() secrets {
	out := secrets{}
	for name := range s {
		out[name] = stars
	}
	return out
}

// stars is what stands for a secret where it is shown.
const stars = "********"

// leastHidden is how long a text is at least that is taken for a secret wherever it stands.
const leastHidden = 6

// hide puts stars in the place of the secrets in a text.
func (s secrets) hide(text string) string {
	for _, secret := range s {
		if len(secret) < leastHidden {
			continue
		}
		text = strings.ReplaceAll(text, secret, stars)
		quoted := jsondoc.Quote(secret)
		text = strings.ReplaceAll(text, quoted[1:len(quoted)-1], stars)
	}
	return text
}
