package sandbox

import (
	"slices"
	"strings"

	"paconn-ls/internal/jsondoc"
)

// member is a member of a JSON object: its name, and its value as it was written.
type member struct{ name, raw string }

// object is a JSON object that keeps the order of its members.
type object []member

// parseObject reads an object; ok is false for any other text. Secrets stay in it.
func parseObject(text string) (o object, ok bool) {
	doc := jsondoc.Parse(text)
	if len(doc.Errors()) > 0 || !doc.Root().IsObject() {
		return nil, false
	}
	for v := range doc.Root().Children() {
		o = o.with(v.Key(), v.Raw())
	}
	return o, true
}

func parse(text string) jsondoc.Value { return jsondoc.Parse(text).Root() }

func (o object) index(name string) int {
	return slices.IndexFunc(o, func(m member) bool { return m.name == name })
}

func (o object) has(name string) bool { return o.index(name) >= 0 }

// value returns a member's value; absent when there is none.
func (o object) value(name string) jsondoc.Value {
	i := o.index(name)
	if i < 0 {
		return jsondoc.Value{}
	}
	return parse(o[i].raw)
}

// text returns a member that is a string, or "".
func (o object) text(name string) string { return o.value(name).Text() }

// with returns the object with a member in its old place, or at the end.
func (o object) with(name, raw string) object {
	out := slices.Clone(o)
	if i := out.index(name); i >= 0 {
		out[i].raw = raw
		return out
	}
	return append(out, member{name, raw})
}

// withValue is with for a value that has a JSON.
func (o object) withValue(name string, value any) object { return o.with(name, string(marshal(value))) }

func (o object) without(names ...string) object {
	return slices.DeleteFunc(slices.Clone(o), func(m member) bool { return slices.Contains(names, m.name) })
}

func (o object) String() string {
	var b strings.Builder
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(jsondoc.Quote(m.name) + ":" + m.raw)
	}
	b.WriteByte('}')
	return b.String()
}

// redacted returns the JSON of a value, without blanks and without its clients' secrets, which the service never gives back.
func redacted(v jsondoc.Value) string {
	var b strings.Builder
	redact(&b, v)
	return b.String()
}

func redact(b *strings.Builder, v jsondoc.Value) {
	if !v.IsObject() && !v.IsArray() {
		b.WriteString(v.Raw())
		return
	}
	brackets, comma := "[]", ""
	if v.IsObject() {
		brackets = "{}"
	}
	b.WriteByte(brackets[0])
	for c := range v.Children() {
		if c.HasKey() && strings.EqualFold(c.Key(), "clientSecret") && (c.IsString() || c.Kind() == jsondoc.Null) {
			continue
		}
		b.WriteString(comma)
		comma = ","
		if c.HasKey() {
			b.WriteString(jsondoc.Quote(c.Key()) + ":")
		}
		redact(b, c)
	}
	b.WriteByte(brackets[1])
}
