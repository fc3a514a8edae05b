package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/jsondoc"
)

var basePathInvalid = &Rule{
	Name: "base-path-invalid", Severity: Error, Upstream: []string{"BasePathNotValid"},
	Check: func(p *Pass) {
		v := p.Definition.Root.Get("basePath")
		path, ok := v.Str()
		if !ok || v.Broken() || strings.HasPrefix(path, "/") || strings.HasPrefix(path, environmentVariable) {
			return
		}
		fixed := "/" + path
		if strings.Contains(path, "://") {
			if _, fixed = splitAddress(path); fixed == "" {
				fixed = "/"
			}
		}
		p.Report(v, fmt.Sprintf("base path %q must begin with a slash, expected %q", path, fixed),
			Mend("Change to "+fixed, v.Replace(jsondoc.Quote(fixed))...))
	},
}
