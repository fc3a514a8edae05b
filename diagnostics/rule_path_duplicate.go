package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/swagger"
)

var pathDuplicate = &Rule{
	Name: "path-duplicate", Severity: Warning, Upstream: []string{"PathRedefined", "DuplicateOperationPath"},
	Check: func(p *Pass) {
		seen := map[string]*swagger.PathItem{}
		for _, item := range p.Definition.Paths {
			key := pathShape(item.Path)
			first := seen[key]
			if first == nil {
				seen[key] = item
				continue
			}
			difference := "in the names of variables"
			switch {
			case first.Path == item.Path:
				continue // a duplicate key
			case strings.EqualFold(first.Path, item.Path):
				difference = "in case"
			}
			p.ReportKey(item.Value, fmt.Sprintf("path %q differs from %q only %s", item.Path, first.Path, difference),
				p.Because(first.Value, "the other path"))
		}
	},
}
