package dialect

import "slices"

// inSchema says why a dynamic extension on a body parameter does nothing.
const inSchema = "it belongs in the `schema` of a body parameter"

// ofAutoRest says why extensions that only code generators read do nothing.
const ofAutoRest = "only the client generator AutoRest reads it"

func autoRest(name string) Key {
	return idle(name, "Left over from AutoRest, the generator of client libraries.", ofAutoRest)
}

var summary = Key{
	Name: "x-ms-summary", Value: text.lenient(), Link: learn + "openapi-extensions",
	Misspelt: []string{"x-summary", "x-ms-summmary", "x-ms-sumamry", "x-ms-summary title", "x-ms-summary:", "x-ms  -summary"},
	Help:     "Label that designers show, in Title Case and at most 80 characters.",
}

var visibility = Key{
	Name: "x-ms-visibility", Link: learn + "openapi-extensions",
	Misspelt: []string{"x-ms-visibilty", "x-ms-visbility", "x-ms-visibiltiy"},
	Value: choice(
		Choice{"important", "Always shown, and first."},
		Choice{"advanced", "Shown once the user asks for more."},
		Choice{"internal", "Never shown; a required value needs a `default`."},
	).lenient(),
	Help: "Where designers show it; leave it out for the normal place.",
}

var nullable = Key{Name: "x-nullable", Value: flag.lenient(), Help: "True when the value may be `null`; Swagger 2.0 has no other way to say so."}

var enumTexts = Key{
	Name: "x-ms-enum-values", Value: list(object("enum value")).lenient(), Link: learn + "openapi-extensions",
	Misspelt: []string{"x-ms-enum-value", "x-enum-values"},
	Help:     "Texts to show for the values of `enum`.",
}

var testValue = Key{Name: "x-ms-test-value", Value: anything.lenient(), Help: "Value for tests of the connector; no secrets, no personal data."}

var localizeDefault = Key{Name: "x-ms-localizeDefaultValue", Value: flag.lenient(), Help: "True when `default` is a text to be translated."}

var editorOptions = Key{Name: "x-ms-editor-options", Value: object("editor options").lenient(), Help: "Choices that the editor offers, each with a title; undocumented."}

var mediaKind = Key{Name: "x-ms-media-kind", Value: choice(
	Choice{"image", "A picture."},
	Choice{"audio", "Sound."},
).lenient(), Help: "Whether the bytes are a picture or sound, so that apps can show or play them."}

var dynamicValues = Key{Name: "x-ms-dynamic-values", Value: object("dynamic values").lenient(), Link: learn + "openapi-extensions", Help: "Fills the list of choices by calling another operation."}

var dynamicList = Key{Name: "x-ms-dynamic-list", Value: object("dynamic list").lenient(), Link: learn + "openapi-extensions", Help: "As `x-ms-dynamic-values`, with unambiguous references; give both."}

var dynamicTree = Key{Name: "x-ms-dynamic-tree", Value: object("dynamic tree").lenient(), Help: "Lets the user browse folders and pick one: one operation opens the tree, one lists a folder."}

var triggerValue = Key{Name: "x-ms-trigger-value", Value: object("trigger value").lenient(), Help: "Where a polling trigger finds the value that remembers how far it has read."}

var urlEncoding = Key{Name: "x-ms-url-encoding", Value: choice(
	Choice{"single", "Encoded once; the default, but validation wants it written."},
	Choice{"double", "Encoded twice: for values that hold `/` and the like."},
).lenient(), Link: learn + "openapi-extensions", Help: "How often the value is encoded before it goes into the path."}

var noURLEncoding = idle("x-ms-url-encoding", "How often a value is encoded before it goes into the path.", "only path parameters are encoded by it")

// parameterExtensions are the extensions of a parameter outside the body.
var parameterExtensions = []Key{
	summary, visibility, dynamicValues, dynamicList, enumTexts, testValue, localizeDefault, editorOptions, nullable,
}

// autoRestParameter are extensions that generated parameters still carry.
var autoRestParameter = []Key{
	autoRest("x-ms-parameter-location"), autoRest("x-ms-skip-url-encoding"), autoRest("x-ms-enum"),
	autoRest("x-ms-client-name"), autoRest("x-ms-client-flatten"), autoRest("x-ms-parameter-grouping"),
	autoRest("x-ms-client-request-id"), autoRest("x-ms-examples"),
}

var schemaExtensions = slices.Concat([]Key{
	summary, visibility, dynamicValues, dynamicList,
	{Name: "x-ms-dynamic-schema", Value: object("dynamic schema").lenient(), Link: learn + "openapi-extensions", Help: "Gets the schema of this object by calling another operation."},
	{Name: "x-ms-dynamic-properties", Value: object("dynamic properties").lenient(), Link: learn + "openapi-extensions", Help: "As `x-ms-dynamic-schema`, with unambiguous references; give both."},
	dynamicTree, enumTexts,
	{Name: "x-ms-notification-url", Value: flag.lenient(), Link: learn + "create-webhook-trigger", Help: "True on the text property that takes the address to call back; make it required and internal."},
	testValue, mediaKind, localizeDefault,
	{Name: "x-ms-editor", Value: choice(
		Choice{"dictionary", "Rows of names and values: for an object with `additionalProperties`."},
	).open().lenient(), Help: "Editor that designers show for the value."},
	editorOptions, nullable, noURLEncoding,
	idle("x-ms-tooltip", "A hint.", "no such extension exists; designers show `description`"),
	idle("x-ms-description", "A description.", "no such extension exists; designers show `description`"),
}, autoRestSchema)

// autoRestSchema are extensions that generated schemas still carry.
var autoRestSchema = []Key{
	autoRest("x-ms-enum"), autoRest("x-ms-mutability"), autoRest("x-ms-discriminator-value"), autoRest("x-ms-client-name"),
	autoRest("x-ms-identifiers"), autoRest("x-ms-client-flatten"), autoRest("x-ms-secret"), autoRest("x-ms-azure-resource"),
	autoRest("x-ms-external"), autoRest("x-ms-arm-id-details"), autoRest("x-ms-navigationProperty"),
	autoRest("x-ms-primary-error-message"), autoRest("x-ms-parameterized-host"),
}

var operationExtensions = at(learn+"openapi-extensions",
	visibility,
	Key{Name: "x-ms-summary", Value: text.lenient(), Misspelt: summary.Misspelt, Help: "A label; designers show the `summary` of an operation."},
	Key{Name: "x-ms-trigger", Value: choice(
		Choice{"single", "Fires once per event: a webhook."},
		Choice{"batch", "Answers with an array of events: polling."},
	).lenient(), Help: "Makes the operation a trigger; without it, it is an action."},
	Key{Name: "x-ms-trigger-hint", Value: text.lenient(), Help: "How to make the trigger fire while testing."},
	Key{Name: "x-ms-trigger-metadata", Value: object("trigger metadata").lenient(), Link: learn + "create-polling-trigger", Help: "Marks a polling trigger; goes with `batch` and the policy `pollingtrigger`."},
	Key{Name: "x-ms-notification", Value: object("notification").lenient(), Help: "The operation that registers the webhook of this trigger."},
	Key{Name: "x-ms-operation-context", Value: object("operation context").lenient(), Help: "A call that stands in for an event, to test a flow."},
	Key{Name: "x-ms-capabilities", Value: object("operation capabilities").lenient(), Help: "What the operation can do beyond a plain call."},
	Key{Name: "x-ms-api-annotation", Value: object("operation annotation").lenient(), Link: learn + "operational-versioning", Misspelt: []string{"x-ms-api-annotations"}, Help: "Family, revision and status of the operation, for versions side by side."},
	Key{Name: "x-ms-pageable", Value: object("pageable").lenient(), Help: "The answer comes in pages; goes with the policy `updatenextlink`."},
	Key{Name: "x-ms-safe-operation", Value: flag.lenient(), Help: "True when a POST changes nothing, as a GET would not."},
	Key{Name: "x-ms-no-generic-test", Value: flag.lenient(), Link: learn + "coding-standards", Help: "True leaves the operation out of automatic tests."},
	Key{Name: "x-ms-openai-data", Value: object("plug-in data").lenient(), Link: learn + "create-a-connector-ai-plugin", Help: "Whether an AI plug-in may call the operation, and whether it asks the user first."},
	Key{Name: "x-ms-agentic-protocol", Value: choice(
		Choice{"mcp-streamable-1.0", "Model Context Protocol over streamable HTTP."},
	).open().lenient(), Link: "https://learn.microsoft.com/microsoft-copilot-studio/agent-extend-action-mcp", Help: "Makes a POST an MCP server for agents in Copilot Studio."},
	Key{Name: "x-ms-name-for-model", Value: text.lenient(), Help: "Name of the operation as a language model sees it."},
	Key{Name: "x-ms-description-for-model", Value: text.lenient(), Help: "What the operation does, for a language model that picks it."},
	noURLEncoding,
	idle("x-ms-dynamic-schema", "A schema from another operation.", "it belongs in a schema"),
	idle("x-ms-dynamic-properties", "A schema from another operation.", "it belongs in a schema"),
	autoRest("x-ms-long-running-operation"), autoRest("x-ms-long-running-operation-options"),
	autoRest("x-ms-examples"), autoRest("x-ms-docs-operation-type"), autoRest("x-ms-request-id"), autoRest("x-ms-odata"),
)
