package diagnostics

var annotationReplacementWithoutDeprecated = &Rule{
	Name: "annotation-replacement-without-deprecated", Severity: Warning,
	Upstream: []string{"ApiAnnotationExtensionReplacementInfoForNonDeprecatedOperations"},
	Check: func(p *Pass) {
		for _, op := range p.Definition.Operations {
			replacement, deprecated := op.Value.Path("x-ms-api-annotation", "replacement"), op.Value.Get("deprecated")
			if !replacement.Exists() || deprecated.IsTrue() {
				continue
			}
			edits := op.Value.Insert("deprecated", "true")
			if deprecated.Exists() {
				edits = deprecated.Replace("true")
			}
			p.ReportKey(replacement, "a replacement is for a deprecated operation, this one is not deprecated",
				Suggest("Deprecate the operation", edits...), Suggest("Remove the replacement", replacement.Remove()...))
		}
	},
}
