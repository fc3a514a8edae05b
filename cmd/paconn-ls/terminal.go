package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"paconn-ls/internal/report"
)

// paint returns how to colour what is written to w. NO_COLOR is the convention of no-color.org; a dumb terminal knows none.
func paint(mode string, w io.Writer) report.Paint {
	switch {
	case mode == "always":
		return report.ANSI
	case mode == "never", os.Getenv("NO_COLOR") != "", os.Getenv("TERM") == "dumb", !isTerminal(w):
		return report.Plain
	}
	return report.ANSI
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// width returns how many columns the terminal behind w has; 0 when there is none.
func width(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return max(0, columns)
}

// folded breaks the lines of a text between words, to fit the terminal behind w; it stays as it is where there is none. What
// is broken of a line is indented further than the line.
func folded(w io.Writer, text string) string {
	most := width(w)
	if most == 0 {
		return text
	}
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		out = append(out, brokenLines(line, most, strings.Repeat(" ", indent+2))...)
	}
	return strings.Join(out, "\n")
}

// progress draws a bar on a terminal, and nothing anywhere else.
type progress struct {
	w     io.Writer
	drawn int
}

// barWidth is how many columns the bar takes; the figures behind it take up to as many as figuresWidth.
const barWidth, figuresWidth = 40, 16

// fewConnectors are checked before a bar could be read.
const fewConnectors = 20

func newProgress(w io.Writer) *progress {
	if !isTerminal(w) || os.Getenv("TERM") == "dumb" || width(w) < barWidth+figuresWidth {
		return &progress{}
	}
	return &progress{w: w}
}

func (p *progress) update(done, total int) {
	filled := done * barWidth / max(1, total)
	if p.w == nil || total < fewConnectors || filled == p.drawn {
		return
	}
	p.drawn = filled
	fmt.Fprintf(p.w, "\r%s%s %d/%d", strings.Repeat("█", filled), strings.Repeat("░", barWidth-filled), done, total)
}

func (p *progress) clear() {
	if p.w != nil && p.drawn > 0 {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
