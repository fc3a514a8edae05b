package commands_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"paconn-ls/commands"
	"paconn-ls/powerapps"
)

// The parts of a connector that the local check has nothing against.
const (
	soundProperties = `{"properties":{"connectionParameters":{},"iconBrandColor":"#2B579A","capabilities":[]}}`
	soundDefinition = `{"swagger":"2.0","info":{"title":"Pets","description":"Keeps pets.","version":"1.0"},"host":"api.pets.test","basePath":"/v1","schemes":["https"],` +
		`"paths":{"/pets":{"get":{"operationId":"ListPets","summary":"List pets","description":"Returns the pets.","parameters":[],"responses":{"200":{"description":"The pets."}}}}}}`
	soundIcon   = "\x89PNG\r\n\x1a\n"
	soundScript = "public class Script : ScriptBase\n{\n    public override async Task<HttpResponseMessage> ExecuteAsync() { return null; }\n}\n"
	newID       = "shared_pets-5f0123456789abcdef"
	somewhere   = "01234567-89ab-cdef-0123-456789abcdef"
)

// withOAuth returns properties whose connection parameters are these.
func withOAuth(parameters string) string {
	return `{"properties":{"connectionParameters":` + parameters + `,"iconBrandColor":"#2B579A","capabilities":[]}}`
}

const oauth2 = `"identityProvider":"oauth2","clientId":"app","scopes":["read"],"redirectMode":"Global","customParameters":{"authorizationUrl":{"value":"https://id.test/a"},"tokenUrl":{"value":"https://id.test/t"},"refreshUrl":{"value":"https://id.test/t"}}`

func oauthParameter(more string) string {
	return `{"type":"oauthSetting","oAuthSettings":{` + oauth2 + more + `}}`
}

// newDeployWorld returns a world whose folder holds a connector, and whose service has one with the id newID.
func newDeployWorld(t *testing.T, properties, definition string) *world {
	t.Helper()
	w := newWorld(t)
	w.Variables["PACONN_RETRY_DELAY"] = "1ns"
	w.write("apiProperties.json", properties)
	w.write("apiDefinition.swagger.json", definition)
	w.Service.NewID = newID
	w.deploy(`{"name":"` + newID + `","properties":{"displayName":"Pets"}}`)
	return w
}

// deploy puts a connector into the service.
func (w *world) deploy(raw string) {
	w.Service.Deployed = map[string]powerapps.Connector{newID: {ID: newID, Title: "Pets", Raw: []byte(raw)}}
}

func (w *world) create(change func(*commands.CreateArgs)) (commands.DeployResult, error) {
	args := commands.CreateArgs{Environment: somewhere}
	if change != nil {
		change(&args)
	}
	return commands.Create(w.t.Context(), w.Env, args)
}

func (w *world) update(change func(*commands.UpdateArgs)) (commands.DeployResult, error) {
	args := commands.UpdateArgs{Environment: somewhere, Connector: newID}
	if change != nil {
		change(&args)
	}
	return commands.Update(w.t.Context(), w.Env, args)
}

// sent returns the registration that reached the service, "" when none did; it fails the test when several did.
func (w *world) sent() string {
	w.t.Helper()
	var out []string
	for _, c := range w.Service.Calls {
		if c.Method == "Create" || c.Method == "Update" {
			out = append(out, c.Args[len(c.Args)-1])
		}
	}
	if len(out) > 1 {
		w.t.Fatalf("sent %d times", len(out))
	}
	return strings.Join(out, "")
}

func (w *world) note() string { return strings.Join(w.Notes, "\n") }

// TestRegistration checks to the letter what is sent for files of all kinds, valid or not.
func TestRegistration(t *testing.T) {
	const rest = `,"environment":{"name":"` + somewhere + `"},"displayName":"T","scriptDefinitionUrl":""}`
	for name, c := range map[string]struct {
		properties, definition string
		want                   string // with DEFINITION for the definition
	}{
		"the order of the file, and what comes behind it": {
			`{"b":1,"properties":{"z":[],"a":{"y":1,"x":2}},"a":2}`, `{"paths":{},"info":{"title":"T","description":"D"},"schemes":["http","https"],"host":"h.test","basePath":"/v1"}`,
			`{"b":1,"properties":{"z":[],"a":{"y":1,"x":2},"openApiDefinition":DEFINITION,"backendService":{"serviceUrl":"http://h.test/v1"},"environment":{"name":"` + somewhere +
				`"},"displayName":"T","description":"D","scriptDefinitionUrl":""},"a":2}`,
		},
		"members that are added are replaced where they stand": {
			`{"properties":{"displayName":"old","backendService":{"serviceUrl":"old"},"scriptDefinitionUrl":"old","x":1}}`, `{"info":{"title":"T"}}`,
			`{"properties":{"displayName":"T","backendService":{"serviceUrl":""},"scriptDefinitionUrl":"","x":1,"openApiDefinition":DEFINITION,"environment":{"name":"` + somewhere + `"}}}`,
		},
		"a base path without a slash":   {`{"properties":{}}`, `{"info":{"title":"T"},"host":"h","basePath":"v1","schemes":["http"]}`, `{"properties":{"openApiDefinition":DEFINITION,"backendService":{"serviceUrl":"http://h/v1"}` + rest + `}`},
		"no schemes, an empty path":     {`{"properties":{}}`, `{"info":{"title":"T"},"host":"h","basePath":"","schemes":[]}`, `{"properties":{"openApiDefinition":DEFINITION,"backendService":{"serviceUrl":"//h"}` + rest + `}`},
		"no host":                       {`{"properties":{}}`, `{"info":{"title":"T"},"basePath":"/v1","schemes":["https"]}`, `{"properties":{"openApiDefinition":DEFINITION,"backendService":{"serviceUrl":"https:///v1"}` + rest + `}`},
		"numbers and escapes":           {`{"properties":{"n":[1e400,1.0,-0,12345678901234567890],"s":"\u00e9é\/\ud800"}}`, `{"info":{"title":"T"}}`, `{"properties":{"n":[1e400,1.0,-0,12345678901234567890],"s":"\u00e9é\/\ud800","openApiDefinition":DEFINITION,"backendService":{"serviceUrl":""}` + rest + `}`},
		"one key twice":                 {`{"properties":{"a":1,"b":2,"a":3}}`, `{"info":{"title":"no","title":"T"}}`, `{"properties":{"a":3,"b":2,"openApiDefinition":{"info":{"title":"T"}},"backendService":{"serviceUrl":""}` + rest + `}`},
		"null where parameters were":    {`{"properties":{"connectionParameters":null,"connectionParameterSets":null}}`, `{"info":{"title":"T"}}`, `{"properties":{"connectionParameters":null,"connectionParameterSets":null,"openApiDefinition":DEFINITION,"backendService":{"serviceUrl":""}` + rest + `}`},
		"a set without parameters":      {`{"properties":{"connectionParameterSets":{"values":[{"name":"none"},{"name":"null","parameters":null}]}}}`, `{"info":{"title":"T"}}`, `{"properties":{"connectionParameterSets":{"values":[{"name":"none"},{"name":"null","parameters":null}]},"openApiDefinition":DEFINITION,"backendService":{"serviceUrl":""}` + rest + `}`},
		"a byte order mark":             {"\ufeff" + `{"properties":{}}`, "\ufeff" + `{"info":{"title":"T"}}`, `{"properties":{"openApiDefinition":{"info":{"title":"T"}},"backendService":{"serviceUrl":""}` + rest + `}`},
		"what the service refuses":      {`{"$schema":"s","properties":{"stackOwner":"me","publisher":"you"}}`, `{"info":{"title":"T"}}`, `{"properties":{"publisher":"you","openApiDefinition":DEFINITION,"backendService":{"serviceUrl":""}` + rest + `}`},
		"a description that is no text": {`{"properties":{}}`, `{"info":{"title":"T","description":null}}`, `{"properties":{"openApiDefinition":DEFINITION,"backendService":{"serviceUrl":""},"environment":{"name":"` + somewhere + `"},"displayName":"T","description":null,"scriptDefinitionUrl":""}}`},
		"deep":                          {`{"properties":{"a":` + strings.Repeat("[", 900) + strings.Repeat("]", 900) + `}}`, `{"info":{"title":"T"}}`, `{"properties":{"a":` + strings.Repeat("[", 900) + strings.Repeat("]", 900) + `,"openApiDefinition":DEFINITION,"backendService":{"serviceUrl":""}` + rest + `}`},
	} {
		t.Run(name, func(t *testing.T) {
			w := newDeployWorld(t, c.properties, c.definition)
			if _, err := w.create(func(a *commands.CreateArgs) { a.NoCheck = true }); err != nil {
				t.Fatal(err)
			}
			if want := strings.ReplaceAll(c.want, "DEFINITION", c.definition); w.sent() != want {
				t.Errorf("got  %s\nwant %s", w.sent(), want)
			}
		})
	}
}

// TestCalls checks which requests are made, in which order, and that an update keeps what was not given.
func TestCalls(t *testing.T) {
	const scripted = `{"name":"` + newID + `","properties":{"displayName":"Pets","scriptDefinitionUrl":"https://storage.example/script"}}`
	const members = `"connectionParameters":{},"iconBrandColor":"#2B579A","capabilities":[],"displayName":"Pets"`
	const plain, withScript = `{"properties":{` + members + `}}`, `{"properties":{` + members + `,"scriptDefinitionUrl":"https://storage.example/script"}}`
	icon := func(w *world) { w.write("icon.png", soundIcon) }
	script := func(w *world) { w.write("script.csx", soundScript) }
	for name, c := range map[string]struct {
		prepare func(*world)
		update  bool
		change  func(*commands.UpdateArgs)
		after   string // what is deployed once it is updated
		calls   string
		ends    string // of the registration
	}{
		"create": {calls: "Connectors Validate Storage Create Connector",
			ends: `"description":"Keeps pets.","scriptDefinitionUrl":""}}`},
		"create with icon and script": {prepare: func(w *world) { icon(w); script(w) }, calls: "Connectors Validate Storage Upload Upload Create Connector",
			ends: `"iconUri":"https://storage.example/box/icon.png?sig=secret-signature","scriptDefinitionUrl":"https://storage.example/box/script.csx?sig=secret-signature"}}`},
		"update": {update: true, after: plain, calls: "Connector Validate Storage Update Connector",
			ends: `"environment":{"name":"` + somewhere + `"},"description":"Keeps pets."}}`},
		"update of one that has a script": {prepare: func(w *world) { w.deploy(scripted) }, update: true, after: withScript, calls: "Connector Validate Storage Update Connector",
			ends: `"description":"Keeps pets."}}`},
		"update of files that hold an old address": {prepare: func(w *world) {
			w.write("apiProperties.json", `{"properties":{"scriptDefinitionUrl":"","connectionParameters":{},"iconBrandColor":"#2B579A","capabilities":[]}}`)
		}, update: true, after: plain, calls: "Connector Validate Storage Update Connector",
			ends: `"description":"Keeps pets."}}`},
		"update with a script": {prepare: func(w *world) { w.deploy(scripted); script(w) }, update: true, after: withScript, calls: "Connector Fetch Validate Storage Upload Update Connector",
			ends: `"scriptDefinitionUrl":"https://storage.example/box/script.csx?sig=secret-signature"}}`},
		"update that removes the script": {prepare: func(w *world) { w.deploy(scripted); script(w) }, update: true, after: plain,
			change: func(a *commands.UpdateArgs) { a.RemoveScript = true }, calls: "Connector Validate Storage Update Connector",
			ends: `"scriptDefinitionUrl":""}}`},
	} {
		t.Run(name, func(t *testing.T) {
			w := newDeployWorld(t, soundProperties, soundDefinition)
			if c.prepare != nil {
				c.prepare(w)
			}
			w.Service.On = map[string]func(){"Update": func() { w.deploy(c.after) }}
			var err error
			if c.update {
				_, err = w.update(c.change)
			} else {
				_, err = w.create(nil)
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(w.Service.made(), " "); got != c.calls {
				t.Errorf("called %s\nwant   %s", got, c.calls)
			}
			if !strings.HasSuffix(w.sent(), c.ends) {
				t.Errorf("sent %s\nwant it to end in %s", w.sent(), c.ends)
			}
		})
	}
}

// TestBlobNames checks that icon and script do not replace each other.
func TestBlobNames(t *testing.T) {
	w := newDeployWorld(t, soundProperties, soundDefinition)
	w.write("art/both.x", "PNG")
	w.write("code/both.x", soundScript)
	result, err := w.create(func(a *commands.CreateArgs) {
		a.Icon, a.Script, a.NoCheck = "art/both.x", "code/both.x", true
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"icon-both.x", "script-both.x"}; !slices.Equal(result.Uploaded, want) {
		t.Errorf("uploaded %v", result.Uploaded)
	}
}

// TestIcons sends what Power Apps and others take for an icon, past the local check.
func TestIcons(t *testing.T) {
	for name, content := range map[string]string{
		"a.png": soundIcon, "a.jpg": "\xff\xd8\xff\xe0....", "a.gif": "GIF89a....", "a.svg": "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
		"a.svgz": gzipped("<svg/>"), "a.tif": "II*\x00....",
	} {
		w := newDeployWorld(t, soundProperties, soundDefinition)
		w.write(name, content)
		result, err := w.create(func(a *commands.CreateArgs) { a.Icon = name })
		if err != nil || !slices.Contains(result.Uploaded, name) {
			t.Errorf("%s: uploaded %v, %v", name, result.Uploaded, err)
		}
	}
}

// TestRefusedBeforeAnything checks what is refused while nothing has been sent, and that the message names it.
func TestRefusedBeforeAnything(t *testing.T) {
	for name, c := range map[string]struct {
		manner  commands.Manner
		prepare func(*world)
		change  func(*commands.UpdateArgs)
		create  bool
		want    string
	}{
		"a script that is not there": {change: func(a *commands.UpdateArgs) { a.Script = "typo.csx" }, want: "typo.csx: there is no such file"},
		"an icon that is not there":  {change: func(a *commands.UpdateArgs) { a.Icon = "typo.png" }, want: "typo.png: there is no such file", create: true},
		"a script of paconn": {manner: commands.Paconn, change: func(a *commands.UpdateArgs) {
			a.Properties, a.Definition, a.Script = "apiProperties.json", "apiDefinition.swagger.json", "typo.csx"
		}, want: "File does not exist: "},
		"paconn without properties":   {manner: commands.Paconn, want: "API Properties must be specified."},
		"paconn without a definition": {manner: commands.Paconn, change: func(a *commands.UpdateArgs) { a.Properties = "apiProperties.json" }, want: "API Definition must be specified."},
		"a private key as the icon": {prepare: func(w *world) {
			w.write("../id_rsa", "-----BEGIN OPENSSH PRIVATE KEY-----")
			w.write("settings.json", `{"icon":"../id_rsa"}`)
		}, change: func(a *commands.UpdateArgs) { a.Settings = "settings.json" }, want: "id_rsa: this is no icon: it is no picture; --no-check"},
		"a file of secrets as the script": {prepare: func(w *world) {
			w.write(".env", "SECRET=1")
			w.write("settings.json", `{"script":".env"}`)
		}, change: func(a *commands.UpdateArgs) { a.Settings = "settings.json" }, want: ".env: this is no script: it has no class that derives from ScriptBase"},
		"a folder":                  {change: func(a *commands.UpdateArgs) { a.Icon = "." }, want: "not a regular file"},
		"settings that name a file": {prepare: func(w *world) { w.write("settings.json", `{"icon":"gone.png"}`) }, change: func(a *commands.UpdateArgs) { a.Settings = "settings.json" }, want: "gone.png: there is no such file"},
		"no files at all":           {prepare: func(w *world) { w.Dir = w.t.TempDir() }, want: "there is no apiProperties.json here: give --api-prop"},
		"no files but settings":     {prepare: func(w *world) { w.Dir = w.t.TempDir(); w.write("settings.json", "{}") }, want: "give --api-prop, or --settings settings.json"},
		"an editor's text": {prepare: func(w *world) {
			w.Unsaved = func(path string) bool { return filepath.Base(path) == "apiDefinition.swagger.json" }
		}, want: "apiDefinition.swagger.json: it has changes in the editor that are not saved"},
		"broken JSON":                       {prepare: func(w *world) { w.write("apiProperties.json", "{\n  \"properties\": {,}}") }, change: unchecked, want: "apiProperties.json:2:18: this is not JSON: "},
		"text in another encoding":          {prepare: func(w *world) { w.write("apiDefinition.swagger.json", "{\"info\": {\"title\": \"caf\xe9\"}}") }, change: unchecked, want: "apiDefinition.swagger.json:1:"},
		"no object":                         {prepare: func(w *world) { w.write("apiDefinition.swagger.json", "[]") }, change: unchecked, want: "apiDefinition.swagger.json:1:1: the file holds an array, not an object"},
		"no properties":                     {prepare: func(w *world) { w.write("apiProperties.json", `{"properties": 1}`) }, change: unchecked, want: `apiProperties.json:1:2: the file has to hold an object "properties"`},
		"no title":                          {prepare: func(w *world) { w.write("apiDefinition.swagger.json", `{"info": {}}`) }, change: unchecked, want: "apiDefinition.swagger.json:1:2: the definition has no info.title"},
		"script and its removal":            {change: func(a *commands.UpdateArgs) { a.Script, a.RemoveScript = "script.csx", true }, want: "--remove-script: there is --script too"},
		"operations without a script":       {prepare: scripted, create: true, want: "apiProperties.json:1:16: operations run through a script, but there is none"},
		"operations and no script anywhere": {prepare: scripted, want: "operations run through a script, but there is none"},
		"removal beside operations":         {prepare: scripted, change: func(a *commands.UpdateArgs) { a.RemoveScript, a.NoCheck = true, true }, want: "operations run through the script that --remove-script takes away"},
		"no environment":                    {change: func(a *commands.UpdateArgs) { a.Environment = "" }, want: "no environment is given"},
		"no connector":                      {change: func(a *commands.UpdateArgs) { a.Connector = "" }, want: "no connectorId is given"},
		"a connector that is not":           {change: func(a *commands.UpdateArgs) { a.Connector = "shared_gone" }, want: "404"},
		"settings of broken JSON":           {prepare: func(w *world) { w.write("settings.json", `{"connectorId": `) }, create: true, want: "settings.json:1:16: this is not JSON"},
		"settings that are not saved":       {prepare: func(w *world) { w.Unsaved = func(path string) bool { return filepath.Base(path) == "settings.json" } }, create: true, want: "settings.json"},
		"a secret of a dash":                {change: func(a *commands.UpdateArgs) { a.Secret = "-" }, want: "the client secret"},
		"an OAuth connector, no secret":     {prepare: func(w *world) { w.write("apiProperties.json", withOAuth(`{"signIn":`+oauthParameter("")+`}`)) }, create: true, want: "signIn needs a client secret"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newDeployWorld(t, soundProperties, soundDefinition)
			w.Manner = c.manner
			if c.prepare != nil {
				c.prepare(w)
			}
			before := w.files()
			args := commands.UpdateArgs{Environment: somewhere, Connector: newID}
			if c.change != nil {
				c.change(&args)
			}
			var err error
			if c.create {
				_, err = commands.Create(t.Context(), w.Env, commands.CreateArgs{Environment: args.Environment, FileArgs: args.FileArgs, DeployArgs: args.DeployArgs, Where: args.Where})
			} else {
				_, err = commands.Update(t.Context(), w.Env, args)
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
			for _, call := range w.Service.made() {
				if call != "Connector" && call != "Connectors" {
					t.Errorf("called %s", call)
				}
			}
			if after := w.files(); after != before {
				t.Errorf("files changed: %s, were %s", after, before)
			}
		})
	}
}

func unchecked(a *commands.UpdateArgs) { a.NoCheck = true }

func scripted(w *world) {
	w.write("apiProperties.json", `{"properties":{"scriptOperations":["ListPets"],"connectionParameters":{},"iconBrandColor":"#2B579A","capabilities":[]}}`)
}

// files returns the names and contents of the world's files.
func (w *world) files() string {
	w.t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(w.Dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			b.WriteString(filepath.Base(path) + "=" + w.read(filepath.Base(path)) + "\n")
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return b.String()
}

// TestLocalCheck checks that the check decides, by the configuration that holds, and that it can be passed over.
func TestLocalCheck(t *testing.T) {
	broken := strings.Replace(soundDefinition, `"parameters":[]`, `"parameters":[{"name":"id","in":"path","type":"string"}]`, 1)
	w := newDeployWorld(t, soundProperties, broken)
	_, err := w.update(nil)
	var check *commands.CheckError
	if !errors.As(err, &check) || len(check.Problems) == 0 {
		t.Fatalf("got %v", err)
	}
	for _, p := range check.Problems {
		if filepath.Base(p.Path) != "apiDefinition.swagger.json" {
			t.Errorf("told of %s", p.Path)
		}
	}
	if made := w.Service.made(); len(made) > 0 {
		t.Errorf("called %v", made)
	}
	if _, err := w.update(unchecked); err != nil {
		t.Errorf("--no-check: %v", err)
	}
	var rules []string
	for _, p := range check.Problems {
		rules = append(rules, `"`+p.Rule+`": "off"`)
	}
	w.write("paconn-ls.json", `{"rules": {`+strings.Join(rules, ",")+`}}`)
	if _, err := w.update(nil); err != nil {
		t.Errorf("rules that are off: %v", err)
	}
	w.write("paconn-ls.json", `{"rules": {"no-such-rule": "off"}}`)
	if _, err := w.update(nil); !errors.As(err, &check) {
		t.Errorf("a configuration that is wrong: %v", err)
	}
}

// TestVerdict checks that a refusal of the definition ends it, and that remarks do not.
func TestVerdict(t *testing.T) {
	w := newDeployWorld(t, soundProperties, soundDefinition)
	w.Service.Verdict = powerapps.Verdict{Text: "\r\nWarning : this.\r\nWarning : that."}
	if _, err := w.update(nil); err != nil || !strings.Contains(w.note(), "the service says of apiDefinition.swagger.json:1:1: this") {
		t.Errorf("%v, notes %s", err, w.note())
	}
	w = newDeployWorld(t, soundProperties, soundDefinition)
	w.Service.Verdict = powerapps.Verdict{Refused: true, Code: "InvalidApiSwagger", Text: "it is wrong"}
	_, err := w.update(nil)
	var refused *commands.RefusedError
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), "(InvalidApiSwagger): it is wrong") || refused.Definition != filepath.Join(w.Dir, "apiDefinition.swagger.json") {
		t.Errorf("got %v", err)
	}
	if w.sent() != "" {
		t.Error("the connector was sent all the same")
	}
}
