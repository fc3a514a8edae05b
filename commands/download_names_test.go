package commands_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/commands"
)

// namesOfFiles are names that a settings file gives, and links that lead away.
var namesOfFiles = map[string]struct {
	settings string // given with --settings
	there    string // the settings.json of the folder
	manner   commands.Manner
	before   func(w *world, outside string)
	want     string // the definition's path below the folder
	says     string // the settings.json then
	err      string
}{
	"usual":                    {want: "apiDefinition.swagger.json", says: `"apiDefinition": "apiDefinition.swagger.json"`},
	"given":                    {settings: `{"apiDefinition": "d.json"}`, want: "d.json", says: `"apiDefinition": "d.json"`},
	"given, as paconn":         {settings: `{"apiDefinition": "d.json"}`, manner: commands.Paconn, want: "d.json", says: `"apiDefinition": "d.json"`},
	"of the folder":            {there: `{"apiDefinition": "d.json"}`, want: "d.json", says: `"apiDefinition": "d.json"`},
	"of the folder, as paconn": {there: `{"apiDefinition": "d.json"}`, manner: commands.Paconn, want: "apiDefinition.swagger.json", says: `"apiDefinition": "apiDefinition.swagger.json"`},
	"given over the folder's":  {settings: `{"apiDefinition": "d.json"}`, there: `{"apiDefinition": "e.json"}`, want: "d.json", says: `"apiDefinition": "d.json"`},
	"in a folder":              {settings: `{"apiDefinition": "./src/a/d.json"}`, want: "src/a/d.json", says: `"apiDefinition": "./src/a/d.json"`},
	"with backslashes":         {settings: `{"apiDefinition": "src\\d.json"}`, want: "src/d.json", says: `"apiDefinition": "src\\d.json"`},
	"with blanks and more":     {settings: `{"apiDefinition": "Zoë's d #1%.json"}`, want: "Zoë's d #1%.json", says: `"apiDefinition": "Zoë's d #1%.json"`},
	"null":                     {settings: `{"apiDefinition": null}`, want: "apiDefinition.swagger.json"},

	"above":                  {settings: `{"apiDefinition": "../d.json"}`, err: `apiDefinition ../d.json: it leads out of the folder`},
	"above in the middle":    {settings: `{"apiDefinition": "a/../../d.json"}`, err: `apiDefinition a/../../d.json: it leads out of the folder`},
	"above, backslashes":     {settings: `{"apiDefinition": "..\\d.json"}`, err: `apiDefinition ..\d.json: it leads out of the folder`},
	"absolute":               {settings: `{"apiDefinition": "/etc/passwd"}`, err: `apiDefinition /etc/passwd: an absolute path`},
	"absolute, backslash":    {settings: `{"apiDefinition": "\\\\host\\share\\d.json"}`, err: `apiDefinition \\host\share\d.json: an absolute path`},
	"a drive":                {settings: `{"apiDefinition": "C:\\d.json"}`, err: `apiDefinition C:\d.json: an absolute path`},
	"relative to a drive":    {settings: `{"apiDefinition": "c:d.json"}`, err: `apiDefinition c:d.json: an absolute path`},
	"a stream":               {settings: `{"apiDefinition": "d.json:x"}`, err: `apiDefinition d.json:x: d.json:x holds a character`},
	"a device":               {settings: `{"apiDefinition": "src/CON.json"}`, err: `apiDefinition src/CON.json: CON.json is the name of a device`},
	"a port":                 {settings: `{"icon": "com1"}`, err: `icon com1: com1 is the name of a device`},
	"a port in superscript":  {settings: `{"icon": "LPT².png"}`, err: `icon LPT².png: LPT².png is the name of a device`},
	"a full stop at the end": {settings: `{"icon": "icon.png."}`, err: `icon icon.png.: "icon.png." ends in a full stop`},
	"a blank at the end":     {settings: `{"icon": "icon.png "}`, err: `icon icon.png : "icon.png " ends in a full stop or a blank`},
	"a folder":               {settings: `{"icon": "art/"}`, err: `icon art/: a name is empty`},
	"the folder itself":      {settings: `{"icon": "."}`, err: `icon .: a folder`},
	"a control character":    {settings: `{"icon": "a\u0000b"}`, err: "icon a"},
	"an escape sequence":     {settings: `{"icon": "a\u001b[31m"}`, err: "icon a\uFFFD[31m"},
	"a long name":            {settings: `{"icon": "` + strings.Repeat("x", 300) + `"}`, err: "icon xxx"},
	"two of one name":        {settings: `{"icon": "a.bin", "script": "A.BIN"}`, err: "script A.BIN: icon is the same file"},
	"the settings file":      {settings: `{"icon": "./Settings.json"}`, err: "settings settings.json: icon is the same file"},
	"a folder of that name":  {before: func(w *world, outside string) { w.write("c/apiDefinition.swagger.json/x", "") }, err: "apiDefinition apiDefinition.swagger.json: read "},
	"a file as a folder":     {settings: `{"apiDefinition": "a/d.json"}`, before: func(w *world, outside string) { w.write("c/a", "") }, err: "apiDefinition a/d.json: "},
	"a link": {before: func(w *world, outside string) {
		w.write("c/src/d.json", "{}")
		w.link("src/d.json", "c/apiDefinition.swagger.json")
	}, want: "src/d.json"},
	"a link to a folder": {settings: `{"apiDefinition": "a/d.json"}`, before: func(w *world, outside string) { w.write("c/src/x", ""); w.link("src", "c/a") }, want: "src/d.json"},
	"two links to one file": {before: func(w *world, outside string) {
		w.write("c/x", "")
		w.link("x", "c/icon.png")
		w.link("x", "c/script.csx")
	}, err: "script script.csx: icon is the same file"},
	"a link out": {before: func(w *world, outside string) {
		w.write("c/x", "")
		w.link(filepath.Join(outside, "x.json"), "c/apiDefinition.swagger.json")
	}, err: "apiDefinition apiDefinition.swagger.json: a link leads out of the folder"},
	"a link above": {before: func(w *world, outside string) {
		w.write("c/x", "")
		w.write("d.json", "")
		w.link("../d.json", "c/icon.png")
	}, err: "icon icon.png: a link leads out of the folder"},
	"a link to a folder out": {settings: `{"apiDefinition": "a/d.json"}`, before: func(w *world, outside string) { w.write("c/x", ""); w.link(outside, "c/a") }, err: "apiDefinition a/d.json: a link leads out of the folder"},
	"hidden":                 {settings: `{"script": ".git/config"}`, before: func(w *world, outside string) { w.write("c/.git/config", "theirs") }, err: "script .git/config: .git is hidden"},
	"hidden, backslash":      {settings: `{"script": "a\\.vscode\\tasks.json"}`, err: `script a\.vscode\tasks.json: .vscode is hidden`},
	"hidden, shortened":      {settings: `{"script": "GIT~1/config"}`, err: "script GIT~1/config: GIT~1 is hidden"},
	"a link to what is hidden": {before: func(w *world, outside string) {
		w.write("c/.git/config", "theirs")
		w.link(".git/config", "c/script.csx")
	}, err: "script script.csx: a link leads to .git/config"},
	"a folder linked to it":   {settings: `{"script": "a/config"}`, before: func(w *world, outside string) { w.write("c/.git/x", ""); w.link(".git", "c/a") }, err: "script a/config: a link leads to .git"},
	"a link to nowhere":       {before: func(w *world, outside string) { w.write("c/x", ""); w.link("gone", "c/icon.png") }, err: "icon icon.png: a link leads nowhere"},
	"a link to a folder gone": {settings: `{"apiDefinition": "a/d.json"}`, before: func(w *world, outside string) { w.write("c/x", ""); w.link("gone", "c/a") }, err: "apiDefinition a/d.json: a link leads nowhere"},
	"a link to itself":        {before: func(w *world, outside string) { w.write("c/x", ""); w.link("icon.png", "c/icon.png") }, err: "icon icon.png: a link leads nowhere"},
	"settings that lead out": {before: func(w *world, outside string) {
		w.write("c/x", "")
		w.link(filepath.Join(outside, "x.json"), "c/settings.json")
	}, err: "settings settings.json: a link leads out of the folder"},
	"broken settings":          {there: "{\n  \"a\": 1,\n}", err: "DIR/c/settings.json:2:9: this is not JSON"},
	"broken settings, paconn":  {there: "[]", manner: commands.Paconn, err: "DIR/c/settings.json:1:1: the settings are an array"},
	"settings of another kind": {there: `{"icon": 5}`, err: "DIR/c/settings.json:1:10: icon is a number"},
}

// TestDownloadNames tells what the files are called, and which names are refused: nothing is asked of the service then,
// and nothing changes.
func TestDownloadNames(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "x.json"), []byte("theirs"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, c := range namesOfFiles {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withPets()
			w.Manner = c.manner
			if c.settings != "" {
				w.write("given/settings.json", c.settings)
			}
			if c.there != "" {
				w.write("c/settings.json", c.there)
			}
			if c.before != nil {
				c.before(w, outside)
			}
			before := tree(t, w.Dir)
			_, err := w.download(func(a *commands.DownloadArgs) {
				a.Overwrite = true
				if c.settings != "" {
					a.Settings = "given/settings.json"
				}
				if c.settings != "" && c.manner == commands.Paconn {
					w.write("given/settings.json", strings.Replace(c.settings, "{", `{"connectorId": "`+petsID+`", "environment": "`+petsEnv+`", `, 1))
				}
			})
			if !failsWith(t, err, strings.ReplaceAll(c.err, "DIR", w.Dir)) {
				if diff := cmp.Diff(before, tree(t, w.Dir)); diff != "" || len(w.Service.Calls) > 0 {
					t.Errorf("asked %v; %s", w.Service.Calls, diff)
				}
				return
			}
			if text := w.read("c/" + c.want); !strings.HasPrefix(text, "{\n  \"swagger\"") {
				t.Errorf("%s holds %q", c.want, text)
			}
			if text := w.read("c/settings.json"); !strings.Contains(text, c.says) {
				t.Errorf("settings.json holds %s", text)
			}
			for path, was := range before {
				if strings.HasPrefix(was, "L") && tree(t, w.Dir)[path] != was {
					t.Errorf("the link %s is gone", path)
				}
			}
		})
	}
	if content, _ := os.ReadFile(filepath.Join(outside, "x.json")); string(content) != "theirs" {
		t.Errorf("a file outside holds %q", content)
	}
	if entries, _ := os.ReadDir(outside); len(entries) != 1 {
		t.Errorf("outside are %v", entries)
	}
}
