package main

import "strings"

// answer runs the program in a terminal and gives the answers of the case.
func (c *wireCase) answer(p place, args []string) (code int, said string) {
	terminal := p.run(toTerminal, args...)
	for line := range strings.Lines(c.sections["answers"]) {
		question, answer, _ := strings.Cut(strings.TrimSpace(line), " => ")
		terminal.expect(question)
		terminal.types(answer + "\n")
	}
	terminal.ends(0)
	return 0, terminal.all.String()
}
