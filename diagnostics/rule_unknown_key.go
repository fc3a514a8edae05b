package diagnostics

var unknownKey = &Rule{Name: "unknown-key", Severity: Error, Upstream: []string{"AdditionalPropertyNotAllowed", "ExtensionNameNotValid"}, Check: reportShape}
