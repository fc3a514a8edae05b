package diagnostics

import "slices"

// sourcesOfValues are the keys of x-ms-dynamic-values that say where the choices come from; one of them must be there.
var sourcesOfValues = []string{"operationId", "builtInOperation", "capability"}

var dynamicOperationMissing = &Rule{
	Name: "dynamic-operation-missing", Severity: Error,
	Check: func(p *Pass) {
		for _, call := range dynamicCallsOf(p) {
			// the dialect itself wants an operationId in the other forms
			if call.form.object != "dynamic values" || slices.ContainsFunc(sourcesOfValues, func(key string) bool { return call.value.GetFold(key).Exists() }) {
				continue
			}
			p.ReportKey(call.value, `dynamic values need an "operationId", a "builtInOperation" or a "capability"`)
		}
	},
}
