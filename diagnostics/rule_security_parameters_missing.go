package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
)

var securityParametersMissing = &Rule{
	Name: "security-parameters-missing", Severity: Warning,
	Check: func(p *Pass) {
		if !firstSecurity(p).Exists() || !p.whole(p.Properties) {
			return
		}
		have := countParameters(p)
		if have.all == 0 || have.unknown {
			return
		}
		for v := range p.Definition.Root.Get("securityDefinitions").Children() {
			if have.satisfy(v.Get("type").Text()) {
				return
			}
		}
		first := firstSecurity(p)
		at := p.Properties.Get("connectionParameters")
		if at.Len() == 0 {
			at = p.Properties.Get("connectionParameterSets")
		}
		p.ReportKey(at, fmt.Sprintf("the definition asks for %q, which needs %s", first.Get("type").Text(), parametersNeeded[first.Get("type").Text()]),
			p.Because(first, "the security that calls need"))
	},
}

// parametersNeeded says what a type of security needs of the connection parameters.
var parametersNeeded = map[string]string{
	"apiKey": `a connection parameter of type "securestring"`,
	"basic":  `the connection parameters "username" and "password"`,
	"oauth2": `a connection parameter of type "oauthSetting"`,
}

// parameterCount is how many connection parameters there are of each kind that security needs.
type parameterCount struct {
	all, typed, oauth int
	login             bool // one is named like a user or a password
	unknown           bool // one has a type that is none
}

func countParameters(p *Pass) parameterCount {
	var n parameterCount
	for v := range p.connectionParameters() {
		n.all++
		name := strings.ToLower(v.Key())
		switch {
		case isTyped(v):
			n.typed++
			n.login = n.login || strings.Contains(name, "user") || strings.Contains(name, "login") || strings.Contains(name, "pass")
		case isOAuth(v):
			n.oauth++
		case !isKnownType(v):
			n.unknown = true
		}
	}
	return n
}

func isKnownType(v jsondoc.Value) bool {
	switch v.Get("type").Text() {
	case "int", "bool", "gatewaySetting":
		return true
	}
	return false
}

// satisfy reports whether the parameters can serve a security of that type. What it does not know of, they can.
func (n parameterCount) satisfy(security string) bool {
	switch security {
	case "apiKey":
		return n.typed > 0
	case "basic":
		return n.login || n.typed > 1
	case "oauth2":
		return n.oauth > 0
	}
	return true
}
