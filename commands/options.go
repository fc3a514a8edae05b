package commands

import (
	"maps"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/report"
)

// ConfigRule is the code of a problem in a paconn-ls.json. It is no rule: what is wrong there cannot be switched off there.
const ConfigRule = "configuration"

// optionsFor returns the options that hold for a connector: the nearest paconn-ls.json, and over it what the caller says.
// What is wrong with that file is an error of its own; the rest of it holds.
func optionsFor(c *connector.Connector, args CheckArgs) (diagnostics.Options, []report.Problem, []Failure) {
	o := diagnostics.Options{Deep: true}
	var problems []report.Problem
	var failures []Failure
	file := FindConfig(c.Dir, Disk{})
	switch {
	case file != nil && file.Err != nil:
		failures = append(failures, Failure{file.Path, file.Err})
	case file != nil:
		config, found := ParseConfig(file.Content.String())
		o = config.Options(o)
		for _, p := range found {
			if p.Syntax && c.File(file.Path) != nil {
				continue // the rule json-syntax says it of a connector's own files
			}
			problems = append(problems, report.Of(diagnostics.Diagnostic{
				File: file, Span: p.Span, Rule: ConfigRule, Severity: diagnostics.Error, Message: p.Message, Source: diagnostics.Source,
			}))
		}
	}
	return Config{Profile: args.Profile, Rules: maps.Clone(args.Rules)}.Options(o), problems, failures
}
