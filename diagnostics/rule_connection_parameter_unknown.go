package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/source"
	"paconn-ls/internal/spelling"
)

var connectionParameterUnknown = &Rule{
	Name: "connection-parameter-unknown", Severity: Warning,
	Check: func(p *Pass) {
		if !p.whole(p.Properties) {
			return
		}
		names, spelt := connectionNames(p)
		for r := range p.connectionReferences() {
			if spelt[strings.ToLower(r.Name)] != "" {
				continue
			}
			f := p.FileOf(r.Value)
			if p.beyond(f) {
				continue
			}
			span := r.span()
			message, options := fmt.Sprintf("no connection parameter is called %q", r.Name), []Option{}
			near := spelling.Nearest(r.Name, names)
			switch {
			case len(near) > 0:
				message += ", did you mean " + quoted(near, " or ") + "?"
			case len(names) > 0 && len(names) <= 8:
				message += ", there are " + quoted(names, " and ")
			}
			for _, n := range near {
				if isPlain(n) {
					options = append(options, Suggest("Change to "+n, source.Edit{Span: span, New: n}))
				}
			}
			p.ReportSpan(f, span, message, options...)
		}
	},
}

// connectionNames returns the names of all connection parameters, each once, and how they are spelt by the name in lower
// case.
func connectionNames(p *Pass) (names []string, spelt map[string]string) {
	spelt = map[string]string{}
	seen := map[string]bool{}
	for v := range p.connectionParameters() {
		if name := v.Key(); !seen[name] {
			seen[name] = true
			spelt[strings.ToLower(name)] = name
			names = append(names, name)
		}
	}
	return names, spelt
}

// isPlain reports whether a name can stand in an expression in a JSON string as it is.
func isPlain(name string) bool {
	for i := range len(name) {
		if b := name[i]; b < ' ' || b == '\'' || b == '"' || b == '\\' {
			return false
		}
	}
	return true
}
