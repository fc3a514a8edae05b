//go:build !linux

package main

func (c *wireCase) answer(p place, _ []string) (code int, said string) {
	p.t.Skip("SKIPPED: there are no pseudo terminals here")
	return 0, ""
}
