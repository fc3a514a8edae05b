package main

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"paconn-ls/commands"
)

// nvimVerbs returns the table of the verbs that the plugin of Neovim completes from. What is secret is not in it: what is
// typed there stays in the history.
func nvimVerbs() string {
	var b strings.Builder
	b.WriteString("-- The verbs of the service and their arguments. Written by go generate ./...\nreturn {\n")
	for _, v := range commands.Verbs {
		fmt.Fprintf(&b, "  {\n    name = %s,\n    short = %s,\n    members = {\n", luaText(v.Name), luaText(v.Short))
		for _, f := range reflect.VisibleFields(v.Args) {
			b.WriteString(nvimMember(f))
		}
		b.WriteString("    },\n  },\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// nvimMember returns the entry of an argument, "" for what is none.
func nvimMember(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	help := f.Tag.Get("help")
	if f.Anonymous || name == "" || name == "secret" || help == "" || help == "-" {
		return ""
	}
	entry := fmt.Sprintf("      { name = %s, type = %s, help = %s", luaText(name), luaText(luaType(f.Type)), luaText(help))
	if values := nvimValues(name); values != nil {
		entry += ", values = { " + strings.Join(values, ", ") + " }"
	}
	return entry + " },\n"
}

// nvimValues returns the only values that an argument can have, nil where there are others.
func nvimValues(name string) []string {
	var values []string
	switch name {
	case "means":
		values = commands.MeansNames()
	case "what":
		values = []string{"environments", "connectors", "clouds"}
	case "without":
		values = []string{"icon", "script"}
	}
	for i, v := range values {
		values[i] = luaText(v)
	}
	return values
}

func luaType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.Slice:
		return "list"
	}
	return "string"
}

func luaText(s string) string { return strconv.Quote(s) }
