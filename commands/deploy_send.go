package commands

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/report"
	"paconn-ls/powerapps"
)

// RefusedError says that the service does not take the definition. Nothing was sent but that.
type RefusedError struct {
	Definition string // its path, absolute
	Content    string // of the file, as it was validated
	Verdict    powerapps.Verdict
	Problems   []report.Problem // what the verdict says, at its places
}

func (e *RefusedError) Error() string {
	text := "the service refuses the definition"
	if e.Verdict.Code != "" {
		text += " (" + e.Verdict.Code + ")"
	}
	if e.Verdict.Text != "" {
		text += ": " + e.Verdict.Text
	}
	return text
}

// InterruptedError is an error that came after something had reached the service.
type InterruptedError struct {
	Reached string // "icon.png is uploaded, which changes nothing by itself"
	Err     error
}

func (e *InterruptedError) Error() string { return e.Err.Error() + "; " + e.Reached }

func (e *InterruptedError) Unwrap() error { return e.Err }

// send has the definition validated and the files uploaded, and returns the registration that is to be sent. Until then
// nothing of the connector has changed.
func (d *deployment) send(ctx context.Context) (registration []byte, err error) {
	if err := d.validate(ctx); err != nil {
		return nil, err
	}
	f := filling{environment: d.environment, making: d.making, secrets: d.secrets, keep: d.args.KeepMembers}
	if d.script == scriptDropped {
		f.script = jsondoc.NewString("")
	}
	if err := d.upload(ctx, &f); err != nil {
		return nil, d.interrupted(err)
	}
	body, leftOut := register(d.files, f)
	d.noteLeftOut(leftOut)
	return []byte(body.Compact()), nil
}

// validate asks what the service says of the definition, without the rules of the certification, as paconn does.
func (d *deployment) validate(ctx context.Context) error {
	d.step("asking the service about the definition")
	verdict, err := d.Validate(ctx, []byte(d.files.definition.Root().Draft().Compact()), powerapps.WithoutCertification)
	if err != nil {
		return err
	}
	_, problems := findings(d.files.definition, verdict)
	if text := remark(verdict, problems); text != "" {
		d.env.note("the service says of the definition: %s", plain(text))
	}
	if verdict.Refused {
		return &RefusedError{d.files.definition.Path, d.files.definition.Content.String(), verdict, problems}
	}
	for _, p := range problems {
		at := p.Range.Start
		d.env.note("the service says of %s:%d:%d: %s", d.env.shown(p.Path), at.Line+1, at.Column+1, plain(p.Message))
	}
	return nil
}

// upload puts icon and script where the service can fetch them. A place for them is asked for even when there are none,
// as paconn does.
func (d *deployment) upload(ctx context.Context, f *filling) error {
	d.step("asking for a place for the files")
	storage, err := d.Storage(ctx, d.environment)
	if err != nil {
		return err
	}
	icon, script := d.files.blobNames()
	for _, u := range []struct {
		file *connector.File
		name string
		to   **jsondoc.Draft
	}{{d.files.icon, icon, &f.icon}, {d.files.script, script, &f.script}} {
		if u.file == nil {
			continue
		}
		d.total++
		d.step("uploading " + plain(u.name))
		url, err := d.Upload(ctx, storage, u.name, []byte(u.file.Content.String()))
		if err != nil {
			return err
		}
		*u.to = jsondoc.NewString(url)
		d.result.Uploaded = append(d.result.Uploaded, u.name)
	}
	return nil
}

// blobNames returns the names under which icon and script are uploaded: those of the files, told apart where they are the
// same, since the second would replace the first.
func (s shipment) blobNames() (icon, script string) {
	if s.icon != nil {
		icon = blobBase(s.icon.Path)
	}
	if s.script != nil {
		script = blobBase(s.script.Path)
	}
	if icon == script && icon != "" {
		return "icon-" + icon, "script-" + script
	}
	return icon, script
}

func blobBase(path string) string { return filepath.Base(path) }

func (d *deployment) noteLeftOut(leftOut []string) {
	d.result.LeftOut = leftOut
	for _, name := range leftOut {
		d.env.note("%s is left out of what is sent, the service refuses it⟨ (--keep-member %s sends it)⟩", plain(name), plain(name))
	}
}

// interrupted adds to an error what has reached the service.
func (d *deployment) interrupted(err error) error {
	if len(d.result.Uploaded) == 0 {
		return err
	}
	verb := "is"
	if len(d.result.Uploaded) > 1 {
		verb = "are"
	}
	return &InterruptedError{fmt.Sprintf("%s %s uploaded, which changes nothing by itself", strings.Join(d.result.Uploaded, " and "), verb), err}
}

// create sends what makes the connector, once. From then on nothing is an error: the connector is there, and whoever
// took it for a failure would make another.
func (d *deployment) create(ctx context.Context, plan settingsPlan) (DeployResult, error) {
	registration, err := d.send(ctx)
	if err != nil {
		return DeployResult{}, err
	}
	d.step("creating the connector")
	id, err := d.Create(ctx, d.environment, registration)
	if err != nil {
		return DeployResult{}, d.interrupted(err)
	}
	d.id, d.result.ConnectorID = id, id
	if d.env.Manner != Paconn { // where a note is a warning
		d.env.note("the connector is made, its id is %s", plain(id))
	}
	d.keepSettings(plan)
	d.compare(ctx, deployed{})
	return d.result, nil
}

// update sends what changes the connector.
func (d *deployment) update(ctx context.Context, old deployed) (DeployResult, error) {
	if d.expected == "" { // else that was done already
		d.compareBefore(ctx, old)
	}
	registration, err := d.send(ctx)
	if err != nil {
		return DeployResult{}, err
	}
	d.step("updating the connector")
	if err := d.Update(ctx, d.environment, d.id, registration); err != nil {
		return DeployResult{}, d.interrupted(err)
	}
	d.compare(ctx, old)
	return d.result, nil
}

// compareBefore tells what the update changes, as far as that can be learned soon.
func (d *deployment) compareBefore(ctx context.Context, old deployed) {
	brief, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	d.result.Changes, _ = d.changesFrom(brief, old)
}
