package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/report"
)

func newExplain() *cobra.Command {
	var color string
	cmd := &cobra.Command{
		Use:   "explain [RULE]",
		Short: "Say what a rule is about, or list the rules",
		Long: "Print the page of a rule: what is wrong, why it matters, and how to mend it. RULE is the name in brackets at the\n" +
			"end of a problem, or a name that Microsoft's validator gives. Without it, all rules are listed.",
		Example: "  paconn-ls explain json-syntax\n  paconn-ls explain RequiredPropertyMissing",
		Args:    cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return ruleNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			p := paint(color, cmd.OutOrStdout())
			text, err := explain(args, p, width(cmd.OutOrStdout()))
			if err != nil {
				return err
			}
			if _, err = io.WriteString(cmd.OutOrStdout(), text); err != nil {
				return failed(err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&color, "color", "auto", "colours: "+strings.Join(colorModes, ", "))
	_ = cmd.RegisterFlagCompletionFunc("color", cobra.FixedCompletions(colorModes, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func ruleNames() []string {
	var out []string
	for _, r := range diagnostics.All {
		out = append(out, r.Name)
	}
	return out
}

func explain(args []string, p report.Paint, width int) (string, error) {
	if len(args) == 0 {
		return listRules(diagnostics.All, p), nil
	}
	name := strings.Trim(args[0], "[]")
	if page, ok := diagnostics.Page(strings.ToLower(name)); ok {
		return report.Page(page, p, width), nil
	}
	switch rules := diagnostics.FindUpstream(name); len(rules) {
	case 0:
		hint := "run 'paconn-ls explain' to list the rules"
		if near := diagnostics.Nearest(name); len(near) > 0 {
			hint = "did you mean " + strings.Join(near, " or ") + "?"
		}
		return "", &exit{codeUsage, fmt.Errorf("there is no rule %q: %s", args[0], hint)}
	case 1:
		page, _ := diagnostics.Page(rules[0].Name)
		return report.Page(page, p, width), nil
	default:
		return fmt.Sprintf("%s is what Microsoft's validator says of:\n\n%s", name, listRules(rules, p)), nil
	}
}

func listRules(rules []*diagnostics.Rule, p report.Paint) string {
	width := 0
	for _, r := range rules {
		width = max(width, len(r.Name))
	}
	var b strings.Builder
	for _, r := range rules {
		pad := strings.Repeat(" ", width-len(r.Name))
		fmt.Fprintf(&b, "%s%s  %-11s  %s\n", p(report.Bold, r.Name), pad, r.Severity, diagnostics.Summary(r.Name))
	}
	return b.String()
}
