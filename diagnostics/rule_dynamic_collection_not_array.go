package diagnostics

import (
	"fmt"

	"paconn-ls/internal/jsondoc"
)

var dynamicCollectionNotArray = &Rule{
	Name: "dynamic-collection-not-array", Severity: Warning, Upstream: []string{"InvokedOperationShouldProduceArray"},
	Check: func(p *Pass) {
		ix := newSchemaIndex(p.Definition)
		for _, call := range dynamicCallsOf(p) {
			found, ok := elements(ix, call)
			if !ok || !found.schema.Exists() || found.array || p.beyond(p.FileOf(call.value)) {
				continue
			}
			options := []Option{p.Because(ix.doc.Deref(found.schema), "this is no array"), because(p, call.target)}
			arrays := arrayProperties(ix, found.schema)
			if found.path.Text() != "" {
				p.Report(found.path, fmt.Sprintf("%q in the answer of operation %q is no array", found.path.Text(), call.target.ID), options...)
				continue
			}
			message := fmt.Sprintf("the answer of operation %q is no array, %q should say where in it the array is", call.target.ID, call.form.collection)
			if len(arrays) == 1 {
				edits := call.value.Insert(call.form.collection, jsondoc.Quote(arrays[0]))
				if found.path.Exists() {
					edits = found.path.Replace(jsondoc.Quote(arrays[0]))
				}
				options = append(options, Suggest(fmt.Sprintf("Take the choices from %q", arrays[0]), edits...))
			}
			p.ReportKey(call.value, message, options...)
		}
	},
}

// arrayProperties returns the names of a schema's properties that are arrays.
func arrayProperties(ix *schemaIndex, schema jsondoc.Value) []string {
	schema = ix.doc.Deref(schema)
	names, ok := ix.arrays[schema.ID()]
	if !ok {
		for property := range ix.doc.Properties(schema) {
			if ix.part(property, "items").Exists() {
				names = append(names, property.Key())
			}
		}
		ix.arrays[schema.ID()] = names
	}
	return names
}
