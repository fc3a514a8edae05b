package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/dialect"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
)

// The platform has more identity providers than any page lists, so only what looks like a slip of the keys is reported.
var oauthProviderUnknown = &Rule{
	Name: "oauth-provider-unknown", Severity: Information,
	Check: func(p *Pass) {
		var known []string
		for _, c := range dialect.Lookup("oauth settings").Key("identityProvider").Enum {
			known = append(known, c.Value)
		}
		for settings := range p.oauthSettings() {
			v := settings.GetFold("identityProvider")
			s, ok := v.Str()
			if !ok || v.Broken() || sameButCase(s, known) != nil || strings.EqualFold(s, "Salesforce") {
				continue
			}
			near := spelling.Nearest(s, known)
			if len(near) == 0 || spelling.Distance(strings.ToLower(s), strings.ToLower(near[0]), 2) > 2 {
				continue
			}
			p.Report(v, fmt.Sprintf("identity provider %q is not among the documented ones, did you mean %q?", s, near[0]),
				Suggest("Change to "+near[0], v.Replace(jsondoc.Quote(near[0]))...))
		}
	},
}
