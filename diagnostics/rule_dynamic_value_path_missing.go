package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var dynamicValuePathMissing = &Rule{
	Name: "dynamic-value-path-missing", Severity: Warning,
	Check: func(p *Pass) {
		ix := newSchemaIndex(p.Definition)
		for _, call := range dynamicCallsOf(p) {
			key := call.form.value
			if key == "" || call.target == nil || call.value.GetFold(key).Exists() {
				continue
			}
			found, ok := elements(ix, call)
			if !ok || !found.array || ix.isPlain(found.element) || ix.open(found.element) || p.beyond(p.FileOf(call.value)) {
				continue // a choice that is a plain value, or whose parts are not told, has no path to give
			}
			var options []Option
			for _, name := range ix.names(found.element) {
				if name == "id" || name == "Id" || name == "ID" {
					options = append(options, Suggest(fmt.Sprintf("Send %q", name), call.value.Insert(key, jsondoc.Quote(name))...))
				}
			}
			p.ReportKey(call.value, fmt.Sprintf("missing %q: the path, in each choice, of the value to send", key), append(options, because(p, call.target))...)
		}
	},
}
