// Command paconn-ls checks and deploys Power Platform custom connectors, on the command line and in editors.
package main

import (
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// version is set by the linker in releases.
var version string

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	if strings.EqualFold(startedAs(os.Args[0]), paconnName) {
		return dropin{os.Stdin, os.Stdout, os.Stderr}.run(ctx, os.Args[1:])
	}
	root := newRoot()
	root.SetArgs(joinOptional(root, os.Args[1:]))
	return exitCode(root.ExecuteContextC(ctx))
}
