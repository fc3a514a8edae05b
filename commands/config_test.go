package commands_test

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
)

func TestParseConfig(t *testing.T) {
	type rules = map[string]diagnostics.Severity
	for _, tt := range []struct {
		name, text string
		want       commands.Config
		problems   []string // texts that the spans underline, in order
	}{
		{"nothing said", `{}`, commands.Config{}, nil},
		{"empty file", ``, commands.Config{}, []string{""}},
		{"both", `{"$schema": "x", "profile": "certified", "rules": {"no-effect": "off", "key-case": "info"}}`,
			commands.Config{Profile: diagnostics.Certified, Rules: rules{"no-effect": diagnostics.Off, "key-case": diagnostics.Information}}, nil},
		{"null leaves open", `{"profile": null, "rules": null}`, commands.Config{}, nil},
		{"unknown profile", `{"profile": "gold", "rules": {"no-effect": "error"}}`,
			commands.Config{Rules: rules{"no-effect": diagnostics.Error}}, []string{`"gold"`}},
		{"unknown rule", `{"rules": {"no-such-rule": "off"}}`, commands.Config{}, []string{`"no-such-rule"`}},
		{"unknown severity", `{"rules": {"no-effect": "fatal", "key-case": 3}}`, commands.Config{}, []string{`"fatal"`, `3`}},
		{"in the order of the text", `{"rules": {"x": "off"}, "y": 1, "profile": "z"}`, commands.Config{}, []string{`"x"`, `"y"`, `"z"`}},
		{"unknown key", `{"rule": {}}`, commands.Config{}, []string{`"rule"`}},
		{"wrong kinds", `{"profile": 1, "rules": []}`, commands.Config{}, []string{`1`, `"rules"`}},
		{"not an object", `[1]`, commands.Config{}, []string{`[`}},
		{"half typed", `{"profile": "certified", "rules": {"no-effect": `,
			commands.Config{Profile: diagnostics.Certified}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, problems := commands.ParseConfig(tt.text)
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("config %+v, want %+v", got, tt.want)
			}
			var under []string
			for _, p := range problems {
				if !p.Syntax || tt.text == "" {
					under = append(under, tt.text[p.Span.Start:p.Span.End])
				}
			}
			if !reflect.DeepEqual(under, tt.problems) {
				t.Errorf("problems at %q, want %q (%+v)", under, tt.problems, problems)
			}
		})
	}
}

func TestParseConfigNamesRules(t *testing.T) {
	for name, want := range map[string]string{
		"JsonValueNotInEnum": `, here it is "invalid-value"`, "unknown-kee": `, did you mean "unknown-key"?`, "entirely-different": `"`,
	} {
		_, problems := commands.ParseConfig(`{"rules": {"` + name + `": "off"}}`)
		if len(problems) != 1 || !strings.HasSuffix(problems[0].Message, want) {
			t.Errorf("problems %+v, want one that ends in %s", problems, want)
		}
	}
}

func TestConfigOptions(t *testing.T) {
	editor := diagnostics.Options{Profile: diagnostics.Independent,
		Rules: map[string]diagnostics.Severity{"no-effect": diagnostics.Off, "key-case": diagnostics.Hint}}
	file, _ := commands.ParseConfig(`{"profile": "certified", "rules": {"key-case": "error"}}`)
	got := file.Options(editor)
	want := diagnostics.Options{Profile: diagnostics.Certified,
		Rules: map[string]diagnostics.Severity{"no-effect": diagnostics.Off, "key-case": diagnostics.Error}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if editor.Rules["key-case"] != diagnostics.Hint {
		t.Error("the options below were changed")
	}
}

type memory map[string]string

func (m memory) List(string) []string { return nil }

func (m memory) Read(path string, role connector.Role) *connector.File {
	content, ok := m[path]
	if !ok {
		return nil
	}
	return connector.NewFile(path, role, content)
}

func TestFindConfig(t *testing.T) {
	root := t.TempDir()
	at := func(parts ...string) string { return filepath.Join(append([]string{root}, parts...)...) }
	files := memory{at("paconn-ls.json"): "outer", at("a", "paconn-ls.json"): "inner"}
	for dir, want := range map[string]string{at("a", "b", "c"): "inner", at("a"): "inner", at("b"): "outer"} {
		if f := commands.FindConfig(dir, files); f == nil || f.Content.String() != want {
			t.Errorf("%s: %v, want %s", dir, f, want)
		}
	}
	if f := commands.FindConfig(at("a"), memory{}); f != nil {
		t.Errorf("found %s where there is none", f.Path)
	}
}
