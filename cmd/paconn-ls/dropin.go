package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"paconn-ls/commands"
	"paconn-ls/internal/report"
)

// paconnName is the name under which the program behaves as Microsoft's paconn 0.0.21 does.
const paconnName = "paconn"

// startedAs returns the name that the program was started under.
func startedAs(program string) string {
	name := filepath.Base(program)
	if ext := filepath.Ext(name); strings.EqualFold(ext, ".exe") {
		name = strings.TrimSuffix(name, ext)
	}
	return name
}

// The exit codes of paconn.
const (
	paconnFine = iota
	paconnFailed
	paconnUsage
)

// dropin is the program in place of paconn: its verbs and options, its streams, its exit codes.
type dropin struct {
	in       io.Reader
	out, err io.Writer
}

// run does what the arguments say and returns the exit code.
func (d dropin) run(ctx context.Context, args []string) int {
	switch {
	case len(args) == 0:
		return d.help("")
	case args[0] == "--version" || args[0] == "-v":
		_, err := fmt.Fprintf(d.out, "%s, in place of paconn 0.0.21\n", versionLine())
		return d.wrote(err)
	}
	first, extra, rest, err := parse(paconnsGlobals, args, untilVerb)
	switch {
	case err != nil:
		return d.misused("", err)
	case asksHelp(first):
		return d.help("")
	case len(rest) == 0 && len(extra) == 0:
		return d.misused("", &argumentError{"the following arguments are required: command"})
	case len(rest) == 0:
		return d.misused("", unrecognized(extra))
	case !slices.Contains(paconnsVerbs, rest[0]):
		return d.noVerb(rest[0])
	}
	v, _ := verbOf(rest[0])
	known, more, _, err := parse(specsOf(v), rest[1:], untilEnd)
	switch extra = append(extra, more...); {
	case err != nil:
		return d.misused(v.Name, err)
	case asksHelp(known):
		return d.help(v.Name)
	case len(extra) > 0:
		return d.misused("", unrecognized(extra))
	}
	return d.do(ctx, v, append(first, known...))
}

func unrecognized(extra []string) error {
	return &argumentError{"unrecognized arguments: " + strings.Join(extra, " ")}
}

func asksHelp(known []given) bool {
	return slices.ContainsFunc(known, func(g given) bool { return g.spec.long == helpOption })
}

// wrote turns the outcome of writing a result into the exit code.
func (d dropin) wrote(err error) int {
	if err != nil {
		_, _ = fmt.Fprintf(d.err, "ERROR: %v\n", err)
		return paconnFailed
	}
	return paconnFine
}

// misused says what is wrong with the arguments, as argparse does. Verb is "" where none is at fault.
func (d dropin) misused(verb string, err error) int {
	_, _ = fmt.Fprintf(d.err, "%s%s: error: %s\n", usageOf(verb), strings.TrimSpace(paconnName+" "+verb), report.Printable(err.Error()))
	return paconnUsage
}

// noVerb says that there is no such verb, and which are near.
func (d dropin) noVerb(name string) int {
	_, _ = fmt.Fprintf(d.err, "ERROR: paconn: '%s' is not in the 'paconn' command group. See 'paconn --help'.\n", report.Printable(name))
	root := newRoot()
	root.SuggestionsMinimumDistance = 2
	near := slices.DeleteFunc(root.SuggestionsFor(name), func(s string) bool { return !slices.Contains(paconnsVerbs, s) })
	if len(near) > 0 {
		_, _ = fmt.Fprintf(d.err, "\nThe most similar choice to '%s' is:\n\t%s\n", report.Printable(name), strings.Join(near, "\n\t"))
	}
	if own, _, err := root.Find([]string{name}); err == nil && own != root {
		_, _ = fmt.Fprintf(d.err, "The program has it under its own name: paconn-ls %s\n", name)
	}
	return paconnUsage
}

// do runs a verb with the options that are given.
func (d dropin) do(ctx context.Context, v commands.Verb, options []given) int {
	c, err := openConsole(commands.Paconn, paconnName, d.in, d.out, d.err)
	if err != nil {
		return d.wrote(err)
	}
	args := reflect.New(v.Args).Elem()
	for _, g := range options {
		if err := c.set(args, g); err != nil {
			return d.misused(v.Name, err)
		}
	}
	err = c.takeSecret(ctx, args)
	if err == nil {
		err = c.do(ctx, v, args.Interface(), c.show)
	}
	return c.paconnsCode(ctx, v, err)
}

// set takes an option.
func (c *console) set(args reflect.Value, g given) error {
	if g.spec.member == nil {
		return c.setGlobal(g)
	}
	m := member{*g.spec.member, args.FieldByIndex(g.spec.member.path)}
	if m.kind != reflect.Bool {
		return m.Set(g.value)
	}
	if yes, ok := yesOrNo(g.value); g.has && ok && !yes {
		c.note(fmt.Sprintf("%s %s means yes, as it does in paconn; leave the option out for no", g.spec.long, g.value))
	}
	return m.Set("true")
}

func (c *console) setGlobal(g given) error {
	switch g.spec.long {
	case "--verbose":
		c.speakUp(slog.LevelInfo)
	case "--debug":
		c.speakUp(slog.LevelDebug)
	case "--output":
		if !slices.Contains(outputs, strings.ToLower(g.value)) {
			return &argumentError{fmt.Sprintf("argument --output/-o: invalid choice: %s (choose from 'json', 'jsonc', 'table', 'tsv')", pythonQuote(g.value))}
		}
	}
	return nil
}

// paconnsCode says what went wrong with a verb, in paconn's words where there are some, and returns the exit code.
func (c *console) paconnsCode(ctx context.Context, v commands.Verb, err error) int {
	var known *exit
	var operation *failure
	switch {
	case err == nil:
		return paconnFine
	case errors.As(err, &operation):
		c.sayFailure(v, operation)
		return paconnFailed
	case errors.As(err, &known) && known.err == nil:
		return paconnFailed
	case ctx.Err() != nil:
		return paconnFailed // paconn says nothing when it is interrupted
	}
	c.say("ERROR: %s", report.Printable(err.Error()))
	return paconnFailed
}
