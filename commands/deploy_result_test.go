package commands_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

func decode(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
}

// TestSettingsFile checks what becomes of settings.json when a connector is made.
func TestSettingsFile(t *testing.T) {
	const fresh = `{
  "connectorId": "` + newID + `",
  "environment": "` + somewhere + `",
  "apiProperties": "apiProperties.json",
  "apiDefinition": "apiDefinition.swagger.json",
  "icon": null,
  "powerAppsUrl": "https://api.powerapps.com",
  "powerAppsApiVersion": "2016-11-01"
}
`
	const old = `{"connectorId":"shared_old","environment":"elsewhere","mine":1}`
	updated := `{"connectorId":"` + newID + `","environment":"` + somewhere + `","mine":1}`
	for name, c := range map[string]struct {
		manner commands.Manner
		file   string // of settings.json; "" for none
		answer any    // nil when nobody can be asked
		change func(*commands.CreateArgs)
		want   string // of settings.json
		asked  bool
		notes  string
	}{
		"there is none":                 {want: fresh},
		"there is none, as paconn":      {manner: commands.Paconn, want: fresh},
		"nobody to ask":                 {file: old, want: updated, notes: "in the place of shared_old"},
		"nobody to ask, as paconn":      {file: old, manner: commands.Paconn, want: updated, notes: "in the place of shared_old"},
		"yes":                           {file: old, answer: true, asked: true, want: updated},
		"no":                            {file: old, answer: false, asked: true, want: old, notes: "its id is " + newID},
		"the option":                    {file: old, answer: true, change: func(a *commands.CreateArgs) { a.OverwriteSettings = true }, want: updated},
		"without an id nothing is lost": {file: `{"environment":"elsewhere"}`, answer: true, want: `{"environment":"` + somewhere + `","connectorId":"` + newID + `"}`},
		"without an id, as paconn":      {manner: commands.Paconn, file: "{}", answer: true, asked: true, want: "{\n  \"connectorId\": \"" + newID + "\",\n  \"environment\": \"" + somewhere + "\"\n}"},
		"of another program":            {file: `{"editor.tabSize": 2}`, want: `{"editor.tabSize": 2}`, notes: "of another program"},
		"of another cloud": {file: `{"powerAppsUrl":"https://gov.api.powerapps.us","connectorId":""}`,
			want: `{"powerAppsUrl":"https://api.powerapps.com","connectorId":"` + newID + `","environment":"` + somewhere + `"}`},
		"of the same cloud": {file: `{"powerAppsUrl":"https://API.powerapps.com/","connectorId":""}`,
			want: `{"powerAppsUrl":"https://API.powerapps.com/","connectorId":"` + newID + `","environment":"` + somewhere + `"}`},
		"named, and its environment is not": {file: old, change: func(a *commands.CreateArgs) { a.Settings = "settings.json" }, want: updated, notes: "goes over the environment of settings.json"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newDeployWorld(t, soundProperties, soundDefinition)
			w.Manner = c.manner
			if c.file != "" {
				w.write("settings.json", c.file)
			}
			asker := newAsker(t, c.answer)
			if c.answer != nil {
				w.Ask = asker
			}
			result, err := w.create(func(a *commands.CreateArgs) {
				a.Properties, a.Definition = "apiProperties.json", "apiDefinition.swagger.json"
				if c.change != nil {
					c.change(a)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := w.read("settings.json"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if asked := len(asker.Asked) > 0; asked != c.asked {
				t.Errorf("asked %q", asker.Asked)
			}
			if c.asked && asker.Asked[0] != "settings.json file exists. Do you want to overwrite?" {
				t.Errorf("asked %q", asker.Asked)
			}
			if wrote := result.SettingsFile != ""; wrote != (c.want != c.file) {
				t.Errorf("the result has the settings file %q", result.SettingsFile)
			}
			if !strings.Contains(w.note(), c.notes) {
				t.Errorf("notes %s\nwant %s", w.note(), c.notes)
			}
		})
	}
}

// TestSettingsAsked checks that a question about settings.json comes before the connector is made, and that a failure to
// write it hides nothing.
func TestSettingsAsked(t *testing.T) {
	w := newDeployWorld(t, soundProperties, soundDefinition)
	w.write("settings.json", `{"connectorId":"shared_old"}`)
	w.Ask = newAsker(t, os.ErrClosed)
	if _, err := w.create(nil); err == nil || w.sent() != "" {
		t.Errorf("got %v, sent %s", err, w.sent())
	}

	w = newDeployWorld(t, soundProperties, soundDefinition)
	w.Service.On = map[string]func(){"Create": func() {
		if err := os.Mkdir(filepath.Join(w.Dir, "settings.json"), 0o755); err != nil {
			t.Error(err)
		}
	}}
	result, err := w.create(nil)
	if err != nil || result.ConnectorID != newID || result.SettingsFile != "" || result.NotWritten != filepath.Join(w.Dir, "settings.json") {
		t.Errorf("got %+v, %v", result, err)
	}
	if note := w.note(); !strings.Contains(note, "settings.json could not be written, keep the id "+newID+" yourself: ") || strings.Contains(note, ".settings.json") {
		t.Errorf("notes %s", w.note())
	}
}

// TestSettingsCannotBeWritten refuses a create whose settings file cannot be written, before anything is made; not where
// the file stays as it is.
func TestSettingsCannotBeWritten(t *testing.T) {
	for name, c := range map[string]struct {
		manner commands.Manner
		file   string
		dir    string // the working folder; "" for that of the connector
		answer any
		fails  string
	}{
		"a file":             {file: `{"connectorId":""}`, fails: "settings.json is to have the new connector's id, but cannot be written: permission denied; nothing was created, make it writable first"},
		"a file that stays":  {file: `{"connectorId":"shared_old"}`, answer: false},
		"of another program": {file: `{"editor.tabSize": 2}`},
		"a folder":           {manner: commands.Paconn, dir: filepath.Join(t.TempDir(), "gone"), fails: "settings.json is to have the new connector's id, but cannot be written: no such file or directory; nothing was created, make its folder writable first"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newDeployWorld(t, soundProperties, soundDefinition)
			w.Manner = c.manner
			if c.file != "" {
				if err := os.Chmod(w.write("settings.json", c.file), 0o444); err != nil {
					t.Fatal(err)
				}
			}
			if c.answer != nil {
				w.Ask = newAsker(t, c.answer)
			}
			files, before := w.Dir, w.files()
			if c.dir != "" {
				w.Dir = c.dir
			}
			_, err := w.create(func(a *commands.CreateArgs) {
				a.Properties, a.Definition = filepath.Join(files, "apiProperties.json"), filepath.Join(files, "apiDefinition.swagger.json")
			})
			w.Dir = files
			failsWith(t, err, c.fails)
			if (w.sent() == "") != (c.fails != "") || w.files() != before {
				t.Errorf("sent %q, files\n%s", w.sent(), w.files())
			}
		})
	}
}

// TestDryRun checks that a dry run only reads, and tells what would change.
func TestDryRun(t *testing.T) {
	w := newDeployWorld(t, strings.Replace(soundProperties, `"capabilities":[]`, `"capabilities":["actions"],"stackOwner":"me"`, 1), soundDefinition)
	w.write("script.csx", soundScript)
	w.write("icon.png", soundIcon)
	w.deploy(`{"properties":{"publisher":"you","iconBrandColor":"#000000","displayName":"Cats","connectionParameters":{"key":{"type":"string"}},"iconUri":"https://files.test/icon","apiDefinitions":{"originalSwaggerUrl":"https://files.test/swagger"}}}`)
	w.Service.Files = map[string][]byte{
		"https://files.test/swagger": []byte(strings.Replace(strings.Replace(soundDefinition, `"/pets"`, `"/cats"`, 1), `"version":"1.0"`, `"version":"0.9"`, 1)),
		"https://files.test/icon":    []byte("other"),
	}
	result, err := w.update(func(a *commands.UpdateArgs) { a.DryRun = true })
	if err != nil {
		t.Fatal(err)
	}
	for _, made := range w.Service.made() {
		if made != "Connector" && made != "Fetch" {
			t.Errorf("called %s", made)
		}
	}
	var got []string
	for _, c := range result.Changes {
		got = append(got, fmt.Sprintf("%s %s%s %s>%s", c.Kind, c.File, c.Pointer, c.Old, c.New))
	}
	want := []string{
		`removed apiProperties/properties/connectionParameters/key {"type":"string"}>`,
		`changed apiProperties/properties/iconBrandColor "#000000">"#2B579A"`,
		`added apiProperties/properties/capabilities >["actions"]`,
		`changed apiDefinition/info/version "0.9">"1.0"`,
		`removed apiDefinition/paths/~1cats {"get":{"operationId":"ListPets","summary":"List pets","description":"Returns the pets.","parameters…>`,
		`added apiDefinition/paths/~1pets >{"get":{"operationId":"ListPets","summary":"List pets","description":"Returns the pets.","parameters…`,
		`added script >` + fmt.Sprint(len(soundScript)) + ` bytes`,
		`changed icon 5 bytes>8 bytes`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !slices.Equal(result.LeftOut, []string{"stackOwner"}) || !result.DryRun || !slices.Equal(result.Uploaded, []string{"icon.png", "script.csx"}) {
		t.Errorf("got %+v", result)
	}
	if !strings.HasPrefix(result.Before, "{\n  \"properties\": {\n    \"connectionParameters\"") || !strings.Contains(result.Before, `"publisher": "you"`) ||
		!strings.Contains(result.After, `"scriptDefinitionUrl": "(the address of script.csx once it is uploaded)"`) {
		t.Errorf("before %s\nafter %s", result.Before, result.After)
	}
	w.Service.Files["https://files.test/icon"] = []byte(w.read("icon.png"))
	if result, err = w.update(func(a *commands.UpdateArgs) { a.DryRun = true }); err != nil || !strings.Contains(result.Before, "(the address of icon.png once it is uploaded)") {
		t.Errorf("the address of an icon that stays the same is a difference: %v\n%s", err, result.Before)
	}
	delete(w.Service.Files, "https://files.test/swagger")
	if result, err = w.update(func(a *commands.UpdateArgs) { a.DryRun = true }); err != nil || !slices.Equal(result.Unknown, []string{"definition"}) {
		t.Errorf("a definition that cannot be read: %v, unknown is %v", err, result.Unknown)
	}
	if !strings.Contains(w.note(), "the connector is called Cats and stays so") || !strings.Contains(w.note(), "stackOwner is left out") {
		t.Errorf("notes %s", w.note())
	}

	w = newDeployWorld(t, withOAuth(`{"token":`+oauthParameter("")+`}`), soundDefinition)
	before := w.files()
	result, err = w.create(func(a *commands.CreateArgs) { a.DryRun = true })
	if err != nil || result.Before != "" || !strings.Contains(result.After, `"displayName": "Pets"`) || w.files() != before || w.sent() != "" {
		t.Errorf("a dry run of create: %+v, %v", result, err)
	}
	if !strings.Contains(w.note(), "token would need a client secret") {
		t.Errorf("notes %s", w.note())
	}
}

// TestKeepMembers checks that what the service may come to take can be sent.
func TestKeepMembers(t *testing.T) {
	w := newDeployWorld(t, strings.Replace(soundProperties, `{"properties":{`, `{"properties":{"stackOwner":"me",`, 1), soundDefinition)
	result, err := w.create(func(a *commands.CreateArgs) { a.KeepMembers = []string{"stackowner"} })
	if err != nil || len(result.LeftOut) > 0 || !strings.HasPrefix(w.sent(), `{"properties":{"stackOwner":"me",`) {
		t.Errorf("%v, sent %s", err, w.sent())
	}
}

// TestReadBack checks what is told of what the service made of what was sent.
func TestReadBack(t *testing.T) {
	properties := strings.Replace(withOAuth(`{"token":`+oauthParameter("")+`}`), `"capabilities":[]`, `"capabilities":["actions","tabular"],"policyTemplateInstances":[]`, 1)
	shown := strings.NewReplacer(`,"tabular"`, "", `,"policyTemplateInstances":[]`, "", `"redirectMode":"Global"`, `"redirectMode":"Global","redirectUrl":"https://back.test/mine"`, `"clientId":"app"`, `"clientId":"APP"`)
	for name, c := range map[string]struct {
		deployed string
		late     int // how often the service does not know the connector
		fails    error
		want     []string
		urls     []string
		notes    string
	}{
		"as it was sent": {deployed: properties, urls: []string{"https://global.consent.azure-apim.net/redirect"}},
		"altered":        {deployed: shown.Replace(properties), urls: []string{"https://back.test/mine"}, want: []string{"changed /properties/connectionParameters/token/oAuthSettings/clientId", "removed /properties/capabilities/1"}},
		"an address of its own": {deployed: strings.Replace(properties, `"Global"`, `"GlobalPerConnector"`, 1), urls: []string{"https://global.consent.azure-apim.net/redirect/pets-5f0123456789abcdef"},
			want: []string{"changed /properties/connectionParameters/token/oAuthSettings/redirectMode"}},
		"late":      {deployed: properties, late: 4, urls: []string{"https://global.consent.azure-apim.net/redirect"}},
		"never":     {late: 1 << 20, urls: []string{"https://global.consent.azure-apim.net/redirect"}, notes: "could not be read back: could not read the connector: 404"},
		"a failure": {fails: &powerapps.Error{Doing: "read it", Status: 500}, urls: []string{"https://global.consent.azure-apim.net/redirect"}, notes: "could not be read back: could not read it: 500"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newDeployWorld(t, properties, soundDefinition)
			w.Service.Deployed = nil
			w.Service.Errs = map[string]error{"Connector": c.fails}
			calls := 0
			w.Service.On = map[string]func(){"Connector": func() {
				if calls++; calls > c.late && c.deployed != "" {
					w.deploy(c.deployed)
				}
			}}
			result, err := w.create(func(a *commands.CreateArgs) { a.Secret = "the-secret" })
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, x := range result.Differences {
				got = append(got, x.Kind+" "+x.Pointer)
			}
			if !slices.Equal(got, c.want) || !slices.Equal(result.RedirectURLs, c.urls) {
				t.Errorf("got %v and %v\nwant %v and %v", got, result.RedirectURLs, c.want, c.urls)
			}
			if !strings.Contains(w.note(), c.notes) {
				t.Errorf("notes %s", w.note())
			}
			if calls > 10 {
				t.Errorf("read back %d times", calls)
			}
		})
	}
}

// TestNamesakes checks that a second connector of one title is told of.
func TestNamesakes(t *testing.T) {
	w := newDeployWorld(t, soundProperties, soundDefinition)
	w.Service.ConnectorList = []powerapps.Connector{{ID: "shared_other", Title: "Other"}, {ID: "shared_twin", Title: "Pets"}}
	if _, err := w.create(nil); err != nil || !strings.Contains(w.note(), "has a connector Pets already, shared_twin: create makes another") {
		t.Errorf("%v, notes %s", err, w.note())
	}
}

// TestFiles checks where the files come from that nobody named.
func TestFiles(t *testing.T) {
	for name, c := range map[string]struct {
		files    []string
		settings string
		args     commands.FileArgs
		manner   commands.Manner
		uploaded string
		notes    string
	}{
		"all of the folder":             {files: []string{"apiProperties.json", "apidefinition.swagger.json", "Icon.png", "script.cs"}, uploaded: "Icon.png script.cs"},
		"only those with a usual name":  {files: []string{"apiProperties.json", "apiDefinition.swagger.json", "other.csx", "other.png"}},
		"beside the one that is named":  {files: []string{"sub/props.json", "sub/apiDefinition.swagger.json", "sub/icon.png"}, args: commands.FileArgs{Properties: "sub/props.json"}},
		"an option before the settings": {files: []string{"apiProperties.json", "apiDefinition.swagger.json", "a.png", "b.png"}, settings: `{"icon":"a.png"}`, args: commands.FileArgs{Icon: "b.png"}, uploaded: "b.png", notes: "--icon b.png goes over the icon of settings.json"},
		"settings before an option, as paconn": {files: []string{"apiProperties.json", "apiDefinition.swagger.json", "a.png", "b.png"}, manner: commands.Paconn,
			settings: `{"apiProperties":"apiProperties.json","apiDefinition":"apiDefinition.swagger.json","icon":"a.png","environment":"e"}`, args: commands.FileArgs{Icon: "b.png"}, uploaded: "a.png", notes: "--icon b.png is ignored"},
		"settings without a script": {files: []string{"apiProperties.json", "apiDefinition.swagger.json", "script.csx"}, settings: `{"apiProperties":"apiProperties.json"}`},
		"names that need escapes":   {files: []string{"apiProperties.json", "apiDefinition.swagger.json", "mein Bild #1 %ü.png"}, args: commands.FileArgs{Icon: "mein Bild #1 %ü.png"}, uploaded: "mein Bild #1 %ü.png"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newDeployWorld(t, soundProperties, soundDefinition)
			w.Dir, w.Manner = t.TempDir(), c.manner
			for _, name := range c.files {
				content := map[string]string{".json": soundProperties, ".csx": soundScript, ".cs": soundScript, ".png": soundIcon}[filepath.Ext(name)]
				if strings.HasSuffix(name, ".swagger.json") {
					content = soundDefinition
				}
				w.write(name, content)
			}
			result, err := w.create(func(a *commands.CreateArgs) {
				a.FileArgs = c.args
				if c.settings != "" {
					w.write("settings.json", c.settings)
					a.Settings = "settings.json"
				}
			})
			if err != nil || strings.Join(result.Uploaded, " ") != c.uploaded {
				t.Errorf("uploaded %q, want %s: %v", result.Uploaded, c.uploaded, err)
			}
			if !strings.Contains(w.note(), c.notes) {
				t.Errorf("notes %s", w.note())
			}
		})
	}
}

// TestSteps checks that progress goes forward and ends before its total.
func TestSteps(t *testing.T) {
	w := newDeployWorld(t, soundProperties, soundDefinition)
	w.write("icon.png", soundIcon)
	var steps []string
	last := -1
	w.Step = func(text string, done, total int) {
		steps = append(steps, text)
		if done != last+1 || done >= total {
			t.Errorf("step %d of %d after %d", done, total, last)
		}
		last = done
	}
	if _, err := w.create(nil); err != nil {
		t.Fatal(err)
	}
	if want := "checking the files|asking the service about the definition|asking for a place for the files|uploading icon.png|creating the connector|reading the connector back"; strings.Join(steps, "|") != want {
		t.Errorf("got %q", steps)
	}
}
