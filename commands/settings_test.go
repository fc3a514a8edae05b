package commands_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"paconn-ls/commands"
)

func TestSettings(t *testing.T) {
	w := newWorld(t)
	sub := func(name string) string { return filepath.Join(w.Dir, "sub", name) }
	for _, tt := range []struct {
		name, text string
		manner     commands.Manner
		want       commands.Settings
		fails      string
	}{
		{name: "all keys", text: `{"connectorId": "a", "environment": "b", "apiProperties": "c", "apiDefinition": "d", "icon": "e", "script": "f",
			"powerAppsUrl": "g", "powerAppsApiVersion": "h", "flowUrl": "i", "flowApiVersion": "j", "clientId": "k", "tenant": "l", "authorityUrl": "m", "resource": "n"}`,
			want: commands.Settings{
				ConnectorID: "a", Environment: "b", PowerAppsURL: "g", PowerAppsVersion: "h", FlowURL: "i", FlowVersion: "j",
				Client: "k", Tenant: "l", Authority: "m", Resource: "n",
				Parts:   commands.Parts{Properties: sub("c"), Definition: sub("d"), Icon: sub("e"), Script: sub("f")},
				Written: commands.Parts{Properties: "c", Definition: "d", Icon: "e", Script: "f"},
			}},
		{name: "none", text: `{}`},
		{name: "null and unknown keys", text: `{"icon": null, "other": 1, "Environment": "x"}`},
		{name: "byte order mark", text: "\uFEFF{\"environment\": \"ü\"}\r\n", want: commands.Settings{Environment: "ü"}},
		{name: "the last of two", text: `{"environment": "a", "environment": "b"}`, want: commands.Settings{Environment: "b"}},
		{name: "paths of Windows and above", text: `{"icon": "art\\logo.png", "script": "../x.csx"}`, want: commands.Settings{
			Parts:   commands.Parts{Icon: filepath.Join(w.Dir, "sub", "art", "logo.png"), Script: filepath.Join(w.Dir, "x.csx")},
			Written: commands.Parts{Icon: `art\logo.png`, Script: "../x.csx"}}},
		{name: "paths in the manner of paconn", manner: commands.Paconn, text: `{"icon": "art/logo.png"}`, want: commands.Settings{
			Parts: commands.Parts{Icon: filepath.Join(w.Dir, "art", "logo.png")}, Written: commands.Parts{Icon: "art/logo.png"}}},
		{name: "a wrong kind", text: "{\n  \"environment\": 3\n}", fails: "sub/settings.json:2:18: environment is a number, but has to be a string"},
		{name: "an object for a path", text: `{"icon": {"path": "x"}}`, fails: "sub/settings.json:1:10: icon is an object, but has to be a string"},
		{name: "no object", text: `["x"]`, fails: `sub/settings.json:1:1: the settings are an array, but have to be an object`},
		{name: "a comma at the end", text: "{\r\n\t\"environment\": \"x\",\r\n}", fails: "sub/settings.json:2:20: this is not JSON: "},
		{name: "cut short", text: `{"environment": "x`, fails: "sub/settings.json:1:"},
		{name: "empty", text: ``, fails: "sub/settings.json:1:1: this is not JSON: "},
		{name: "a comment", text: "// mine\n{}", fails: "sub/settings.json:1:1: this is not JSON: "},
		{name: "another encoding", text: "{\"environment\": \"\xfc\"}", fails: "sub/settings.json:1:18: this is not JSON: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w.Manner = tt.manner
			path := w.write("sub/settings.json", tt.text)
			got, err := commands.ReadSettings(w.Env, "sub/settings.json")
			var argument *commands.ArgumentError
			if err != nil && !errors.As(err, &argument) {
				t.Errorf("%T, want an *ArgumentError", err)
			}
			if !failsWith(t, err, tt.fails) {
				return
			}
			tt.want.Name, tt.want.Path = "sub/settings.json", path
			if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreFields(commands.Settings{}, "File")); diff != "" {
				t.Error(diff)
			}
			if got.File == nil || got.File.Content.String() != tt.text {
				t.Error("the file is not as it was read")
			}
		})
	}
}

// An option's path counts from the working folder, one of the settings file from the file's.
func TestPathsOfOptions(t *testing.T) {
	w := newWorld(t)
	w.write("sub/settings.json", `{"icon": "logo.png"}`)
	s, err := commands.ReadSettings(w.Env, "sub/settings.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ icon, want, note string }{
		{"", "sub/logo.png", ""},
		{"sub/logo.png", "sub/logo.png", ""},
		{"logo.png", "logo.png", "--icon logo.png goes over the icon of sub/settings.json, " + s.Icon},
	} {
		w.Notes = nil
		got := commands.IconOf(w.Env, s, tt.icon)
		if want := filepath.Join(w.Dir, filepath.FromSlash(tt.want)); got != want || strings.Join(w.Notes, "; ") != tt.note {
			t.Errorf("--icon %q: %s, want %s, notes %q", tt.icon, got, want, w.Notes)
		}
	}
}

func TestSettingsThatCannotBeRead(t *testing.T) {
	w := newWorld(t)
	w.write("unsaved.json", `{}`)
	w.Unsaved = func(path string) bool { return filepath.Base(path) == "unsaved.json" }
	for name, want := range map[string]string{
		"gone.json":    "gone.json: there is no such file; give the path of a settings.json, or leave --settings out",
		".":            ".: this is a folder",
		"unsaved.json": "unsaved.json: it has changes in the editor that are not saved; save it first",
	} {
		_, err := commands.List(context.Background(), w.Env, commands.ListArgs{What: "environments", Where: commands.Where{Settings: name}})
		failsWith(t, err, want)
	}
}

// A settings.json that nobody names is not used, but mentioned to who has to say more.
func TestSettingsAreNotUsedByThemselves(t *testing.T) {
	w := newWorld(t)
	w.write("settings.json", `{"environment": "PROD", "powerAppsUrl": "https://evil.example"}`)
	_, err := commands.List(context.Background(), w.Env, commands.ListArgs{What: "connectors"})
	failsWith(t, err, "no environment is given, and there is nobody to ask: give --env (paconn-ls list environments shows them; --settings settings.json uses the one in this folder)")
	if w.Cloud.PowerApps != "https://api.powerapps.com" {
		t.Errorf("connected to %s", w.Cloud.PowerApps)
	}
}

func TestNewSettings(t *testing.T) {
	for _, tt := range []struct {
		name string
		s    commands.Settings
		want string
	}{
		{"everything", commands.Settings{ConnectorID: "shared_x", Environment: "ü \"e\"", PowerAppsURL: "https://p", PowerAppsVersion: "v",
			Written: commands.Parts{Properties: "p.json", Definition: "d.json", Icon: "i.png", Script: "s.csx"}}, `{
  "connectorId": "shared_x",
  "environment": "ü \"e\"",
  "apiProperties": "p.json",
  "apiDefinition": "d.json",
  "icon": "i.png",
  "powerAppsUrl": "https://p",
  "powerAppsApiVersion": "v",
  "script": "s.csx"
}
`},
		{"the least", commands.Settings{ConnectorID: "shared_x", Environment: "e", Written: commands.Parts{Properties: "p.json", Definition: "d.json"}}, `{
  "connectorId": "shared_x",
  "environment": "e",
  "apiProperties": "p.json",
  "apiDefinition": "d.json",
  "icon": null
}
`},
	} {
		if diff := cmp.Diff(tt.want, commands.NewSettings(tt.s)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestSettingsKeepWhatIsNotSet(t *testing.T) {
	id := commands.Setting{Key: "connectorId", Value: `shared_"x"`}
	for _, tt := range []struct{ name, text, want, fails string }{
		{name: "a key that is there", text: "{\n  \"connectorId\": \"old\",\n  \"mine\": [1.50, \"\\u00fc\"]\n}\n", want: "{\n  \"connectorId\": \"shared_\\\"x\\\"\",\n  \"mine\": [1.50, \"\\u00fc\"]\n}\n"},
		{name: "null", text: `{"icon": null, "connectorId": null}`, want: `{"icon": null, "connectorId": "shared_\"x\""}`},
		{name: "tabs and CRLF", text: "{\r\n\t\"environment\": \"e\"\r\n}\r\n", want: "{\r\n\t\"environment\": \"e\",\r\n\t\"connectorId\": \"shared_\\\"x\\\"\"\r\n}\r\n"},
		{name: "a byte order mark, one line", text: "\uFEFF{\"environment\":\"e\"}", want: "\uFEFF{\"environment\":\"e\",\"connectorId\":\"shared_\\\"x\\\"\"}"},
		{name: "nothing in it", text: "{}", want: "{\n  \"connectorId\": \"shared_\\\"x\\\"\"\n}"},
		{name: "the same", text: `{"connectorId" :"shared_\"x\""}`, want: `{"connectorId" :"shared_\"x\""}`},
		{name: "no JSON", text: `{"environment": }`, fails: "settings.json:1:16: this is not JSON: "},
		{name: "no object", text: `[]`, fails: "settings.json:1:1: the settings are an array"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.write("settings.json", tt.text)
			if !failsWith(t, commands.SetSettings(w.Env, "settings.json", id), tt.fails) {
				tt.want = tt.text
			}
			if got := w.read("settings.json"); got != tt.want {
				t.Errorf("wrote %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSettingsThatCannotBeWritten(t *testing.T) {
	w := newWorld(t)
	path := w.write("settings.json", `{}`)
	set := func() error {
		return commands.SetSettings(w.Env, "settings.json", commands.Setting{Key: "connectorId", Value: "x"})
	}
	w.Unsaved = func(string) bool { return true }
	failsWith(t, set(), "settings.json: it has changes in the editor that are not saved")
	w.Unsaved = nil
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	if err := set(); !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), "settings.json") {
		t.Errorf("error %v, want one of permission that names the file", err)
	}
	if got := w.read("settings.json"); got != `{}` {
		t.Errorf("it says %s now", got)
	}
	if entries, _ := os.ReadDir(w.Dir); len(entries) != 1 {
		t.Errorf("there is more than the file: %v", entries)
	}
}
