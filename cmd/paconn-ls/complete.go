package main

import (
	"context"
	"os"
	"reflect"
	"time"

	"github.com/spf13/cobra"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// patience is how long the completion of a shell waits for the service.
const patience = 3 * time.Second

// fileEndings are the endings of the files that options name.
var fileEndings = map[string][]string{
	"settings": {"json"}, "api-prop": {"json"}, "api-def": {"json"}, "icon": {"png", "svg", "jpg"}, "script": {"csx", "cs"},
	"certificate": {"pem", "pfx", "p12"},
}

// completeFlags tells the completion of shells what the options of a verb take.
func completeFlags(cmd *cobra.Command, call *verbCall) {
	for _, o := range optionsOf(call.verb.Args) {
		switch {
		case o.kind == reflect.Bool || o.long == "federated-token-file":
		case o.long == "dest":
			_ = cmd.MarkFlagDirname(o.long)
		case fileEndings[o.long] != nil:
			_ = cmd.MarkFlagFilename(o.long, fileEndings[o.long]...)
		default:
			_ = cmd.RegisterFlagCompletionFunc(o.long, call.completer(o.long))
		}
	}
	_ = cmd.RegisterFlagCompletionFunc("color", cobra.FixedCompletions(colorModes, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(outputs, cobra.ShellCompDirectiveNoFileComp))
}

// completer returns what offers values for an option: none, where there is nothing to choose from.
func (call *verbCall) completer(long string) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		var out []string
		switch long {
		case "cloud":
			out = cloudNames()
		case "with":
			out = commands.MeansNames()
		case "env":
			out = call.fromService(cmd.Context(), "environments")
		case "cid":
			out = call.fromService(cmd.Context(), "connectors")
		case "keep-member":
			out = []string{"stackOwner"}
		case "without":
			out = []string{"icon", "script"}
		}
		return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

// completePositional offers what the argument without an option may be.
func completePositional(v commands.Verb) cobra.CompletionFunc {
	return func(_ *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
		if _, ok := positional(v.Args); !ok || len(given) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return []string{"environments", "connectors", "clouds"}, cobra.ShellCompDirectiveNoFileComp
	}
}

// mute returns the world of a verb that runs behind a completion: nobody is asked or told anything.
func mute() (*commands.Env, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	return commands.NewEnv(dir, os.Getenv), nil
}

func cloudNames() []string {
	env, err := mute()
	if err != nil {
		return nil
	}
	clouds, err := env.Clouds()
	if err != nil {
		return nil
	}
	var out []string
	for _, c := range clouds {
		out = append(out, c.Name+"\t"+report.Printable(c.Title))
	}
	return out
}

// fromService lists what the service has, with the options that are typed already. Whatever goes wrong, or takes long, is
// an empty list: a shell has no place to say so.
func (call *verbCall) fromService(ctx context.Context, what string) []string {
	env, err := mute()
	if err != nil {
		return nil
	}
	args := commands.ListArgs{What: what}
	if where, ok := memberOf[commands.Where](call.args, "Where"); ok {
		args.Where = where
	}
	args.Environment, _ = memberOf[string](call.args, "Environment")
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	list, _ := verbOf("list")
	result, err := awaited(ctx, func() (any, error) { return runSafely(ctx, list, env, args) })
	found, ok := result.(commands.ListResult)
	if err != nil || !ok {
		return nil
	}
	var out []string
	for _, e := range found.Environments {
		out = append(out, e.Name+"\t"+report.Printable(e.Title))
	}
	for _, c := range found.Connectors {
		out = append(out, c.ID+"\t"+report.Printable(c.Title))
	}
	return out
}

// memberOf returns a member of a verb's arguments.
func memberOf[T any](args reflect.Value, name string) (member T, ok bool) {
	field := args.FieldByName(name)
	if !field.IsValid() {
		return member, false
	}
	member, ok = field.Interface().(T)
	return member, ok
}
