package diagnostics

import (
	"fmt"
	"slices"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/spelling"
	"paconn-ls/internal/swagger"
)

var dynamicSourceUnknown = &Rule{
	Name: "dynamic-source-unknown", Severity: Error, Upstream: []string{"OperationParameterNameNotFound"},
	Check: func(p *Pass) {
		c := sourceCheck{newInputs(p.Definition), usageOf.Of(p.Connector.Definition()), maxSchemas}
		for _, call := range dynamicCallsOf(p) {
			for argument := range arguments(call.value) {
				source := argument.Get(call.form.reference)
				if source.IsString() && !source.Broken() {
					c.check(p, call, source)
				}
			}
		}
	},
}

type sourceCheck struct {
	in     *inputs
	refs   *usage
	budget int
}

// check reports a source that none of the operations which the call belongs to has as an input. A call in a shared
// schema belongs to every operation that uses the schema; nothing is said of one that is not used.
func (c *sourceCheck) check(p *Pass, call dynamicCall, source jsondoc.Value) {
	name := source.Text()
	callers, complete := c.refs.operations(source, &c.budget)
	has := c.in.has
	if outsideBody(p, call) {
		// what a free or dynamic body will hold is not there yet when another parameter is filled in
		has = c.in.tells
	}
	if !complete || len(callers) == 0 || slices.ContainsFunc(callers, func(op *swagger.Operation) bool { return has(op, name) }) || p.beyond(p.FileOf(source)) {
		return
	}
	caller, prefix := callers[0], ""
	if body, ok := caller.Body(); ok && call.form.reference == "parameterReference" {
		prefix = body.Name + "/"
	}
	candidates := c.in.candidates(caller, prefix)
	options := []Option{p.Because(caller.Value.Get("operationId"), "the value would come from this operation")}
	for _, n := range spelling.Nearest(name, candidates) {
		options = append(options, Suggest("Change to "+n, source.Replace(jsondoc.Quote(n))...))
	}
	p.Report(source, fmt.Sprintf("operation %q has no parameter or body property %q", caller.ID, name)+didYouMean(name, candidates), options...)
}

// outsideBody reports whether a call belongs to a parameter outside the body.
func outsideBody(p *Pass, call dynamicCall) bool {
	owner := call.value.Parent()
	if call.form.object == "dynamic tree call" {
		owner = owner.Parent()
	}
	place := p.Shape(p.Connector.Definition()).Place(owner)
	return place.Object != nil && slices.Contains(plainParameters, place.Object.Name)
}
