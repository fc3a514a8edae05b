package diagnostics

var missingKey = &Rule{Name: "missing-key", Severity: Error, Upstream: []string{"RequiredPropertyMissing"}, Check: reportShape}
