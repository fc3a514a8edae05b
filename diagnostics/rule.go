package diagnostics

import (
	"embed"
	"slices"
	"strings"
)

// Rule is one kind of mistake.
type Rule struct {
	Name     string   // kebab-case; names the mistake; the name of its page in docs/
	Severity Severity // in profile custom
	Certify  Severity // in profiles certified and independent, where it differs; Off means the same as Severity
	Upstream []string // names that Microsoft's validator gives it
	Syntax   bool     // plain JSON: left out for a client whose JSON server reports it too
	Deep     bool     // runs in the deep check only
	Check    func(*Pass)
}

//go:embed docs/*.md
var pages embed.FS

// Page returns the Markdown page of a rule; ok is false when there is no such rule.
func Page(name string) (markdown string, ok bool) {
	b, err := pages.ReadFile("docs/" + name + ".md")
	return string(b), err == nil
}

// Summary returns the first sentence of a rule's page.
func Summary(name string) string {
	page, _ := Page(name)
	_, body, _ := strings.Cut(page, "\n\n")
	line, _, _ := strings.Cut(strings.TrimSpace(body), "\n")
	return line
}

// DocsURL is the folder of the rules' pages on the web; a page is at DocsURL + name + ".md".
const DocsURL = "https://github.com/paconn-ls/paconn-ls/blob/main/diagnostics/docs/"

// Find returns the rule of that name, or nil.
func Find(name string) *Rule {
	i := slices.IndexFunc(All, func(r *Rule) bool { return r.Name == name })
	if i < 0 {
		return nil
	}
	return All[i]
}

// FindUpstream returns the rules that answer to a name of Microsoft's validator, without regard to case.
func FindUpstream(name string) []*Rule {
	var out []*Rule
	for _, r := range All {
		if slices.ContainsFunc(r.Upstream, func(u string) bool { return strings.EqualFold(u, name) }) {
			out = append(out, r)
		}
	}
	return out
}
