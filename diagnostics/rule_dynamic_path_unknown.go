package diagnostics

import (
	"fmt"
	"slices"
	"strings"

	"paconn-ls/internal/jsondoc"
)

var dynamicPathUnknown = &Rule{
	Name: "dynamic-path-unknown", Severity: Warning, Upstream: []string{"InvokedOperationShouldProduceProperty"},
	Check: func(p *Pass) {
		ix := newSchemaIndex(p.Definition)
		for _, call := range dynamicCallsOf(p) {
			if call.target == nil {
				continue
			}
			if call.form.schema != "" {
				// many published connectors leave the place of the schema out of their answers
				checkPath(p, ix, call, call.target.Output(), call.value.Get(call.form.schema), AtMost(Information))
				continue
			}
			found, ok := elements(ix, call)
			switch {
			case !ok:
			case !found.schema.Exists():
				reportPath(p, ix, call, found.path, found.stop)
			case found.array && !ix.isPlain(found.element):
				for _, key := range call.form.paths {
					checkPath(p, ix, call, found.element, call.value.Get(key))
				}
			}
		}
	},
}

// checkPath reports a path that does not lead anywhere in what a schema describes.
func checkPath(p *Pass, ix *schemaIndex, call dynamicCall, schema, path jsondoc.Value, options ...Option) {
	text := strings.Trim(path.Text(), "/")
	if text == "" || path.Broken() || !schema.Exists() {
		return
	}
	if step := ix.follow(schema, strings.Split(text, "/")); step.certain && !step.found.Exists() {
		reportPath(p, ix, call, path, step, options...)
	}
}

func reportPath(p *Pass, ix *schemaIndex, call dynamicCall, path jsondoc.Value, step pathStep, options ...Option) {
	if p.beyond(p.FileOf(path)) {
		return
	}
	didYou, fixes := step.fixes(ix, path)
	if differsInCase(ix, step) {
		// published connectors differ in case from the answer they describe, and work
		options = append(options, AtMost(Information))
	}
	options = append(append(options, fixes...), p.Because(step.at, "this has no such property"), because(p, call.target))
	p.Report(path, fmt.Sprintf("the answer of operation %q has no %q", call.target.ID, path.Text())+didYou, options...)
}

// differsInCase reports whether a step missed a name by nothing but its case.
func differsInCase(ix *schemaIndex, step pathStep) bool {
	return len(step.left) > 0 && slices.ContainsFunc(ix.names(step.at), func(name string) bool { return strings.EqualFold(name, step.left[0]) })
}
