package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// providerNeeds is what the identity providers need as custom parameters. Nearly every published connector gives them.
var providerNeeds = map[string][]string{
	"oauth2":         {"authorizationUrl", "tokenUrl", "refreshUrl"},
	"oauth2generic":  {"authorizationUrlTemplate", "tokenUrlTemplate", "refreshUrlTemplate"},
	"aad":            {"resourceUri"},
	"aadcertificate": {"resourceUri"},
}

var oauthSettingsIncomplete = &Rule{
	Name: "oauth-settings-incomplete", Severity: Warning,
	Check: func(p *Pass) {
		for settings := range p.oauthSettings() {
			provider := settings.GetFold("identityProvider")
			custom := settings.GetFold("customParameters")
			if settings.Broken() || custom.Exists() && (!custom.IsObject() || custom.Broken()) {
				continue
			}
			var lacking []string
			for _, name := range providerNeeds[strings.ToLower(provider.Text())] {
				if !custom.GetFold(name).Exists() {
					lacking = append(lacking, name)
				}
			}
			if len(lacking) == 0 {
				continue
			}
			at := custom
			if !custom.Exists() {
				at = settings
			}
			p.ReportKey(at, fmt.Sprintf("the identity provider %q needs the custom parameters %s", provider.Text(), quoted(lacking, " and ")),
				p.Because(provider, "the identity provider"), Suggest("Add what is missing", addCustom(settings, custom, lacking)...))
		}
	},
}

// addCustom returns the edits that add custom parameters with empty values.
func addCustom(settings, custom jsondoc.Value, names []string) []source.Edit {
	if custom.Len() == 0 {
		var members []string
		for _, n := range names {
			members = append(members, jsondoc.Quote(n)+`: {"value": ""}`)
		}
		text := "{" + strings.Join(members, ", ") + "}"
		if custom.Exists() {
			return custom.Replace(text)
		}
		return settings.Insert("customParameters", text)
	}
	var edits []source.Edit
	for _, n := range names {
		edits = append(edits, custom.Insert(n, `{"value": ""}`)...)
	}
	return edits
}
