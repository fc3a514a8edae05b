package dialect

import "slices"

var refKey = Key{Name: "$ref", Value: text, Link: spec + "#reference-object", Help: "Reference such as `#/definitions/NAME`; keys beside it are ignored."}

var responseObjects = []Object{
	{
		Name:       "responses",
		Help:       "What comes back, by status code.",
		Extensions: true,
		Keys: at(spec+"#responses-object",
			Key{Name: "default", Value: object("response"), Help: "What comes back with any other status; certification wants it to have no schema."},
		),
		Names:     new(object("response")),
		NamesHelp: "Status code such as `200`, or `default`.",
	},
	{
		Name:       "response",
		Help:       "What comes back with one status.",
		Extensions: true,
		Keys: at(spec+"#response-object",
			Key{Name: "description", Value: text, Help: "When this comes back; every response must have one."},
			Key{Name: "schema", Value: object("schema"), Help: "What the body holds: its properties become the outputs that later steps of a flow can use."},
			Key{Name: "headers", Value: object("headers"), Help: "Headers that become outputs."},
			Key{Name: "examples", Value: object("examples"), Help: "Sample bodies by media type, each a type that the operation `produces`."},
			refKey, summary, nullable,
			idle("x-ms-visibility", "Where designers show something.", "it belongs on the properties of the schema"),
		),
		Variants: []Variant{{Key: "$ref", Value: "*", Object: "reference"}},
	},
	{
		Name:      "response definitions",
		Help:      "Responses to refer to, by name.",
		Names:     new(object("response")),
		NamesHelp: "Name that `#/responses/NAME` refers to.",
	},
	{
		Name:      "headers",
		Help:      "Headers of a response, by name.",
		Names:     new(object("header")),
		NamesHelp: "Name of a header.",
	},
	{
		Name:       "header",
		Help:       "A header of a response.",
		Extensions: true,
		Keys: at(spec+"#header-object", slices.Concat([]Key{
			{Name: "description", Value: text, Help: "What the header says."},
		}, requireType(plain(plainTypes, separators), Strict), []Key{summary, visibility, nullable, autoRest("x-ms-client-name")})...),
	},
	{
		Name:      "examples",
		Help:      "Sample bodies by media type.",
		Names:     new(anything),
		NamesHelp: "Media type of the sample.",
	},
	{
		Name:       "reference",
		Help:       "Stands for something written elsewhere in the file.",
		Extensions: true,
		Unknown:    Ignored,
		Keys: at(spec+"#reference-object",
			need(Key{Name: "$ref", Value: text, Help: "Where it is written: `#/definitions/NAME`, `#/parameters/NAME` or `#/responses/NAME`."}, Strict),
		),
	},
}

var schemaTypes = choice(
	Choice{"object", "Named values; `properties` says which."},
	Choice{"array", "List; `items` says of what."},
	Choice{"string", "Text, also for dates and bytes: see `format`."},
	Choice{"integer", "Whole number."},
	Choice{"number", "Number, with or without a fraction."},
	Choice{"boolean", "`true` or `false`."},
	Choice{"file", "Content of a file: only as the whole schema of a response, or as a form field."},
	Choice{"null", "Not in Swagger 2.0: write the real type and `x-nullable: true`."},
)

var schemaObjects = []Object{
	{
		Name:      "definitions",
		Help:      "Schemas to refer to, by name.",
		Names:     new(object("schema")),
		NamesHelp: "Name that `#/definitions/NAME` refers to.",
	},
	{
		Name:      "properties of a schema",
		Help:      "The named values of an object.",
		Names:     new(object("schema")),
		NamesHelp: "Name of a value as the API knows it; users see `x-ms-summary` or `title`.",
	},
	{
		Name:       "schema",
		Help:       "What a value holds.",
		Extensions: true,
		Keys: at(spec+"#schema-object", slices.Concat([]Key{
			{Name: "type", Value: schemaTypes, Help: "What kind of value it is: one string, never a list of types."},
			{Name: "format", Value: formats, Help: "What the value means more exactly; must fit `type`."},
			{Name: "title", Value: text, Help: "Label that designers show when there is no `x-ms-summary`."},
			{Name: "description", Value: text, Link: learn + "connector-string-guidance", Help: "What the value means, in a full sentence; designers show it as a hint."},
			{Name: "properties", Value: object("properties of a schema"), Help: "The named values of an object, each with a schema."},
			{Name: "required", Value: texts, Help: "Names of the properties that must be there; a list, also for one name."},
			{Name: "items", Value: object("schema").or(Array).lenient(), Help: "Schema of each element; an array needs it."},
			{Name: "additionalProperties", Value: object("schema").or(Bool), Help: "Whether names beyond `properties` may come, or the schema of their values."},
			{Name: "allOf", Value: list(object("schema")), Help: "Schemas that all hold: the properties of each are joined."},
			{Name: "discriminator", Value: text, Help: "Property whose value names the definition that applies."},
			{Name: "readOnly", Value: flag, Help: "True when the value only ever comes back and is never sent."},
			{Name: "example", Value: anything, Help: "A sample value."},
			{Name: "minProperties", Value: integer, Help: "Least number of properties."},
			{Name: "maxProperties", Value: integer, Help: "Greatest number of properties."},
			{Name: "externalDocs", Value: object("external documentation"), Help: "Where more is written about the value."},
			{Name: "xml", Value: object("xml"), Help: "How the value is written as XML."},
			refKey,
		}, limits, schemaExtensions)...),
		Variants: []Variant{{Key: "$ref", Value: "*", Object: "reference"}},
	},
	{
		Name:       "xml",
		Help:       "How a value is written as XML.",
		Extensions: true,
		Keys: at(spec+"#xml-object",
			Key{Name: "name", Value: text, Help: "Name of the element or attribute, instead of that of the property."},
			Key{Name: "namespace", Value: text, Help: "Address of the namespace."},
			Key{Name: "prefix", Value: text, Help: "Prefix of the name."},
			Key{Name: "attribute", Value: flag, Help: "True writes an attribute instead of an element."},
			Key{Name: "wrapped", Value: flag, Help: "True puts an element around the elements of an array."},
		),
	},
}
