package commands

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
)

// Names of the files in a Change.
const (
	inDefinition = "apiDefinition"
	inProperties = "apiProperties"
	inScript     = "script"
	inIcon       = "icon"
)

// derived are the members of a registration's properties that come from elsewhere than the properties file.
var derived = []string{"openApiDefinition", "backendService", "environment", "displayName", "description", "iconUri", "scriptDefinitionUrl"}

// changes returns what would change of a connector. What cannot be learned of it is left out and noted.
func (d *deployment) changes(ctx context.Context, old deployed) []Change {
	if !old.exists() {
		return nil
	}
	next, _ := d.shown(ctx)
	out := d.changesOfProperties(old.properties(), next.Get("properties"))
	if old.definition != nil {
		out = append(out, d.told(inDefinition, jsondoc.Diff(old.definition.Root(), definitionIn(next)))...)
	}
	out = append(out, d.changeOfFile(ctx, inScript, d.files.script, old.properties().Get("scriptDefinitionUrl").Text())...)
	if d.script == scriptDropped && old.hasScript() {
		out = append(out, Change{File: inScript, Kind: "removed"})
	}
	return append(out, d.changeOfFile(ctx, inIcon, d.files.icon, old.properties().Get("iconUri").Text())...)
}

// definitionIn returns the definition in a registration as a text of its own.
func definitionIn(registration jsondoc.Value) jsondoc.Value {
	return jsondoc.Parse(registration.Get("properties").Get("openApiDefinition").Raw()).Root()
}

// changesOfProperties compares the members that are sent: the others stay as they are.
func (d *deployment) changesOfProperties(old, next jsondoc.Value) []Change {
	var found []jsondoc.Difference
	for v := range next.Children() {
		if key := v.Key(); !slices.Contains(derived, key) && !(isEmpty(v) && isEmpty(old.Get(key))) {
			found = append(found, jsondoc.Diff(old.Get(key), v)...)
		}
	}
	return d.told(inProperties, found)
}

// isEmpty reports whether a value says nothing: it is not there, null, "", [] or {}.
func isEmpty(v jsondoc.Value) bool {
	return isNothing(v) || v.Len() == 0 && (v.IsObject() || v.IsArray()) || v.IsString() && v.Text() == ""
}

// told returns differences as they are told. Client secrets are sent and never given back: they are told as what they are.
func (d *deployment) told(file string, found []jsondoc.Difference) []Change {
	var out []Change
	for _, x := range found {
		pointer := strings.TrimPrefix(x.Pointer(), "/properties/openApiDefinition") // of what would be sent, which holds the definition
		c := Change{File: file, Pointer: pointer, Kind: "changed", Old: d.short(x.Old), New: d.short(x.New)}
		switch {
		case !x.Old.Exists():
			c.Kind = "added"
		case !x.New.Exists():
			c.Kind = "removed"
		case x.Order:
			c.Kind = "reordered"
		}
		out = append(out, c)
	}
	return out
}

// short returns the JSON of a value, of a length that fits a line.
func (d *deployment) short(v jsondoc.Value) string {
	if !v.Exists() {
		return ""
	}
	text := d.secrets.hide(v.Draft().Compact())
	if len(text) <= mostShown {
		return text
	}
	cut := mostShown
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

// mostShown is how many bytes of a value are shown.
const mostShown = 100

// changeOfFile compares icon or script with what is deployed. What cannot be fetched is noted.
func (d *deployment) changeOfFile(ctx context.Context, name string, f *connector.File, deployed string) []Change {
	switch {
	case f == nil:
		return nil
	case deployed == "":
		return []Change{{File: name, Kind: "added", New: size(f.Content.Len())}}
	}
	content, err := d.Fetch(ctx, deployed, "download the "+name)
	if err == nil {
		err = isOne(name, content)
	}
	if err != nil {
		d.unknown(name, err)
		return nil
	}
	if string(content) == f.Content.String() {
		return nil
	}
	return []Change{{File: name, Kind: "changed", Old: size(len(content)), New: size(f.Content.Len())}}
}

func size(bytes int) string { return strconv.Itoa(bytes) + " bytes" }

// isOne returns an error when what was fetched as icon or script is something else: a page that tells of an error.
func isOne(name string, content []byte) error {
	if what := otherThan(content, "XML"); what != "" { // which pictures may be
		return notOne(name, errors.New("it is "+what))
	}
	return nil
}

// unknown notes that something cannot be compared.
func (d *deployment) unknown(what string, err error) {
	d.result.Unknown = append(d.result.Unknown, what)
	d.env.note("what changes of the %s cannot be told: %v", what, err)
}
