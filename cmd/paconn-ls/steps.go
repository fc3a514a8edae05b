package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"paconn-ls/internal/report"
)

// steps is a line that says what is being done: it is written over on a terminal, and left out anywhere else, unless
// somebody wants each step on a line of its own.
type steps struct {
	mu    sync.Mutex
	w     io.Writer // nil when nothing is shown
	drawn bool
	lines bool   // each step stays
	last  string // of the lines
}

func newSteps(w io.Writer) *steps {
	if !isTerminal(w) || os.Getenv("TERM") == "dumb" {
		return &steps{}
	}
	return &steps{w: w}
}

// show writes what is being done; total is 0 when nobody knows how much it is.
func (s *steps) show(text string, done, total int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.w == nil || s.lines && text == s.last:
		return
	case s.lines:
		fmt.Fprintf(s.w, "… %s\n", report.Printable(text))
		s.last = text
		return
	}
	figures := ""
	if total > 1 {
		figures = fmt.Sprintf(" %d/%d", done, total)
	}
	text = cut(report.Printable(text), max(shortest, cmp.Or(width(s.w), usualWidth)-len(figures)-columns("… ")-1))
	fmt.Fprint(s.w, clearLine, "… ", text, figures)
	s.drawn = true
}

// usualWidth is how wide a terminal is that does not say it.
const usualWidth = 80

func (s *steps) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drawn {
		fmt.Fprint(s.w, clearLine)
		s.drawn = false
	}
}

const clearLine = "\r\x1b[K"

// columns is how wide a terminal shows a text.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n += report.Width(r)
	}
	return n
}

// cut returns text that is at most so many columns wide, with dots where something is left out.
func cut(text string, most int) string {
	if columns(text) <= most {
		return text
	}
	var b strings.Builder
	room := most - 1
	for _, r := range text {
		if room -= report.Width(r); room < 0 {
			break
		}
		b.WriteRune(r)
	}
	return b.String() + "…"
}
