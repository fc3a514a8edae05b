package diagnostics

import "paconn-ls/internal/jsondoc"

var selectedItemMisplaced = &Rule{
	Name: "selected-item-misplaced", Severity: Error, Upstream: []string{"SelectedItemValuePathNotAllowedInThisPosition"},
	Check: func(p *Pass) {
		for _, call := range dynamicCallsOf(p) {
			if call.form.object == "dynamic tree call" && call.value.Key() == "browse" {
				continue
			}
			for argument := range arguments(call.value) {
				reportSelectedItem(p, argument, call.form.reference)
			}
		}
		for call := range p.Objects("file picker call") {
			for argument := range arguments(call) {
				reportSelectedItem(p, argument, "value-property")
			}
		}
	},
}

const selectedItem = "selectedItemValuePath"

func reportSelectedItem(p *Pass, argument jsondoc.Value, instead string) {
	v := argument.Get(selectedItem)
	if !v.Exists() {
		return
	}
	message, options := `"selectedItemValuePath" is for the parameters of "browse" in "x-ms-dynamic-tree" only`, []Option{}
	if instead == "value-property" {
		message += `, a file picker has "value-property"`
		options = append(options, Suggest("Rename to value-property", renameUnlessThere(v, instead)...))
	}
	p.ReportKey(v, message, options...)
}
