package diagnostics

var keyCase = &Rule{Name: "key-case", Severity: Error, Upstream: []string{"AdditionalPropertyNotAllowed"}, Check: reportShape}
