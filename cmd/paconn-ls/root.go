package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"paconn-ls/commands"
)

// The exit codes.
const (
	codeFine = iota
	codeProblems
	codeUsage
	codeFailed
)

// exit is an error that has its exit code. Whatever was to be said of it is said when err is nil.
type exit struct {
	code int
	err  error
}

func (e *exit) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exit) Unwrap() error { return e.err }

func failed(err error) error { return &exit{codeFailed, err} }

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "paconn-ls",
		Short: "Check Power Platform custom connectors",
		Long: "paconn-ls checks Power Platform custom connectors, on the command line and, as a language server, in editors.\n\n" +
			"Exit codes: 0 fine, 1 problems found, 2 wrong usage, 3 failed.",
		Version:       versionLine(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.AddCommand(newCheck(), newExplain(), newServe(), newVersion())
	return root
}

// exitCode says on stderr what went wrong and returns the code to exit with. What does not come from a verb's own work
// comes from how the program was called.
func exitCode(root *cobra.Command, err error) int {
	if err == nil {
		return codeFine
	}
	code, hint := codeUsage, "\nRun '"+root.Name()+" --help' to see what it takes."
	var known *exit
	var argument *commands.ArgumentError
	switch {
	case errors.Is(err, context.Canceled):
		code, err, hint = codeFailed, errors.New("interrupted"), ""
	case errors.As(err, &known):
		code, hint = known.code, ""
	case errors.As(err, &argument):
		hint = ""
	}
	if err.Error() != "" {
		fmt.Fprintf(root.ErrOrStderr(), "%s: %v%s\n", root.Name(), err, hint)
	}
	return code
}
