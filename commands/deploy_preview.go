package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/report"
	"paconn-ls/internal/source"
	"paconn-ls/powerapps"
)

// preview tells what would be sent and what would change. Nothing is sent that changes something, nor the definition to
// be validated.
func (d *deployment) preview(ctx context.Context, old deployed) (DeployResult, error) {
	next, leftOut := d.shown(ctx)
	d.noteLeftOut(leftOut)
	d.result.After = d.secrets.hide(jsondoc.Format(next))
	d.lookAt(ctx, old, next)
	if d.env.Audience == Editor { // who asks whether to send it, and should say where to
		d.result.EnvTitle = d.environmentTitle(ctx)
	}
	for _, f := range []*connector.File{d.files.icon, d.files.script} {
		if f != nil {
			d.result.Uploaded = append(d.result.Uploaded, blobBase(f.Path))
		}
	}
	if ctx.Err() != nil {
		return DeployResult{}, ctx.Err()
	}
	return d.result, nil
}

// environmentTitle returns what the environment is called, with its id where others are called the same; "" where the
// service does not tell soon.
func (d *deployment) environmentTitle(ctx context.Context) string {
	brief, cancel := context.WithTimeout(ctx, patience/6)
	defer cancel()
	list, _ := d.Environments(brief) // a question with an id in it is better than none
	i := slices.IndexFunc(list, func(e powerapps.Environment) bool { return strings.EqualFold(e.Name, d.environment) })
	if i < 0 {
		return ""
	}
	for j, e := range list {
		if j != i && e.Title == list[i].Title {
			return fmt.Sprintf("%s (%s)", e.Title, d.environment)
		}
	}
	return list[i].Title
}

// shown returns what is sent, with stars for secrets. It is worked out once.
func (d *deployment) shown(ctx context.Context) (registration jsondoc.Value, leftOut []string) {
	if d.cleaned == nil {
		draft, leftOut := register(d.files.withoutSecrets(ctx), d.shownFilling())
		d.cleaned = &cleaned{jsondoc.Parse(draft.Compact()).Root(), leftOut}
	}
	return d.cleaned.registration, d.cleaned.leftOut
}

// cleaned is a registration without secrets, and the members that it lacks.
type cleaned struct {
	registration jsondoc.Value
	leftOut      []string
}

// withoutSecrets returns the files with stars in the place of what looks like a secret in them.
func (s shipment) withoutSecrets(ctx context.Context) shipment {
	s.properties, s.definition = starred(ctx, s.properties), starred(ctx, s.definition)
	return s
}

// starred returns a file with stars in the place of what the rule about secrets finds in it, and of whatever stands where
// a secret belongs.
func starred(ctx context.Context, f *connector.File) *connector.File {
	if f == nil {
		return nil
	}
	var spans []source.Span
	ctx = context.WithoutCancel(ctx) // a check that stops halfway finds no secrets
	for _, x := range diagnostics.Check(ctx, connector.Of("", f), onlySecrets()) {
		if f.Content.String()[x.Span.Start] == '"' {
			spans = append(spans, x.Span)
		}
	}
	for v := range f.Root().Descendants() {
		if isSecretPlace(v) && v.Text() != "" && !slices.Contains(spans, v.Span()) {
			spans = append(spans, v.Span())
		}
	}
	edits := make([]source.Edit, len(spans))
	for i, span := range spans {
		edits[i] = source.Edit{Span: span, New: jsondoc.Quote(stars)}
	}
	text, err := source.Apply(f.Content.String(), edits)
	if err != nil {
		text = "{}" // rather nothing than a secret
	}
	return connector.NewFile(f.Path, f.Role, text)
}

// isSecretPlace reports whether a value is where the secret of an application or of a connection belongs.
func isSecretPlace(v jsondoc.Value) bool {
	return strings.EqualFold(v.Key(), clientSecretKey) || v.Key() == "defaultValue" && v.Parent().Get("type").Text() == "securestring"
}

// onlySecrets switches off every rule but the one about secrets.
func onlySecrets() diagnostics.Options {
	o := diagnostics.Options{Rules: map[string]diagnostics.Severity{}, Most: 1 << 20}
	for _, r := range diagnostics.All {
		o.Rules[r.Name] = diagnostics.Off
	}
	o.Rules[report.SecretRule] = diagnostics.Warning
	return o
}

// learn adds to what is known of a deployed connector its definition, and puts stars in the place of secrets. Where there
// is an error, it is why the definition is not known.
func (d *deployment) learn(ctx context.Context, old deployed) (deployed, error) {
	if !old.exists() {
		return old, nil
	}
	old, err := d.withDefinition(ctx, old)
	answer := connector.NewFile(connector.PropertiesName, connector.Properties, old.doc.Source())
	old.doc, old.definition = starred(ctx, answer).Doc(), starred(ctx, old.definition)
	return old, err
}

// changesFrom returns what would change of a connector that is deployed, as far as that can be learned, and the connector
// with what was learned.
func (d *deployment) changesFrom(ctx context.Context, old deployed) ([]Change, deployed) {
	old, err := d.learn(ctx, old)
	if err != nil {
		d.unknown("definition", err)
	}
	return d.changes(ctx, old), old
}

// stay are members of the properties that the file may hold; those that it does not hold stay as they are.
var stay = []string{
	"connectionParameters", "connectionParameterSets", "iconBrandColor", "scriptOperations", "capabilities",
	"policyTemplateInstances", "publisher",
}

// addresses are members of the properties that lead to a file.
var addresses = []string{"iconUri", "scriptDefinitionUrl"}

// before returns what is deployed as a text that can be laid beside that of what would be sent: with the same members
// in the same order, as far as there are. Where a file stays the same, its address is no difference, though each upload
// gives another.
func before(old deployed, next jsondoc.Value, changes []Change) string {
	properties := jsondoc.NewObject()
	for v := range next.Get("properties").Children() {
		value := old.properties().Get(v.Key())
		if v.Key() == "openApiDefinition" {
			value = old.definition.Root()
		}
		switch {
		case slices.Contains(addresses, v.Key()) && value.Text() != "" && !changesFile(changes, v.Key()):
			properties.Set(v.Key(), v.Draft())
		case slices.Contains(addresses, v.Key()) && value.Text() != "":
			properties.Set(v.Key(), jsondoc.NewString(powerapps.WithoutQuery(value.Text()))) // whoever has all of it may read the file
		case value.Exists():
			properties.Set(v.Key(), arranged(value, v))
		}
	}
	for _, key := range stay {
		if value := old.properties().Get(key); value.Exists() && properties.Get(key) == nil {
			properties.Set(key, value.Draft())
		}
	}
	return jsondoc.Format(jsondoc.Parse(objectOf("properties", properties).Compact()).Root())
}

// changesFile reports whether the file behind an address is among the changes.
func changesFile(changes []Change, address string) bool {
	name := inIcon
	if address == "scriptDefinitionUrl" {
		name = inScript
	}
	return slices.ContainsFunc(changes, func(c Change) bool { return c.File == name })
}

// arranged returns a value with the members of its objects in the order that they have in another.
func arranged(v, like jsondoc.Value) *jsondoc.Draft {
	switch {
	case v.IsObject() && like.IsObject():
		out := jsondoc.NewObject()
		for m := range like.Children() {
			if mine := v.Get(m.Key()); mine.Exists() {
				out.Set(m.Key(), arranged(mine, m))
			}
		}
		for m := range v.Children() {
			if out.Get(m.Key()) == nil {
				out.Set(m.Key(), m.Draft())
			}
		}
		return out
	case v.IsArray() && like.IsArray():
		likes := slices.Collect(like.Children())
		var elements []*jsondoc.Draft
		for e := range v.Children() {
			elements = append(elements, arranged(e, at(likes, len(elements))))
		}
		return jsondoc.NewArray(elements...)
	}
	return v.Draft()
}

// at returns a value of a list, absent behind its end.
func at(list []jsondoc.Value, i int) jsondoc.Value {
	if i >= len(list) {
		return jsondoc.Value{}
	}
	return list[i]
}
