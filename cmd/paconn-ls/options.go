package main

import (
	"reflect"
	"slices"
	"strings"

	"paconn-ls/commands"
)

// option is a member of a verb's arguments that the command line can set.
type option struct {
	long, short string // without dashes; short may be ""
	help        string
	path        []int // of the field in the struct
	kind        reflect.Kind
	service     bool // it says which service is talked to, and as whom
}

// optionsOf returns the options that the tags of a verb's arguments name, in the order of the fields.
func optionsOf(args reflect.Type) []option {
	var out []option
	for _, f := range reflect.VisibleFields(args) {
		names, ok := f.Tag.Lookup("opt")
		if !ok {
			continue
		}
		o := option{help: f.Tag.Get("help"), path: f.Index, kind: f.Type.Kind()}
		o.long, o.short, _ = strings.Cut(names, ",")
		o.service = len(f.Index) > 1 && args.Field(f.Index[0]).Type == reflect.TypeFor[commands.Where]()
		out = append(out, o)
	}
	return out
}

// positional returns the member of a verb's arguments that is given without an option, if there is one.
func positional(args reflect.Type) (field reflect.StructField, ok bool) {
	for _, f := range reflect.VisibleFields(args) {
		_, named := f.Tag.Lookup("opt")
		if help := f.Tag.Get("help"); !named && help != "" && help != "-" {
			return f, true
		}
	}
	return field, false
}

// valueNames are what stands for the values of options in help texts.
var valueNames = map[string]string{
	"env": "ID", "cid": "ID", "clid": "ID", "tenant": "ID", "dest": "FOLDER", "settings": "FILE", "certificate": "FILE",
	"federated-token-file": "FILE", "api-prop": "FILE", "api-def": "FILE", "icon": "FILE", "script": "FILE", "pau": "URL",
	"authority_url": "URL", "resource": "URL", "pav": "VERSION", "cloud": "NAME", "account": "NAME", "secret": "TEXT",
	"with": "MEANS", "trust-host": "HOST", "keep-member": "NAME",
	"without": "PART",
}

func (o option) valueName() string {
	if name, ok := valueNames[o.long]; ok {
		return name
	}
	return "VALUE"
}

// paconnsSwitches are the switches that take a value in paconn, where any value means yes.
var paconnsSwitches = []string{"force", "overwrite", "overwrite-settings"}

func (o option) takesOptionalValue() bool { return slices.Contains(paconnsSwitches, o.long) }
