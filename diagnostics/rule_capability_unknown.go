package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/dialect"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
)

// A hint: the service takes other values, and mostly forgets them.
var capabilityUnknown = &Rule{
	Name: "capability-unknown", Severity: Hint,
	Check: func(p *Pass) {
		var known []string
		for _, c := range dialect.Lookup("properties").Key("capabilities").Items.Enum {
			known = append(known, c.Value)
		}
		for v := range p.Properties.Get("capabilities").Children() {
			s, ok := v.Str()
			if !ok || v.Broken() || !v.Parent().IsArray() || sameButCase(s, known) != nil {
				continue
			}
			if p.beyond(p.FileOf(v)) {
				continue
			}
			message, options := fmt.Sprintf("unknown capability %q", s), []Option{}
			if near := spelling.Nearest(strings.TrimSpace(s), known); len(near) > 0 {
				message += ", did you mean " + quoted(near, " or ") + "?"
				options = append(options, Suggest("Change to "+near[0], v.Replace(jsondoc.Quote(near[0]))...))
			}
			p.Report(v, message, append(options, Suggest("Remove it", v.Remove()...))...)
		}
	},
}
