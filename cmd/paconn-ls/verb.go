package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// verbCall is one call of a verb of the service: what the command line says of it.
type verbCall struct {
	verb           commands.Verb
	args           reflect.Value // of the type verb.Args, set by the flags
	json           bool
	verbose, debug bool
	color          string
	output, query  string // of paconn, which does nothing with them but check them
}

// newVerb makes a command of a verb of the service.
func newVerb(v commands.Verb) *cobra.Command {
	call := &verbCall{verb: v, args: reflect.New(v.Args).Elem()}
	text := verbHelp[v.Name]
	cmd := &cobra.Command{
		Use: v.Name + text.use, DisableFlagsInUseLine: true, Short: v.Short, Long: text.long, Example: text.example,
		Args: call.positional, RunE: call.run, ValidArgsFunction: completePositional(v),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	addFlags(flags, optionsOf(v.Args), call.args)
	flags.BoolVar(&call.json, "json", false, "write the result as JSON to standard output")
	flags.BoolVar(&call.verbose, "verbose", false, "say each step")
	flags.BoolVar(&call.debug, "debug", false, "say each step and each request; no secret is among it")
	flags.StringVar(&call.color, "color", "auto", "colours: "+strings.Join(colorModes, ", "))
	flags.StringVarP(&call.output, "output", "o", "", "")
	flags.StringVar(&call.query, "query", "", "")
	_ = flags.MarkHidden("output")
	_ = flags.MarkHidden("query")
	flags.SetNormalizeFunc(otherSpellings)
	completeFlags(cmd, call)
	return cmd
}

// otherSpellings lets --authority-url stand for paconn's --authority_url.
func otherSpellings(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	if name == "authority-url" {
		name = "authority_url"
	}
	return pflag.NormalizedName(name)
}

// positional takes the one argument without an option that a verb may have.
func (call *verbCall) positional(cmd *cobra.Command, given []string) error {
	field, ok := positional(call.verb.Args)
	switch {
	case len(given) == 0:
		return nil
	case !ok:
		return fmt.Errorf("%s takes options only, what is %q?%s", cmd.Name(), given[0], meantBy(cmd, given[0]))
	case len(given) > 1:
		return fmt.Errorf("%s takes one argument, not %d", cmd.Name(), len(given))
	}
	call.args.FieldByIndex(field.Index).SetString(given[0])
	return nil
}

// fileOptions are the options that take the files of a connector, by how the file's name ends.
var fileOptions = []struct{ ending, option string }{
	{"settings.json", "settings"}, {".swagger.json", "api-def"}, {"apiproperties.json", "api-prop"}, {".csx", "script"},
}

// meantBy offers the option that takes a file of that name.
func meantBy(cmd *cobra.Command, file string) string {
	for _, f := range fileOptions {
		if strings.HasSuffix(strings.ToLower(file), f.ending) && cmd.Flags().Lookup(f.option) != nil {
			return " Give it with --" + f.option + "."
		}
	}
	return ""
}

func (call *verbCall) run(cmd *cobra.Command, _ []string) error {
	if err := call.checkOutput(); err != nil {
		return err
	}
	c, err := newConsole(cmd)
	if err != nil {
		return err
	}
	c.color = call.color
	if call.verbose {
		c.speakUp(slog.LevelInfo)
	}
	if call.debug {
		c.speakUp(slog.LevelDebug)
	}
	if err := c.takeSecret(cmd.Context(), call.args); err != nil {
		return err
	}
	show := c.show
	if call.json {
		show = c.showJSON
	}
	return c.do(cmd.Context(), call.verb, call.args.Interface(), show)
}

// outputs are what paconn's --output takes.
var outputs = []string{"json", "jsonc", "table", "tsv"}

// checkOutput refuses what the options of output do not take. Of paconn's --output, JSON makes a difference here.
func (call *verbCall) checkOutput() error {
	if !slices.Contains(colorModes, call.color) {
		return fmt.Errorf("--color takes %s, not %q", oneOf(colorModes), call.color)
	}
	if call.output != "" && !slices.Contains(outputs, call.output) {
		return fmt.Errorf("--output takes %s, not %q", oneOf(outputs), call.output)
	}
	call.json = call.json || call.output == "json" || call.output == "jsonc"
	return nil
}

// do runs a verb and shows its result, or its problems.
func (c *console) do(ctx context.Context, v commands.Verb, args any, show func(verb string, result any) error) error {
	result, err := runSafely(ctx, v, c.env(), args)
	c.steps.clear()
	if err != nil {
		return c.explained(err)
	}
	return show(v.Name, result)
}

// runSafely runs a verb. A mistake of ours ends as an error: a dump of the program's state could hold a secret.
func runSafely(ctx context.Context, v commands.Verb, env *commands.Env, args any) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			what := "something that must not happen"
			if known, ok := p.(runtime.Error); ok {
				what = known.Error()
			}
			err = fmt.Errorf("%s failed by a mistake of this program, please report it: %s", v.Name, what)
		}
	}()
	return v.Run(ctx, env, args)
}

// showJSON writes a result as scripts read it.
func (c *console) showJSON(verb string, result any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(result); err != nil {
		return failed(fmt.Errorf("write the result of %s: %w", verb, err))
	}
	if err := c.result(report.PrintableJSON(b.String())); err != nil {
		return err
	}
	return outcome(result)
}

// outcome turns results that are no success into exit codes.
func outcome(result any) error {
	switch r := result.(type) {
	case commands.DeployResult:
		if r.NotWritten != "" { // a script would not find the connector again
			return &exit{code: codeFailed}
		}
	case commands.ValidateResult:
		if len(r.Findings) > 0 || r.Refused {
			return &exit{code: codeProblems}
		}
	case commands.StatusResult:
		if len(r.Accounts) == 0 {
			return &exit{code: codeProblems}
		}
	}
	return nil
}
