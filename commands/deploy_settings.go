package commands

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/powerapps"
)

// settingsPlan is what becomes of the settings file when the connector is made.
type settingsPlan struct {
	path   string
	exists bool
	keep   bool // it stays as it is
}

// planSettings decides on the settings file, and asks, before anything is made: nobody may be there to be asked, and a
// question that fails afterwards hides the id of the new connector. The file is the one of --settings, else the one
// beside the definition; in the manner of paconn that of the working folder.
func (d *deployment) planSettings(ctx context.Context, args CreateArgs) (settingsPlan, error) {
	plan := settingsPlan{path: filepath.Join(filepath.Dir(d.files.definition.Path), connector.SettingsName)}
	switch {
	case d.env.Manner == Paconn:
		plan.path = filepath.Join(d.env.Dir, connector.SettingsName)
	case d.settings.Path != "":
		plan.path = d.settings.Path
	}
	name := d.env.shown(plan.path)
	if err := d.env.saved(plan.path); err != nil {
		return plan, err
	}
	text, err := readFile(plan.path)
	if errors.Is(err, fs.ErrNotExist) {
		return plan, d.canKeep(plan)
	}
	if err != nil {
		return plan, fmt.Errorf("read the settings that are to have the new connector's id: %w", err)
	}
	file := connector.NewFile(plan.path, connector.Settings, text)
	if err := isObject(file, name); err != nil {
		return plan, err
	}
	plan.exists = true
	if plan.keep, err = d.keepsSettings(ctx, file, args.OverwriteSettings); err != nil || plan.keep {
		return plan, err
	}
	return plan, d.canKeep(plan)
}

// canKeep returns an error when the settings file cannot be written: without it nobody finds the connector again.
func (d *deployment) canKeep(plan settingsPlan) error {
	err := mayWrite(plan.path)
	if err == nil {
		return nil
	}
	what := "it"
	if !plan.exists {
		what = "its folder"
	}
	return fmt.Errorf("%s is to have the new connector's id, but cannot be written: %w; nothing was created, make %s writable first", d.env.shown(plan.path), reason(err), what)
}

// keepsSettings reports whether a settings file that is there stays as it is: it is of another program, or the user says
// so. Where nobody can be asked it gets the new id, and the note of that has the old one.
func (d *deployment) keepsSettings(ctx context.Context, file *connector.File, overwrite bool) (bool, error) {
	name, id := d.env.shown(file.Path), file.Root().Get("connectorId").Text()
	switch {
	case ofAnotherProgram(file.Root()):
		d.env.note("%s is of another program and gets no connector's id", name)
		return true, nil
	case overwrite, id == "" && d.env.Manner == Own:
		return false, nil
	case d.env.Ask == nil:
		d.env.note("%s gets the id of the new connector in the place of %s", name, plain(id))
		return false, nil
	}
	question := connector.SettingsName + " file exists. Do you want to overwrite?"
	if d.env.Audience == Editor {
		question = fmt.Sprintf("%s is of the connector %s. Write the id of the new one into it?", name, plain(id))
	}
	yes, err := d.env.Ask.Confirm(ctx, question)
	return !yes, err
}

// ofAnotherProgram reports whether a settings.json has none of our keys, but others.
func ofAnotherProgram(root jsondoc.Value) bool {
	for _, key := range settingsValues {
		if root.Get(key.name).Exists() {
			return false
		}
	}
	return root.Len() > 0
}

// keepSettings puts the id of the new connector into the settings file. What goes wrong is noted.
func (d *deployment) keepSettings(plan settingsPlan) {
	if plan.keep {
		return
	}
	err := d.writeSettings(plan)
	if err != nil {
		d.result.NotWritten = plan.path
		d.env.note("%s could not be written, keep the id %s yourself: %v", d.env.shown(plan.path), plain(d.id), reason(err))
		return
	}
	d.result.SettingsFile = plan.path
}

// reason is what is wrong with writing a file, without the name that its content has meanwhile.
func reason(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

func (d *deployment) writeSettings(plan settingsPlan) error {
	next := d.nextSettings(filepath.Dir(plan.path))
	if !plan.exists {
		return WriteFile(plan.path, newSettings(next))
	}
	set := []setting{{"connectorId", d.id}, {"environment", d.environment}}
	if d.leadsElsewhere(plan.path) {
		set = append(set, setting{"powerAppsUrl", next.PowerAppsURL})
	}
	return d.env.setSettings(plan.path, set...)
}

// leadsElsewhere reports whether a settings file has the address of another service than the one that has the connector
// now: the next update that follows the file would not find it. The address of a sandbox is not put into a file, it is
// another the next time.
func (d *deployment) leadsElsewhere(path string) bool {
	text, err := readFile(path)
	if err != nil {
		return false
	}
	given := connector.NewFile(path, connector.Settings, text).Root().Get("powerAppsUrl").Text()
	switch {
	case given == "" || powerapps.HostOf(given) == powerapps.HostOf(d.cloud.PowerApps):
		return false
	case d.cloud.Roots != nil && d.env.Manner == Own:
		d.env.note("%s keeps its powerAppsUrl, %s⟨: give --cloud %s as well to reach this connector|, which is not where this connector is⟩", d.env.shown(path), plain(given), d.cloud.Name)
		return false
	}
	return true
}

// nextSettings returns the settings of the new connector, with paths that count from a folder.
func (d *deployment) nextSettings(folder string) Settings {
	next := Settings{ConnectorID: d.id, Environment: d.environment, PowerAppsURL: d.cloud.PowerApps, PowerAppsVersion: d.cloud.PowerAppsVersion}
	if d.cloud.Roots != nil && d.env.Manner == Own { // a sandbox, which is elsewhere the next time
		next.PowerAppsURL, next.PowerAppsVersion = "", ""
	}
	for _, p := range []struct {
		to   *string
		file *connector.File
	}{
		{&next.Written.Properties, d.files.properties}, {&next.Written.Definition, d.files.definition},
		{&next.Written.Icon, d.files.icon}, {&next.Written.Script, d.files.script},
	} {
		if p.file != nil {
			*p.to = relative(folder, p.file.Path)
		}
	}
	return next
}

// relative returns a path as it counts from a folder, with forward slashes; absolute where it does not.
func relative(folder, path string) string {
	if rel, err := filepath.Rel(folder, path); err == nil {
		path = rel
	}
	return filepath.ToSlash(path)
}
