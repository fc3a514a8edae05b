package main

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// member is a member of a verb's arguments as a flag.
type member struct {
	option
	value reflect.Value
}

// String returns nothing: no option has a default that help should show.
func (m member) String() string { return "" }

// Type returns what help shows for the value.
func (m member) Type() string {
	if m.kind == reflect.Bool {
		return "bool"
	}
	return m.valueName()
}

// Set takes a value of the command line.
func (m member) Set(text string) error {
	switch m.kind {
	case reflect.Bool:
		yes, ok := yesOrNo(text)
		if !ok {
			return errors.New("it takes yes or no")
		}
		m.value.SetBool(yes)
	case reflect.Slice:
		m.value.Set(reflect.Append(m.value, reflect.ValueOf(text)))
	default:
		m.value.SetString(text)
	}
	return nil
}

func yesOrNo(text string) (yes, ok bool) {
	switch strings.ToLower(text) {
	case "true", "yes", "y", "on", "1":
		return true, true
	case "false", "no", "n", "off", "0":
		return false, true
	}
	return false, false
}

// addFlags makes flags of options, which set the members of args.
func addFlags(flags *pflag.FlagSet, options []option, args reflect.Value) {
	for _, o := range options {
		f := flags.VarPF(member{o, args.FieldByIndex(o.path)}, o.long, o.short, o.help)
		if o.kind == reflect.Bool {
			f.NoOptDefVal = "true"
		}
	}
}

// joinOptional returns arguments in which the value that may follow a switch of paconn's is joined to it, as in
// "--force yes": the flags of cobra take such a value only behind "=".
func joinOptional(root *cobra.Command, args []string) []string {
	cmd, _, err := root.Find(args)
	if err != nil {
		return args
	}
	out := make([]string, 0, len(args))
	for i := 0; i < len(args); i++ {
		if args[i] == "--" {
			return append(out, args[i:]...)
		}
		out = append(out, args[i])
		if i+1 == len(args) || !isSwitch(cmd.Flags(), args[i]) {
			continue
		}
		if _, ok := yesOrNo(args[i+1]); ok {
			i++
			out[len(out)-1] += "=" + args[i]
		}
	}
	return out
}

// isSwitch reports whether an argument is a switch that paconn takes a value for, without one.
func isSwitch(flags *pflag.FlagSet, arg string) bool {
	return slices.ContainsFunc(paconnsSwitches, func(name string) bool {
		f := flags.Lookup(name)
		return f != nil && (arg == "--"+f.Name || arg == "-"+f.Shorthand)
	})
}
