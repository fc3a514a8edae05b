package diagnostics

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/dialect"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/shape"
	"paconn-ls/internal/source"
	"paconn-ls/internal/spelling"
)

// shapeFinding is something in the shape of a file that differs from the dialect. One walk finds them all; each of the
// shape rules reports its own.
type shapeFinding struct {
	rule    string // the name of the shape rule that reports it
	value   jsondoc.Value
	onKey   bool // the key is wrong, or something is missing below it, rather than the value
	level   dialect.Level
	message string
	options []Option
}

// shapeFindings are computed from a file alone, so they are kept with it.
var shapeFindings = connector.NewMemo(func(f *connector.File) []shapeFinding {
	w := shapeWalker{shape: shape.Of(f), counts: map[string]int{}}
	for v, place := range w.shape.All() {
		w.visit(v, place)
	}
	return w.found
})

// reportShape reports the findings of one shape rule in every file of the connector.
func reportShape(p *Pass) {
	for _, f := range p.Connector.Files() {
		if p.Shape(f) == nil {
			continue
		}
		for _, found := range shapeFindings.Of(f) {
			if found.rule != p.rule.Name {
				continue
			}
			report := p.Report
			if found.onKey {
				report = p.ReportKey
			}
			report(found.value, found.message, append([]Option{AtMost(severityOf(found.level))}, found.options...)...)
		}
	}
}

func severityOf(l dialect.Level) Severity {
	switch l {
	case dialect.Strict:
		return Error
	case dialect.Lenient:
		return Warning
	}
	return Information
}

type shapeWalker struct {
	shape  *shape.Shape
	found  []shapeFinding
	counts map[string]int // findings by rule
}

func (w *shapeWalker) visit(v jsondoc.Value, place shape.Place) {
	parent := w.shape.Place(v.Parent()).Object
	if parent != nil && v.HasKey() && !isTemplate(parent) {
		w.key(v, place, parent)
	}
	if place.Value != nil && !v.Broken() {
		w.value(v, place, parent)
	}
	if place.Object != nil && !v.Broken() && !isTemplate(place.Object) {
		w.missing(v, place)
	}
}

// add notes a finding. What it says and how it is mended is worked out by describe, and only as often as a rule reports:
// a generated file may hold a hundred thousand wrong keys.
func (w *shapeWalker) add(f shapeFinding, describe func() (message string, options []Option)) {
	if f.level == dialect.Ignored {
		return
	}
	if w.counts[f.rule]++; w.counts[f.rule] <= MostPerRule {
		f.message, f.options = describe()
	}
	w.found = append(w.found, f)
}

// key looks at the key of a member of an object that the dialect describes.
func (w *shapeWalker) key(v jsondoc.Value, place shape.Place, parent *dialect.Object) {
	name := v.Key()
	switch {
	case ruledElsewhere(name, parent) && (place.Key == nil || place.Key.NoEffect != ""):
	case place.Key != nil && place.Key.Deprecated != "":
		w.add(shapeFinding{rule: "deprecated-key", value: v, onKey: true, level: dialect.Tolerated},
			func() (string, []Option) {
				return fmt.Sprintf("%q is deprecated, %s", name, place.Key.Deprecated), []Option{Tagged(Deprecated)}
			})
	case place.Key != nil && place.Key.Name != name && parent.Names == nil:
		w.add(shapeFinding{rule: "deprecated-key", value: v, onKey: true, level: dialect.Tolerated},
			func() (string, []Option) {
				return fmt.Sprintf("%q is usually written %q", name, place.Key.Name), []Option{Mend("Rename to "+place.Key.Name, renameUnlessThere(v, place.Key.Name)...)}
			})
	case place.Key != nil && place.Key.NoEffect != "" && parent.Unknown != dialect.Ignored:
		w.add(shapeFinding{rule: "no-effect", value: v, onKey: true, level: dialect.Tolerated},
			func() (string, []Option) {
				return fmt.Sprintf("%q has no effect here: %s", name, place.Key.NoEffect), []Option{Tagged(Unnecessary), Suggest("Remove it", v.Remove()...)}
			})
	case place.Key != nil || place.Value != nil:
	default:
		w.unknown(v, name, parent)
	}
}

// unknown looks at a key that the dialect does not know at its place.
func (w *shapeWalker) unknown(v jsondoc.Value, name string, parent *dialect.Object) {
	if k := parent.KeyFold(name); k != nil {
		level := parent.Unknown
		if strings.HasPrefix(k.Name, "x-") {
			level = dialect.Lenient
		}
		w.add(shapeFinding{rule: "key-case", value: v, onKey: true, level: level}, func() (string, []Option) {
			return fmt.Sprintf("unknown key %q, keys are case-sensitive: %q", name, k.Name),
				[]Option{Mend("Rename to "+k.Name, renameUnlessThere(v, k.Name)...)}
		})
		return
	}
	if parent.Unknown == dialect.Ignored {
		return
	}
	if strings.HasPrefix(strings.ToLower(name), "x-") {
		w.unknownExtension(v, name, parent)
		return
	}
	w.add(shapeFinding{rule: "unknown-key", value: v, onKey: true, level: parent.Unknown}, func() (string, []Option) {
		message := fmt.Sprintf("unknown key %q in %s", name, article(parent.Name))
		near := keyCandidates(name, parent)
		if len(near) > 0 {
			message += ", did you mean " + quoted(near, " or ") + "?"
		}
		return message, renames(v, near)
	})
}

func (w *shapeWalker) unknownExtension(v jsondoc.Value, name string, parent *dialect.Object) {
	microsoft := strings.HasPrefix(strings.ToLower(name), "x-ms")
	var near []string
	if microsoft && w.counts["unknown-extension"] < MostPerRule || isMisspelt(name, parent) {
		near = keyCandidates(name, parent)
	}
	switch {
	case len(near) > 0:
		w.add(shapeFinding{rule: "unknown-extension", value: v, onKey: true, level: dialect.Lenient}, func() (string, []Option) {
			return fmt.Sprintf("unknown extension %q is ignored, did you mean %s?", name, quoted(near, " or ")), renames(v, near)
		})
	case microsoft && len(homes(name)) > 0:
		w.add(shapeFinding{rule: "extension-misplaced", value: v, onKey: true, level: dialect.Lenient}, func() (string, []Option) {
			return fmt.Sprintf("%q has no effect in %s, its place is in %s", name, article(parent.Name), strings.Join(homes(name), " or ")),
				[]Option{Suggest("Remove it", v.Remove()...)}
		})
	case microsoft:
		w.add(shapeFinding{rule: "unknown-extension", value: v, onKey: true, level: dialect.Lenient}, func() (string, []Option) {
			return fmt.Sprintf("unknown extension %q is ignored", name), nil
		})
	case !parent.Extensions:
		w.add(shapeFinding{rule: "unknown-key", value: v, onKey: true, level: parent.Unknown}, func() (string, []Option) {
			return fmt.Sprintf("unknown key %q in %s", name, article(parent.Name)), nil
		})
	}
}

func isMisspelt(name string, parent *dialect.Object) bool {
	return slices.ContainsFunc(parent.Keys, func(k dialect.Key) bool { return slices.Contains(k.Misspelt, name) })
}

// keyCandidates returns the keys of an object that an unknown key was probably meant to be.
func keyCandidates(name string, o *dialect.Object) []string {
	var names []string
	for i := range o.Keys {
		if slices.Contains(o.Keys[i].Misspelt, name) {
			return []string{o.Keys[i].Name}
		}
		names = append(names, o.Keys[i].Name)
	}
	return spelling.Nearest(strings.TrimRight(strings.Join(strings.Fields(name), ""), ":"), names)
}

func renames(v jsondoc.Value, names []string) []Option {
	var out []Option
	for _, n := range names {
		out = append(out, Suggest("Rename to "+n, renameUnlessThere(v, n)...))
	}
	return out
}

// homesOf maps an extension to the objects that it has an effect in.
var homesOf = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, o := range dialect.All() {
		for i := range o.Keys {
			if k := &o.Keys[i]; strings.HasPrefix(k.Name, "x-ms-") && k.NoEffect == "" {
				m[k.Name] = append(m[k.Name], article(o.Name))
			}
		}
	}
	for _, names := range m {
		slices.Sort(names)
	}
	return m
})

func homes(extension string) []string {
	all := homesOf()[extension]
	return all[:min(len(all), 4)]
}

// article puts "a" or "an" before a noun, except before those that stand for one thing.
func article(noun string) string {
	switch {
	case noun == "":
		return "this object"
	case strings.HasSuffix(noun, "s") && !strings.HasSuffix(noun, "ss"), noun == "info":
		return noun
	case strings.ContainsRune("aeiou", rune(noun[0])):
		return "an " + noun
	}
	return "a " + noun
}

// value looks at the kind of a value and at the set that it is from.
func (w *shapeWalker) value(v jsondoc.Value, place shape.Place, parent *dialect.Object) {
	want := place.Value
	if want.Kinds != 0 && want.Kinds&kindOf(v) == 0 {
		w.add(shapeFinding{rule: "wrong-type", value: v, level: want.Level}, func() (string, []Option) {
			return fmt.Sprintf("expected %s, found %s", kindNames(want.Kinds), v.Kind()), conversions(v, want)
		})
		return
	}
	if s, ok := v.Str(); ok && len(want.Enum) > 0 && !want.Open && !isTemplate(parent) && !isOneOf(s, want) {
		w.add(shapeFinding{rule: "invalid-value", value: v, level: want.Level}, func() (string, []Option) { return describeEnum(v, s, want.Enum) })
	}
}

func isOneOf(s string, want *dialect.Value) bool {
	return slices.ContainsFunc(want.Enum, func(c dialect.Choice) bool {
		return c.Value == s || want.Fold && strings.EqualFold(c.Value, s)
	})
}

// describeEnum returns what is said of a text that is none of the values that may stand there, and the fixes for it.
func describeEnum(v jsondoc.Value, s string, allowed []dialect.Choice) (string, []Option) {
	var values []string
	for _, c := range allowed {
		values = append(values, c.Value)
	}
	message, best := fmt.Sprintf("value %q is not one of %s", s, quoted(values, " or ")), spelling.Nearest(s, values)
	if len(best) > 0 {
		message += ", did you mean " + quoted(best, " or ") + "?"
	} else {
		best = values[:min(len(values), 6)]
	}
	var options []Option
	for _, b := range best {
		options = append(options, Suggest("Change to "+b, v.Replace(jsondoc.Quote(b))...))
	}
	return message, options
}

// missing looks for required keys that an object lacks.
func (w *shapeWalker) missing(v jsondoc.Value, place shape.Place) {
	for i := range place.Object.Keys {
		k := &place.Object.Keys[i]
		if !k.Required || v.Get(k.Name).Exists() || v.GetFold(k.Name).Exists() {
			continue
		}
		w.add(shapeFinding{rule: "missing-key", value: v, onKey: true, level: k.Missing}, func() (string, []Option) {
			return fmt.Sprintf("missing key %q in %s", k.Name, article(place.Object.Name)),
				[]Option{Suggest("Add "+k.Name, v.Insert(k.Name, emptyValue(k))...)}
		})
	}
}

func emptyValue(k *dialect.Key) string {
	switch {
	case len(k.Enum) > 0:
		return jsondoc.Quote(k.Enum[0].Value)
	case k.Kinds&dialect.String != 0 || k.Kinds == 0:
		return `""`
	case k.Kinds&dialect.Array != 0:
		return "[]"
	case k.Kinds&dialect.Mapping != 0:
		return "{}"
	case k.Kinds&dialect.Bool != 0:
		return "true"
	}
	return "0"
}

// renameUnlessThere renames a member, but not to a key that its object has already.
func renameUnlessThere(v jsondoc.Value, name string) []source.Edit {
	if v.Parent().Get(name).Exists() {
		return nil
	}
	return v.Rename(name)
}
