package commands

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// givenSecrets finds the client secrets that are sent, and returns the parameters whose secret has to be asked for: when a
// connector is made, and where the deployed one does not have the parameter, if nobody gave a secret. The others keep the one
// that the service has.
func (d *deployment) givenSecrets(old deployed) (missing []oauthParameter, err error) {
	parameters := d.oauthParameters()
	given := d.args.Secret
	if given == "" {
		given = d.env.getenv("PACONN_SECRET")
	}
	d.secrets = secrets{}
	if given != "" {
		if d.secrets, err = d.env.given(given, parameters); err != nil {
			return nil, err
		}
		if len(d.secrets) == 0 && d.args.Secret != "" {
			d.env.note("the secret is not sent: no connection parameter signs in with OAuth and a secret")
		}
	}
	kept, missing := d.withoutSecret(parameters, old)
	if len(kept) > 0 {
		d.env.note("no client secret of %s is sent, the service has to keep the one that it has⟨: --secret gives another⟩", namesOf(kept))
	}
	if d.args.DryRun && len(missing) > 0 {
		d.env.note("the OAuth parameter %s would need a client secret: %s", namesOf(missing), waysOfSecret)
	}
	return missing, nil
}

// withoutSecret returns the OAuth parameters that need a secret and have none: those whose secret the service has already,
// and the others. In the manner of paconn no update needs one.
func (d *deployment) withoutSecret(parameters []oauthParameter, old deployed) (kept, missing []oauthParameter) {
	known := map[string]bool{}
	for p := range oauthParameters(old.properties().Draft()) {
		known[p.name] = true
	}
	for _, p := range parameters {
		_, given := d.secrets[p.name]
		switch {
		case given || !p.lacksSecret():
		case known[p.name] || !d.making && d.env.Manner == Paconn:
			kept = append(kept, p)
		default:
			missing = append(missing, p)
		}
	}
	return kept, missing
}

func (d *deployment) oauthParameters() []oauthParameter {
	var out []oauthParameter
	for p := range oauthParameters(d.files.properties.Root().Get("properties").Draft()) {
		out = append(out, p)
	}
	return out
}

// given returns the secrets of a text that the user gave: one secret for every parameter that takes one, or one in each
// line behind the name of its parameter and "=". In the manner of paconn it is always the former.
func (e *Env) given(text string, parameters []oauthParameter) (secrets, error) {
	text = strings.TrimRight(text, "\r\n")
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
	if e.Manner == Own && len(parameters) > 0 && likeNamed.MatchString(text) {
		e.note("the client secret is taken as one text: it does not begin with the name of an OAuth parameter, of which there are %s", namesOf(parameters))
	}
	for _, p := range parameters {
		if p.takesSecret() {
			out[p.name] = text
		}
	}
	return out, nil
}

// likeNamed matches a text that may have been meant as the name of a parameter with its secret. What comes of random bytes
// has "=" at its end only.
var likeNamed = regexp.MustCompile(`^[0-9A-Za-z_]+(/[0-9A-Za-z_]+)?=+[^=]`)

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

// askSecrets asks for the secrets of parameters. Those of one application are asked for once.
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
			answer, err := e.Ask.Secret(ctx, "OAuth2 client secret of the connection parameter "+plain(p.name))
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
		return inPaconnsWords(paconnNeedsSecret)
	}
	return &NeedError{What: "secret", Option: "--secret",
		Hint: "the OAuth parameter " + namesOf(parameters) + " needs a client secret⟨; --secret - reads it from standard input, and PACONN_SECRET holds it too⟩"}
}
