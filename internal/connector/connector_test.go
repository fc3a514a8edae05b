package connector_test

import (
	"path/filepath"
	"slices"
	"testing"

	"paconn-ls/internal/connector"
)

// disk holds files by slash path below the root; it is a connector.Files.
type disk map[string]string

func (d disk) List(dir string) []string {
	var names []string
	for path := range d {
		if filepath.Dir(abs(path)) == dir {
			names = append(names, filepath.Base(path))
		}
	}
	return names
}

func (d disk) Read(path string, role connector.Role) *connector.File {
	for p, content := range d {
		if abs(p) == path {
			return connector.NewFile(path, role, content)
		}
	}
	return nil
}

func abs(path string) string {
	return filepath.Join(string(filepath.Separator), filepath.FromSlash(path))
}

// TestParts tells which file plays which part, by names that published connectors have.
func TestParts(t *testing.T) {
	for name, c := range map[string]struct {
		files disk
		want  map[connector.Role]string
	}{
		"usual names": {disk{"c/apiDefinition.swagger.json": "{}", "c/apiProperties.json": "{}", "c/settings.json": "{}", "c/script.csx": "", "c/icon.png": "", "c/readme.md": ""},
			map[connector.Role]string{connector.Definition: "c/apiDefinition.swagger.json", connector.Properties: "c/apiProperties.json", connector.Settings: "c/settings.json",
				connector.Script: "c/script.csx", connector.Icon: "c/icon.png", connector.Readme: "c/readme.md"}},
		"another case": {disk{"c/apidefinition.swagger.json": "{}", "c/APIPROPERTIES.JSON": "{}", "c/README.MD": "", "c/Script.csx": "", "c/Icon.PNG": ""},
			map[connector.Role]string{connector.Definition: "c/apidefinition.swagger.json", connector.Properties: "c/APIPROPERTIES.JSON", connector.Readme: "c/README.MD",
				connector.Script: "c/Script.csx", connector.Icon: "c/Icon.PNG"}},
		"misspelt": {disk{"c/apiDefination.swagger.json": "{}", "c/apiProperties.json": "{}", "c/Script.cs": ""},
			map[connector.Role]string{connector.Definition: "c/apiDefination.swagger.json", connector.Properties: "c/apiProperties.json", connector.Script: "c/Script.cs"}},
		"names of its own": {disk{"c/CQC-Connector.swagger.json": "{}", "c/apiProperties.json": "{}", "c/connector-script.csx": ""},
			map[connector.Role]string{connector.Definition: "c/CQC-Connector.swagger.json", connector.Properties: "c/apiProperties.json", connector.Script: "c/connector-script.csx"}},
		"the usual name wins": {disk{"c/a.swagger.json": "{}", "c/apiDefinition.swagger.json": "{}", "c/a.csx": "", "c/script.csx": ""},
			map[connector.Role]string{connector.Definition: "c/apiDefinition.swagger.json", connector.Script: "c/script.csx"}},
		"settings put parts elsewhere": {disk{"c/apiDefinition.swagger.json": "{}", "c/src/def.json": "{}", "c/art/logo.png": "",
			"c/settings.json": `{"apiDefinition": "src/def.json", "icon": "art\\logo.png", "script": "gone.csx"}`},
			map[connector.Role]string{connector.Definition: "c/src/def.json", connector.Icon: "c/art/logo.png", connector.Settings: "c/settings.json"}},
		"settings that are half written": {disk{"c/apiDefinition.swagger.json": "{}", "c/settings.json": `{"apiDefinition": "src/de`},
			map[connector.Role]string{connector.Definition: "c/apiDefinition.swagger.json", connector.Settings: "c/settings.json"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := connector.Assemble(abs("c"), c.files)
			for role := connector.Definition; role <= connector.Config; role++ {
				path := ""
				if f := got.Part(role); f != nil {
					path = f.Path
				}
				want := ""
				if c.want[role] != "" {
					want = abs(c.want[role])
				}
				if path != want {
					t.Errorf("the %s is %q, expected %q", role, path, want)
				}
			}
		})
	}
}

func TestHolds(t *testing.T) {
	for name, c := range map[string]struct {
		files disk
		want  bool
	}{
		"a definition":                      {disk{"c/apiDefinition.swagger.json": "{}"}, true},
		"properties":                        {disk{"c/apiProperties.json": "{}"}, true},
		"some other OpenAPI file":           {disk{"c/petstore.swagger.json": "{}"}, false},
		"settings of another program":       {disk{"c/settings.json": `{"editor.tabSize": 2}`}, false},
		"settings that lead to a file":      {disk{"c/settings.json": `{"apiDefinition": "src/def.json"}`, "c/src/def.json": "{}"}, true},
		"settings that lead nowhere":        {disk{"c/settings.json": `{"apiDefinition": "src/def.json"}`}, false},
		"a script and an icon alone":        {disk{"c/script.csx": "", "c/icon.png": ""}, false},
		"nothing":                           {disk{}, false},
		"settings that hold no JSON at all": {disk{"c/settings.json": "\x00\xff"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := connector.Holds(abs("c"), c.files.List(abs("c")), c.files); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

// TestSnapshots checks that a change makes a new workspace and leaves the old one as it was.
func TestSnapshots(t *testing.T) {
	files := disk{"a/apiProperties.json": "{}", "a/settings.json": `{"apiDefinition": "../shared/def.json"}`, "shared/def.json": "{}", "b/apiProperties.json": "{}"}
	var empty *connector.Workspace
	a, b := connector.Assemble(abs("a"), files), connector.Assemble(abs("b"), files)
	both := empty.With(a).With(b)
	if c, f := both.Find(abs("shared/def.json")); c != a || f != a.Definition() {
		t.Errorf("a file that settings.json leads to belongs to %v", c)
	}
	changed := a.With(connector.NewFile(abs("a/apiProperties.json"), connector.Properties, `{"properties": {}}`))
	next := both.With(changed).Without(abs("b"))
	if both.Connector(abs("a")) != a || both.Connector(abs("b")) != b || a.Properties().Content.String() != "{}" {
		t.Error("a change reached the snapshot before it")
	}
	if next.Connector(abs("b")) != nil || next.Connector(abs("a")).Definition() != a.Definition() {
		t.Error("a new snapshot should lack what went and share what stayed")
	}
	dirs := []string{}
	for _, c := range both.Connectors() {
		dirs = append(dirs, c.Dir)
	}
	if !slices.Equal(dirs, []string{abs("a"), abs("b")}) {
		t.Errorf("connectors come in the order of their folders, got %v", dirs)
	}
	if c, f := next.Find(abs("nowhere.json")); c != nil || f != nil {
		t.Error("a file that nobody has was found")
	}
}

// TestMemo checks that what is computed from a file is computed once.
func TestMemo(t *testing.T) {
	calls := 0
	lengths := connector.NewMemo(func(f *connector.File) int { calls++; return f.Content.Len() })
	f := connector.NewFile("x", connector.Other, "four")
	first, second := lengths.Of(f), lengths.Of(f)
	if first != 4 || second != 4 || calls != 1 {
		t.Errorf("computed %d times", calls)
	}
	if lengths.Of(nil) != 0 {
		t.Error("a file that is not there has the zero value")
	}
}
