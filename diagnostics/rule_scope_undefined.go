package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
)

var scopeUndefined = &Rule{
	Name: "scope-undefined", Severity: Information, Upstream: []string{"OAuthSecurityRequirementValueMustBeScopeName"},
	Check: func(p *Pass) {
		defined, names := map[string]jsondoc.Value{}, map[string]map[string]bool{}
		for v := range p.Definition.Root.Get("securityDefinitions").Children() {
			defined[v.Key()], names[v.Key()] = v.Get("scopes"), keysOf(v.Get("scopes"))
		}
		for requirement := range p.Objects("security requirement") {
			for v := range requirement.Children() {
				scopes := defined[v.Key()]
				if !scopes.IsObject() || scopes.Broken() {
					continue
				}
				known := names[v.Key()]
				for scope := range v.Children() {
					if s, ok := scope.Str(); ok && !scope.Broken() && !known[s] && !p.beyond(p.FileOf(scope)) {
						reportScope(p, scope, s, scopes)
					}
				}
			}
		}
	},
}

func reportScope(p *Pass, v jsondoc.Value, scope string, scopes jsondoc.Value) {
	var defined []string
	for s := range scopes.Children() {
		defined = append(defined, s.Key())
	}
	options := append(replacements(v, spelling.Nearest(scope, defined)), p.Because(scopes, "the scopes"),
		Suggest("Add the scope to the definition", scopes.Insert(scope, jsondoc.Quote(scope))...))
	p.Report(v, fmt.Sprintf("scope %q is not among the scopes of the definition%s", scope, didYouMean(scope, defined)), options...)
}
