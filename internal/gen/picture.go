package main

import (
	"context"
	"encoding/xml"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// checkPicture draws what check prints of testdata/connectors/broken in a terminal.
func checkPicture() (string, error) {
	base, err := filepath.Abs(filepath.Join(root, "testdata", "connectors"))
	if err != nil {
		return "", err
	}
	result, err := commands.Check(context.Background(), commands.CheckArgs{Paths: []string{filepath.Join(base, "broken")}})
	if err != nil {
		return "", err
	}
	text := report.Text(result.Problems, report.Style{Base: base, Paint: report.ANSI})
	return svg("\x1b[2m$\x1b[0m paconn-ls check broken\n" + text), nil
}

// The picture's measures in pixels, and its colours by their ANSI attribute.
const (
	lineHeight = 18
	charWidth  = 7.8
	margin     = 16
)

var fills = map[string]string{
	"1": "#ffffff", "2": "#8b949e", "31;1": "#ff7b72", "33;1": "#e3b341", "34;1": "#79c0ff", "36": "#76e3ea", "32;1": "#7ee787",
}

var ansi = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// svg draws text with ANSI colours.
func svg(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	columns := 0
	var body strings.Builder
	for i, line := range lines {
		columns = max(columns, len([]rune(ansi.ReplaceAllString(line, ""))))
		fmt.Fprintf(&body, "<text x=\"%d\" y=\"%d\">%s</text>\n", margin, margin+lineHeight*(i+1)-4, spans(line))
	}
	width, height := int(float64(columns)*charWidth)+2*margin, len(lines)*lineHeight+2*margin
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#c9d1d9" xml:space="preserve">
<rect width="100%%" height="100%%" rx="8" fill="#0d1117"/>
%s</svg>
`, width, height, width, height, body.String())
}

// spans turns the colours of a line into tspan elements.
func spans(line string) string {
	var b strings.Builder
	color, last := "", 0
	flush := func(text string) {
		var escaped strings.Builder
		if err := xml.EscapeText(&escaped, []byte(text)); err != nil || text == "" {
			return
		}
		if fill := fills[color]; fill != "" {
			fmt.Fprintf(&b, `<tspan fill="%s">%s</tspan>`, fill, escaped.String())
			return
		}
		b.WriteString(escaped.String())
	}
	for _, m := range ansi.FindAllStringSubmatchIndex(line, -1) {
		flush(line[last:m[0]])
		color, last = strings.TrimPrefix(line[m[2]:m[3]], "0"), m[1]
	}
	flush(line[last:])
	return b.String()
}
