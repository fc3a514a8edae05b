package commands

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// Settings are what a settings.json says: the fourteen keys that paconn reads. What is not there, or null, is "". It is
// read only where it is named: the settings.json of the working folder is not used by itself, as it is not by paconn, so
// that nobody deploys to an environment that they did not mean.
type Settings struct {
	Name string          // of the file, as it was given
	Path string          // of the file, absolute; "" when there is none
	File *connector.File // as it was read

	ConnectorID, Environment                             string
	Parts                                                      // absolute: they count from the file's folder, in the manner of paconn from the working folder
	Written                                              Parts // as they stand in the file
	PowerAppsURL, PowerAppsVersion, FlowURL, FlowVersion string
	Client, Tenant, Authority, Resource                  string
}

// Parts are the paths of the files of a connector.
type Parts struct{ Properties, Definition, Icon, Script string }

// settingsValues are the keys of a settings.json and where their values go.
var settingsValues = []struct {
	name string
	of   func(*Settings) *string
}{
	{"connectorId", func(s *Settings) *string { return &s.ConnectorID }},
	{"environment", func(s *Settings) *string { return &s.Environment }},
	{"apiProperties", func(s *Settings) *string { return &s.Written.Properties }},
	{"apiDefinition", func(s *Settings) *string { return &s.Written.Definition }},
	{"icon", func(s *Settings) *string { return &s.Written.Icon }},
	{"script", func(s *Settings) *string { return &s.Written.Script }},
	{"powerAppsUrl", func(s *Settings) *string { return &s.PowerAppsURL }},
	{"powerAppsApiVersion", func(s *Settings) *string { return &s.PowerAppsVersion }},
	{"flowUrl", func(s *Settings) *string { return &s.FlowURL }},
	{"flowApiVersion", func(s *Settings) *string { return &s.FlowVersion }},
	{"clientId", func(s *Settings) *string { return &s.Client }},
	{"tenant", func(s *Settings) *string { return &s.Tenant }},
	{"authorityUrl", func(s *Settings) *string { return &s.Authority }},
	{"resource", func(s *Settings) *string { return &s.Resource }},
}

// settings reads the settings.json of that name; none when the name is "". A file that is not there, or that cannot be
// understood, is an *ArgumentError that names the place.
func (e *Env) settings(name string) (Settings, error) {
	if name == "" {
		return Settings{}, nil
	}
	path := e.path(name)
	if err := e.saved(name); err != nil {
		return Settings{}, err
	}
	content, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Settings{}, &ArgumentError{name, "there is no such file; give the path of a settings.json, or leave --settings out"}
	}
	if info, gone := os.Stat(path); gone == nil && info.IsDir() {
		return Settings{}, &ArgumentError{name, "this is a folder; give the settings.json in it"}
	}
	if err != nil {
		return Settings{}, err
	}
	base := filepath.Dir(path)
	if e.Manner == Paconn {
		base = e.Dir
	}
	return settingsIn(connector.NewFile(path, connector.Settings, content), name, base)
}

// settingsIn reads a settings file whose paths count from the folder base.
func settingsIn(file *connector.File, name, base string) (Settings, error) {
	s := Settings{Name: name, Path: file.Path, File: file}
	if err := isObject(file, name); err != nil {
		return Settings{}, err
	}
	for _, key := range settingsValues {
		value := file.Root().Get(key.name)
		if !value.IsString() && value.Kind() != jsondoc.Null && value.Exists() {
			return Settings{}, misplaced(file, name, value.Span(), fmt.Sprintf("%s is %s, but has to be a string", key.name, value.Kind()))
		}
		*key.of(&s) = value.Text()
	}
	s.Parts = s.Written.from(base)
	return s, nil
}

// isObject tells what keeps a file from being one JSON object.
func isObject(file *connector.File, name string) error {
	if file.TooLarge() {
		return &ArgumentError{name, "this is far too large for a settings file"}
	}
	if problems := file.Doc().Errors(); len(problems) > 0 {
		return misplaced(file, name, problems[0].Span, "this is not JSON: "+problems[0].Message)
	}
	if root := file.Root(); !root.IsObject() {
		return misplaced(file, name, root.Name(), "the settings are "+root.Kind().String()+`, but have to be an object: {"environment": "…"}`)
	}
	return nil
}

// misplaced is an error at a place of a file, lines and columns counted from 1.
func misplaced(file *connector.File, name string, span source.Span, problem string) error {
	at := file.Content.Position(span.Start, source.UTF16)
	return &ArgumentError{fmt.Sprintf("%s:%d:%d", name, at.Line+1, at.Column+1), problem}
}

// from returns the paths as they count from a folder.
func (p Parts) from(base string) Parts {
	for _, path := range []*string{&p.Properties, &p.Definition, &p.Icon, &p.Script} {
		if *path != "" {
			*path = connector.Redirect(base, *path)
		}
	}
	return p
}
