package diagnostics

import (
	"cmp"
	"context"
	"slices"

	"paconn-ls/internal/connector"
)

// Profile names what a connector is meant for; severities of some rules depend on it.
type Profile string

// The profiles.
const (
	Custom      Profile = "custom"      // a private connector: the default
	Certified   Profile = "certified"   // to be certified by Microsoft, from a verified publisher
	Independent Profile = "independent" // to be certified by Microsoft, from an independent publisher
)

// Profiles lists the profiles, the default first.
var Profiles = []Profile{Custom, Certified, Independent}

// Options says which rules run and how severe they are. The zero Options is profile custom with every live rule.
type Options struct {
	Profile Profile
	Rules   map[string]Severity // overrides by name
	Deep    bool                // with the deep check
	Most    int                 // at most so many diagnostics for each rule and file; 0 means MostPerRule
}

// MostPerRule is how many diagnostics of one rule a file gets at the most; the last one says how many more there are.
const MostPerRule = 100

// Severity returns how severe a rule is under these options.
func (o Options) Severity(r *Rule) Severity {
	if s, ok := o.Rules[r.Name]; ok {
		return s
	}
	if r.Certify != Off && (o.Profile == Certified || o.Profile == Independent) {
		return r.Certify
	}
	return r.Severity
}

// Check runs the rules over a connector and returns what they find, ordered by file and place. It is a pure function of
// its arguments; when ctx is cancelled it stops early and returns nil.
func Check(ctx context.Context, c *connector.Connector, o Options) []Diagnostic {
	p := newPass(c, o)
	for _, r := range All {
		if ctx.Err() != nil {
			return nil
		}
		severity := o.Severity(r)
		if severity == Off || r.Deep && !o.Deep {
			continue
		}
		p.run(r, severity)
	}
	slices.SortStableFunc(p.found, compare)
	return p.found
}

func compare(a, b Diagnostic) int {
	return cmp.Or(cmp.Compare(a.File.Role, b.File.Role), cmp.Compare(a.File.Path, b.File.Path),
		cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
}
