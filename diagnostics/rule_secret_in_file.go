package diagnostics

import (
	"strings"

	"paconn-ls/internal/jsondoc"
)

// What the rule finds is never part of its message, nor of the title of a fix.
var secretInFile = &Rule{
	Name: "secret-in-file", Severity: Warning,
	Check: func(p *Pass) {
		told := map[jsondoc.Value]bool{}
		tell := func(v jsondoc.Value, what string) {
			if told[v] || v.Broken() {
				return
			}
			told[v] = true
			p.Report(v, what+" holds what looks like a real secret, which everyone who has the file can read", Suggest("Empty it", v.Replace(`""`)...))
		}
		for s := range p.oauthSettings() {
			if v := s.GetFold("clientSecret"); isLikeSecret(v.Text()) {
				tell(v, "clientSecret")
			}
		}
		for v := range p.connectionParameters() {
			if d := v.Get("defaultValue"); v.Get("type").Text() == "securestring" && isLikeSecret(d.Text()) {
				tell(d, "the default value")
			}
		}
		for v := range p.Settings.Children() {
			if isSecretName(v.Key()) && isLikeSecret(v.Text()) {
				tell(v, v.Key())
			}
		}
		secretsInPolicies(p, tell)
		secretsInDefaults(p, tell)
		for _, root := range []jsondoc.Value{p.Properties, p.Settings} {
			for v := range root.Descendants() {
				if v.IsString() && knownSecret.MatchString(v.Raw()) {
					tell(v, "the text")
				}
			}
		}
	},
}

// secretsInPolicies looks at the headers and query parameters that policies set to a constant.
func secretsInPolicies(p *Pass, tell func(jsondoc.Value, string)) {
	for q := range p.policies() {
		v := q.Parameters.Get(policyParameter + "value")
		text := v.Text()
		for _, scheme := range []string{"Bearer ", "Basic ", "Token "} {
			text = strings.TrimPrefix(text, scheme)
		}
		if isSecretName(q.Parameters.Get(policyParameter+"name").Text()) && isLikeSecret(text) {
			tell(v, "the policy")
		}
	}
}

// secretsInDefaults looks at what parameters of the definition hold when the maker of a flow gives nothing.
func secretsInDefaults(p *Pass, tell func(jsondoc.Value, string)) {
	for v := range p.Objects("header parameter", "query parameter", "form parameter") {
		if d := v.Get("default"); isSecretName(v.Get("name").Text()) && isLikeSecret(d.Text()) {
			tell(d, "the default value")
		}
	}
}
