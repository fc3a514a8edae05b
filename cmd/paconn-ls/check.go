package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"paconn-ls/commands"
	"paconn-ls/diagnostics"
	"paconn-ls/internal/report"
)

type checkFlags struct {
	profile, format, severity, failOn, color string
	fix                                      bool
}

const checkHelp = `Check the connectors in folders and below, or single files of connectors. Without an argument, the working folder.

A folder is searched for connectors: folders with an apiDefinition.swagger.json or apiProperties.json. A file stands for
its connector, of which only that file's own problems are shown.

Results go to standard output, all else to standard error. The exit code is 0 when there is no error, 1 when there is one
(--fail-on changes how bad a problem must be), 2 for wrong usage, 3 when something could not be read or written.

A file paconn-ls.json beside a connector or in a folder above it sets the profile and the severities of rules:
  {"profile": "certified", "rules": {"unknown-key": "warning", "no-effect": "off"}}
Options on the command line go over it.`

func newCheck() *cobra.Command {
	f := &checkFlags{}
	cmd := &cobra.Command{
		Use:     "check [DIR|FILE…]",
		Short:   "Find problems in connectors, and fix them",
		Long:    checkHelp,
		Example: "  paconn-ls check\n  paconn-ls check --fix connectors/pets\n  paconn-ls check --format sarif . > results.sarif",
		RunE:    f.run,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.profile, "profile", "", "what the connector is meant for: "+strings.Join(profiles(), ", ")+" (default: from paconn-ls.json, else custom)")
	flags.StringVar(&f.format, "format", "text", "how to write the results: "+strings.Join(formats, ", "))
	flags.BoolVar(&f.fix, "fix", false, "apply every fix that keeps what the connector means, for problems of any severity")
	flags.StringVar(&f.severity, "severity", "information", "the least severe problems to show: "+strings.Join(severities, ", "))
	flags.StringVar(&f.failOn, "fail-on", "error", "the least severe problems that make the exit code 1: "+strings.Join(severities, ", "))
	flags.StringVar(&f.color, "color", "auto", "colours in text: "+strings.Join(colorModes, ", "))
	for name, values := range map[string][]string{
		"profile": profiles(), "format": formats, "severity": severities, "fail-on": severities, "color": colorModes,
	} {
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
	return cmd
}

var (
	formats    = []string{"text", "json", "sarif", "github"}
	severities = []string{"error", "warning", "information", "hint"}
	colorModes = []string{"auto", "always", "never"}
)

func profiles() []string {
	var out []string
	for _, p := range diagnostics.Profiles {
		out = append(out, string(p))
	}
	return out
}

// validate refuses values that a flag does not take.
func (f *checkFlags) validate() error {
	for _, v := range []struct {
		flag, value string
		allowed     []string
	}{
		{"profile", f.profile, append(profiles(), "")}, {"format", f.format, formats}, {"severity", f.severity, append(severities, "info")},
		{"fail-on", f.failOn, append(severities, "info")}, {"color", f.color, colorModes},
	} {
		if !slices.Contains(v.allowed, v.value) {
			return fmt.Errorf("--%s takes %s, not %q", v.flag, oneOf(v.allowed), v.value)
		}
	}
	return nil
}

func oneOf(values []string) string {
	values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" || v == "info" })
	last := len(values) - 1
	return strings.Join(values[:last], ", ") + " or " + values[last]
}

func (f *checkFlags) run(cmd *cobra.Command, paths []string) error {
	if err := f.validate(); err != nil {
		return err
	}
	base, err := os.Getwd()
	if err != nil {
		return failed(err)
	}
	shown, _ := diagnostics.ParseSeverity(f.severity)
	failOn, _ := diagnostics.ParseSeverity(f.failOn)
	bar := newProgress(cmd.ErrOrStderr())
	result, err := commands.Check(cmd.Context(), commands.CheckArgs{
		Paths: paths, Profile: diagnostics.Profile(f.profile), Severity: max(shown, failOn), Fix: f.fix, Progress: bar.update,
	})
	bar.clear()
	if err != nil {
		return err
	}
	if _, err := io.WriteString(cmd.OutOrStdout(), f.render(cmd, result, base)); err != nil {
		return failed(err)
	}
	if f.format == "text" {
		_, _ = io.WriteString(cmd.ErrOrStderr(), summarize(result, base))
	}
	return f.outcome(cmd, result, base, failOn)
}

func (f *checkFlags) render(cmd *cobra.Command, r commands.CheckResult, base string) string {
	switch f.format {
	case "json":
		n := report.Count(r.Problems)
		return report.JSON(r.Problems, base, report.Summary{
			Errors: n.Errors, Warnings: n.Warnings, Information: n.Information, Hints: n.Hints,
			Connectors: r.Connectors, Files: r.Files, Fixed: len(r.Fixed),
		})
	case "sarif":
		options := diagnostics.Options{Profile: diagnostics.Profile(f.profile)}
		return report.SARIF(r.Problems, base, report.Tool{Version: buildVersion(), Rules: diagnostics.All, Options: options})
	case "github":
		return report.GitHub(r.Problems, base)
	}
	return report.Text(r.Problems, report.Style{Base: base, Paint: paint(f.color, cmd.OutOrStdout()), Width: width(cmd.OutOrStdout())})
}

// outcome says what could not be done and turns the result into the exit code.
func (f *checkFlags) outcome(cmd *cobra.Command, r commands.CheckResult, base string, failOn diagnostics.Severity) error {
	for _, x := range r.Failures {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s: %v\n", cmd.Root().Name(), report.Printable(report.Name(base, x.Path)), reason(x.Err))
	}
	if len(r.Failures) > 0 {
		return &exit{code: codeFailed}
	}
	if slices.ContainsFunc(r.Problems, func(p report.Problem) bool { return p.Severity <= failOn }) {
		return &exit{code: codeProblems}
	}
	return nil
}
