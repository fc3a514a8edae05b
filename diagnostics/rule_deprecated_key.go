package diagnostics

var deprecatedKey = &Rule{Name: "deprecated-key", Severity: Hint, Check: reportShape}
