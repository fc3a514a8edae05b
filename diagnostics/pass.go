package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/shape"
	"paconn-ls/internal/source"
	"paconn-ls/internal/swagger"
)

// Pass is what a rule sees of a connector, and where it reports.
type Pass struct {
	Connector *connector.Connector
	Profile   Profile

	// Definition is the view of apiDefinition.swagger.json. It is never nil: without such a file, or when the file is
	// not Swagger 2.0, it is empty.
	Definition *swagger.Document
	// Properties is the member "properties" of apiProperties.json, absent when there is none.
	Properties jsondoc.Value
	// Settings is the root of settings.json, absent when there is none.
	Settings jsondoc.Value

	rule     *Rule
	severity Severity
	options  Options
	counts   map[*connector.File]int
	files    map[*jsondoc.Doc]*connector.File
	found    []Diagnostic
}

func newPass(c *connector.Connector, o Options) *Pass {
	if o.Most == 0 {
		o.Most = MostPerRule
	}
	if o.Profile == "" {
		o.Profile = Custom
	}
	p := &Pass{Connector: c, Profile: o.Profile, options: o, files: map[*jsondoc.Doc]*connector.File{}}
	for _, f := range c.Files() {
		if f.Role.IsJSON() {
			p.files[f.Doc()] = f
		}
	}
	p.Definition = swagger.New(jsondoc.Value{})
	if f := c.Definition(); f != nil && !IsOpenAPI3(f) {
		p.Definition = swagger.Of(f)
	}
	p.Properties = c.Properties().Root().Get("properties")
	p.Settings = c.Settings().Root()
	return p
}

// IsOpenAPI3 reports whether a definition is written in OpenAPI 3, which the service does not take: nothing of Swagger 2.0
// can be asked of it.
func IsOpenAPI3(f *connector.File) bool {
	root := f.Root()
	return root.Get("openapi").Exists() && !root.Get("swagger").Exists()
}

func (p *Pass) run(r *Rule, severity Severity) {
	p.rule, p.severity, p.counts = r, severity, map[*connector.File]int{}
	r.Check(p)
	for f, n := range p.counts {
		if n > p.options.Most {
			p.overflow(f, n-p.options.Most)
		}
	}
}

// Shape returns what the dialect knows of a file's values; nil where nothing may be said of them.
func (p *Pass) Shape(f *connector.File) *shape.Shape {
	if f == nil || f.Role == connector.Definition && IsOpenAPI3(f) {
		return nil
	}
	return shape.Of(f)
}

// Objects yields the objects of the definition that the dialect calls one of the names: "schema", "operation", ….
func (p *Pass) Objects(names ...string) func(yield func(jsondoc.Value) bool) {
	return p.Shape(p.Connector.Definition()).Objects(names...)
}

// PropertiesObjects yields the objects of apiProperties.json that the dialect calls one of the names.
func (p *Pass) PropertiesObjects(names ...string) func(yield func(jsondoc.Value) bool) {
	return p.Shape(p.Connector.Properties()).Objects(names...)
}

// Option adds something to a diagnostic.
type Option func(*Diagnostic)

// Report reports a diagnostic about the value: its text is underlined, and of a long object or array its first bracket.
func (p *Pass) Report(v jsondoc.Value, message string, options ...Option) {
	span := v.Span()
	if k := v.Kind(); (k == jsondoc.Object || k == jsondoc.Array) && (span.Len() > 40 || strings.ContainsAny(v.Raw(), "\r\n")) {
		span.End = span.Start + 1
	}
	p.ReportSpan(p.FileOf(v), span, message, options...)
}

// ReportKey reports a diagnostic about the member as such: its key is underlined, or the bracket of a value without one.
func (p *Pass) ReportKey(v jsondoc.Value, message string, options ...Option) {
	p.ReportSpan(p.FileOf(v), v.Name(), message, options...)
}

// ReportSpan reports a diagnostic about some text of a file. Beyond the most that a rule may say of a file it counts.
func (p *Pass) ReportSpan(f *connector.File, span source.Span, message string, options ...Option) {
	if f == nil {
		return
	}
	p.counts[f]++
	if p.counts[f] > p.options.Most {
		return
	}
	d := Diagnostic{File: f, Span: span, Rule: p.rule.Name, Severity: p.severity, Message: shortened(message), Source: Source}
	for _, o := range options {
		o(&d)
	}
	if _, fixed := p.options.Rules[p.rule.Name]; fixed {
		d.Severity = p.severity // the user's word goes over the rule's own distinctions
	}
	if d.Severity != Off {
		p.found = append(p.found, d)
	}
}

// maxMessage is how long a message may be, in bytes: a name that it quotes may be as long as the file.
const maxMessage = 1000

func shortened(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	return strings.ToValidUTF8(message[:maxMessage], "") + "…"
}

// full reports whether the rule has said all that it may of the file: what more it reports is counted only, so that work on
// words and fixes for it would be lost.
func (p *Pass) full(f *connector.File) bool { return p.counts[f] >= p.options.Most }

// beyond is full, and counts the diagnostic of the file that would be next: a rule that asks before it looks for
// candidates and fixes does nothing for what nobody gets to see.
func (p *Pass) beyond(f *connector.File) bool {
	if !p.full(f) {
		return false
	}
	p.ReportSpan(f, source.Span{}, "")
	return true
}

// overflow makes the last diagnostic of the rule for the file say how many more there are.
func (p *Pass) overflow(f *connector.File, more int) {
	for i := len(p.found) - 1; i >= 0 && p.found[i].Rule == p.rule.Name; i-- {
		if d := &p.found[i]; d.File == f {
			d.Message += fmt.Sprintf(" (and %d more in this file)", more)
			return
		}
	}
}

// FileOf returns the file that a value stands in.
func (p *Pass) FileOf(v jsondoc.Value) *connector.File { return p.files[v.Doc()] }

// Because adds a related place: the value's key or text, with a message.
func (p *Pass) Because(v jsondoc.Value, message string) Option {
	return func(d *Diagnostic) {
		if f := p.FileOf(v); f != nil {
			d.Related = append(d.Related, Related{File: f, Span: v.Name(), Message: message})
		}
	}
}

// AtMost lowers the severity of one diagnostic of the rule, for a case that does less harm.
func AtMost(s Severity) Option {
	return func(d *Diagnostic) { d.Severity = max(d.Severity, s) }
}

// Tagged adds a tag.
func Tagged(t Tag) Option {
	return func(d *Diagnostic) { d.Tags = append(d.Tags, t) }
}

// Suggest adds a fix that a person should look at before it is applied: edits in the diagnostic's own file.
func Suggest(title string, edits ...source.Edit) Option { return withFix(title, false, edits) }

// Mend adds a fix that is safe to apply without asking: edits in the diagnostic's own file.
func Mend(title string, edits ...source.Edit) Option { return withFix(title, true, edits) }

func withFix(title string, safe bool, edits []source.Edit) Option {
	return func(d *Diagnostic) {
		if len(edits) == 0 {
			return
		}
		fix := Fix{Title: title, Safe: safe}
		for _, e := range edits {
			fix.Edits = append(fix.Edits, FileEdit{d.File, e})
		}
		d.Fixes = append(d.Fixes, fix)
	}
}
