package diagnostics

import (
	"strings"

	"paconn-ls/internal/jsondoc"
)

// firstSecurity returns the security definition that counts: the first one. It is absent when there is none whose type is
// known.
func firstSecurity(p *Pass) jsondoc.Value {
	if !p.whole(p.Definition.Root) {
		return jsondoc.Value{}
	}
	for v := range p.Definition.Root.Get("securityDefinitions").Children() {
		switch v.Get("type").Text() {
		case "apiKey", "basic", "oauth2":
			return v
		}
		break
	}
	return jsondoc.Value{}
}

// parametersFor returns the JSON of the connection parameters that the wizard of the platform makes for a security
// definition, "" for one of an unknown type.
func parametersFor(security jsondoc.Value) string {
	switch security.Get("type").Text() {
	case "apiKey":
		return "{" + typed("api_key", "securestring", "API Key") + "}"
	case "basic":
		return "{" + typed("username", "string", "Username") + ", " + typed("password", "securestring", "Password") + "}"
	case "oauth2":
		return `{"token": {"type": "oauthSetting", "oAuthSettings": ` + settingsFor(security) + "}}"
	}
	return ""
}

func typed(name, kind, label string) string {
	return jsondoc.Quote(name) + `: {"type": ` + jsondoc.Quote(kind) + `, "uiDefinition": {"displayName": ` + jsondoc.Quote(label) +
		`, "constraints": {"required": "true"}}}`
}

// settingsFor returns the JSON of OAuth settings with the addresses of a security definition.
func settingsFor(security jsondoc.Value) string {
	var scopes []string
	for s := range security.Get("scopes").Children() {
		scopes = append(scopes, jsondoc.Quote(s.Key()))
	}
	value := func(name, key string) string {
		return jsondoc.Quote(name) + `: {"value": ` + jsondoc.Quote(security.Get(key).Text()) + "}"
	}
	return `{"identityProvider": "oauth2", "clientId": "[[DUMMY]]", "scopes": [` + strings.Join(scopes, ", ") +
		`], "redirectMode": "GlobalPerConnector", "customParameters": {` + value("authorizationUrl", "authorizationUrl") + ", " +
		value("tokenUrl", "tokenUrl") + ", " + value("refreshUrl", "tokenUrl") + "}}"
}
