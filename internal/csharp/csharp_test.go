package csharp_test

import (
	"strings"
	"testing"

	"paconn-ls/internal/csharp"
)

func TestTokens(t *testing.T) {
	for src, want := range map[string]string{
		"a.b = 1; // c":                        "a . b = 1 ;",
		"/* a */ @class #":                     "@class #",
		"#region it's\n  #endregion (\nx":      "x",
		`"a\"b" + @"c""d\" + 'e'`:              `a"b + c"d\ + 'e'`,
		`$"{a["k"]:0.0} {{ {(b ? "}" : "x")}"`: `$"{a["k"]:0.0} {{ {(b ? "}" : "x")}"`,
		"@$\"{a}\n\" $@\"{$\"{b}\"}\"":         "@$\"{a}\n\" $@\"{$\"{b}\"}\"",
		"\"\"\"raw \" text\n{\"\"\" x":         "\"\"\"raw \" text\n{\"\"\" x",
		`$"{global::A.B} {c,-5:yyyy'x'}" '\''`: `$"{global::A.B} {c,-5:yyyy'x'}" '\''`,
		`$"{'}'}" "" é`:                        `$"{'}'}"  é`,
		"\ufeffa\u00a0b":                       "a \u00a0 b",
	} {
		f := csharp.Parse(src)
		var got []string
		for _, token := range f.Tokens {
			got = append(got, token.Text)
		}
		if strings.Join(got, " ") != want || f.Error != nil {
			t.Errorf("%s\ngives %q, %v", src, strings.Join(got, " "), f.Error)
		}
	}
}

func TestErrors(t *testing.T) {
	for src, want := range map[string]string{
		"F(1":                 `( "(" is not closed, expected ")"`,
		"F(1]":                `] expected ")", found "]"`,
		"}":                   `} "}" closes nothing`,
		"a = \"b\n\";":        `" the string is not closed, expected '"'`,
		"a = @\"b\nc":         `@" the string is not closed, expected '"'`,
		`a = $"{b`:            `$" a hole in the string is not closed, expected "}"`,
		"a = \"\"\"b\"\"":     `" the string is not closed, expected '"""'`,
		"/* a":                `/* the comment is not closed, expected "*/"`,
		"a = 'b":              `' the character is not closed, expected "'"`,
		"a = '';":             `'' no character between the quotes`,
		"a = 'bc';":           `'bc' several characters between the quotes, a string stands in "…"`,
		"#if A\nF(\n#endif":   "",
		"#if A\nit's\n#endif": "",
	} {
		got := ""
		if e := csharp.Parse(src).Error; e != nil {
			got = src[e.Span.Start:e.Span.End] + " " + e.Message
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", src, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`$"{a["k"]:0}"`, "\"\"\"a\"\"\"", "@\"a\"\"\"", "'\\", "#if\n(", "$\"{$\"{$\"{", "/*/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		file := csharp.Parse(src)
		last := 0
		for _, token := range file.Tokens {
			if token.Span.Start < last || token.Span.End <= token.Span.Start || token.Span.End > len(src) {
				t.Fatalf("token %+v after offset %d in %d bytes", token, last, len(src))
			}
			last = token.Span.End
		}
		if e := file.Error; e != nil && (e.Span.Start < 0 || e.Span.End <= e.Span.Start || e.Span.End > len(src)) {
			t.Fatalf("error %+v in %d bytes", e, len(src))
		}
	})
}
