package main

import (
	"fmt"
	"regexp"
	"strings"
)

// given is an option that the command line gives, with its value, which is "" where it takes none or none is given.
type given struct {
	spec  spec
	value string
	has   bool // a value
}

// argumentError is a mistake in the arguments, in the words of Python's argparse, which paconn's are.
type argumentError struct{ text string }

func (e *argumentError) Error() string { return e.text }

// parser reads arguments with the habits of Python's argparse: a long option may be shortened as long as it is the only
// one, a value may stand behind "=" or right behind a short option, and of an option that is given twice the last counts.
type parser struct {
	words []word
	known []given
	extra []string // what is no option of these
}

// word is an argument with what it was taken for.
type word struct {
	text     string
	option   bool
	spec     *spec // nil when the option is unknown
	value    string
	hasValue bool
	dashes   bool // it is the "--" behind which there are no options
}

// parse reads arguments, untilVerb up to the first that is no option and no option's value, and returns those from there
// on as the rest. The help option ends it.
func parse(specs []spec, args []string, until untilWhat) (known []given, extra, rest []string, err error) {
	words, err := classify(specs, args)
	if err != nil {
		return nil, nil, nil, err
	}
	p := parser{words: words}
	for i := 0; i < len(p.words); {
		w := p.words[i]
		switch {
		case !w.option && until == untilVerb:
			return p.known, p.extra, args[i:], nil
		case !w.option:
			p.extra = append(p.extra, w.text)
			i++
		case w.spec == nil:
			p.extra = append(p.extra, w.text)
			i++
		default:
			used, err := p.option(i)
			if err != nil {
				return nil, nil, nil, err
			}
			i += used
			if w.spec.long == helpOption {
				return p.known, nil, nil, nil // it is shown at once, whatever follows
			}
		}
	}
	return p.known, p.extra, nil, nil
}

const helpOption = "--help"

// untilWhat says where a parser stops.
type untilWhat int

const (
	untilEnd untilWhat = iota
	untilVerb
)

// option takes the option at i with its value and returns how many words these are.
func (p *parser) option(i int) (used int, err error) {
	w := p.words[i]
	g := given{spec: *w.spec, value: w.value, has: w.hasValue}
	used = 1
	if w.spec.arity == noValue && w.hasValue {
		return 0, &argumentError{fmt.Sprintf("argument %s: ignored explicit argument %s", w.spec.names(), pythonQuote(w.value))}
	}
	next := i + 1
	if w.spec.arity != noValue && !w.hasValue && next < len(p.words) && !p.words[next].option && !p.words[next].dashes {
		g.value, g.has, used = p.words[next].text, true, 2
	}
	if w.spec.arity == oneValue && !g.has {
		return 0, &argumentError{fmt.Sprintf("argument %s: expected one argument", w.spec.names())}
	}
	p.known = append(p.known, g)
	return used, nil
}

// classify tells options from the rest.
func classify(specs []spec, args []string) ([]word, error) {
	out := make([]word, 0, len(args))
	for i, arg := range args {
		if arg == "--" {
			out = append(out, word{text: arg, dashes: true})
			for _, rest := range args[i+1:] {
				out = append(out, word{text: rest})
			}
			return out, nil
		}
		w, err := classifyOne(specs, arg)
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

var negativeNumber = regexp.MustCompile(`^-\d+$|^-\d*\.\d+$`)

func classifyOne(specs []spec, arg string) (word, error) {
	w := word{text: arg}
	if len(arg) < 2 || arg[0] != '-' {
		return w, nil
	}
	found := matches(specs, arg)
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		var names []string
		for _, m := range found {
			names = append(names, m.spec.long)
		}
		return w, &argumentError{fmt.Sprintf("ambiguous option: %s could match %s", arg, strings.Join(names, ", "))}
	case negativeNumber.MatchString(arg), strings.Contains(arg, " "):
		return w, nil
	}
	w.option = true
	return w, nil
}

// matches returns what an argument may stand for: one option when it is spelled out, else those that it is short for.
// Ours have to be spelled out, so that what was the only one in paconn is so here.
func matches(specs []spec, arg string) []word {
	name, value, hasValue := strings.Cut(arg, "=")
	var out []word
	for i := range specs {
		s := &specs[i]
		for _, spelling := range s.spellings() {
			switch {
			case spelling == arg:
				return []word{{text: arg, option: true, spec: s}}
			case spelling == name && hasValue:
				return []word{{text: arg, option: true, spec: s, value: value, hasValue: true}}
			case strings.HasPrefix(name, "--") && strings.HasPrefix(spelling, name) && !s.ours:
				out = append(out, word{text: arg, option: true, spec: s, value: value, hasValue: hasValue})
			case arg[1] != '-' && spelling == arg[:2]:
				out = append(out, word{text: arg, option: true, spec: s, value: arg[2:], hasValue: true})
			}
		}
	}
	return out
}

// pythonQuote quotes a text as Python's repr does.
func pythonQuote(text string) string {
	if strings.Contains(text, "'") && !strings.Contains(text, `"`) {
		return `"` + text + `"`
	}
	return "'" + strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), "'", `\'`) + "'"
}
