package diagnostics

import (
	"fmt"
	"slices"
	"strings"

	"paconn-ls/internal/dialect"
	"paconn-ls/internal/jsondoc"
)

var policySectionUnsupported = &Rule{
	Name: "policy-section-unsupported", Severity: Warning,
	Check: func(p *Pass) {
		for q := range p.policies() {
			v, k := q.Parameters.Get(policySection), q.Template.Key(policySection)
			if k == nil || v.Broken() || !v.Exists() {
				continue
			}
			s, isText := v.Str()
			switch {
			case k.NoEffect != "":
				p.ReportKey(v, fmt.Sprintf("the policy %q takes no section: %s", q.name(), k.NoEffect), Tagged(Unnecessary),
					Mend("Remove it", v.Remove()...))
			case isText && isSection(s) && !isChoice(k, s):
				reportSection(p, q, v, k)
			}
		}
	},
}

// sections are all parts of a call that some template can run in.
var sections = []string{"Request", "Response", "Failure"}

func isSection(s string) bool {
	return slices.ContainsFunc(sections, func(known string) bool { return strings.EqualFold(known, s) })
}

func reportSection(p *Pass, q policy, v jsondoc.Value, k *dialect.Key) {
	var names []string
	var options []Option
	for _, c := range k.Enum {
		names = append(names, c.Value)
		options = append(options, Suggest("Change to "+c.Value, v.Replace(jsondoc.Quote(c.Value))...))
	}
	p.Report(v, fmt.Sprintf("the policy %q cannot run in the section %q, only in %s", q.name(), v.Text(), quoted(names, " or ")), options...)
}
