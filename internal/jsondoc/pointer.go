package jsondoc

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

var (
	pointerEscape   = strings.NewReplacer("~", "~0", "/", "~1")
	pointerUnescape = strings.NewReplacer("~1", "/", "~0", "~")
)

// EscapeToken returns a key as it stands in a JSON pointer (RFC 6901).
func EscapeToken(key string) string { return pointerEscape.Replace(key) }

// Pointer returns the JSON pointer of the value; "" is the root.
func (v Value) Pointer() string {
	var tokens []string
	for p := v.Parent(); p.Exists(); v, p = p, p.Parent() {
		if v.HasKey() {
			tokens = append(tokens, EscapeToken(v.Key()))
		} else {
			tokens = append(tokens, strconv.Itoa(v.Index()))
		}
	}
	if len(tokens) == 0 {
		return ""
	}
	slices.Reverse(tokens)
	return "/" + strings.Join(tokens, "/")
}

// Resolve follows a JSON pointer from v; the value is absent when the pointer leads nowhere or is not one.
func (v Value) Resolve(pointer string) Value {
	if pointer == "" {
		return v
	}
	rest, ok := strings.CutPrefix(pointer, "/")
	if !ok {
		return Value{}
	}
	for token := range strings.SplitSeq(rest, "/") {
		if v.IsArray() {
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || strconv.Itoa(i) != token {
				return Value{}
			}
			v = v.At(i)
		} else {
			v = v.Get(pointerUnescape.Replace(token))
		}
		if !v.Exists() {
			return Value{}
		}
	}
	return v
}

// FragmentPointer turns the fragment of a reference ("#/definitions/A%20b") into a JSON pointer. ok is false when ref is
// not a fragment of the same document.
func FragmentPointer(ref string) (pointer string, ok bool) {
	fragment, ok := strings.CutPrefix(ref, "#")
	if !ok || fragment != "" && fragment[0] != '/' {
		return "", false
	}
	if strings.IndexByte(fragment, '%') >= 0 {
		if decoded, err := url.PathUnescape(fragment); err == nil {
			return decoded, true
		}
	}
	return fragment, true
}
