package lsp

import "strings"

// What a file says is shown in Markdown as it is written: no link, picture or tag comes out of it.

// code returns a name of a file as code.
func code(name string) string {
	name = strings.NewReplacer("\r", " ", "\n", " ").Replace(name)
	fence := "`"
	for strings.Contains(name, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		name = " " + name + " "
	}
	return fence + name + fence
}

var marks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `\<`)

// prose returns a text of a file as paragraphs.
func prose(text string) string { return marks.Replace(text) }
