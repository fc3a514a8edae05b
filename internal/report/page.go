package report

import (
	"regexp"
	"strings"
)

var (
	pageCode = regexp.MustCompile("`([^`]+)`")
	pageBold = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	pageLink = regexp.MustCompile(`\[([^\]]+)\]\((https?://[^)\s]+)\)`)
)

// Page writes a page in Markdown for a terminal. Without colours it is the Markdown itself, which reads well.
func Page(markdown string, paint Paint) string {
	if paint(Bold, "x") == "x" {
		return markdown
	}
	var b strings.Builder
	fenced := false
	for line := range strings.Lines(markdown) {
		text := strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(text, "```"):
			fenced = !fenced
			_, file, _ := strings.Cut(strings.TrimLeft(text, "`"), " ")
			text = paint(Dim, file)
		case fenced:
			text = "  " + paint(Cyan, text)
		case strings.HasPrefix(text, "#"):
			text = paint(Bold, strings.TrimLeft(text, "# "))
		default:
			text = pageLink.ReplaceAllStringFunc(text, func(s string) string {
				m := pageLink.FindStringSubmatch(s)
				return m[1] + " " + paint(Dim, "<"+m[2]+">")
			})
			text = pageCode.ReplaceAllStringFunc(text, func(s string) string { return paint(Cyan, strings.Trim(s, "`")) })
			text = pageBold.ReplaceAllStringFunc(text, func(s string) string { return paint(Bold, strings.Trim(s, "*")) })
		}
		b.WriteString(text + "\n")
	}
	return b.String()
}
