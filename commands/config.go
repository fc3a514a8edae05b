package commands

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// Config is what a paconn-ls.json, or the section "paconn" of an editor's settings, says: the profile, "" when it is
// left open, and the severities of single rules.
type Config struct {
	Profile diagnostics.Profile
	Rules   map[string]diagnostics.Severity
}

// ConfigProblem is something in a configuration that cannot be followed. The rest of the configuration holds all the same.
type ConfigProblem struct {
	Span    source.Span
	Message string
	Syntax  bool // the text is not JSON: the rule json-syntax says the same of a connector's own files
}

// FindConfig returns the paconn-ls.json that holds for the connector in dir: the nearest one, there or in a folder above;
// nil when there is none.
func FindConfig(dir string, files connector.Files) *connector.File {
	for {
		if f := files.Read(filepath.Join(dir, connector.ConfigName), connector.Config); f != nil {
			return f
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil
		}
		dir = parent
	}
}

// ParseConfig reads the text of a paconn-ls.json.
func ParseConfig(text string) (Config, []ConfigProblem) {
	return ConfigIn(jsondoc.Parse(text))
}

// ConfigIn reads a paconn-ls.json that is parsed already.
func ConfigIn(doc *jsondoc.Doc) (Config, []ConfigProblem) {
	var problems []ConfigProblem
	for _, e := range doc.Errors() {
		problems = append(problems, ConfigProblem{Span: e.Span, Message: e.Message, Syntax: true})
	}
	for member := range members(doc.Root()) {
		if key := member.Key(); !slices.Contains(configKeys, key) && !member.Broken() {
			problems = append(problems, ConfigProblem{Span: member.Name(),
				Message: fmt.Sprintf("unknown key %q, known are %s", key, quotedList(configKeys[:2]))})
		}
	}
	config, more := ConfigOf(doc.Root())
	problems = append(problems, more...)
	slices.SortStableFunc(problems, func(a, b ConfigProblem) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return config, problems
}

var configKeys = []string{"profile", "rules", "$schema"}

// ConfigOf reads the profile and the rules in an object that may hold other settings too, as an editor's does.
func ConfigOf(settings jsondoc.Value) (Config, []ConfigProblem) {
	r := configReader{}
	r.root(settings)
	return r.config, r.problems
}

type configReader struct {
	config   Config
	problems []ConfigProblem
}

func (r *configReader) problem(span source.Span, format string, args ...any) {
	r.problems = append(r.problems, ConfigProblem{Span: span, Message: fmt.Sprintf(format, args...)})
}

func (r *configReader) root(v jsondoc.Value) {
	if !isNothing(v) && !v.IsObject() {
		r.problem(v.Name(), "the configuration must be an object")
		return
	}
	r.profile(v.Get("profile"))
	rules := v.Get("rules")
	if !isNothing(rules) && !rules.IsObject() {
		r.problem(rules.Name(), "rules must be an object of rule names and severities")
		return
	}
	for member := range members(rules) {
		r.rule(member)
	}
}

// members yields the members of an object, and nothing for any other value.
func members(v jsondoc.Value) iter.Seq[jsondoc.Value] {
	if !v.IsObject() {
		return func(func(jsondoc.Value) bool) {}
	}
	return v.Children()
}

// isNothing reports whether v is left out, null, or not written yet.
func isNothing(v jsondoc.Value) bool {
	k := v.Kind()
	return k == jsondoc.Missing || k == jsondoc.Invalid || k == jsondoc.Null
}

func (r *configReader) profile(v jsondoc.Value) {
	if isNothing(v) {
		return
	}
	profile := diagnostics.Profile(v.Text())
	if !v.IsString() || !slices.Contains(diagnostics.Profiles, profile) {
		r.problem(v.Span(), "unknown profile %s, known are %s", v.Raw(), quotedList(diagnostics.Profiles))
		return
	}
	r.config.Profile = profile
}

func (r *configReader) rule(member jsondoc.Value) {
	name := member.Key()
	if member.Broken() {
		return
	}
	if diagnostics.Find(name) == nil {
		r.problem(member.Name(), "unknown rule %q%s", name, ruleHint(name))
		return
	}
	severity, ok := diagnostics.ParseSeverity(member.Text())
	if !ok {
		r.problem(member.Span(), "unknown severity %s, known are %s", member.Raw(), quotedList(severities))
		return
	}
	if r.config.Rules == nil {
		r.config.Rules = map[string]diagnostics.Severity{}
	}
	r.config.Rules[name] = severity
}

var severities = []diagnostics.Severity{diagnostics.Off, diagnostics.Error, diagnostics.Warning, diagnostics.Information, diagnostics.Hint}

// ruleHint names the rules behind a name of Microsoft's validator, or those whose names are near.
func ruleHint(name string) string {
	var names []string
	for _, rule := range diagnostics.FindUpstream(name) {
		names = append(names, rule.Name)
	}
	if names != nil {
		return ", here it is " + quotedList(names)
	}
	if near := diagnostics.Nearest(name); len(near) > 0 {
		return fmt.Sprintf(", did you mean %q?", near[0])
	}
	return ""
}

func quotedList[T ~string | diagnostics.Severity](list []T) string {
	var b strings.Builder
	for i, item := range list {
		switch {
		case i > 0 && i == len(list)-1:
			b.WriteString(" and ")
		case i > 0:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", fmt.Sprint(item))
	}
	return b.String()
}

// Options returns base with what the configuration says put over it.
func (c Config) Options(base diagnostics.Options) diagnostics.Options {
	if c.Profile != "" {
		base.Profile = c.Profile
	}
	if len(c.Rules) > 0 {
		rules := maps.Clone(base.Rules)
		if rules == nil {
			rules = map[string]diagnostics.Severity{}
		}
		maps.Copy(rules, c.Rules)
		base.Rules = rules
	}
	return base
}
