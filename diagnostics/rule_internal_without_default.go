package diagnostics

import (
	"fmt"
	"slices"

	"paconn-ls/internal/jsondoc"
)

var internalWithoutDefault = &Rule{
	Name: "internal-without-default", Severity: Error,
	Check: func(p *Pass) {
		for v := range p.Objects(plainParameters...) {
			// the platform itself fills in the connectionId that older connectors have in their paths
			if isInternal(v) && v.Get("required").IsTrue() && !v.Get("default").Exists() && !v.Broken() &&
				v.Get("name").Text() != "connectionId" && !isOn(v.Get(notificationURL)) && !inNotification(v) {
				reportNoDefault(p, v.Get("name"), v, v.Get("name").Text())
			}
		}
		reported := map[int]bool{}
		walkBodies(p.Definition, func(property bodyProperty) {
			s := property.schema
			hidden := isInternal(property.entry) || isInternal(s)
			if !hidden || !property.required || reported[s.ID()] || !isScalar(s) || s.Get("default").Exists() || property.entry.Get("default").Exists() ||
				isOn(s.Get(notificationURL)) || isOn(s.Get("readOnly")) {
				return
			}
			reported[s.ID()] = true
			reportNoDefault(p, property.entry, s, property.entry.Key(), AtMost(Warning)) // a script may fill it in
		})
	},
}

func isScalar(schema jsondoc.Value) bool {
	return slices.Contains([]string{"string", "integer", "number", "boolean"}, schema.Get("type").Text()) &&
		!schema.Get("x-ms-dynamic-values").Exists()
}

func reportNoDefault(p *Pass, at, object jsondoc.Value, name string, options ...Option) {
	value := `""`
	switch {
	case object.Get("enum").At(0).Exists():
		value = object.Get("enum").At(0).Raw()
	case object.Get("type").Text() == "boolean":
		value = "false"
	case object.Get("type").Text() == "integer", object.Get("type").Text() == "number":
		value = "0"
	}
	report := p.Report
	if at.HasKey() && at.IsObject() || !at.IsString() {
		report = p.ReportKey
	}
	report(at, fmt.Sprintf("%q is required, but internal and without a default: nobody can fill it in", name),
		append(options, p.Because(object.Get("x-ms-visibility"), "hidden here"), Suggest("Add a default", object.Insert("default", value)...),
			Suggest("Show it", object.Get("x-ms-visibility").Remove()...))...)
}
