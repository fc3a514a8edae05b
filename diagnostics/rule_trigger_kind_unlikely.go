package diagnostics

import "fmt"

var triggerKindUnlikely = &Rule{
	Name: "trigger-kind-unlikely", Severity: Information,
	Check: func(p *Pass) {
		ix := newSchemaIndex(p.Definition)
		for _, op := range p.Definition.Operations {
			v, output := op.Value.Get("x-ms-trigger"), op.Output()
			switch kind := v.Text(); {
			case kind == "single" && op.Method == "get" && ix.part(output, "items").Exists():
				p.Report(v, `a polling trigger that answers with an array is a "batch"`, p.Because(output, "the answer"), Suggest("Change to batch", v.Replace(`"batch"`)...))
			case kind == "batch" && isWebhook(op):
				p.Report(v, fmt.Sprintf(`a webhook fires once for each event: %q should be a "single"`, op.ID), Suggest("Change to single", v.Replace(`"single"`)...))
			case kind == "batch" && output.Exists() && !ix.open(output) && !ix.part(output, "items").Exists() && len(arrayProperties(ix, output)) == 0:
				p.Report(v, "a batch answers with an array of events, this answer holds none", p.Because(output, "the answer"))
			}
		}
	},
}
