package diagnostics

import "paconn-ls/internal/jsondoc"

var oauthSettingsMissing = &Rule{
	Name: "oauth-settings-missing", Severity: Warning,
	Check: func(p *Pass) {
		for v := range p.connectionParameters() {
			if !v.IsObject() || v.Broken() || v.Get("type").Text() != "oauthSetting" || v.GetFold("oAuthSettings").Exists() {
				continue
			}
			p.ReportKey(v, `a parameter of type "oauthSetting" needs "oAuthSettings", which says how to sign in`,
				Suggest("Add oAuthSettings", v.Insert("oAuthSettings", settingsFor(oauthSecurity(p)))...))
		}
	},
}

// oauthSecurity returns the first security definition for OAuth, absent when there is none.
func oauthSecurity(p *Pass) jsondoc.Value {
	for v := range p.Definition.Root.Get("securityDefinitions").Children() {
		if v.Get("type").Text() == "oauth2" {
			return v
		}
	}
	return jsondoc.Value{}
}
