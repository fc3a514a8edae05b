package report

import (
	"fmt"
	"strings"

	"paconn-ls/diagnostics"
)

var githubLevels = [...]string{
	diagnostics.Off: "notice", diagnostics.Error: "error", diagnostics.Warning: "warning",
	diagnostics.Information: "notice", diagnostics.Hint: "notice",
}

// Source of the escapes: actions/toolkit, packages/core/src/command.ts.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// GitHub writes workflow commands, which GitHub Actions shows as annotations of the lines. Lines and columns count from
// one; columns are left out of a problem that spans lines, as the service wants it.
func GitHub(problems []Problem, base string) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "::%s file=%s,line=%d,endLine=%d", githubLevels[p.Severity],
			githubProperty.Replace(Name(base, p.Path)), p.Range.Start.Line+1, p.Range.End.Line+1)
		if p.Range.Start.Line == p.Range.End.Line {
			fmt.Fprintf(&b, ",col=%d,endColumn=%d", p.Range.Start.Column+1, p.Range.End.Column+1)
		}
		fmt.Fprintf(&b, ",title=%s::%s\n", githubProperty.Replace(p.Rule), githubData.Replace(Printable(p.Message)+related(p, base)))
	}
	return b.String()
}

// related tells the related places of a problem in lines of their own, for formats that have no place for them.
func related(p Problem, base string) string {
	var b strings.Builder
	for _, r := range p.Related {
		fmt.Fprintf(&b, "\n%s:%d:%d: %s", Printable(Name(base, r.Path)), r.Range.Start.Line+1, r.Range.Start.Column+1, Printable(r.Message))
	}
	return b.String()
}
