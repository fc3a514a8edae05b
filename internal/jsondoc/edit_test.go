package jsondoc_test

import (
	"encoding/json"
	"strings"
	"testing"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

const sample = "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": [\n      1,\n      2\n    ],\n    \"d\": {}\n  },\n  \"e\": [],\n  \"f\": {\"g\": 1, \"h\": [1, 2]}\n}\n"

func edited(t *testing.T, src string, edits []source.Edit) string {
	t.Helper()
	out, err := source.Apply(src, edits)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

type builder func(root jsondoc.Value) []source.Edit

func at(pointer string, f func(jsondoc.Value) []source.Edit) builder {
	return func(root jsondoc.Value) []source.Edit { return f(root.Resolve(pointer)) }
}

func insert(key, text string) func(jsondoc.Value) []source.Edit {
	return func(v jsondoc.Value) []source.Edit { return v.Insert(key, text) }
}

func appendTo(text string) func(jsondoc.Value) []source.Edit {
	return func(v jsondoc.Value) []source.Edit { return v.Append(text) }
}

func replace(text string) func(jsondoc.Value) []source.Edit {
	return func(v jsondoc.Value) []source.Edit { return v.Replace(text) }
}

func rename(key string) func(jsondoc.Value) []source.Edit {
	return func(v jsondoc.Value) []source.Edit { return v.Rename(key) }
}

// edits are edits of the sample, with the lines that they take away and put in their place.
var edits = []struct {
	name     string
	build    builder
	old, new string // of the sample's text
	compact  string // what the minified sample becomes
}{
	{"insert at the root", at("", insert("z", "true")), "[1, 2]}\n}", "[1, 2]},\n  \"z\": true\n}",
		`{"a":1,"b":{"c":[1,2],"d":{}},"e":[],"f":{"g":1,"h":[1,2]},"z":true}`},
	{"insert below", at("/b", insert("z", "true")), "\"d\": {}\n", "\"d\": {},\n    \"z\": true\n",
		`{"a":1,"b":{"c":[1,2],"d":{},"z":true},"e":[],"f":{"g":1,"h":[1,2]}}`},
	{"insert into an empty object", at("/b/d", insert("z", "true")), "\"d\": {}", "\"d\": {\n      \"z\": true\n    }",
		`{"a":1,"b":{"c":[1,2],"d":{"z":true}},"e":[],"f":{"g":1,"h":[1,2]}}`},
	{"insert into one line", at("/f", insert("z", "true")), "[1, 2]}", "[1, 2], \"z\": true}",
		`{"a":1,"b":{"c":[1,2],"d":{}},"e":[],"f":{"g":1,"h":[1,2],"z":true}}`},
	{"insert several lines", at("/b", insert("z", "{\n\t\"y\":[]\n}")), "\"d\": {}\n", "\"d\": {},\n    \"z\": {\n      \"y\":[]\n    }\n",
		`{"a":1,"b":{"c":[1,2],"d":{},"z":{"y":[]}},"e":[],"f":{"g":1,"h":[1,2]}}`},
	{"append to an array", at("/b/c", appendTo("3")), "      2\n", "      2,\n      3\n",
		`{"a":1,"b":{"c":[1,2,3],"d":{}},"e":[],"f":{"g":1,"h":[1,2]}}`},
	{"append to an empty array", at("/e", appendTo("3")), "\"e\": []", "\"e\": [\n    3\n  ]",
		`{"a":1,"b":{"c":[1,2],"d":{}},"e":[3],"f":{"g":1,"h":[1,2]}}`},
	{"append in one line", at("/f/h", appendTo("3")), "[1, 2]}", "[1, 2, 3]}",
		`{"a":1,"b":{"c":[1,2],"d":{}},"e":[],"f":{"g":1,"h":[1,2,3]}}`},
	{"rename", at("/b/d", rename(`q"`)), "\"d\": {}", `"q\"": {}`,
		`{"a":1,"b":{"c":[1,2],"q\"":{}},"e":[],"f":{"g":1,"h":[1,2]}}`},
	{"replace a member", at("/b/d", replace("null")), "\"d\": {}", "\"d\": null",
		`{"a":1,"b":{"c":[1,2],"d":null},"e":[],"f":{"g":1,"h":[1,2]}}`},
	{"replace an element", at("/b/c/1", replace("null")), "      2\n", "      null\n",
		`{"a":1,"b":{"c":[1,null],"d":{}},"e":[],"f":{"g":1,"h":[1,2]}}`},
	{"remove the first member", at("/a", jsondoc.Value.Remove), "  \"a\": 1,\n", "",
		`{"b":{"c":[1,2],"d":{}},"e":[],"f":{"g":1,"h":[1,2]}}`},
	{"remove the last member", at("/b/d", jsondoc.Value.Remove), ",\n    \"d\": {}\n", "\n",
		`{"a":1,"b":{"c":[1,2]},"e":[],"f":{"g":1,"h":[1,2]}}`},
	{"remove the only member", at("/b", func(v jsondoc.Value) []source.Edit { return append(v.Get("c").At(0).Remove(), v.Get("d").Remove()...) }),
		"      1,\n      2\n    ],\n    \"d\": {}\n", "      2\n    ]\n",
		`{"a":1,"b":{"c":[2]},"e":[],"f":{"g":1,"h":[1,2]}}`},
	{"remove the first element", at("/b/c/0", jsondoc.Value.Remove), "      1,\n", "",
		`{"a":1,"b":{"c":[2],"d":{}},"e":[],"f":{"g":1,"h":[1,2]}}`},
	{"remove the last element", at("/b/c/1", jsondoc.Value.Remove), "      1,\n      2\n", "      1\n",
		`{"a":1,"b":{"c":[1],"d":{}},"e":[],"f":{"g":1,"h":[1,2]}}`},
	{"remove in one line", at("/f/g", jsondoc.Value.Remove), "{\"g\": 1, \"h\"", "{\"h\"",
		`{"a":1,"b":{"c":[1,2],"d":{}},"e":[],"f":{"h":[1,2]}}`},
	{"remove the last in one line", at("/f/h", jsondoc.Value.Remove), ", \"h\": [1, 2]}", "}",
		`{"a":1,"b":{"c":[1,2],"d":{}},"e":[],"f":{"g":1}}`},
}

func TestEdits(t *testing.T) {
	minified := strings.NewReplacer("\n", "", " ", "").Replace(sample)
	for _, e := range edits {
		if strings.Count(sample, e.old) != 1 {
			t.Fatalf("%s: %q is not once in the sample", e.name, e.old)
		}
		want := strings.Replace(sample, e.old, e.new, 1)
		for style, restyle := range map[string]func(string) string{
			"lf":   func(s string) string { return s },
			"crlf": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
			"bom":  func(s string) string { return source.BOM + s },
			"tabs": func(s string) string {
				return strings.NewReplacer("\n      ", "\n\t\t\t", "\n    ", "\n\t\t", "\n  ", "\n\t").Replace(s)
			},
			"four": func(s string) string {
				return strings.NewReplacer("\n      ", "\n            ", "\n    ", "\n        ", "\n  ", "\n    ").Replace(s)
			},
			"deep": func(s string) string { return strings.ReplaceAll(s, "\n", "\n        ") },
		} {
			src := restyle(sample)
			if got := edited(t, src, e.build(jsondoc.Parse(src).Root())); got != restyle(want) {
				t.Errorf("%s, %s: got\n%q\nwant\n%q", e.name, style, got, restyle(want))
			}
		}
		if got := edited(t, minified, e.build(jsondoc.Parse(minified).Root())); got != e.compact {
			t.Errorf("%s, minified: got\n%s\nwant\n%s", e.name, got, e.compact)
		}
		if !json.Valid([]byte(want)) || !json.Valid([]byte(e.compact)) {
			t.Errorf("%s: the expected text is not JSON", e.name)
		}
	}
}

// TestEditsOfBrokenText edits texts with mistakes: the edit adds none.
func TestEditsOfBrokenText(t *testing.T) {
	for _, c := range []struct {
		name, src string
		build     builder
		want      string
	}{
		{"insert before a trailing comma", `{"a": 1,}`, at("", insert("b", "2")), `{"a": 1, "b": 2,}`},
		{"insert into an open object", `{"a": {`, at("/a", insert("b", "2")), `{"a": {"b": 2`},
		{"insert behind a comment", "{ /* x */ }", at("", insert("b", "2")), `{"b": 2 /* x */ }`},
		{"remove the only one before a trailing comma", "{\n  \"a\": 1,\n}", at("/a", jsondoc.Value.Remove), "{}"},
		{"remove the last before a trailing comma", `{"a": 1, "b": 2,}`, at("/b", jsondoc.Value.Remove), `{"a": 1,}`},
		{"remove where a comma is missing", `{"a": 1 "b": 2}`, at("/a", jsondoc.Value.Remove), `{"b": 2}`},
		{"remove the only one beside a comment", `[ /* x */ 1 ]`, at("/0", jsondoc.Value.Remove), `[ /* x */  ]`},
		{"remove where the object lacks its start", `{"a": "b": 1}}`, at("/a/b", jsondoc.Value.Remove), `{"a": }}`},
		{"replace a missing value", `{"a":, "b": 2}`, at("/a", replace("1")), `{"a": 1, "b": 2}`},
		{"rename a key without quotes", `{a: 1}`, at("/a", rename("b")), `{"b": 1}`},
		{"nothing to rename", `[1]`, at("/0", rename("b")), `[1]`},
		{"nothing to insert into", `[1]`, at("", insert("b", "1")), `[1]`},
		{"nothing to append to", `{}`, at("", appendTo("1")), `{}`},
		{"nothing there", `{}`, at("/x", replace("1")), `{}`},
		{"the root stays", `{}`, at("", jsondoc.Value.Remove), `{}`},
	} {
		got := edited(t, c.src, c.build(jsondoc.Parse(c.src).Root()))
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if before, after := len(jsondoc.Parse(c.src).Errors()), len(jsondoc.Parse(got).Errors()); after > before {
			t.Errorf("%s: %d errors became %d in %q", c.name, before, after, got)
		}
	}
}

func TestStyle(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      jsondoc.Style
	}{
		{"nothing", "", jsondoc.Style{Indent: "  ", Newline: "\n", Colon: ": ", Comma: ", "}},
		{"two blanks", "{\n  \"a\": 1\n}", jsondoc.Style{Indent: "  ", Newline: "\n", Colon: ": ", Comma: ", "}},
		{"only deeper values start lines", "{\"a\": {\n    \"b\": 1}}", jsondoc.Style{Indent: "    ", Newline: "\n", Colon: ": ", Comma: ", "}},
		{"tabs and CRLF", "{\r\n\t\"a\":1\r\n}", jsondoc.Style{Indent: "\t", Newline: "\r\n", Colon: ":", Comma: ", "}},
		{"everything indented", "  {\n     \"a\": 1\n  }", jsondoc.Style{Indent: "   ", Newline: "\n", Colon: ": ", Comma: ", "}},
		{"minified", `{"a":1}`, jsondoc.Style{Indent: "  ", Newline: "\n", Colon: ":", Comma: ",", OneLine: true}},
		{"one line", `{"a": 1}`, jsondoc.Style{Indent: "  ", Newline: "\n", Colon: ": ", Comma: ", ", OneLine: true}},
	} {
		if got := jsondoc.Parse(c.src).Style(); got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}
