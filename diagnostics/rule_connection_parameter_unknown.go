package diagnostics

import (
	"fmt"

	"paconn-ls/internal/source"
)

var connectionParameterUnknown = &Rule{
	Name: "connection-parameter-unknown", Severity: Warning,
	Check: func(p *Pass) {
		if !p.whole(p.Properties) {
			return
		}
		names, known := connectionNames(p)
		for r := range p.connectionReferences() {
			if known[r.Name] || sameButCase(r.Name, names) != nil {
				continue
			}
			message, options := fmt.Sprintf("no connection parameter is called %q", r.Name), []Option{}
			near := nearest(r.Name, names)
			switch {
			case len(near) > 0:
				message += ", did you mean " + quoted(near, " or ") + "?"
			case len(names) > 0 && len(names) <= 8:
				message += ", there are " + quoted(names, " and ")
			}
			for _, n := range near {
				if isPlain(n) {
					options = append(options, Suggest("Change to "+n, source.Edit{Span: r.Span, New: n}))
				}
			}
			p.ReportSpan(p.FileOf(r.Value), r.Span, message, options...)
		}
	},
}

// connectionNames returns the names of all connection parameters, each once.
func connectionNames(p *Pass) (names []string, known map[string]bool) {
	known = map[string]bool{}
	for v := range p.connectionParameters() {
		if name := v.Key(); !known[name] {
			known[name] = true
			names = append(names, name)
		}
	}
	return names, known
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
