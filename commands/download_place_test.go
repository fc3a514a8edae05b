package commands_test

import (
	"crypto/x509"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

// TestDownloadFolder tells where files go to.
func TestDownloadFolder(t *testing.T) {
	for name, c := range map[string]struct {
		before func(w *world)
		dest   string
		id     string
		want   string // the folder, below that of the world
		err    string
	}{
		"after the id":             {id: petsID, want: petsID},
		"after the id, again":      {id: petsID, before: func(w *world) { w.write(petsID+"/notes.txt", "") }, want: petsID},
		"dest":                     {dest: "c", id: petsID, want: "c"},
		"dest with those above":    {dest: "a/b/c", id: petsID, want: "a/b/c"},
		"the working folder":       {dest: ".", id: petsID, want: "."},
		"dest above":               {dest: "x/../y", id: petsID, want: "y"},
		"a file":                   {dest: "c", id: petsID, before: func(w *world) { w.write("c", "") }, err: "c: Couldn't download to the destination directory"},
		"below a file":             {dest: "c/d", id: petsID, before: func(w *world) { w.write("c", "") }, err: "c/d: the folder cannot be used"},
		"a file of the id":         {id: petsID, before: func(w *world) { w.write(petsID, "") }, err: petsID + ": Couldn't download"},
		"a link":                   {dest: "c", id: petsID, before: func(w *world) { w.write("d/x", ""); w.link("d", "c") }, want: "c"},
		"a link that leads away":   {dest: "c", id: petsID, before: func(w *world) { w.link(t.TempDir(), "c") }, want: "c"}, // the user says so
		"a link to nowhere":        {dest: "c", id: petsID, before: func(w *world) { w.link("gone", "c") }, err: "c: a link leads nowhere"},
		"an id that leads away":    {id: petsID, before: func(w *world) { w.link(t.TempDir(), petsID) }, err: petsID + ": a link leads out of the folder"},
		"an id that leads nowhere": {id: petsID, before: func(w *world) { w.link("gone", petsID) }, err: petsID + ": a link leads nowhere"},
		"an id above":              {id: "..", err: "--cid: "},
		"an id with folders":       {id: "../x", err: "--cid: "},
		"an id for Windows":        {id: `..\x`, err: "--cid: "},
		"an absolute id":           {id: "/etc", err: "--cid: "},
		"a drive":                  {id: "C:x", err: "--cid: "},
		"a device":                 {id: "nul", err: "--cid: no folder can be named after the connector: nul is the name of a device"},
		"an id above with a dest":  {dest: "c", id: "../x", err: "--cid: "},
		"an id in a query":         {dest: "c", id: "x?y", err: "--cid: "},
		"a long id":                {id: strings.Repeat("x", 300), err: "--cid: no folder can be named after the connector: a name is longer than 200 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withPets()
			w.Service.Deployed[c.id] = pets(petsProperties)
			if c.before != nil {
				c.before(w)
			}
			before := tree(t, w.Dir)
			got, err := w.download(func(a *commands.DownloadArgs) { a.Dest, a.Connector = c.dest, c.id })
			if !failsWith(t, err, c.err) {
				if diff := cmp.Diff(before, tree(t, w.Dir)); diff != "" || len(w.Service.Calls) > 0 {
					t.Errorf("asked %v; %s", w.Service.Calls, diff)
				}
				return
			}
			if want := filepath.Join(w.Dir, c.want); got.Folder != want {
				t.Errorf("told %s, want %s", got.Folder, want)
			}
			if w.read(c.want+"/settings.json") == "" {
				t.Error("there is no settings.json")
			}
		})
	}
}

// link makes a symbolic link; where the system has none the test is skipped.
func (w *world) link(to, name string) {
	if err := os.Symlink(to, filepath.Join(w.Dir, name)); err != nil {
		if runtime.GOOS == "windows" {
			w.t.Skip(err)
		}
		w.t.Fatal(err)
	}
}

// TestDownloadOver tells what of the files that are there is kept.
func TestDownloadOver(t *testing.T) {
	without := strings.NewReplacer(`"stackOwner":"Zo\u00eb",`, `"publisher":"",`)
	for name, c := range map[string]struct {
		properties   string // of the service; petsProperties when ""
		file, before string
		want         string
		notes        []string
	}{
		"other keys, their order and the style": {
			file:   "settings.json",
			before: "{\r\n\t\"flowUrl\": \"https://flow\",\r\n\t\"script\": \"script.csx\",\r\n\t\"connectorId\": \"old\"\r\n}",
			want: "{\r\n\t\"flowUrl\": \"https://flow\",\r\n\t\"script\": \"script.csx\",\r\n\t\"connectorId\": \"" + petsID + "\",\r\n\t\"environment\": \"" + petsEnv + "\",\r\n" +
				"\t\"apiProperties\": \"apiProperties.json\",\r\n\t\"apiDefinition\": \"apiDefinition.swagger.json\",\r\n\t\"icon\": \"icon.png\",\r\n" +
				"\t\"powerAppsUrl\": \"https://api.powerapps.com\",\r\n\t\"powerAppsApiVersion\": \"2016-11-01\"\r\n}",
			notes: []string{"settings.json was of the connector old, and is of " + petsID + " now"},
		},
		"a key that names nothing any more": {
			properties: strings.Replace(petsProperties, `"`+scriptURL+`"`, `""`, 1),
			file:       "settings.json", before: `{"icon": null, "script": "script.csx"}`,
			want: `{"icon": "icon.png", "connectorId": "` + petsID + `", "environment": "` + petsEnv + `", "apiProperties": "apiProperties.json", "apiDefinition": "apiDefinition.swagger.json", "powerAppsUrl": "https://api.powerapps.com", "powerAppsApiVersion": "2016-11-01"}`,
		},
		"what the service does not take": {
			properties: without.Replace(petsProperties), file: "apiProperties.json",
			before: `{"$schema": "https://x/y.json", "properties": {"stackOwner": "Contoso", "publisher": "Ada", "scriptOperations": ["a"], "iconBrandColor": "#ffffff"}}`,
			want: "{\n  \"$schema\": \"https://x/y.json\",\n  \"properties\": {\n    \"connectionParameters\": {\n      \"api_key\": {\n        \"type\": \"securestring\",\n        \"uiDefinition\": {\n" +
				"          \"tabIndex\": 1.0\n        }\n      }\n    },\n    \"iconBrandColor\": \"#007EE5\",\n    \"capabilities\": [\n      \"actions\"\n    ],\n    \"policyTemplateInstances\": [],\n" +
				"    \"publisher\": \"Ada\",\n    \"stackOwner\": \"Contoso\"\n  }\n}\n",
			notes: []string{"apiProperties.json keeps publisher and stackOwner, which the service does not give back"},
		},
		"nothing of a broken file": {
			properties: `{"apiDefinitions":{"originalSwaggerUrl":"` + swaggerURL + `"},"connectionParameterSets":null}`, file: "apiProperties.json",
			before: `{"properties": {"stackOwner": "Contoso",}}`, want: "{\n  \"properties\": {\n    \"connectionParameterSets\": null\n  }\n}\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withPets()
			if c.properties != "" {
				w.Service.Deployed[petsID] = pets(c.properties)
			}
			w.write("c/"+c.file, c.before)
			if _, err := w.download(overwrite); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, w.read("c/"+c.file)); diff != "" {
				t.Error(diff)
			}
			if !slices.Equal(w.Notes, c.notes) {
				t.Errorf("notes %q", w.Notes)
			}
			if _, err := w.download(nil); err != nil {
				t.Errorf("a second download changes something: %v", err)
			}
		})
	}
}

// TestDownloadModes keeps the modes of files, and does not write those that nobody may write.
func TestDownloadModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	w := newWorld(t).withPets()
	w.stale()
	if _, err := w.download(overwrite); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{"apiProperties.json": 0o600, "icon.png": 0o640, "settings.json": 0o664} {
		if info, err := os.Stat(filepath.Join(w.Dir, "c", name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	w.write("c/script.csx", "mine")
	w.write("c/icon.png", "mine")
	if err := os.Chmod(filepath.Join(w.Dir, "c", "script.csx"), 0o444); err != nil {
		t.Fatal(err)
	}
	before := tree(t, w.Dir)
	_, err := w.download(overwrite)
	failsWith(t, err, "could not write script.csx: permission denied")
	if diff := cmp.Diff(before, tree(t, w.Dir)); diff != "" {
		t.Error(diff)
	}
}

// TestDownloadReadOnly downloads to where nobody may write.
func TestDownloadReadOnly(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("root may write everywhere, and Windows has no such modes")
	}
	for name, dest := range map[string]string{"files": "c", "no folder": "c/d/e"} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withPets()
			w.stale()
			folder := filepath.Join(w.Dir, "c")
			if err := os.Chmod(folder, 0o555); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(folder, 0o755) })
			before := tree(t, w.Dir)
			if _, err := w.downloadInto(dest); !errors.Is(err, os.ErrPermission) {
				t.Errorf("error %v", err)
			}
			if diff := cmp.Diff(before, tree(t, w.Dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestDownloadLarge downloads more than a parser takes at once, and counts the lines that changed.
func TestDownloadLarge(t *testing.T) {
	t.Parallel()
	w := newWorld(t).withPets()
	large := `{"swagger": "2.0", "paths": {` + strings.Repeat(`"/a": {"get": {"operationId": "x"}}, `, 100_000) + `"/z": {}}}`
	w.Service.Files[swaggerURL] = []byte(large)
	w.Service.Files[iconURL] = []byte(png + strings.Repeat("\x00", 4<<20))
	if _, err := w.download(nil); err != nil {
		t.Fatal(err)
	}
	w.Service.Files[swaggerURL] = []byte(strings.Replace(strings.Replace(large, `"x"`, `"y"`, 1), `"/z": {}`, `"/z": {}, "/zz": {}`, 1))
	got, err := w.download(overwrite)
	if err != nil {
		t.Fatal(err)
	}
	want := commands.FileChange{Name: "apiDefinition.swagger.json", Change: "changed", Added: 3, Removed: 2}
	if diff := cmp.Diff(want, got.Files[1]); diff != "" {
		t.Error(diff)
	}
}

// TestDownloadLines counts lines.
func TestDownloadLines(t *testing.T) {
	many := func(n int, format string) string {
		return strings.Repeat(format+"\n", n)
	}
	for name, c := range map[string]struct {
		old, new       string
		added, removed int
	}{
		"one":              {"a\nb\nc\n", "a\nx\nc\n", 1, 1},
		"added":            {"a\nb\n", "a\nx\ny\nb\n", 2, 0},
		"removed":          {"a\nx\nb\n", "a\nb\n", 0, 1},
		"moved":            {"a\nb\nc\n", "b\nc\na\n", 1, 1},
		"end of the file":  {"a\nb", "a\nb\n", 0, 0},
		"line breaks":      {"a\r\nb\r\n", "a\nx\n", 1, 1},
		"all":              {"a\nb\n", "x\ny\nz\n", 3, 2},
		"nothing before":   {"", "a\nb\n", 2, 0},
		"little in common": {many(4000, "a") + "x\n", many(5000, "b") + "x\ny\n", 5001, 4000},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withPets()
			w.Service.Files[scriptURL] = []byte(c.new)
			w.write("c/script.csx", c.old)
			got, err := w.download(overwrite)
			if err != nil {
				t.Fatal(err)
			}
			if f := got.Files[3]; f.Added != c.added || f.Removed != c.removed || f.Name != "script.csx" {
				t.Errorf("got %+v", f)
			}
		})
	}
}

// TestDownloadSandboxAddress leaves the address of a sandbox out of a new settings file.
func TestDownloadSandboxAddress(t *testing.T) {
	w := newWorld(t).withPets()
	w.Clouds = func() (powerapps.Clouds, error) { return powerapps.Clouds{sandboxCloud}, nil }
	w.Accounts.Accounts[0].Cloud = "sandbox"
	if _, err := w.download(nil); err != nil {
		t.Fatal(err)
	}
	if text := w.read("c/settings.json"); strings.Contains(text, "powerApps") {
		t.Errorf("settings.json holds %s", text)
	}
	w.write("c/settings.json", strings.Replace(w.read("c/settings.json"), "{", `{"powerAppsUrl": "https://127.0.0.1:1",`, 1))
	if _, err := w.download(overwrite); err != nil {
		t.Fatal(err)
	}
	if text := w.read("c/settings.json"); !strings.Contains(text, `"powerAppsUrl": "https://127.0.0.1:9"`) {
		t.Errorf("settings.json holds %s", text)
	}
}

// sandboxCloud is the cloud of a sandbox that runs.
var sandboxCloud = powerapps.Cloud{
	Name: "sandbox", Authority: "https://127.0.0.1:9", PowerApps: "https://127.0.0.1:9", PowerAppsVersion: "2016-11-01", Flow: "https://127.0.0.1:9",
	Roots: x509.NewCertPool(),
}
