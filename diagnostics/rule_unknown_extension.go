package diagnostics

var unknownExtension = &Rule{Name: "unknown-extension", Severity: Warning, Upstream: []string{"ExtensionNameNotValid"}, Check: reportShape}
