package diagnostics

var extensionMisplaced = &Rule{Name: "extension-misplaced", Severity: Warning, Upstream: []string{"AdditionalPropertyNotAllowed"}, Check: reportShape}
