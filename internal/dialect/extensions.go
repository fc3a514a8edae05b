package dialect

import "slices"

// extensionObjects describes what is inside the `x-ms-…` keys. Working connectors have odd values here, so nearly
// everything is lenient; the exceptions were never seen to be missing in any of a thousand connectors.
var extensionObjects = slices.Concat(dynamicObjects, triggerObjects, capabilityObjects, annotationObjects, pluginObjects, textObjects)

// targetOperation is what refers to another operation of the connector.
var targetOperation = Key{Name: "operationId", Value: text.lenient(), Help: "Operation of this connector that is called; best an internal one."}

var triggerObjects = []Object{
	{
		Name:       "notification content",
		Help:       "What the service posts to the flow when the webhook fires.",
		Extensions: true,
		Unknown:    Lenient,
		Keys: at(learn+"create-webhook-trigger",
			need(Key{Name: "schema", Value: object("schema").lenient(), Help: "Schema of the posted body: its properties become the outputs of the trigger."}, Lenient),
			Key{Name: "description", Value: text.lenient(), Help: "What is posted, in a full sentence."},
			Key{Name: "headers", Value: object("headers").lenient(), Help: "Headers that are posted."},
			Key{Name: "summary", Value: text.lenient(), Help: "Label of what is posted."},
			Key{Name: "x-ms-summary", Value: text.lenient(), Misspelt: summary.Misspelt, Help: "Label of what is posted."},
			Key{Name: "parameters", Value: list(object("parameter")).or(Mapping).lenient(), Help: "Parameters of the call-back; rare."},
		),
	},
	{
		Name:    "trigger metadata",
		Help:    "Marks a polling trigger.",
		Unknown: Lenient,
		Keys: at(learn+"create-polling-trigger",
			need(Key{Name: "kind", Value: choice(Choice{"query", "The state travels in the query string."}).lenient(), Help: "How the trigger asks: `query`."}, Lenient),
			need(Key{Name: "mode", Value: choice(Choice{"polling", "The platform asks again and again."}).lenient(), Help: "How the trigger works: `polling`."}, Lenient),
		),
	},
	{
		Name:    "trigger value",
		Help:    "Where a polling trigger finds the value that remembers how far it has read.",
		Unknown: Lenient,
		Keys: at(learn+"create-polling-trigger",
			Key{Name: "value-collection", Value: text.lenient(), Help: "Path of the array in the answer."},
			Key{Name: "value-path", Value: text.lenient(), Help: "Path in each item of the value to remember."},
		),
	},
	{
		Name:    "notification",
		Help:    "The webhook behind a trigger.",
		Unknown: Lenient,
		Keys: at(learn+"openapi-extensions",
			need(Key{Name: "operationId", Value: text.lenient(), Help: "Operation that registers the webhook."}, Lenient),
		),
	},
	{
		Name:    "operation context",
		Help:    "Stands in for an event while a flow is tested.",
		Unknown: Lenient,
		Keys: at(learn+"openapi-extensions",
			Key{Name: "simulate", Value: object("simulation").lenient(), Help: "Call whose answer is taken for an event."},
		),
	},
	{
		Name:    "simulation",
		Help:    "A call whose answer is taken for an event.",
		Unknown: Lenient,
		Keys: at(learn+"openapi-extensions",
			need(targetOperation, Lenient),
			Key{Name: "parameters", Value: object("fixed parameters").lenient(), Help: "Fixed values for its parameters, such as `{\"$top\": 1}`."},
		),
	},
	{
		Name:      "fixed parameters",
		Help:      "What the called operation gets.",
		Names:     new(anything),
		NamesHelp: "Parameter of the called operation, with a fixed value.",
	},
}

var capabilityObjects = []Object{
	{
		Name:    "definition capabilities",
		Help:    "What the connector as a whole offers.",
		Unknown: Lenient,
		Keys: at(learn+"openapi-extensions",
			Key{Name: "testConnection", Value: object("connection test").lenient(), Link: learn + "test-connection", Help: "Operation that is called to see whether a new connection works."},
			Key{Name: "file-picker", Value: object("file picker").lenient(), Help: "Operations by which the user browses files and folders."},
		),
	},
	{
		Name:    "connection test",
		Help:    "The call that tests a connection.",
		Unknown: Lenient,
		Keys: at(learn+"test-connection",
			need(Key{Name: "operationId", Value: text.lenient(), Help: "A GET of this connector that needs no parameters but fixed ones."}, Lenient),
			Key{Name: "parameters", Value: object("fixed parameters").lenient(), Help: "Fixed values for its parameters."},
		),
	},
	{
		Name:    "file picker",
		Help:    "Browses files and folders.",
		Unknown: Lenient,
		Keys: at(learn+"openapi-extensions",
			Key{Name: "open", Value: object("file picker call").lenient(), Help: "Operation that lists the top folder."},
			Key{Name: "browse", Value: object("file picker call").lenient(), Help: "Operation that lists a folder below."},
			Key{Name: "value-title", Value: text.lenient(), Help: "Property of an item that holds its name."},
			Key{Name: "value-path", Value: text.lenient(), Help: "Property of an item that holds the value to send."},
			Key{Name: "value-collection", Value: text.lenient(), Help: "Path of the array in the answer; without it the answer itself is the array."},
			Key{Name: "value-folder-property", Value: text.lenient(), Help: "Property of an item that is true for a folder."},
			Key{Name: "value-media-property", Value: text.lenient(), Help: "Property of an item that holds its media type."},
		),
	},
	{
		Name:    "file picker call",
		Help:    "One level of the file picker.",
		Unknown: Lenient,
		Keys: at(learn+"openapi-extensions",
			need(targetOperation, Lenient),
			Key{Name: "parameters", Value: object("parameters of a file picker").lenient(), Help: "What the operation is called with, by parameter name."},
		),
	},
	{
		Name:      "parameters of a file picker",
		Help:      "What the called operation gets.",
		Names:     &Value{Kinds: Any, Object: "file picker reference", Level: Lenient},
		NamesHelp: "Parameter of the called operation.",
	},
	{
		Name:    "file picker reference",
		Help:    "A fixed value, one given elsewhere in this operation, or one of the picked folder.",
		Unknown: Lenient,
		Keys: at(learn+"openapi-extensions",
			Key{Name: "value", Value: anything, Help: "Fixed value."},
			Key{Name: "parameter", Value: text.lenient(), Help: "Parameter of the operation with the picker whose value is passed on."},
			Key{Name: "value-property", Value: text.lenient(), Help: "Property of the picked folder whose value is passed on."},
		),
	},
	{
		Name:    "operation capabilities",
		Help:    "What an operation can do beyond a plain call.",
		Unknown: Lenient,
		Keys: at(learn+"openapi-extensions",
			Key{Name: "chunkTransfer", Value: flag.lenient(), Help: "True when large content may travel in pieces."},
		),
	},
	{
		Name:    "pageable",
		Help:    "Where an answer says how to get the next page.",
		Unknown: Lenient,
		Keys: at(learn+"openapi-extensions",
			need(Key{Name: "nextLinkName", Value: choice(
				Choice{"nextLink", "The property `nextLink` beside the array `value`."},
				Choice{"@odata.nextLink", "The property `@odata.nextLink` beside the array `value`, as in OData."},
			).lenient(), Help: "Property of the answer that holds the address of the next page."}, Lenient),
		),
	},
}

// releaseStatus is the life cycle of a connector or an operation; some real files write it in lower case.
var releaseStatus = choice(
	Choice{"Preview", "Not yet proven; the default."},
	Choice{"Production", "Proven: three weeks of at least 80 % success, and 99.9 % reliable."},
).open().fold().lenient()

var annotationObjects = []Object{
	{
		Name:    "connector annotation",
		Help:    "Life cycle of the connector.",
		Unknown: Lenient,
		Keys: at(learn+"operational-versioning",
			Key{Name: "status", Value: releaseStatus, Help: "Release status of the connector."},
		),
	},
	{
		Name:    "operation annotation",
		Help:    "Version and life cycle of an operation.",
		Unknown: Lenient,
		Keys: at(learn+"operational-versioning",
			Key{Name: "family", Value: text.lenient(), Help: "Name that all revisions of an operation share, by custom the first `operationId`."},
			Key{Name: "revision", Value: integer.lenient(), Help: "Number of the revision, from 1; it rises with every version in the family."},
			Key{Name: "status", Value: releaseStatus, Help: "Release status; an operation cannot be in production while the connector is in preview."},
			Key{Name: "replacement", Value: object("replacement").lenient(), Link: learn + "deprecate-operation", Help: "What to use instead; goes with `deprecated: true`."},
			Key{Name: "expires", Value: text.lenient(), Help: "Day on which the revision stops working."},
		),
	},
	{
		Name:    "replacement",
		Help:    "What to use instead of a deprecated operation.",
		Unknown: Lenient,
		Keys: at(learn+"deprecate-operation",
			need(Key{Name: "api", Value: text.lenient(), Help: "Connector that holds the new operation."}, Lenient),
			need(Key{Name: "operationId", Value: text.lenient(), Help: "The new operation."}, Lenient),
		),
	},
}
