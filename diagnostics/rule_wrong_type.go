package diagnostics

var wrongType = &Rule{Name: "wrong-type", Severity: Error, Upstream: []string{"JsonTypeIncorrect"}, Check: reportShape}
