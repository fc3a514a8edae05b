package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
)

var pathParameterUnused = &Rule{
	Name: "path-parameter-unused", Severity: Error, Upstream: []string{"PathParameterNotDefinedInTemplate"},
	Check: func(p *Pass) {
		for _, item := range p.Definition.Paths {
			list, problem := pathVariables(item.Path)
			if problem != "" {
				continue
			}
			var variables []string
			known := make(map[string]bool, len(list))
			for _, v := range list {
				variables, known[v.name] = append(variables, v.name), true
			}
			for _, param := range pathParameters(item) {
				if known[param.Name] || p.beyond(p.FileOf(param.Entry)) {
					continue
				}
				options := []Option{p.Because(item.Value, "the path")}
				if name := param.Entry.Get("name"); name.Exists() {
					for _, n := range spelling.Nearest(param.Name, variables) {
						options = append(options, Suggest("Change to "+n, name.Replace(jsondoc.Quote(n))...))
					}
				}
				options = append(options, Suggest("Remove the parameter", param.Entry.Remove()...))
				p.Report(at(param, "name"), fmt.Sprintf("parameter %q is not in the path%s", param.Name, didYouMean(param.Name, variables)), options...)
			}
		}
	},
}
