package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

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
		Short: "Check and deploy Power Platform custom connectors",
		Long: "paconn-ls checks Power Platform custom connectors, on the command line and, as a language server, in editors, and\n" +
			"downloads, creates and updates them.\n\n" +
			"Exit codes: 0 fine, 1 problems found, 2 wrong usage, 3 failed.",
		Version:       versionLine(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.AddCommand(newCheck(), newExplain())
	for _, v := range commands.Verbs {
		root.AddCommand(newVerb(v))
	}
	root.AddCommand(newServe(), newSandbox(), newVersion())
	root.InitDefaultCompletionCmd()
	if completion, _, err := root.Find([]string{"completion"}); err == nil {
		completion.Args, completion.RunE = noCommand, root.RunE
	}
	root.InitDefaultHelpCmd()
	groupVerbs(root)
	root.SetHelpFunc(showHelp)
	return root
}

// noCommand refuses what is no command of its parent, and offers what is near.
func noCommand(parent *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := ""
	parent.SuggestionsMinimumDistance = 2
	if near := parent.SuggestionsFor(args[0]); len(near) > 0 {
		hint = ", did you mean " + strings.Join(near, " or ") + "?"
	}
	return fmt.Errorf("unknown command %q%s", args[0], hint)
}

// exitCode says on stderr what went wrong in a command and returns the code to exit with. What does not come from its own
// work, or from a file or stream, comes from how the program was called.
func exitCode(cmd *cobra.Command, err error) int {
	if err == nil {
		return codeFine
	}
	code, hint := codeUsage, "\nRun '"+cmd.CommandPath()+" --help' to see what it takes."
	var known *exit
	var operation *failure
	var argument *commands.ArgumentError
	var path *fs.PathError
	switch {
	case errors.As(err, &operation):
		code, err, hint = operation.code, errors.New(operation.text()), ""
	case errors.Is(err, context.Canceled):
		code, err, hint = codeFailed, errors.New("interrupted"), ""
	case errors.As(err, &known):
		code, hint = known.code, ""
	case errors.As(err, &argument):
		hint = ""
	case errors.As(err, &path):
		code, hint = codeFailed, ""
	}
	if err.Error() != "" {
		fmt.Fprintln(cmd.ErrOrStderr(), folded(cmd.ErrOrStderr(), fmt.Sprintf("%s: %v%s", cmd.Root().Name(), err, hint)))
	}
	return code
}
