package commands

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"paconn-ls/internal/jsondoc"
)

// deployment is a create or an update on its way.
type deployment struct {
	*session
	args        DeployArgs
	files       shipment
	environment string
	id          string // of the connector; "" before it is made
	making      bool   // the connector is made, not changed
	expected    string // the digest of what was compared before, "" when it does not matter
	script      scriptFate
	secrets     secrets
	cleaned     *cleaned // what can be shown; nil before somebody asks
	result      DeployResult
	done, total int // steps
}

// scriptFate is what becomes of a connector's script.
type scriptFate int

const (
	scriptKept    scriptFate = iota // nothing is sent of it, and it stays, if there is one
	scriptSent                      // the one that is sent takes its place
	scriptDropped                   // "" is sent, as paconn does whenever no script is given: there is none from then on
)

// begin connects, and reads and checks the files: what is wrong with them is told before anybody is asked anything.
func begin(ctx context.Context, env *Env, where Where, files FileArgs, args DeployArgs) (*deployment, error) {
	s, err := env.open(ctx, where)
	if err != nil {
		return nil, err
	}
	d := &deployment{session: s, args: args, total: 5}
	d.step("checking the files")
	paths, err := s.parts(files)
	if err != nil {
		return nil, err
	}
	if d.files, err = env.load(paths); err != nil {
		return nil, err
	}
	if !args.NoCheck {
		if err := inspect(ctx, d.files); err != nil {
			return nil, err
		}
		if err := env.plausible(d.files); err != nil {
			return nil, err
		}
	}
	return d, env.readable(d.files)
}

// step tells that the next step begins.
func (d *deployment) step(text string) {
	d.env.step(text, d.done, d.total)
	d.done++
}

// dropScript takes the script away from what is sent.
func (d *deployment) dropScript() {
	if f := d.files.script; f != nil {
		d.env.note("--remove-script: %s is not sent", d.env.shown(f.Path))
	}
	d.files.script, d.script = nil, scriptDropped
}

// target chooses the connector that is updated and reads what is deployed.
func (d *deployment) target(ctx context.Context, args UpdateArgs) (old deployed, err error) {
	if d.environment, err = d.session.environment(ctx, args.Environment); err != nil {
		return old, err
	}
	if d.id, err = d.connector(ctx, d.environment, args.Connector); err != nil {
		return old, err
	}
	d.result.ConnectorID = d.id
	return d.read(ctx)
}

// settle decides on what is sent besides the files: the fate of the script, and the secrets, which are asked for when all else
// is as it is expected to be. old is what is deployed.
func (d *deployment) settle(ctx context.Context, old deployed) error {
	removed := d.script == scriptDropped
	switch {
	case d.files.script != nil:
		d.script = scriptSent
	case d.making:
		d.script = scriptDropped
	}
	if none := d.files.script == nil && !old.hasScript(); removed || none && !d.args.NoCheck {
		if err := d.scriptNotNeeded(removed); err != nil {
			return err
		}
	}
	d.result.Environment, d.result.Title, d.result.DryRun = d.environment, d.files.title(), d.args.DryRun
	missing, err := d.givenSecrets(old)
	if err != nil || d.args.DryRun {
		return err
	}
	if err := d.asExpected(ctx, old); err != nil {
		return err
	}
	asked, err := d.env.askSecrets(ctx, missing)
	maps.Copy(d.secrets, asked)
	return err
}

// scriptNotNeeded refuses to send operations that run through a script without one, as the service does
// (InvalidScriptDefinitionUrlWithNonNullOperations).
func (d *deployment) scriptNotNeeded(removed bool) error {
	operations := d.files.properties.Root().Get("properties").Get("scriptOperations")
	if operations.Len() == 0 {
		return nil
	}
	why := "operations run through a script, but there is none: give it with --script, or take scriptOperations out"
	if removed {
		why = "operations run through the script that --remove-script takes away: take scriptOperations out"
	}
	return misplaced(d.files.properties, d.env.shown(d.files.properties.Path), operations.Name(), why)
}

// noteNamesakes tells of connectors of the same title: the service takes another. That the list cannot be had is no
// failure, it is only for telling.
func (d *deployment) noteNamesakes(ctx context.Context) error {
	brief, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	list, err := d.Connectors(brief, d.environment)
	if err != nil && ctx.Err() == nil {
		d.env.note("whether the environment has a connector %s already is not known: %v", plain(d.files.title()), err)
	}
	var ids []string
	for _, c := range list {
		if c.Title == d.files.title() {
			ids = append(ids, plain(c.ID))
		}
	}
	if len(ids) > 0 {
		d.env.note("the environment has a connector %s already, %s: create makes another, update changes it", plain(d.files.title()), strings.Join(ids, ", "))
	}
	return ctx.Err()
}

// noteTitle tells that an update does not rename.
func (d *deployment) noteTitle(old deployed) {
	if title := old.properties().Get("displayName").Text(); title != "" && title != d.files.title() {
		d.env.note("the connector is called %s and stays so: an update does not rename it to %s", plain(title), plain(d.files.title()))
	}
}

// filling returns what a registration would hold besides the files, with what can be shown in the place of secrets and of
// addresses that only an upload gives.
func (d *deployment) shownFilling() filling {
	f := filling{environment: d.environment, making: d.making, secrets: d.secrets.hidden(), keep: d.args.KeepMembers}
	if d.files.icon != nil {
		f.icon = placeholder(d.files.icon.Path)
	}
	switch d.script {
	case scriptSent:
		f.script = placeholder(d.files.script.Path)
	case scriptDropped:
		f.script = jsondoc.NewString("")
	}
	return f
}

func placeholder(path string) *jsondoc.Draft {
	return jsondoc.NewString(fmt.Sprintf("(the address of %s once it is uploaded)", blobBase(path)))
}
