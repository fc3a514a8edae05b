package main

import (
	"reflect"
	"slices"
	"strings"

	"paconn-ls/commands"
)

// arity is how many values an option of paconn takes.
type arity int

const (
	noValue arity = iota
	oneValue
	perhapsAValue
)

// spec is an option as paconn's command line has it.
type spec struct {
	long, short string // with dashes; short may be ""
	arity       arity
	choices     []string
	value       string  // what stands for the value in usage: "ENVIRONMENT"
	help        string  //
	member      *option // of the verb's arguments; nil for the options that every verb has
	ours        bool    // paconn has no such option
}

// names are the spellings, the long one first, as paconn's messages have them: "--env/-e".
func (s spec) names() string { return strings.Join(s.spellings(), "/") }

func (s spec) spellings() []string {
	if s.short == "" {
		return []string{s.long}
	}
	return []string{s.long, s.short}
}

// paconnsOptions are the options of paconn 0.0.21 that each verb has beside those that all have.
var paconnsOptions = map[string][]string{
	"login":    {"clid", "tenant", "authority_url", "resource", "settings", "force"},
	"logout":   {},
	"download": {"env", "cid", "dest", "pau", "pav", "settings", "overwrite"},
	"create":   {"env", "api-prop", "api-def", "icon", "script", "pau", "pav", "secret", "settings", "overwrite-settings"},
	"update":   {"env", "cid", "api-prop", "api-def", "icon", "script", "pau", "pav", "secret", "settings"},
	"validate": {"api-def", "pau", "pav", "settings"},
}

// paconnsVerbs are the verbs of paconn, in the order of its help.
var paconnsVerbs = []string{"create", "download", "login", "logout", "update", "validate"}

// paconnsGlobals are the options that every verb of paconn has.
var paconnsGlobals = []spec{
	{long: "--help", short: "-h", help: "show this help and exit"},
	{long: "--debug", help: "say each step and each request; no secret is among it"},
	{long: "--verbose", help: "say each step"},
	{long: "--output", short: "-o", arity: oneValue, choices: outputs, value: "{json,jsonc,table,tsv}", help: "the format of results, of which there are none"},
	{long: "--query", arity: oneValue, value: "JMESPATH", help: "a query over results, of which there are none"},
}

// specsOf returns the options of a verb: those that every verb has, then those of paconn, then ours.
func specsOf(v commands.Verb) []spec {
	var theirs, ours []spec
	for _, o := range optionsOf(v.Args) {
		s := spec{long: "--" + o.long, help: o.help, member: &o, arity: oneValue, value: strings.ToUpper(strings.ReplaceAll(o.long, "-", "_"))}
		if o.kind == reflect.Bool {
			s.arity = noValue
		}
		if o.takesOptionalValue() {
			s.arity = perhapsAValue
		}
		if !slices.Contains(paconnsOptions[v.Name], o.long) {
			s.ours = true
			ours = append(ours, s)
			continue
		}
		if o.short != "" {
			s.short = "-" + o.short
		}
		theirs = append(theirs, s)
	}
	return slices.Concat(paconnsGlobals, theirs, ours)
}
