package commands

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/powerapps"
)

// fetch gets the connector and all of its files, and says what each file is to hold.
func (d *download) fetch(ctx context.Context) error {
	if err := d.step(ctx, "reading the connector "+plain(d.id)); err != nil {
		return err
	}
	found, err := d.Connector(ctx, d.environment, d.id)
	if err != nil {
		return err
	}
	doc, err := parsed(string(found.Raw))
	if err != nil {
		return fmt.Errorf("the service's answer about the connector %s cannot be used: %w", plain(d.id), err)
	}
	properties := doc.Root().Get("properties")
	if !properties.IsObject() {
		return fmt.Errorf("the service's answer about the connector %s has no properties", plain(d.id))
	}
	parts, err := d.parts(properties)
	if err != nil {
		return err
	}
	d.total = d.done + len(parts)
	for _, p := range parts {
		if err := d.part(ctx, p); err != nil {
			return err
		}
	}
	return d.compose(properties)
}

// part is a file that the service gives an address of.
type part struct {
	to   *saving
	what string // "icon"
	url  string
	read func(content []byte) (string, error) // the text to write; an error when the content is not what it should be
}

// parts returns the files that a connector has.
func (d *download) parts(properties jsondoc.Value) ([]part, error) {
	definition := properties.Path("apiDefinitions", "originalSwaggerUrl").Text()
	if definition == "" {
		return nil, noDefinition(d.id, properties)
	}
	parts := []part{{d.files.definition, "definition", definition, definitionText}}
	for _, p := range []part{
		{d.files.icon, "icon", properties.Get("iconUri").Text(), asItIs(checkIcon)},
		{d.files.script, "script", properties.Get("scriptDefinitionUrl").Text(), asItIs(checkScript)},
	} {
		switch {
		case p.url == "" || d.leavesOut(p.to):
		case !fetchable(p.url):
			d.env.note("the %s of the connector has an address that nothing can be fetched from, and is left out", p.what)
		default:
			parts = append(parts, p)
		}
	}
	return parts, nil
}

// leavesOut reports whether a file is not downloaded because the user said so.
func (d *download) leavesOut(f *saving) bool {
	return f == d.files.icon && slices.Contains(d.args.Without, "icon") || f == d.files.script && slices.Contains(d.args.Without, "script")
}

// noDefinition says why a connector has nothing to download.
func noDefinition(id string, properties jsondoc.Value) error {
	if custom := properties.Get("isCustomApi"); custom.IsBool() && !custom.IsTrue() {
		return fmt.Errorf("%s is no custom connector, and the service gives the definition of none but custom ones", plain(id))
	}
	return fmt.Errorf("the service has no definition of the connector %s: its answer has no apiDefinitions.originalSwaggerUrl", plain(id))
}

// fetchable reports whether an address is one of a web server. Icons of old connectors may have a relative one.
func fetchable(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (strings.EqualFold(u.Scheme, "https") || strings.EqualFold(u.Scheme, "http")) && u.Host != ""
}

// asItIs takes the bytes as they are, when they pass a check.
func asItIs(check func([]byte) error) func([]byte) (string, error) {
	return func(content []byte) (string, error) { return string(content), check(content) }
}

// part fetches one file.
func (d *download) part(ctx context.Context, p part) error {
	if err := d.step(ctx, "downloading the "+p.what); err != nil {
		return err
	}
	content, err := d.Fetch(ctx, p.url, "download the "+p.what)
	if err == nil {
		p.to.new, err = p.read(content)
		if err != nil {
			err = notOne(p.what, err)
		}
	}
	if err != nil && p.to != d.files.definition && ctx.Err() == nil {
		err = fmt.Errorf("%w (nothing was written; paconn-ls download --without %s does without it)", err, p.what)
	}
	p.to.write = err == nil
	return err
}

// notOne is the error of something that was fetched and is not what it should be.
func notOne(what string, err error) error {
	return &powerapps.Error{
		Doing: "download the " + what, Message: "what the service gives is not one: " + err.Error(),
		Way: "something between here and the service may have answered in its place: a proxy, or a page to sign in to a network; else update the connector with a sound " + what,
	}
}

// compose makes the files that follow from the others.
func (d *download) compose(properties jsondoc.Value) (err error) {
	f := d.files
	text, kept := propertiesText(properties, f.properties.old)
	f.properties.new, f.properties.write = text, true
	if len(kept) > 0 {
		d.env.note("%s keeps %s, which the service does not give back", plain(f.properties.name), strings.Join(kept, " and "))
	}
	f.settings.new, err = settingsOver(d.said(), d.settled)
	f.settings.write = err == nil
	return err
}

// said returns what the settings file is to say. A sandbox has another address whenever it starts, so that its address is
// put into a file only in the place of another one.
func (d *download) said() Settings {
	f := d.files
	name := func(f *saving) string {
		if !f.write && (!d.leavesOut(f) || !f.there) {
			return ""
		}
		return f.name
	}
	s := Settings{
		ConnectorID: d.id, Environment: d.environment,
		Written: Parts{Properties: f.properties.name, Definition: f.definition.name, Icon: name(f.icon), Script: name(f.script)},
	}
	was := d.settled.Root()
	if d.cloud.Roots == nil || was.Get("powerAppsUrl").Exists() {
		s.PowerAppsURL, s.PowerAppsVersion = d.cloud.PowerApps, d.cloud.PowerAppsVersion
	}
	if id := was.Get("connectorId").Text(); id != "" && id != d.id {
		d.env.note("settings.json was of the connector %s, and is of %s now", plain(id), plain(d.id))
	}
	return s
}

// order returns the files in the order in which they are put in place: what is named or referred to comes before what
// names it, so that a download that is killed leaves no settings file that names what is not there.
func (s savings) order() []*saving {
	return []*saving{s.icon, s.script, s.definition, s.properties, s.settings}
}
