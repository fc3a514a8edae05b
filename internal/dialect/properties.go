package dialect

import "slices"

// propertiesObjects describes apiProperties.json. The published JSON schema of it is older than what the service takes,
// so unknown keys are lenient throughout.
var propertiesObjects = slices.Concat(rootObjects, connectionObjects, uiObjects, oauthObjects)

// ofService says why the members that the service gives back with a connector have no place in the file.
const ofService = "the service or the upload fills it in"

func served(name, help string) Key { return idle(name, help, ofService) }

var rootObjects = []Object{
	{
		Name:    "properties file",
		Help:    "What a connector is beyond its API: how connections sign in, how it looks, which policies run.",
		Unknown: Lenient,
		Keys: at(learn+"paconn-cli",
			need(Key{Name: "properties", Value: object("properties"), Help: "All there is."}, Strict),
			Key{Name: "$schema", Value: text.lenient(), Help: "JSON schema for editors; nothing else reads it."},
		),
	},
	{
		Name:    "properties",
		Help:    "How connections sign in, how the connector looks, which policies run.",
		Unknown: Lenient,
		Keys: at(learn+"paconn-cli",
			Key{Name: "connectionParameters", Value: object("connection parameters"), Link: learn + "connection-parameters", Help: "What the user gives when a connection is made; `{}` for nothing."},
			Key{Name: "connectionParameterSets", Value: object("connection parameter sets"), Link: learn + "multi-auth", Help: "Several ways to sign in, of which the user picks one; stands instead of `connectionParameters`."},
			need(Key{Name: "iconBrandColor", Value: text, Link: learn + "certification-submission", Help: "Colour behind the icon, as `#RRGGBB`; `#da3b01` for independent publishers, not the stock `#007ee5`."}, Strict),
			Key{Name: "capabilities", Value: list(choice(
				Choice{"actions", "The connector has actions."},
				Choice{"triggers", "The connector has triggers."},
				Choice{"gateway", "The connector reaches through the on-premises data gateway."},
				Choice{"cloud", "The connector reaches services in the cloud."},
			).open().fold()).lenient(), Help: "What the connector offers; nearly all have `[]`. Values that the service does not know may vanish."},
			Key{Name: "policyTemplateInstances", Value: list(object("policy instance")), Link: policyPages, Help: "Policies that change requests and responses, in the order in which they run."},
			Key{Name: "scriptOperations", Value: texts, Link: learn + "write-code", Help: "Operations that run through the script; with a script and no list, all of them do."},
			Key{Name: "publisher", Value: text.lenient(), Link: learn + "certification-submission", Help: "Company or person that publishes the connector; certification needs it."},
			Key{Name: "stackOwner", Value: text.lenient(), Misspelt: []string{"stackowner"}, Link: learn + "certification-submission", Help: "Owner of the service behind the connector; certification needs it, private connectors are refused with it."},
			idle("script", "Where some files list the operations of the script.", "the operations of the script are listed in `scriptOperations`"),
			served("displayName", "Name of the connector; comes from `info.title`."),
			served("description", "Description of the connector; comes from `info.description`."),
			served("iconUri", "Address of the uploaded icon."),
			served("openApiDefinition", "The definition file, as uploaded."),
			served("apiDefinitions", "Addresses of the uploaded definition."),
			served("backendService", "Address of the API; comes from `schemes`, `host` and `basePath`."),
			served("environment", "Environment of the connector."),
			served("scriptDefinitionUrl", "Address of the uploaded script."),
			served("isCustomApi", "Whether the connector is a custom one."),
			served("createdBy", "Who made the connector."),
		),
	},
}

var parameterTypes = choice(
	Choice{"string", "Text that everyone may read."},
	Choice{"securestring", "A secret: hidden while typed, never shown again."},
	Choice{"int", "Whole number."},
	Choice{"bool", "`true` or `false`."},
	Choice{"oauthSetting", "Sign-in with OAuth 2.0; `oAuthSettings` says how."},
	Choice{"gatewaySetting", "The on-premises data gateway to go through; not with OAuth or API keys."},
)

var (
	connectionType = need(Key{Name: "type", Value: parameterTypes, Help: "What kind of value it is; upper and lower case count."}, Strict)
	connectionUI   = Key{Name: "uiDefinition", Value: object("ui definition").or(Null).lenient(), Help: "How the user is asked for it."}
	metadata       = Key{Name: "metadata", Value: object("connection parameter metadata").lenient(), Help: "Where the platform takes the value from."}
	primitiveKeys  = []Key{
		{Name: "defaultValue", Value: Value{Kinds: String | Bool | Number | Integer | Null, Level: Lenient}, Help: "Value to start with, as a string."},
		{Name: "allowedValues", Value: list(object("allowed value")).lenient(), Help: "The only values allowed; `constraints` can hold such a list too."},
	}
	oauthKey   = Key{Name: "oAuthSettings", Value: object("oauth settings"), Misspelt: []string{"oauthSettings"}, Help: "How the sign-in works; upper and lower case count."}
	gatewayKey = Key{Name: "gatewaySettings", Value: object("gateway settings").lenient(), Help: "What the gateway connects to."}
)

var connectionObjects = []Object{
	{
		Name:    "connection parameters",
		Help:    "What the user gives when a connection is made.",
		Unknown: Lenient,
		Names:   new(object("connection parameter")),
		NamesHelp: "Name such as `api_key`, `username`, `password` or `token`; letters, digits and `_`. " +
			"Policies read it with `@connectionParameters('NAME')`.",
	},
	{
		Name:    "connection parameter",
		Help:    "Something the user gives when a connection is made; `type` says what.",
		Unknown: Lenient,
		Keys: at(learn+"connection-parameters", slices.Concat([]Key{connectionType, connectionUI, metadata, oauthKey, gatewayKey},
			primitiveKeys)...),
		Variants: []Variant{
			{Key: "type", Value: "string", Object: "plain connection parameter"},
			{Key: "type", Value: "securestring", Object: "plain connection parameter"},
			{Key: "type", Value: "int", Object: "plain connection parameter"},
			{Key: "type", Value: "bool", Object: "plain connection parameter"},
			{Key: "type", Value: "oauthSetting", Object: "oauth connection parameter"},
			{Key: "type", Value: "gatewaySetting", Object: "gateway connection parameter"},
		},
	},
	{
		Name:    "plain connection parameter",
		Help:    "A value that the user types or picks.",
		Unknown: Lenient,
		Keys:    at(learn+"connection-parameters", slices.Concat([]Key{connectionType, connectionUI, metadata}, primitiveKeys)...),
	},
	{
		Name:    "oauth connection parameter",
		Help:    "Sign-in with OAuth 2.0.",
		Unknown: Lenient,
		Keys:    at(learn+"connection-parameters", connectionType, oauthKey, connectionUI, metadata),
	},
	{
		Name:    "gateway connection parameter",
		Help:    "The on-premises data gateway to go through.",
		Unknown: Lenient,
		Keys:    at(learn+"connection-parameters", connectionType, gatewayKey, connectionUI, metadata),
	},
	{
		Name:    "connection parameter metadata",
		Help:    "Where the platform takes a value from.",
		Unknown: Tolerated,
		Keys: at(learn+"connection-parameters",
			Key{Name: "sourceType", Value: choice(
				Choice{"AzureActiveDirectoryTenant", "The tenant of the user who signs in; for `token:TenantId`."},
			).open().lenient(), Help: "Source of the value."},
		),
	},
	{
		Name:    "gateway settings",
		Help:    "What the gateway connects to.",
		Unknown: Lenient,
		Keys: at(learn+"connection-parameters",
			Key{Name: "dataSourceType", Value: choice(
				Choice{"CustomConnector", "A custom connector."},
			).open().lenient(), Help: "Kind of the data source."},
			Key{Name: "connectionDetails", Value: list(anything).lenient(), Help: "Connection parameters that the gateway needs."},
		),
	},
	{
		Name:    "connection parameter sets",
		Help:    "Several ways to sign in, of which the user picks one.",
		Unknown: Lenient,
		Keys: at(learn+"multi-auth",
			Key{Name: "uiDefinition", Value: object("set ui definition").or(Null).lenient(), Help: "How the user is asked to pick."},
			need(Key{Name: "values", Value: list(object("connection parameter set")), Help: "The ways, in the order in which they are shown."}, Strict),
		),
	},
	{
		Name:    "connection parameter set",
		Help:    "One way to sign in.",
		Unknown: Lenient,
		Keys: at(learn+"multi-auth",
			need(Key{Name: "name", Value: text, Help: "Unique name of the way; connections remember it."}, Strict),
			Key{Name: "uiDefinition", Value: object("set ui definition").or(Null).lenient(), Help: "How this way is shown."},
			need(Key{Name: "parameters", Value: object("connection parameters"), Help: "What the user gives for this way; `{}` for nothing."}, Lenient),
			Key{Name: "metadata", Value: object("connection parameter set metadata").lenient(), Help: "What may be done with such connections."},
		),
	},
	{
		Name:    "connection parameter set metadata",
		Help:    "What may be done with connections of this kind.",
		Unknown: Tolerated,
		Keys: at(learn+"multi-auth",
			Key{Name: "allowSharing", Value: flag.lenient(), Help: "True when such a connection may be shared with others."},
		),
	},
}

// trueOrFalse is a truth value that the platform keeps as a string, though it takes a boolean too.
var trueOrFalse = Value{Kinds: String | Bool, Fold: true, Level: Lenient, Enum: []Choice{
	{"true", "Yes, written as a string."},
	{"false", "No, written as a string."},
}}

var uiObjects = []Object{
	{
		Name:    "ui definition",
		Help:    "How the user is asked for a value.",
		Unknown: Lenient,
		Keys: at(learn+"connection-parameters",
			Key{Name: "displayName", Value: text.lenient(), Misspelt: []string{"displayname"}, Help: "Label of the field."},
			Key{Name: "description", Value: text.lenient(), Help: "What to fill in."},
			Key{Name: "tooltip", Value: text.lenient(), Help: "Hint that is shown beside the field."},
			Key{Name: "tabIndex", Value: integer.lenient(), Help: "Place among the fields; `constraints.tabIndex` is the usual spot."},
			Key{Name: "constraints", Value: object("constraints").lenient(), Help: "Whether the field is required, hidden, a list to pick from."},
			Key{Name: "schema", Value: object("ui schema").lenient(), Link: learn + "multi-auth", Help: "Type and description of a string parameter in `connectionParameterSets`."},
		),
	},
	{
		Name:    "ui schema",
		Help:    "Type and description of a parameter, where several ways to sign in are offered.",
		Unknown: Lenient,
		Keys: at(learn+"multi-auth",
			Key{Name: "type", Value: choice(
				Choice{"string", "Text that everyone may read."},
				Choice{"securestring", "A secret."},
			).open().lenient(), Help: "Type of the parameter."},
			Key{Name: "description", Value: text.lenient(), Help: "What to fill in; with several ways to sign in, this is the text that is shown."},
		),
	},
	{
		// The documentation itself spells displayname in lower case here, and working connectors follow it.
		Name:     "set ui definition",
		Help:     "How a way to sign in, or the choice between them, is shown.",
		Unknown:  Lenient,
		FoldKeys: true,
		Keys: at(learn+"multi-auth",
			Key{Name: "displayName", Value: text.lenient(), Help: "Label that is shown."},
			Key{Name: "description", Value: text.lenient(), Help: "Text that explains it."},
			Key{Name: "tooltip", Value: text.lenient(), Help: "Hint that is shown beside it."},
			Key{Name: "constraints", Value: object("constraints").lenient(), Help: "Whether it is hidden."},
		),
	},
	{
		Name:    "constraints",
		Help:    "What holds for a field.",
		Unknown: Lenient,
		Keys: at(learn+"connection-parameters",
			Key{Name: "required", Value: trueOrFalse, Help: "`\"true\"` when a value must be given; a string by custom, a boolean works."},
			Key{Name: "hidden", Value: trueOrFalse, Help: "`\"true\"` when the field is not shown; a string by custom, a boolean works."},
			Key{Name: "clearText", Value: flag.lenient(), Help: "True shows what is typed; false for secrets."},
			Key{Name: "tabIndex", Value: integer.lenient(), Help: "Place of the field among the others."},
			Key{Name: "capability", Value: list(choice(
				Choice{"cloud", "Shown for connections to the cloud."},
				Choice{"gateway", "Shown for connections through the gateway."},
			).open()).lenient(), Help: "Connections for which the field is shown."},
			Key{Name: "allowedValues", Value: list(object("listed value")).lenient(), Help: "The only values allowed; the user picks from a list."},
			Key{Name: "dependencies", Value: object("dependencies").lenient(), Help: "Other parameters whose values decide whether the field is shown."},
		),
	},
	{
		Name:    "listed value",
		Help:    "A value to pick, with its text.",
		Unknown: Lenient,
		Keys: at(learn+"connection-parameters",
			need(Key{Name: "value", Value: text.lenient(), Help: "Value that is kept."}, Lenient),
			Key{Name: "text", Value: text.lenient(), Help: "Text to show for it."},
		),
	},
	{
		Name:    "allowed value",
		Help:    "A value to pick.",
		Unknown: Lenient,
		Keys: at(learn+"connection-parameters",
			need(Key{Name: "value", Value: text.lenient(), Help: "Value that is kept."}, Lenient),
			Key{Name: "uiDefinition", Value: object("ui definition").lenient(), Help: "How it is shown: `displayName` and `description`."},
		),
	},
	{
		Name:      "dependencies",
		Help:      "Other parameters that decide whether a field is shown.",
		Names:     new(object("dependency").lenient()),
		NamesHelp: "Name of another connection parameter.",
	},
	{
		Name:    "dependency",
		Help:    "Values of another parameter for which a field is shown.",
		Unknown: Lenient,
		Keys: at(learn+"connection-parameters",
			need(Key{Name: "values", Value: texts.lenient(), Help: "Values for which the field is shown."}, Lenient),
		),
	},
}
