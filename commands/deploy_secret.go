package commands

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/powerapps"
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

// hideIn hides the secrets in what the service says: it may repeat what it was sent.
func (s secrets) hideIn(err error) error {
	var said *powerapps.Error
	if errors.As(err, &said) {
		said.Message = s.hide(said.Message)
	}
	return err
}

// given returns the secrets of a text that the user gave: one secret for every parameter that takes one, or one in each
// line behind the name of its parameter and "=". In the manner of paconn it is always the former.
func (e *Env) given(text string, parameters []oauthParameter) (secrets, error) {
	if text == "-" || !utf8.ValidString(text) {
		return nil, &ArgumentError{"the client secret", "it is not a text that can be sent; " + waysOfSecret}
	}
	out := secrets{}
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\r' || r == '\n' })
	unnamed := func(line string) bool { return nameIn(line, parameters) == "" }
	if e.Manner == Own && len(lines) > 0 && !slices.ContainsFunc(lines, unnamed) {
		for _, line := range lines {
			name := nameIn(line, parameters)
			out[name] = line[len(name)+1:]
		}
		return out, nil
	}
	if len(lines) != 1 || lines[0] != text {
		return nil, &ArgumentError{"the client secret", "it has several lines, of which each has to be the name of an OAuth parameter, = and its secret; there are " + namesOf(parameters)}
	}
	for _, p := range parameters {
		if p.takesSecret() {
			out[p.name] = text
		}
	}
	return out, nil
}

// nameIn returns the name of the parameter that a line begins with, "" when there is none.
func nameIn(line string, parameters []oauthParameter) string {
	for _, p := range parameters {
		if strings.HasPrefix(line, p.name+"=") {
			return p.name
		}
	}
	return ""
}

func namesOf(parameters []oauthParameter) string {
	names := make([]string, len(parameters))
	for i, p := range parameters {
		names[i] = plain(p.name)
	}
	return strings.Join(names, ", ")
}

// What is said where a secret is missing.
const (
	waysOfSecret      = "give it with --secret - on standard input, in the environment variable PACONN_SECRET, or with --secret"
	paconnNeedsSecret = "Please provide OAuth2 client secret using the --secret argument."
)

// ask asks for the secrets of parameters. Those of one application are asked for once.
func (e *Env) askSecrets(ctx context.Context, parameters []oauthParameter) (secrets, error) {
	out := secrets{}
	if len(parameters) == 0 {
		return out, nil
	}
	if e.Ask == nil {
		return nil, e.needsSecret(parameters)
	}
	byClient := map[string]string{}
	for _, p := range parameters {
		client := p.settings.Get("clientId").Text()
		secret := byClient[client]
		if secret == "" || client == "" {
			answer, err := e.Ask.Secret(ctx, "OAuth2 client secret of "+plain(p.name))
			if err != nil {
				return nil, err
			}
			if answer == "" {
				return nil, e.needsSecret(parameters)
			}
			secret = answer
		}
		byClient[client], out[p.name] = secret, secret
	}
	return out, nil
}

// needsSecret says that a secret is missing, and the ways to give it.
func (e *Env) needsSecret(parameters []oauthParameter) error {
	if e.Manner == Paconn {
		return errors.New(paconnNeedsSecret)
	}
	return &NeedError{What: "secret", Option: "--secret",
		Hint: "the OAuth parameter " + namesOf(parameters) + " needs a client secret; --secret - reads it from standard input, and PACONN_SECRET holds it too"}
}
