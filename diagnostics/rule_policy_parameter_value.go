package diagnostics

import (
	"strings"

	"paconn-ls/internal/dialect"
)

var policyParameterValue = &Rule{
	Name: "policy-parameter-value", Severity: Error,
	Check: func(p *Pass) {
		for q := range p.policies() {
			for v := range q.Parameters.Children() {
				k := q.Template.Key(v.Key())
				s, ok := v.Str()
				if k == nil || !ok || v.Broken() || len(k.Enum) == 0 || isChoice(k, s) {
					continue
				}
				if k.Name == policySection && isSection(s) || strings.HasPrefix(s, "@") && !hasExpression(k) {
					continue // a section that only other templates have; a value that is worked out
				}
				message, options := describeEnum(v, s, k.Enum)
				p.Report(v, message, options...)
			}
		}
	},
}

// isChoice reports whether a value is one of a key's, without regard to case as the platform takes it.
func isChoice(k *dialect.Key, s string) bool {
	for _, c := range k.Enum {
		if strings.EqualFold(c.Value, s) {
			return true
		}
	}
	return false
}

// hasExpression reports whether one of a key's values is an expression: others are then none of its values.
func hasExpression(k *dialect.Key) bool {
	for _, c := range k.Enum {
		if strings.HasPrefix(c.Value, "@") {
			return true
		}
	}
	return false
}
