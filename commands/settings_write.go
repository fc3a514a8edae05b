package commands

import (
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// setting is a key of a settings.json and the text that it is to have.
type setting struct{ Key, Value string }

// newSettings returns the text of a settings.json with paconn's keys in paconn's order. The paths are those of s.Written:
// an icon that there is not is null, a script and an address of the service that there are not are left out.
func newSettings(s Settings) string {
	var b strings.Builder
	add := func(key, json string) {
		if b.Len() > 0 {
			b.WriteString(",\n")
		}
		b.WriteString("  " + jsondoc.Quote(key) + ": " + json)
	}
	add("connectorId", jsondoc.Quote(s.ConnectorID))
	add("environment", jsondoc.Quote(s.Environment))
	add("apiProperties", jsondoc.Quote(s.Written.Properties))
	add("apiDefinition", jsondoc.Quote(s.Written.Definition))
	if s.Written.Icon == "" {
		add("icon", "null")
	} else {
		add("icon", jsondoc.Quote(s.Written.Icon))
	}
	for _, left := range []setting{
		{"powerAppsUrl", s.PowerAppsURL}, {"powerAppsApiVersion", s.PowerAppsVersion}, {"script", s.Written.Script},
	} {
		if left.Value != "" {
			add(left.Key, jsondoc.Quote(left.Value))
		}
	}
	return "{\n" + b.String() + "\n}\n"
}

// settingsWith returns the text of the settings.json of that name with some keys set. All else stays as it is: the other
// keys, their order, the layout, a byte order mark. Text that is no JSON object is an *ArgumentError that names the place.
func settingsWith(name, text string, set ...setting) (string, error) {
	for _, s := range set {
		file := connector.NewFile(name, connector.Settings, text)
		if err := isObject(file, name); err != nil {
			return "", err
		}
		root := file.Root()
		edits := root.Insert(s.Key, jsondoc.Quote(s.Value))
		if value := root.Get(s.Key); value.Exists() {
			edits = value.Replace(jsondoc.Quote(s.Value))
		}
		var err error
		if text, err = source.Apply(text, edits); err != nil {
			return "", err
		}
	}
	return text, nil
}

// setSettings sets keys in a settings.json on disk, which is left alone when it says all that already, or when an editor
// holds a newer text of it.
func (e *Env) setSettings(name string, set ...setting) error {
	if err := e.saved(name); err != nil {
		return err
	}
	old, err := readFile(e.path(name))
	if err != nil {
		return err
	}
	text, err := settingsWith(name, old, set...)
	if err != nil || text == old {
		return err
	}
	return WriteFile(e.path(name), text)
}
