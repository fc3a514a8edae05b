package commands_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

const (
	petsID  = "shared_pets-5f0123456789abcdef"
	petsEnv = "22222222-2222-2222-2222-222222222222"

	png    = "\x89PNG\r\n\x1a\n\x00\x00picture"
	script = "public class Script : ScriptBase {\r\n}\r\n"
)

// petsProperties is what the service says of a connector: its own order, and members that are none of the file's.
const petsProperties = `{
	"displayName":"Pets","iconUri":"https://files.example/icon?sig=secret-icon","isCustomApi":true,
	"apiDefinitions":{"originalSwaggerUrl":"https://files.example/swagger?sig=secret-swagger","modifiedSwaggerUrl":"https://files.example/other"},
	"scriptDefinitionUrl":"https://files.example/script?sig=secret-script",
	"stackOwner":"Zo\u00eb","iconBrandColor":"#007EE5","policyTemplateInstances":[],
	"connectionParameters":{"api_key":{"type":"securestring","uiDefinition":{"tabIndex":1.0}}},"capabilities":["actions"],
	"runtimeUrls":["https://x"],"createdBy":{"displayName":"Ada"}}`

const petsDefinition = "\ufeff" + `{"swagger":"2.0","info":{"title":"Tiere \u00fc\u2028","version":"1.0"},"paths":{"\/pets":{"get":{"operationId":"b","x":1e3},"delete":{"operationId":"a"}}}}`

// withPets gives the service a connector with all that one can have.
func (w *world) withPets() *world {
	w.Service.Deployed = map[string]powerapps.Connector{petsID: pets(petsProperties)}
	w.Service.Files = map[string][]byte{
		"https://files.example/icon?sig=secret-icon":       []byte(png),
		"https://files.example/swagger?sig=secret-swagger": []byte(petsDefinition),
		"https://files.example/script?sig=secret-script":   []byte(script),
	}
	return w
}

// pets is an answer of the service with these properties.
func pets(properties string) powerapps.Connector {
	return powerapps.Connector{ID: petsID, Raw: json.RawMessage(`{"name":"` + petsID + `","properties":` + properties + `}`)}
}

// download downloads the connector into the folder "c" but for what change says.
func (w *world) download(change func(*commands.DownloadArgs)) (commands.DownloadResult, error) {
	w.t.Helper()
	return w.downloadIn(context.Background(), change)
}

// downloadInto downloads the connector over whatever a folder holds.
func (w *world) downloadInto(dest string) (commands.DownloadResult, error) {
	w.t.Helper()
	return w.download(func(a *commands.DownloadArgs) { a.Dest, a.Overwrite = dest, true })
}

func (w *world) downloadIn(ctx context.Context, change func(*commands.DownloadArgs)) (commands.DownloadResult, error) {
	w.t.Helper()
	args := commands.DownloadArgs{Environment: petsEnv, Connector: petsID, Dest: "c"}
	if change != nil {
		change(&args)
	}
	return commands.Download(ctx, w.Env, args)
}

// tree tells what a folder holds, by paths below it: the mode of each file and folder, what each link leads to, and the contents.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		text := info.Mode().String()
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		switch {
		case info.Mode()&fs.ModeSymlink != 0:
			to, err := os.Readlink(path)
			out[name] = text + " " + to
			return err
		case !entry.IsDir():
			content, err := os.ReadFile(path)
			out[name] = text + " " + string(content)
			return err
		}
		out[name] = text
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func names(files []commands.FileChange) (out []string) {
	for _, f := range files {
		out = append(out, f.Name+" "+f.Change)
	}
	return out
}

// TestDownloadContent holds every byte that is written into an empty folder.
func TestDownloadContent(t *testing.T) {
	w := newWorld(t).withPets()
	got, err := w.download(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"apiProperties.json": `{
  "properties": {
    "connectionParameters": {
      "api_key": {
        "type": "securestring",
        "uiDefinition": {
          "tabIndex": 1.0
        }
      }
    },
    "iconBrandColor": "#007EE5",
    "capabilities": [
      "actions"
    ],
    "policyTemplateInstances": [],
    "stackOwner": "Zoë"
  }
}
`,
		"apiDefinition.swagger.json": `{
  "swagger": "2.0",
  "info": {
    "title": "Tiere ü\u2028",
    "version": "1.0"
  },
  "paths": {
    "/pets": {
      "get": {
        "operationId": "b",
        "x": 1e3
      },
      "delete": {
        "operationId": "a"
      }
    }
  }
}
`,
		"icon.png":   png,
		"script.csx": script,
		"settings.json": `{
  "connectorId": "shared_pets-5f0123456789abcdef",
  "environment": "22222222-2222-2222-2222-222222222222",
  "apiProperties": "apiProperties.json",
  "apiDefinition": "apiDefinition.swagger.json",
  "icon": "icon.png",
  "powerAppsUrl": "https://api.powerapps.com",
  "powerAppsApiVersion": "2016-11-01",
  "script": "script.csx"
}
`,
	} {
		if text := w.read("c/" + name); text != want {
			t.Errorf("%s:\n%s", name, cmp.Diff(want, text))
		}
	}
	want := commands.DownloadResult{
		Folder: filepath.Join(w.Dir, "c"), ConnectorID: petsID, Environment: petsEnv, Files: []commands.FileChange{
			{Name: "apiProperties.json", Change: "created", Added: 18}, {Name: "apiDefinition.swagger.json", Change: "created", Added: 18},
			{Name: "icon.png", Change: "created"}, {Name: "script.csx", Change: "created", Added: 2}, {Name: "settings.json", Change: "created", Added: 10},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	wantCalls := []string{"Connector", "Fetch", "Fetch", "Fetch"}
	if made := w.Service.made(); !slices.Equal(made, wantCalls) {
		t.Errorf("asked %v", made)
	}
	if entries, _ := os.ReadDir(filepath.Join(w.Dir, "c")); len(entries) != 5 {
		t.Errorf("the folder holds %v", entries)
	}
}

// downloadsAgain are downloads over what is there.
var downloadsAgain = map[string]struct {
	before  func(w *world) // after a first download into c
	args    func(*commands.DownloadArgs)
	answers []any
	asked   string // the list of the question
	want    []string
	err     string
	notes   []string
}{
	"nothing changed": {
		want: []string{"apiProperties.json unchanged", "apiDefinition.swagger.json unchanged", "icon.png unchanged", "script.csx unchanged", "settings.json unchanged"},
	},
	"other line breaks are no change": {
		before: func(w *world) {
			w.write("c/apiProperties.json", strings.ReplaceAll(w.read("c/apiProperties.json"), "\n", "\r\n"))
			w.write("c/script.csx", strings.ReplaceAll(w.read("c/script.csx"), "\r\n", "\n"))
		},
		want: []string{"apiProperties.json unchanged", "apiDefinition.swagger.json unchanged", "icon.png unchanged", "script.csx unchanged", "settings.json unchanged"},
	},
	"only what would change is asked about": {
		before: func(w *world) {
			w.write("c/apiDefinition.swagger.json", "{}\n")
			w.write("c/icon.png", "other")
		},
		answers: []any{true}, asked: "['apiDefinition.swagger.json', 'icon.png'] file(s) exist. ",
		want: []string{"apiProperties.json unchanged", "apiDefinition.swagger.json changed", "icon.png changed", "script.csx unchanged", "settings.json unchanged"},
	},
	"no": {
		before:  func(w *world) { w.write("c/icon.png", "other") },
		answers: []any{false}, asked: "['icon.png'] file(s) exist. ",
		err: "['icon.png'] files not overwritten.",
	},
	"the question is cancelled": {
		before:  func(w *world) { w.write("c/icon.png", "other") },
		answers: []any{context.Canceled}, asked: "['icon.png'] file(s) exist. ",
		err: "context canceled",
	},
	"nobody to ask": {
		before: func(w *world) { w.write("c/icon.png", "other") },
		err:    "no overwrite is given, and there is nobody to ask: give --overwrite (these files would change: icon.png)",
	},
	"a file of the connector that is gone from disk needs no question": {
		before: func(w *world) { os.Remove(filepath.Join(w.Dir, "c", "icon.png")) },
		want:   []string{"apiProperties.json unchanged", "apiDefinition.swagger.json unchanged", "icon.png created", "script.csx unchanged", "settings.json unchanged"},
	},
	"overwrite": {
		before: func(w *world) { w.write("c/icon.png", "other") },
		args:   func(a *commands.DownloadArgs) { a.Overwrite = true },
		want:   []string{"apiProperties.json unchanged", "apiDefinition.swagger.json unchanged", "icon.png changed", "script.csx unchanged", "settings.json unchanged"},
	},
	"the connector has no icon and no script any more": {
		before: func(w *world) {
			p := strings.NewReplacer(`"iconUri":"https://files.example/icon?sig=secret-icon",`, "", `"scriptDefinitionUrl":"https://files.example/script?sig=secret-script"`, `"scriptDefinitionUrl":""`)
			w.Service.Deployed[petsID] = pets(p.Replace(petsProperties))
		},
		answers: []any{true}, asked: "['settings.json'] file(s) exist. ",
		want: []string{"apiProperties.json unchanged", "apiDefinition.swagger.json unchanged", "icon.png stale", "script.csx stale", "settings.json changed"},
		notes: []string{
			"icon.png is no file of the connector any more: it stays, and settings.json does not name it",
			"script.csx is no file of the connector any more: it stays, and settings.json does not name it",
		},
	},
	"an icon that cannot be had is left as it is": {
		before: func(w *world) {
			delete(w.Service.Files, "https://files.example/icon?sig=secret-icon")
			w.write("c/icon.png", "mine")
		},
		args: func(a *commands.DownloadArgs) { a.Without = []string{"icon"} },
		want: []string{"apiProperties.json unchanged", "apiDefinition.swagger.json unchanged", "script.csx unchanged", "settings.json unchanged"},
	},
	"an editor holds a newer text": {
		before: func(w *world) {
			w.write("c/apiDefinition.swagger.json", "{}")
			w.Unsaved = func(path string) bool { return path == filepath.Join(w.Dir, "c", "apiDefinition.swagger.json") }
		},
		args: func(a *commands.DownloadArgs) { a.Overwrite = true },
		err:  "DIR/c/apiDefinition.swagger.json: it has changes in the editor that are not saved",
	},
	"an editor holds a newer text of what stays": {
		before: func(w *world) { w.Unsaved = func(string) bool { return true } },
		want:   []string{"apiProperties.json unchanged", "apiDefinition.swagger.json unchanged", "icon.png unchanged", "script.csx unchanged", "settings.json unchanged"},
	},
}

// TestDownloadAgain downloads over what is there.
func TestDownloadAgain(t *testing.T) {
	const question = "Do you want to overwrite?"
	for name, c := range downloadsAgain {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withPets()
			if _, err := w.download(nil); err != nil {
				t.Fatal(err)
			}
			if c.before != nil {
				c.before(w)
			}
			asker := w.asked(c.answers)
			w.Notes = nil
			before := tree(t, w.Dir)
			got, err := w.download(c.args)
			asked := []string{c.asked + question}
			if c.asked == "" {
				asked = nil
			}
			if !slices.Equal(asker.Asked, asked) {
				t.Errorf("asked %q, want %q", asker.Asked, asked)
			}
			if !failsWith(t, err, strings.ReplaceAll(c.err, "DIR", w.Dir)) {
				if diff := cmp.Diff(before, tree(t, w.Dir)); diff != "" {
					t.Error(diff)
				}
				return
			}
			if !slices.Equal(names(got.Files), c.want) {
				t.Errorf("got %q", names(got.Files))
			}
			if !slices.Equal(w.Notes, c.notes) {
				t.Errorf("notes %q", w.Notes)
			}
		})
	}
}
