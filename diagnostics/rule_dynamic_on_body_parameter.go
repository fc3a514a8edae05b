package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// inSchemaOnly are the extensions that a body parameter has in its schema, not beside it.
var inSchemaOnly = []string{"x-ms-dynamic-values", "x-ms-dynamic-list", "x-ms-dynamic-schema", "x-ms-dynamic-properties", "x-ms-dynamic-tree"}

var dynamicOnBodyParameter = &Rule{
	Name: "dynamic-on-body-parameter", Severity: Error, Upstream: []string{"DynamicExtensionDefinitionNotAllowedInParameter"},
	Check: func(p *Pass) {
		for body := range p.Objects("body parameter") {
			for _, key := range inSchemaOnly {
				if v := body.Get(key); v.Exists() {
					p.ReportKey(v, fmt.Sprintf("%q has no effect on a body parameter, it belongs in its %q", key, "schema"),
						Suggest("Move it into the schema", move(v, body.Get("schema"))...))
				}
			}
		}
	},
}

// move returns the edits that make a member one of another object; none where that has such a key or is a reference.
func move(v, to jsondoc.Value) []source.Edit {
	if !to.IsObject() || to.Broken() || to.Get(v.Key()).Exists() || to.Get("$ref").Exists() {
		return nil
	}
	return append(v.Remove(), to.Insert(v.Key(), dedented(v))...)
}
