package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/dialect"
	"paconn-ls/internal/jsondoc"
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
				reportChoice(p, v, s, k)
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

func reportChoice(p *Pass, v jsondoc.Value, s string, k *dialect.Key) {
	var values []string
	for _, c := range k.Enum {
		values = append(values, c.Value)
	}
	message, best := fmt.Sprintf("value %q is not one of %s", s, quoted(values, " or ")), nearest(s, values)
	if len(best) > 0 {
		message += ", did you mean " + quoted(best, " or ") + "?"
	} else {
		best = values
	}
	var options []Option
	for _, b := range best {
		options = append(options, Suggest("Change to "+b, v.Replace(jsondoc.Quote(b))...))
	}
	p.Report(v, message, options...)
}
