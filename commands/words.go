package commands

import (
	"reflect"
	"regexp"
	"strings"
)

// Audience is who reads what a verb says.
type Audience int

// Terminal is somebody who types commands, Editor somebody who has other ways to run a verb.
const (
	Terminal Audience = iota
	Editor
)

// Words returns a text in the words of an audience. What is said to one of them alone stands between ⟨ and ⟩: for terminals,
// then, behind a bar, what editors get in its place, if anything.
func (a Audience) Words(text string) string {
	said := sides.ReplaceAllStringFunc(text, func(both string) string {
		terminal, editor, _ := strings.Cut(strings.Trim(both, "⟨⟩"), "|")
		if a == Editor {
			return editor
		}
		return terminal
	})
	if a == Terminal {
		return said
	}
	return strings.Trim(strings.ReplaceAll(a.names(said), "; ; ", "; "), "; ")
}

// names returns a text, in which nothing stands between ⟨ and ⟩, with the names of commands and arguments that an audience
// knows. It may hold what others have said: only what is an option of ours is taken for one.
func (a Audience) names(text string) string {
	if a == Terminal {
		return text
	}
	text = line.ReplaceAllString(text, "the command $1")
	text = strings.ReplaceAll(text, "the command sandbox", "the program's verb sandbox in a terminal") // which no editor has
	return dashed.ReplaceAllStringFunc(text, func(found string) string {
		before, option, _ := strings.Cut(found, "--")
		if member := argumentOf[option]; member != "" {
			return before + member
		}
		return found
	})
}

var (
	sides  = regexp.MustCompile(`⟨[^⟩]*⟩`)
	dashed = regexp.MustCompile(`(^|[\s(])--[a-z][a-z_-]*`)
	line   = regexp.MustCompile(`paconn-ls ([a-z]+(?: environments| connectors| clouds)?)(?: --(?:` + strings.Join(switches(), "|") + `)\b| --[a-z_-]+ (?:"[^"]*"|[^\s;,()]+))*`)
)

// argumentOf has the names of arguments, by the options that give them.
var argumentOf = func() map[string]string {
	out := map[string]string{}
	eachOption(func(f reflect.StructField, name string) {
		out[name], _, _ = strings.Cut(f.Tag.Get("json"), ",")
	})
	return out
}()

// switches are the options that have no value.
func switches() []string {
	out := []string{"help"}
	eachOption(func(f reflect.StructField, name string) {
		if f.Type.Kind() == reflect.Bool {
			out = append(out, name)
		}
	})
	return out
}

// eachOption tells of the long options of all verbs.
func eachOption(tell func(f reflect.StructField, name string)) {
	for _, args := range []reflect.Type{
		reflect.TypeFor[LoginArgs](), reflect.TypeFor[LogoutArgs](), reflect.TypeFor[StatusArgs](), reflect.TypeFor[ListArgs](),
		reflect.TypeFor[DownloadArgs](), reflect.TypeFor[CreateArgs](), reflect.TypeFor[UpdateArgs](), reflect.TypeFor[ValidateArgs](),
	} {
		for _, f := range reflect.VisibleFields(args) {
			if name, _, _ := strings.Cut(f.Tag.Get("opt"), ","); name != "" {
				tell(f, name)
			}
		}
	}
}
