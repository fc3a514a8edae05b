package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"paconn-ls/commands"
	"paconn-ls/lsp"
)

func newServe() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the language server, for an editor",
		Long:  "Speak the Language Server Protocol over standard input and output. An editor starts this; what the server has to\nreport of itself goes to standard error.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if isTerminal(cmd.OutOrStdout()) {
				fmt.Fprintln(cmd.ErrOrStderr(), "paconn-ls: waiting for an editor on standard input; 'paconn-ls check' is the verb for people")
			}
			err := lsp.Serve(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), lsp.Options{Version: buildVersion(), Env: serverEnv()})
			switch {
			case errors.Is(err, lsp.ErrNoShutdown):
				return &exit{code: codeProblems}
			case err != nil:
				return failed(fmt.Errorf("serve: %w", err))
			}
			return nil
		},
	}
	cmd.Flags().Bool("stdio", true, "speak over standard input and output, which is the only way")
	_ = cmd.Flags().MarkHidden("stdio")
	return cmd
}

// serverEnv makes the worlds of the verbs that an editor asks for. Their log is the server's.
func serverEnv() func(dir string) *commands.Env {
	machine := commands.NewMachine(os.Getenv)
	return func(dir string) *commands.Env {
		env := machine.Env(dir)
		env.Version = buildVersion()
		return env
	}
}
