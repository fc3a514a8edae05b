package commands

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"paconn-ls/internal/connector"
)

// DownloadArgs says what to download and where to.
type DownloadArgs struct {
	Environment string   `json:"environment,omitempty" opt:"env,e" help:"the environment of the connector"`
	Connector   string   `json:"connectorId,omitempty" opt:"cid,c" help:"the id of the connector"`
	Dest        string   `json:"dest,omitempty" opt:"dest,d" help:"the folder to write into (default: one named after the id)"`
	Overwrite   bool     `json:"overwrite,omitempty" opt:"overwrite,w" help:"overwrite files without asking"`
	Without     []string `json:"without,omitempty" opt:"without" help:"a part to leave as it is on disk: icon or script"`
	Where
}

// DownloadResult tells what was downloaded.
type DownloadResult struct {
	Folder      string       `json:"folder"` // absolute
	ConnectorID string       `json:"connectorId"`
	Environment string       `json:"environment"`
	Files       []FileChange `json:"files"`
}

// FileChange tells what became of one file.
type FileChange struct {
	Name    string `json:"name"`              // relative to the folder
	Change  string `json:"change"`            // created, changed, unchanged, or stale: on disk, but not of this connector any more
	Added   int    `json:"added,omitempty"`   // lines
	Removed int    `json:"removed,omitempty"` // lines
}

// Download writes the files of a connector into a folder: the properties, the definition, and the icon and the script
// where it has them, and a settings.json that names them. Nothing is written before all of it is there and found sound; what fails
// or is cancelled leaves the folder as it was. Files that would change are overwritten when that is allowed, or the user
// says so; one that differs in its line breaks alone is left alone.
//
// Its errors are those of connecting, *NeedError when nobody can be asked whether to overwrite, *ArgumentError for a name
// that leads out of the folder or a file that an editor has changed, and *powerapps.Error for what cannot be fetched.
func Download(ctx context.Context, env *Env, args DownloadArgs) (DownloadResult, error) {
	d, err := env.download(ctx, args)
	if err != nil {
		return DownloadResult{}, err
	}
	if err := d.fetch(ctx); err != nil {
		return DownloadResult{}, err
	}
	changed := slices.DeleteFunc(d.files.order(), func(f *saving) bool { return !f.changes() })
	if err := d.mayWrite(ctx, changed); err != nil {
		return DownloadResult{}, err
	}
	d.total = d.done + 2*len(changed)
	if len(changed) > 0 {
		if err := d.write(ctx, changed, d.step); err != nil {
			return DownloadResult{}, err
		}
	}
	return d.result(), nil
}

// download is a connector on its way into a folder.
type download struct {
	*session
	destination
	args        DownloadArgs
	environment string
	id          string
	files       savings
	settled     *connector.File // the settings file of the folder; nil when there is none
	done, total int             // steps; total is 0 while nobody knows
}

// download finds out what is downloaded where to, and what is there already.
func (e *Env) download(ctx context.Context, args DownloadArgs) (*download, error) {
	for _, part := range args.Without {
		if part != "icon" && part != "script" {
			return nil, &ArgumentError{"--without " + plain(part), "only icon and script can be left out"}
		}
	}
	s, err := e.open(ctx, args.Where)
	if err != nil {
		return nil, err
	}
	d := &download{session: s, args: args}
	if d.environment, err = s.environment(ctx, args.Environment); err != nil {
		return nil, err
	}
	if d.id, err = s.connector(ctx, d.environment, args.Connector); err != nil {
		return nil, err
	}
	if d.destination, err = e.destination(args.Dest, d.id); err != nil {
		return nil, err
	}
	names, err := d.names()
	if err != nil {
		return nil, err
	}
	d.files, err = d.savings(names)
	return d, err
}

// names returns the names of the files as the settings file says them. In the manner of paconn that is the one that was
// given; otherwise, when none was given, the one of the folder does as well. That one is read in any case: its keys stay.
func (d *download) names() (Parts, error) {
	there, err := d.find("settings", connector.SettingsName)
	if err != nil {
		return Parts{}, err
	}
	named := d.settings
	if there.there {
		path := filepath.Join(d.shown, connector.SettingsName)
		d.settled = connector.NewFile(path, connector.Settings, there.old)
		if err := isObject(d.settled, plain(path)); err != nil {
			return Parts{}, err
		}
		if named.Path == "" && d.env.Manner == Own {
			if named, err = settingsIn(d.settled, plain(path), d.path); err != nil {
				return Parts{}, err
			}
		}
	}
	return downloadNames(named.Written), nil
}

// step tells that something is begun, unless all is cancelled.
func (d *download) step(ctx context.Context, text string) error {
	d.env.step(text, d.done, d.total)
	d.done++
	return ctx.Err()
}

// mayWrite returns nil when the files may be written: no editor holds a newer text of them, and those that are there may
// be overwritten. The question has paconn's words.
func (d *download) mayWrite(ctx context.Context, files []*saving) error {
	var there []string
	for _, f := range files {
		for _, folder := range []string{d.shown, d.path} {
			if err := d.env.saved(filepath.Join(folder, f.path)); err != nil {
				return err
			}
		}
	}
	for _, f := range d.files.list() {
		if f.there && f.changes() {
			there = append(there, f.name)
		}
	}
	if len(there) == 0 || d.args.Overwrite {
		return nil
	}
	if d.env.Ask == nil {
		return &NeedError{What: "overwrite", Option: "--overwrite", Hint: "these files would change: " + plain(strings.Join(there, ", "))}
	}
	question, refused := d.overwriting(there)
	yes, err := d.env.Ask.Confirm(ctx, question)
	if err != nil {
		return err
	}
	if !yes {
		return errors.New(refused)
	}
	return nil
}

// overwriting returns the question whether files are overwritten, and what is said when they are not: in a terminal as
// paconn puts it.
func (d *download) overwriting(there []string) (question, refused string) {
	if d.env.Audience == Editor {
		return "What is here would change: " + plain(strings.Join(there, ", ")) + ". Overwrite it?", "nothing was overwritten"
	}
	return pythonList(there) + " file(s) exist. Do you want to overwrite?", pythonList(there) + paconnNotOverwritten
}

// paconnNotOverwritten is what paconn says when the user does not want it to.
const paconnNotOverwritten = " files not overwritten."

// pythonList writes names as paconn does.
func pythonList(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quote := "'"
		if strings.Contains(name, "'") && !strings.Contains(name, `"`) {
			quote = `"`
		}
		name = strings.NewReplacer(`\`, `\\`, quote, `\`+quote).Replace(plain(name))
		quoted[i] = quote + name + quote
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// result tells what became of the files.
func (d *download) result() DownloadResult {
	out := DownloadResult{Folder: d.shown, ConnectorID: d.id, Environment: d.environment, Files: []FileChange{}}
	for _, f := range d.files.list() {
		change, ok := f.change()
		if !ok || d.leavesOut(f) {
			continue
		}
		out.Files = append(out.Files, change)
		if change.Change == "stale" {
			d.env.note("%s is no file of the connector any more: it stays, and settings.json does not name it", plain(f.name))
		}
	}
	d.tellLeft()
	return out
}

// tellLeft tells of files that a download left which was killed. They may be those of one that runs, so they stay.
func (d *download) tellLeft() {
	entries, _ := os.ReadDir(d.path)
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), besidePrefix) {
			d.env.note("%s, and what else is called so, is left of a download that was killed, and can be removed", plain(filepath.Join(d.shown, entry.Name())))
			return
		}
	}
}
