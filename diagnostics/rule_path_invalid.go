package diagnostics

import (
	"fmt"
	"strings"
)

var pathInvalid = &Rule{
	Name: "path-invalid", Severity: Error,
	Upstream: []string{"OperationPathMustStartWithSlash", "OperationPathMayNotContainQueryOrFragment", "OperationPathContainsUnsupportedCharacters"},
	Check: func(p *Pass) {
		for _, item := range p.Definition.Paths {
			if !strings.HasPrefix(item.Path, "/") {
				fixed := "/" + item.Path
				p.ReportKey(item.Value, fmt.Sprintf("path %q must begin with a slash", item.Path),
					Mend("Change to "+fixed, renameUnlessThere(item.Value, fixed)...))
				continue
			}
			i := strings.IndexAny(item.Path, "?#*")
			if i < 0 {
				continue
			}
			span := keyPart(item.Value, i, len(item.Path))
			if item.Path[i] == '*' {
				p.ReportSpan(p.FileOf(item.Value), keyPart(item.Value, i, i+1), `"*" is not allowed in a path, a variable is written "{name}"`)
				continue
			}
			fixed := item.Path[:i]
			p.ReportSpan(p.FileOf(item.Value), span, fmt.Sprintf("%q is not part of a path, it belongs in parameters in \"query\"", item.Path[i:]),
				Suggest("Change to "+fixed, renameUnlessThere(item.Value, fixed)...))
		}
	},
}
