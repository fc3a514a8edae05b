package report

import (
	"regexp"
	"strings"
)

var (
	pageCode = regexp.MustCompile("`([^`]+)`")
	pageBold = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	pageLink = regexp.MustCompile(`\[([^\]]+)\]\((https?://[^)\s]+)\)`)
	pageRule = regexp.MustCompile(`\[([^\]]+)\]\([^):\s]+\.md\)`) // explain takes the name
	pageWord = regexp.MustCompile("(?:`[^`]+`|\\S)+")
)

// maxText is how wide a text is comfortable to read.
const maxText = 100

// Page writes a page in Markdown for a terminal of that many columns, 0 when they are not known. Without colours it is the
// Markdown itself, which reads well.
func Page(markdown string, paint Paint, width int) string {
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
			text = wrap(pageRule.ReplaceAllString(text, "$1"), min(width, maxText))
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

// wrap breaks a text between its words into lines of at most width columns; 0 leaves it as it is, and links stay whole.
func wrap(text string, width int) string {
	if width <= 0 || len(text) <= width || pageLink.MatchString(text) {
		return text
	}
	var b strings.Builder
	column := 0
	for i, word := range pageWord.FindAllString(text, -1) {
		n := len([]rune(strings.ReplaceAll(word, "`", "")))
		switch {
		case i == 0:
		case column+1+n > width:
			b.WriteByte('\n')
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}
