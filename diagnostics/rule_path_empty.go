package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/swagger"
)

var pathEmpty = &Rule{
	Name: "path-empty", Severity: Hint,
	Check: func(p *Pass) {
		for _, item := range p.Definition.Paths {
			if isEmptyPath(item) {
				p.ReportKey(item.Value, fmt.Sprintf("path %q has no operation", item.Path),
					Tagged(Unnecessary), Suggest("Remove the path", item.Value.Remove()...))
			}
		}
	},
}

// isEmptyPath reports whether a path holds no operation, no notification content, and nothing that may be one misspelt.
func isEmptyPath(item *swagger.PathItem) bool {
	for m := range item.Value.Children() {
		if key := m.Key(); key == "x-ms-notification-content" || key != "parameters" && !strings.HasPrefix(key, "x-") {
			return false
		}
	}
	return !item.Value.Broken() && item.Value.Kind() == jsondoc.Object
}
