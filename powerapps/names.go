package powerapps

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// checkName refuses what cannot be the name of anything of the service and would lead to another path. The error is a
// *Error.
func checkName(doing, what, name string) error {
	bad := func(r rune) bool { return !unicode.IsPrint(r) || strings.ContainsRune(`/\?#%`, r) }
	if name != "" && len(name) <= 260 && utf8.ValidString(name) && !strings.Contains(name, "..") && name != "." && !strings.ContainsFunc(name, bad) {
		return nil
	}
	return &Error{Doing: doing, Message: fmt.Sprintf("%q cannot be the name of a %s", name, what)}
}

// checkNames checks an environment and the id of a connector.
func checkNames(doing, environment, id string) error {
	if err := checkName(doing, "environment", environment); err != nil {
		return err
	}
	return checkName(doing, "connector", id)
}

var plainName = regexp.MustCompile(`^[\w.~-]+$`)

// typed returns a name as it can be typed in a shell. Names come from settings files too, whoever wrote them.
func typed(name, otherwise string) string {
	switch {
	case plainName.MatchString(name):
		return name
	case name == "" || strings.ContainsAny(name, "'\"$`"):
		return otherwise
	}
	return "'" + name + "'"
}
