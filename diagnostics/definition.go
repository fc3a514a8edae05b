package diagnostics

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/swagger"
)

// lacks reports whether a complete object has no member of that name. One that differs in case only counts: a rule of its
// own speaks of it.
func lacks(v jsondoc.Value, key string) bool {
	return v.IsObject() && !v.Broken() && !v.Get(key).Exists() && !v.GetFold(key).Exists()
}

// handle returns what names an element of an array: its reference or its name; any other value stands for itself.
func handle(v jsondoc.Value) jsondoc.Value {
	if v.HasKey() {
		return v
	}
	for _, key := range []string{"$ref", "name"} {
		if h := v.Get(key); h.IsString() {
			return h
		}
	}
	return v
}

// reportNamed reports a diagnostic about an object as such: at its key, or for an element of an array at its name.
func (p *Pass) reportNamed(v jsondoc.Value, message string, options ...Option) {
	if h := handle(v); h != v {
		p.Report(h, message, options...)
		return
	}
	p.ReportKey(v, message, options...)
}

// keysOf returns the keys of an object as a set, for a rule that looks many up.
func keysOf(v jsondoc.Value) map[string]bool {
	keys := map[string]bool{}
	for m := range v.Children() {
		keys[m.Key()] = true
	}
	return keys
}

// label names an operation in messages: by its operationId, or else by method and path.
func label(op *swagger.Operation) string {
	if op.ID != "" {
		return strconv.Quote(op.ID)
	}
	return op.Method + " " + op.Item.Path
}

// at returns the member of a parameter that a diagnostic about it underlines, or the reference that brings it in.
func at(param swagger.Parameter, key string) jsondoc.Value {
	if ref := param.Entry.Get("$ref"); ref.Exists() {
		return ref
	}
	if v := param.Entry.Get(key); v.Exists() {
		return v
	}
	return param.Entry
}

// isVisible reports whether designers show an operation.
func isVisible(op *swagger.Operation) bool {
	return !strings.EqualFold(op.Value.Get("x-ms-visibility").Text(), "internal")
}

// freeIDs hands out operationIds that no operation has taken, without regard to case.
type freeIDs struct {
	doc   *swagger.Document
	taken map[string]bool
	last  map[string]int // the last number given to a name
}

// next returns id, or id with the first number from 2 on that is free. What it returns is taken from then on.
func (f *freeIDs) next(id string) string {
	if f.taken == nil {
		f.taken, f.last = map[string]bool{}, map[string]int{}
		for _, op := range f.doc.Operations {
			f.taken[strings.ToLower(op.ID)] = true
		}
	}
	lower := strings.ToLower(id)
	free, n := id, max(f.last[lower], 1)
	for f.taken[strings.ToLower(free)] {
		n++
		free = id + strconv.Itoa(n)
	}
	f.last[lower], f.taken[strings.ToLower(free)] = n, true
	return free
}

// proposedID makes an operationId of the method and the path: "GetPetsPetId".
func proposedID(op *swagger.Operation) string {
	var b strings.Builder
	start := true
	for _, r := range op.Method + " " + op.Item.Path {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			start = true
		case start:
			b.WriteRune(unicode.ToUpper(r))
			start = false
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// sentence turns an identifier into words: "ListAllPets" becomes "List all pets".
func sentence(id string) string {
	var b strings.Builder
	var before rune
	for _, r := range id {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			r = ' '
		case unicode.IsUpper(r) && unicode.IsLower(before):
			b.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		if r != ' ' || before != ' ' {
			b.WriteRune(r)
		}
		before = r
	}
	words := strings.TrimSpace(b.String())
	if words == "" {
		return ""
	}
	first := []rune(words)
	first[0] = unicode.ToUpper(first[0])
	return string(first)
}

// replacements returns a fix for each text that a string value could be changed to.
func replacements(v jsondoc.Value, texts []string) []Option {
	var out []Option
	for _, t := range texts {
		out = append(out, Suggest("Change to "+t, v.Replace(jsondoc.Quote(t))...))
	}
	return out
}

// plural is "1 operation" or "3 operations".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
