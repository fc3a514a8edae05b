package diagnostics

var invalidValue = &Rule{Name: "invalid-value", Severity: Error, Upstream: []string{"JsonValueNotInEnum"}, Check: reportShape}
