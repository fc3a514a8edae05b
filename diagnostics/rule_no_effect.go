package diagnostics

var noEffect = &Rule{Name: "no-effect", Severity: Hint, Check: reportShape}
