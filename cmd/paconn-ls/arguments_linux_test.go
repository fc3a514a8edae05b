package main

import (
	"fmt"
	"os"
	"strings"
)

// shownArguments returns the arguments of a process and of those that it started, as the system shows them to everybody.
func shownArguments(pid int) string {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)) // it may have ended
	out := strings.ReplaceAll(string(text), "\x00", " ") + "\n"
	children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	for _, child := range strings.Fields(string(children)) {
		var id int
		if _, err := fmt.Sscan(child, &id); err == nil {
			out += shownArguments(id)
		}
	}
	return out
}
