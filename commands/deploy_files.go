package commands

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/report"
)

// shipment is the files of a connector as they were read, once: what is checked is what is sent.
type shipment struct {
	properties, definition *connector.File
	icon, script           *connector.File // nil when none is sent
}

func (s shipment) files() []*connector.File {
	var out []*connector.File
	for _, f := range []*connector.File{s.properties, s.definition, s.icon, s.script} {
		if f != nil {
			out = append(out, f)
		}
	}
	return out
}

// dir is the folder that the connector counts as: that of its properties.
func (s shipment) dir() string { return filepath.Dir(s.properties.Path) }

// title is the name that the definition gives the connector.
func (s shipment) title() string { return s.definition.Root().Get("info").Get("title").Text() }

// parts returns where the files are that are sent. Options and the settings file name them. Where neither names one, they
// are those of the working folder by their usual names; where some are named, the definition and the properties that are
// not are looked for beside the other, and there is no icon and no script but those that are named. In the manner of
// paconn nothing is looked for.
func (s *session) parts(args FileArgs) (Parts, error) {
	set := s.settings.Parts
	named := Parts{
		Properties: s.env.file(s.settings, option{"--api-prop", args.Properties, "apiProperties", set.Properties}),
		Definition: s.env.file(s.settings, option{"--api-def", args.Definition, "apiDefinition", set.Definition}),
		Icon:       s.env.file(s.settings, option{"--icon", args.Icon, "icon", set.Icon}),
		Script:     s.env.file(s.settings, option{"--script", args.Script, "script", set.Script}),
	}
	if s.env.Manner == Paconn {
		return named, missingIn(named)
	}
	return s.usual(named)
}

// missingIn says what is missing the way that scripts around paconn expect.
func missingIn(p Parts) error {
	switch {
	case p.Properties == "":
		return inPaconnsWords(paconnNeedsProperties)
	case p.Definition == "":
		return inPaconnsWords(paconnNeedsDefinition)
	}
	return nil
}

// inPaconnsWords is an error that scripts look for: a sentence with its full stop.
type inPaconnsWords string

func (e inPaconnsWords) Error() string { return string(e) }

// What paconn says of files that are not given.
const (
	paconnNeedsProperties = "API Properties must be specified."
	paconnNeedsDefinition = "API Definition must be specified."
	paconnFileMissing     = "File does not exist: "
)

// usual adds the files that were not named.
func (s *session) usual(named Parts) (Parts, error) {
	folder := s.env.Dir
	switch {
	case named.Definition != "":
		folder = filepath.Dir(named.Definition)
	case named.Properties != "":
		folder = filepath.Dir(named.Properties)
	case s.settings.Path != "":
		folder = filepath.Dir(s.settings.Path)
	}
	there := usualParts(folder)
	if named == (Parts{}) {
		named = there
	}
	for _, p := range []struct {
		path         *string
		usual        string
		name, option string
	}{
		{&named.Properties, there.Properties, connector.PropertiesName, "--api-prop"},
		{&named.Definition, there.Definition, connector.DefinitionName, "--api-def"},
	} {
		if *p.path == "" {
			*p.path = p.usual
		}
		if *p.path == "" {
			return named, &ArgumentError{s.env.shown(folder), "there is no " + p.name + " here: give " + p.option + s.settingsHint()}
		}
	}
	return named, nil
}

// settingsHint tells of a settings.json that was not named.
func (s *session) settingsHint() string {
	path := s.env.path(connector.SettingsName)
	if _, err := readFile(path); s.settings.Path != "" || err != nil {
		return ""
	}
	return ", or --settings " + connector.SettingsName
}

// usualParts returns the files of a folder that are named as the parts of a connector usually are, or misspelt a little.
func usualParts(dir string) Parts {
	var p Parts
	for role, at := range map[connector.Role]*string{connector.Properties: &p.Properties, connector.Definition: &p.Definition, connector.Icon: &p.Icon, connector.Script: &p.Script} {
		best := 2 // from there on a name says nothing by itself
		for _, name := range (Disk{}).List(dir) {
			if r, doubt := connector.RoleOf(name); r == role && doubt < best {
				*at, best = filepath.Join(dir, name), doubt
			}
		}
	}
	return p
}

// shown is how a path is written in messages: relative to the working folder where it lies below.
func (e *Env) shown(path string) string { return plain(report.Name(e.Dir, path)) }

// load reads the files that are sent. A file that is not there is an *ArgumentError, always: a script that is misspelt
// must not take the connector's script away.
func (e *Env) load(p Parts) (shipment, error) {
	var s shipment
	for _, f := range []struct {
		to   **connector.File
		path string
		role connector.Role
	}{
		{&s.properties, p.Properties, connector.Properties}, {&s.definition, p.Definition, connector.Definition},
		{&s.icon, p.Icon, connector.Icon}, {&s.script, p.Script, connector.Script},
	} {
		if f.path == "" {
			continue
		}
		file, err := e.part(f.path, f.role)
		if err != nil {
			return s, err
		}
		*f.to = file
	}
	return s, nil
}

// part reads a file that plays a part.
func (e *Env) part(path string, role connector.Role) (*connector.File, error) {
	if err := e.saved(path); err != nil {
		return nil, err
	}
	content, err := readFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && e.Manner == Paconn:
		return nil, errors.New(paconnFileMissing + e.shown(path))
	case errors.Is(err, fs.ErrNotExist):
		return nil, &ArgumentError{e.shown(path), "there is no such file, so there is no " + role.String() + " to send"}
	case err != nil:
		return nil, fmt.Errorf("read the %s: %w", role, err)
	}
	return connector.NewFile(path, role, content), nil
}

// readable tells what keeps files that are sent as JSON from being it, whatever the local check is told to overlook.
func (e *Env) readable(s shipment) error {
	for _, f := range []*connector.File{s.properties, s.definition} {
		name := e.shown(f.Path)
		if f.TooLarge() {
			return &ArgumentError{name, "the file is larger than 10 MB, the service takes 1 MB"}
		}
		if problems := f.Doc().Errors(); len(problems) > 0 {
			return misplaced(f, name, problems[0].Span, "this is not JSON: "+problems[0].Message)
		}
		if root := f.Root(); !root.IsObject() {
			return misplaced(f, name, root.Name(), "the file holds "+root.Kind().String()+", not an object")
		}
	}
	if v := s.properties.Root().Get("properties"); !v.IsObject() {
		return e.lacks(s.properties, v, `the file has to hold an object "properties"`)
	}
	info := s.definition.Root().Get("info")
	if v := info.Get("title"); !v.IsString() || v.Text() == "" {
		return e.lacks(s.definition, cmp.Or(v, info), "the definition has no info.title, which names the connector")
	}
	return nil
}

// lacks is an error at a value, or at the file when there is none.
func (e *Env) lacks(f *connector.File, at jsondoc.Value, problem string) error {
	return misplaced(f, e.shown(f.Path), cmp.Or(at, f.Root()).Name(), problem)
}
