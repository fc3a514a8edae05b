package diagnostics

import (
	"strings"

	"paconn-ls/internal/dialect"
	"paconn-ls/internal/jsondoc"
)

// kindOf returns a value's kind in the terms of the dialect: a number that is whole counts as both Integer and Number.
func kindOf(v jsondoc.Value) dialect.Kinds {
	switch v.Kind() {
	case jsondoc.Null:
		return dialect.Null
	case jsondoc.True, jsondoc.False:
		return dialect.Bool
	case jsondoc.Number:
		if v.IsInteger() {
			return dialect.Integer | dialect.Number
		}
		return dialect.Number
	case jsondoc.String:
		return dialect.String
	case jsondoc.Array:
		return dialect.Array
	case jsondoc.Object:
		return dialect.Mapping
	}
	return dialect.Any
}

var kindWords = []struct {
	kind dialect.Kinds
	name string
}{
	{dialect.String, "a string"}, {dialect.Number, "a number"}, {dialect.Integer, "an integer"}, {dialect.Bool, "true or false"},
	{dialect.Array, "an array"}, {dialect.Mapping, "an object"}, {dialect.Null, "null"},
}

// KindNames lists the kinds of a set in words: "a string or an array"; "" for a set of all or none.
func KindNames(k dialect.Kinds) string {
	if k == 0 || k == dialect.Any {
		return ""
	}
	return kindNames(k)
}

// kindNames lists the kinds of a set in words.
func kindNames(k dialect.Kinds) string {
	if k&dialect.Number != 0 {
		k &^= dialect.Integer
	}
	var words []string
	for _, w := range kindWords {
		if k&w.kind != 0 {
			words = append(words, w.name)
		}
	}
	return strings.Join(words, " or ")
}

// conversions returns the fixes that write a value of the wrong kind as one of the right kind, where that is plain.
func conversions(v jsondoc.Value, want *dialect.Value) []Option {
	text := strings.ToLower(strings.TrimSpace(v.Text()))
	switch {
	case want.Kinds&dialect.Bool != 0 && (text == "true" || text == "false"):
		return []Option{Mend("Write "+text+" without quotes", v.Replace(text)...)}
	case want.Kinds&(dialect.Number|dialect.Integer) != 0 && jsondoc.IsNumber(text):
		return []Option{Mend("Write "+text+" without quotes", v.Replace(text)...)}
	case want.Kinds&dialect.String != 0 && (v.IsBool() || v.Kind() == jsondoc.Number):
		return []Option{Mend("Put it in quotes", v.Replace(jsondoc.Quote(v.Raw()))...)}
	case want.Kinds&dialect.Array != 0 && (v.IsString() || v.IsObject()):
		return []Option{Suggest("Make it an array", v.Replace("["+v.Raw()+"]")...)}
	}
	return nil
}
