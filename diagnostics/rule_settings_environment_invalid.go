package diagnostics

import (
	"fmt"
	"regexp"
	"strings"
)

// environmentID is a GUID, or one behind a word: the default environment of a tenant is called Default-GUID, an old one
// Legacy-GUID.
var environmentID = regexp.MustCompile(`(?i)^([a-z]+-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

var settingsEnvironmentInvalid = &Rule{
	Name: "settings-environment-invalid", Severity: Information,
	Check: func(p *Pass) {
		v := p.Settings.Get("environment")
		s, ok := v.Str()
		if !ok || s == "" || v.Broken() || environmentID.MatchString(s) || strings.ContainsAny(s, "${}<>[]%#") {
			return // what is filled in at deployment says nothing yet
		}
		p.Report(v, fmt.Sprintf(`%q is no identifier of an environment, which is a GUID or "Default-" and a GUID`, s))
	},
}
