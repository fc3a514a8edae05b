package diagnostics

import (
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/shape"
	"paconn-ls/internal/swagger"
)

// keywords are the schemas, parameters, items and headers of a definition that have something to be checked. One walk
// finds them for all rules: definitions hold schemas by the thousand, and few of them say more than their type.
type keywords struct {
	arrays, nulls, files, enums, defaults, required, patterns, ranges, multi []jsondoc.Value
}

// typedObjects are the objects of the dialect that say what a value is.
var typedObjects = []string{"schema", "items", "header", "parameter", "query parameter", "path parameter", "header parameter", "form parameter"}

var keywordIndex = connector.NewMemo(func(f *connector.File) *keywords {
	k := &keywords{}
	for v := range shape.Of(f).Objects(typedObjects...) {
		limited := false
		for m := range v.Children() {
			limited = k.add(v, m) || limited
		}
		if limited {
			k.ranges = append(k.ranges, v)
		}
	}
	return k
})

// add files an object under one of its members, and reports whether that is a limit.
func (k *keywords) add(v, member jsondoc.Value) (limit bool) {
	switch member.Key() {
	case "type":
		switch member.Text() {
		case "array":
			k.arrays = append(k.arrays, v)
		case "null":
			k.nulls = append(k.nulls, v)
		case "file":
			k.files = append(k.files, v)
		}
	case "enum":
		k.enums = append(k.enums, v)
	case "default":
		k.defaults = append(k.defaults, v)
	case "required":
		k.required = append(k.required, v)
	case "pattern":
		k.patterns = append(k.patterns, v)
	case "collectionFormat":
		k.multi = append(k.multi, v)
	case "minimum", "minLength", "minItems", "minProperties":
		return true
	}
	return false
}

// keywordsOf returns the index of the connector's definition; an empty one where nothing may be asked of it.
func keywordsOf(p *Pass) *keywords {
	f := p.Connector.Definition()
	if p.Shape(f) == nil {
		return &keywords{}
	}
	return keywordIndex.Of(f)
}

// objectName returns what the dialect calls an object of the definition.
func objectName(p *Pass, v jsondoc.Value) string {
	if o := p.Shape(p.Connector.Definition()).Place(v).Object; o != nil {
		return o.Name
	}
	return ""
}

// typeOf returns the type that a schema has of its own or through a reference or allOf; "" when none is given.
func typeOf(d *swagger.Document, schema jsondoc.Value) string {
	if t := schema.Get("type"); t.Exists() {
		return t.Text()
	}
	for part := range d.Parts(schema) {
		if t := part.Get("type").Text(); t != "" {
			return t
		}
	}
	return ""
}

var typeNouns = map[string]string{"string": "a string", "integer": "an integer", "number": "a number", "boolean": "true or false",
	"array": "an array", "object": "an object"}

// misfit returns the innermost part of a value that a schema does not take, and what it should be; want is "" when the
// value fits or nothing can be said.
func misfit(d *swagger.Document, schema, v jsondoc.Value) (part jsondoc.Value, typ string) {
	typ = typeOf(d, schema)
	noun, known := typeNouns[typ]
	if !known || v.Broken() || noun == "" || v.Kind() <= jsondoc.Invalid {
		return v, ""
	}
	if v.Kind() == jsondoc.Null && schema.Get("x-nullable").IsTrue() {
		return v, ""
	}
	if !isOfType(v, typ) {
		return v, typ
	}
	if items := d.Deref(schema.Get("items")); typ == "array" && items.IsObject() {
		for element := range v.Children() {
			if part, want := misfit(d, items, element); want != "" {
				return part, want
			}
		}
	}
	return v, ""
}

func isOfType(v jsondoc.Value, typ string) bool {
	switch typ {
	case "string":
		return v.IsString()
	case "integer":
		return v.IsInteger()
	case "number":
		return v.Kind() == jsondoc.Number
	case "boolean":
		return v.IsBool()
	case "array":
		return v.IsArray()
	case "object":
		return v.IsObject()
	}
	return true
}

// converted returns the JSON of a value written as another type, where nothing but its notation changes.
func converted(v jsondoc.Value, typ string) (text string, ok bool) {
	s := strings.TrimSpace(v.Text())
	switch typ {
	case "string":
		return jsondoc.Quote(v.Raw()), v.Kind() == jsondoc.Number || v.IsBool()
	case "integer":
		return s, v.IsString() && jsondoc.IsNumber(s) && !strings.ContainsAny(s, ".eE")
	case "number":
		return s, v.IsString() && jsondoc.IsNumber(s)
	case "boolean":
		s = strings.ToLower(s)
		return s, s == "true" || s == "false"
	}
	return "", false
}
