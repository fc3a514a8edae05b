package dialect

import "slices"

var formats = Value{Kinds: String, Open: true, Enum: []Choice{
	{"int32", "Whole number of 32 bits; with `integer`."},
	{"int64", "Whole number of 64 bits; with `integer`."},
	{"float", "Number of single precision; with `number`."},
	{"double", "Number of double precision; with `number`."},
	{"byte", "Bytes in base64; with `string`."},
	{"binary", "Bytes as they are: only for a whole body or a form field; with `string`."},
	{"date", "Day such as `2024-05-31`; with `string`."},
	{"date-time", "Moment with an offset, such as `2024-05-31T08:00:00Z`; with `string`."},
	{"date-no-tz", "Moment without an offset, such as `2024-05-31T08:00:00`: an addition of the platform."},
	{"password", "Hidden while it is typed; with `string`."},
	{"email", "Mail address; an addition of the platform."},
	{"html", "Rich text: designers show an editor; an addition of the platform."},
	{"uri", "Address; an addition of the platform."},
	{"uuid", "Identifier such as `123e4567-e89b-12d3-a456-426614174000`; an addition of the platform."},
}}

var plainTypes = []Choice{
	{"string", "Text, also for dates and bytes: see `format`."},
	{"integer", "Whole number."},
	{"number", "Number, with or without a fraction."},
	{"boolean", "`true` or `false`."},
	{"array", "List; `items` says of what."},
}

var fileType = Choice{"file", "Content of a file: needs `multipart/form-data` in `consumes`."}

// misplacedFile is the type of a parameter that is not in a form: known, so that a rule can say where it belongs.
var misplacedFile = Choice{"file", "Content of a file: only a parameter in `formData` can be one."}

var separators = []Choice{
	{"csv", "Comma between values; the default."},
	{"ssv", "Blank between values."},
	{"tsv", "Tab between values."},
	{"pipes", "`|` between values."},
}

var repeated = Choice{"multi", "The parameter is repeated for each value; connectors refuse it at import."}

// limits are the keys that narrow a plain value: parameters, items, headers and schemas share them.
var limits = []Key{
	{Name: "default", Value: anything, Help: "Value that is used when none is given; must fit `type`. A required internal value needs one."},
	{Name: "enum", Value: list(anything), Help: "The only values allowed; designers show a list. Texts for them go in `x-ms-enum-values`."},
	{Name: "minimum", Value: number, Help: "Smallest value allowed."},
	{Name: "exclusiveMinimum", Value: flag, Help: "True leaves `minimum` itself out."},
	{Name: "maximum", Value: number, Help: "Greatest value allowed."},
	{Name: "exclusiveMaximum", Value: flag, Help: "True leaves `maximum` itself out."},
	{Name: "multipleOf", Value: number, Help: "The value is a multiple of this number."},
	{Name: "minLength", Value: integer, Help: "Least number of characters."},
	{Name: "maxLength", Value: integer, Help: "Greatest number of characters."},
	{Name: "pattern", Value: text, Help: "Regular expression that the text matches."},
	{Name: "minItems", Value: integer, Help: "Least number of elements."},
	{Name: "maxItems", Value: integer, Help: "Greatest number of elements."},
	{Name: "uniqueItems", Value: flag, Help: "True forbids an element to come twice."},
}

// plain is the keys of a value that is no object: its type, format, elements and limits.
func plain(types, formatOfArrays []Choice) []Key {
	return slices.Concat([]Key{
		{Name: "type", Value: choice(types...), Help: "What kind of value it is."},
		{Name: "format", Value: formats, Help: "What the value means more exactly; must fit `type`."},
		{Name: "items", Value: object("items"), Help: "What each element is; an array needs it."},
		{Name: "collectionFormat", Value: choice(formatOfArrays...), Help: "What stands between the values of an array."},
	}, limits)
}

var parameterKeys = []Key{
	need(Key{Name: "name", Value: text, Help: "Name as the API knows it; users see `x-ms-summary`."}, Strict),
	need(Key{Name: "in", Value: choice(
		Choice{"path", "Part of the path: stands there as `{name}` and is always required."},
		Choice{"query", "Part of the query string."},
		Choice{"header", "A header of the request."},
		Choice{"body", "The whole body; `schema` says what it holds."},
		Choice{"formData", "A field of a form."},
	), Help: "Where the parameter travels."}, Strict),
	{Name: "description", Value: text, Link: learn + "connector-string-guidance", Help: "What to fill in, in a full sentence; certification asks for one on every visible parameter."},
	{Name: "required", Value: flag, Help: "True when a value must be given; always true `in` a `path`."},
}

var allowEmptyValue = Key{Name: "allowEmptyValue", Value: flag, Help: "True lets the name travel without a value; for `query` and `formData` only."}

var bodySchema = Key{Name: "schema", Value: object("schema"), Help: "What the body holds."}

var parameterObjects = []Object{
	{
		Name:       "parameter",
		Help:       "What an operation takes; `in` says where it travels.",
		Extensions: true,
		Keys: at(spec+"#parameter-object", slices.Concat(parameterKeys, []Key{refKey, bodySchema, allowEmptyValue},
			plain(append(slices.Clone(plainTypes), fileType), append(slices.Clone(separators), repeated)),
			parameterExtensions, []Key{urlEncoding, dynamicTree, triggerValue, mediaKind})...),
		Variants: []Variant{
			{Key: "$ref", Value: "*", Object: "reference"},
			{Key: "in", Value: "body", Object: "body parameter"},
			{Key: "in", Value: "query", Object: "query parameter"},
			{Key: "in", Value: "path", Object: "path parameter"},
			{Key: "in", Value: "header", Object: "header parameter"},
			{Key: "in", Value: "formData", Object: "form parameter"},
		},
	},
	{
		Name:       "body parameter",
		Help:       "The body of the request; an operation has at most one.",
		Extensions: true,
		Keys: at(spec+"#parameter-object", slices.Concat(parameterKeys, []Key{
			bodySchema, summary, visibility, nullable,
			idle("x-ms-dynamic-values", "A list of values from another operation.", inSchema),
			idle("x-ms-dynamic-list", "A list of values from another operation.", inSchema),
			idle("x-ms-dynamic-schema", "A schema from another operation.", inSchema),
			idle("x-ms-dynamic-properties", "A schema from another operation.", inSchema),
			noURLEncoding,
		}, autoRestParameter)...),
	},
	{
		Name:       "query parameter",
		Help:       "Part of the query string.",
		Extensions: true,
		Keys: at(spec+"#parameter-object", slices.Concat(parameterKeys, []Key{allowEmptyValue},
			plain(append(slices.Clone(plainTypes), misplacedFile), append(slices.Clone(separators), repeated)),
			parameterExtensions, []Key{dynamicTree, triggerValue, noURLEncoding}, autoRestParameter)...),
	},
	{
		Name:       "path parameter",
		Help:       "Part of the path, where it stands as `{name}`.",
		Extensions: true,
		Keys: at(spec+"#parameter-object", slices.Concat(parameterKeys,
			plain(append(slices.Clone(plainTypes), misplacedFile), separators),
			parameterExtensions, []Key{urlEncoding, dynamicTree, noEmptyValue}, autoRestParameter)...),
	},
	{
		Name:       "header parameter",
		Help:       "A header of the request.",
		Extensions: true,
		Keys: at(spec+"#parameter-object", slices.Concat(parameterKeys,
			plain(append(slices.Clone(plainTypes), misplacedFile), separators),
			parameterExtensions, []Key{noURLEncoding, noEmptyValue}, autoRestParameter)...),
	},
	{
		Name:       "form parameter",
		Help:       "A field of a form, or a file.",
		Extensions: true,
		Keys: at(spec+"#parameter-object", slices.Concat(parameterKeys, []Key{allowEmptyValue},
			plain(append(slices.Clone(plainTypes), fileType), append(slices.Clone(separators), repeated)),
			parameterExtensions, []Key{mediaKind, noURLEncoding}, autoRestParameter)...),
	},
	{
		Name:       "items",
		Help:       "What each element of an array is.",
		Extensions: true,
		Keys: at(spec+"#items-object", slices.Concat(
			requireType(plain(plainTypes, separators), Lenient), []Key{
				idle("x-ms-summary", "A label.", "elements of an array have no label of their own"),
				idle("x-ms-visibility", "Where designers show something.", "it belongs on the parameter"),
			})...),
	},
	{
		Name:      "parameter definitions",
		Help:      "Parameters to refer to, by name.",
		Names:     new(object("parameter")),
		NamesHelp: "Name that `#/parameters/NAME` refers to; the parameter applies only where it is referred to.",
	},
}

var noEmptyValue = idle("allowEmptyValue", "True lets the name travel without a value.", "only query and form parameters may travel without a value")

// requireType makes `type` required, where no rule of its own says so.
func requireType(keys []Key, missing Level) []Key {
	for i, k := range keys {
		if k.Name == "type" {
			keys[i] = need(k, missing)
		}
	}
	return keys
}
