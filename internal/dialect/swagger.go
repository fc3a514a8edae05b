package dialect

import "slices"

// swaggerObjects describes what Swagger 2.0 itself defines. An unknown plain key is an error here: over a thousand
// certified connectors hold none. The extensions of the platform are listed beside the standard keys.
var swaggerObjects = slices.Concat(documentObjects, pathObjects, securityObjects, parameterObjects, responseObjects, schemaObjects)

var schemes = list(choice(
	Choice{"https", "Encrypted; what a certified connector uses."},
	Choice{"http", "Not encrypted; certification asks for `https`."},
	Choice{"ws", "WebSocket; connectors do not support it."},
	Choice{"wss", "Secure WebSocket; connectors do not support it."},
))

var mediaType = Value{Kinds: String, Open: true, Enum: []Choice{
	{"application/json", "JSON, the usual body of a connector."},
	{"text/plain", "Text without structure."},
	{"multipart/form-data", "A form with files: for operations with `formData` parameters of type `file`."},
	{"application/x-www-form-urlencoded", "A form of names and values, without files."},
	{"application/xml", "XML; designers show it as plain content."},
	{"application/octet-stream", "Bytes: for the content of a file."},
}}

var documentObjects = []Object{
	{
		Name:       "definition file",
		Help:       "The API behind the connector, in Swagger 2.0.",
		Extensions: true,
		Keys: at(spec+"#swagger-object",
			need(Key{Name: "swagger", Value: text, Help: "Version of the format: always the string `2.0`. OpenAPI 3 is not accepted."}, Strict),
			need(Key{Name: "info", Value: object("info"), Help: "Title, description, version and contact of the connector."}, Strict),
			need(Key{Name: "host", Value: text, Help: "Host name of the API, with a port if need be: no `https://`, no path. A `dynamichosturl` policy replaces it."}, Lenient),
			Key{Name: "basePath", Value: text, Misspelt: []string{"basepath"}, Help: "Path in front of every path below; begins with `/`."},
			Key{Name: "schemes", Value: schemes, Help: "Protocols of the API: `https`."},
			Key{Name: "consumes", Value: list(mediaType), Help: "Media types that operations send, where they name none themselves."},
			Key{Name: "produces", Value: list(mediaType), Help: "Media types that operations answer with, where they name none themselves."},
			need(Key{Name: "paths", Value: object("paths"), Help: "The operations, by path: each becomes an action or a trigger."}, Strict),
			Key{Name: "definitions", Value: object("definitions"), Help: "Schemas to refer to with `#/definitions/NAME`."},
			Key{Name: "parameters", Value: object("parameter definitions"), Help: "Parameters to refer to with `#/parameters/NAME`; they apply only where they are referred to."},
			Key{Name: "responses", Value: object("response definitions"), Help: "Responses to refer to with `#/responses/NAME`."},
			Key{Name: "securityDefinitions", Value: object("security definitions"), Help: "How a connection signs in. Only the first definition counts; its parameters stand in apiProperties.json."},
			Key{Name: "security", Value: list(object("security requirement")), Help: "Security definitions that hold for every operation."},
			Key{Name: "tags", Value: list(object("tag")), Help: "Groups of operations, with a description each."},
			Key{Name: "externalDocs", Value: object("external documentation"), Help: "Where more is written about the API."},
			Key{Name: "x-ms-capabilities", Value: object("definition capabilities").lenient(), Link: learn + "openapi-extensions", Help: "What the connector as a whole offers: the operation that tests a connection, and a file picker."},
			Key{Name: "x-ms-connector-metadata", Value: list(object("connector metadata")).lenient(), Link: learn + "certification-submission", Help: "Website, privacy policy and categories, shown in the connector reference; certification needs all three."},
			Key{Name: "x-ms-docs", Value: list(object("document link")).lenient(), Help: "Pages about the connector, each with a description."},
			Key{Name: "x-ms-openai-manifest", Value: object("plug-in manifest").lenient(), Link: learn + "create-a-connector-ai-plugin", Help: "How the AI plug-in made from this connector presents itself."},
			idle("x-ms-openai-data", "Offers an operation to AI plug-ins.", "it belongs in an operation"),
			Key{Name: "x-ms-api-annotation", Value: object("connector annotation").lenient(), Link: learn + "operational-versioning", Help: "Release status of the connector; real connectors set it in `info`."},
			idle("x-ms-parameterized-host", "AutoRest: a host with parameters.", "AutoRest only; a host is made dynamic by the policy `dynamichosturl`"),
		),
	},
	{
		Name:       "info",
		Help:       "What the connector is called and who answers for it.",
		Extensions: true,
		Keys: at(spec+"#info-object",
			need(Key{Name: "title", Value: text, Help: "Name of the connector: at most 30 characters for certification, without the words API or Connector."}, Strict),
			need(Key{Name: "version", Value: text, Help: "Version of the API, such as `1.0`."}, Strict),
			need(Key{Name: "description", Value: text, Help: "What the connector is for, in 30 to 500 characters; uploads need it."}, Lenient),
			Key{Name: "termsOfService", Value: text, Help: "Address of the terms of service."},
			Key{Name: "contact", Value: object("contact"), Help: "Whom users may turn to; certification needs name, address and e-mail."},
			Key{Name: "license", Value: object("license"), Help: "Licence of the API."},
			Key{Name: "x-ms-api-annotation", Value: object("connector annotation").lenient(), Link: learn + "operational-versioning", Help: "Release status of the connector: preview, unless it says production."},
			Key{Name: "x-ms-deployment-version", Value: text.lenient(), Help: "Version of the deployment, digits and dots such as `1.0.0`."},
			Key{Name: "x-ms-keywords", Value: texts.lenient(), Help: "Words by which a certified connector is found."},
			Key{Name: "x-ms-openai-published-to-copilots", Value: list(object("published copilot")).or(Mapping).lenient(), Help: "Microsoft copilots that offer the connector's plug-in."},
			idle("x-ms-summary", "A label.", "`title` is the name of the connector"),
		),
	},
	{
		Name:       "contact",
		Help:       "Whom users of the connector may turn to.",
		Extensions: true,
		Keys: at(spec+"#contact-object",
			Key{Name: "name", Value: text, Help: "Name of the person or team."},
			Key{Name: "url", Value: text, Help: "Absolute address of the support page."},
			Key{Name: "email", Value: text, Help: "Address for mail."},
		),
	},
	{
		Name:       "license",
		Help:       "Licence of the API.",
		Extensions: true,
		Keys: at(spec+"#license-object",
			need(Key{Name: "name", Value: text, Help: "Name of the licence, such as `MIT`."}, Strict),
			Key{Name: "url", Value: text, Help: "Absolute address of its text."},
		),
	},
	{
		Name:       "tag",
		Help:       "A group of operations.",
		Extensions: true,
		Keys: at(spec+"#tag-object",
			need(Key{Name: "name", Value: text, Help: "What operations name in their `tags`."}, Strict),
			Key{Name: "description", Value: text, Help: "What the operations of the group have in common."},
			Key{Name: "externalDocs", Value: object("external documentation"), Help: "Where more is written about the group."},
			idle("x-ms-summary", "A label.", "designers do not show tags"),
		),
	},
	{
		Name:       "external documentation",
		Help:       "A page elsewhere.",
		Extensions: true,
		Keys: at(spec+"#external-documentation-object",
			need(Key{Name: "url", Value: text, Help: "Absolute address of the page."}, Strict),
			Key{Name: "description", Value: text, Help: "What the page is about."},
		),
	},
}

// methods holds the operations of a path item.
var methods = []Key{
	{Name: "get", Value: object("operation"), Help: "Reads; has no body. The only method that `testConnection` may use."},
	{Name: "post", Value: object("operation"), Help: "Creates or runs something; webhook triggers register with it."},
	{Name: "put", Value: object("operation"), Help: "Replaces what the path names."},
	{Name: "patch", Value: object("operation"), Help: "Changes part of what the path names."},
	{Name: "delete", Value: object("operation"), Help: "Removes what the path names; a webhook is unregistered by one."},
	{Name: "head", Value: object("operation"), Help: "Reads headers only."},
	{Name: "options", Value: object("operation"), Help: "Asks what is allowed; rare in a connector."},
}

var pathObjects = []Object{
	{
		Name:       "paths",
		Help:       "The operations, by path.",
		Extensions: true,
		Names:      new(object("path item")),
		NamesHelp:  "Path below `basePath`, with `{name}` where a path parameter goes.",
	},
	{
		Name:       "path item",
		Help:       "The operations of one path, by method.",
		Extensions: true,
		Keys: at(spec+"#path-item-object", slices.Concat(methods, []Key{
			{Name: "parameters", Value: list(object("parameter")), Help: "Parameters that all operations of the path share."},
			{Name: "$ref", Value: text, NoEffect: "connectors cannot refer to a path item elsewhere", Help: "Reference to a path item in another document."},
			{Name: "x-ms-notification-content", Value: object("notification content").lenient(), Link: learn + "create-webhook-trigger", Help: "What the service sends to the flow when the webhook registered by this path fires."},
			idle("x-ms-visibility", "Where designers show something.", "visibility is set per operation"),
		})...),
	},
	{
		Name:       "operation",
		Help:       "One call of the API: an action, or a trigger when it has `x-ms-trigger`.",
		Extensions: true,
		Keys:       slices.Concat(operationKeys, operationExtensions),
	},
}

var operationKeys = at(spec+"#operation-object",
	Key{Name: "operationId", Value: text, Link: learn + "openapi-extensions", Help: "Unique name in PascalCase by which flows, policies and scripts know the operation; never change it."},
	Key{Name: "summary", Value: text, Link: learn + "connector-string-guidance", Help: "Title of the action, at most 80 characters, in sentence case; that of a trigger begins with “When”."},
	Key{Name: "description", Value: text, Link: learn + "connector-string-guidance", Help: "What it does, in full sentences; not the same words as `summary`."},
	Key{Name: "tags", Value: texts, Help: "Groups that the operation belongs to; designers do not show them."},
	Key{Name: "parameters", Value: list(object("parameter")), Help: "What the operation takes; at most one is `in` the `body`."},
	Key{Name: "responses", Value: object("responses"), Help: "What comes back, by status code; designers use the schema of one success response."},
	Key{Name: "consumes", Value: list(mediaType), Help: "Media types of the body, instead of those of the whole document."},
	Key{Name: "produces", Value: list(mediaType), Help: "Media types of the answer, instead of those of the whole document."},
	Key{Name: "schemes", Value: schemes, Help: "Protocols, instead of those of the whole document."},
	Key{Name: "deprecated", Value: flag, Link: learn + "deprecate-operation", Help: "True hides the operation from new flows; those that use it go on."},
	Key{Name: "security", Value: list(object("security requirement")), Help: "Security definitions, instead of those of the whole document."},
	Key{Name: "externalDocs", Value: object("external documentation"), Help: "Where more is written about the operation."},
)

var securityObjects = []Object{
	{
		Name:      "security definitions",
		Help:      "How a connection signs in, by name.",
		Names:     new(object("security definition")),
		NamesHelp: "Name that `security` uses; it need not be the name of a connection parameter.",
	},
	{
		Name:       "security definition",
		Help:       "One way to sign in; `type` says which.",
		Extensions: true,
		Keys:       slices.Concat(securityKeys, apiKeyKeys, oauthFlowKeys),
		Variants: []Variant{
			{Key: "type", Value: "apiKey", Object: "API key security definition"},
			{Key: "type", Value: "basic", Object: "basic security definition"},
			{Key: "type", Value: "oauth2", Object: "OAuth 2.0 security definition"},
		},
	},
	{
		Name:       "API key security definition",
		Help:       "A key that every request carries in a header or in the query.",
		Extensions: true,
		Keys:       slices.Concat(securityKeys, []Key{need(apiKeyKeys[0], Strict), need(apiKeyKeys[1], Strict)}),
	},
	{
		Name:       "basic security definition",
		Help:       "User name and password, held in connection parameters `username` and `password`.",
		Extensions: true,
		Keys:       securityKeys,
	},
	{
		Name:       "OAuth 2.0 security definition",
		Help:       "Sign-in with OAuth 2.0; the flow that connectors support is `accessCode`.",
		Extensions: true,
		Keys:       oauthFlow(),
		Variants: []Variant{
			{Key: "flow", Value: "accessCode", Object: "authorization code security definition"},
			{Key: "flow", Value: "implicit", Object: "implicit security definition"},
			{Key: "flow", Value: "password", Object: "password security definition"},
			{Key: "flow", Value: "application", Object: "client credentials security definition"},
		},
	},
	{
		Name:       "authorization code security definition",
		Help:       "The user signs in, the connector trades the code for a token.",
		Extensions: true,
		Keys:       oauthFlow("authorizationUrl", "tokenUrl"),
	},
	{
		Name:       "implicit security definition",
		Help:       "The token comes straight from the sign-in page; connectors do not support this flow.",
		Extensions: true,
		Keys:       oauthFlow("authorizationUrl"),
	},
	{
		Name:       "password security definition",
		Help:       "User name and password are traded for a token; connectors do not support this flow.",
		Extensions: true,
		Keys:       oauthFlow("tokenUrl"),
	},
	{
		Name:       "client credentials security definition",
		Help:       "The application signs in as itself; connectors do not support this flow.",
		Extensions: true,
		Keys:       oauthFlow("tokenUrl"),
	},
	{
		Name:       "scopes",
		Help:       "Permissions that may be asked for.",
		Names:      new(text),
		NamesHelp:  "A scope, with a short description of what it allows.",
		Extensions: true,
	},
	{
		Name:      "security requirement",
		Help:      "Security definitions that must all be met.",
		Names:     new(texts),
		NamesHelp: "Name of a security definition; the list holds scopes for `oauth2` and is empty otherwise.",
	},
}

var securityKeys = at(spec+"#security-scheme-object",
	need(Key{Name: "type", Value: choice(
		Choice{"apiKey", "A key in a header or in the query; goes with a `securestring` connection parameter."},
		Choice{"basic", "User name and password; goes with the connection parameters `username` and `password`."},
		Choice{"oauth2", "Sign-in with OAuth 2.0; goes with a connection parameter of type `oauthSetting`."},
	), Help: "How the connection signs in."}, Strict),
	Key{Name: "description", Value: text, Help: "What the user should know about signing in."},
	idle("x-ms-summary", "A label.", "what users see comes from `uiDefinition` in apiProperties.json"),
)

var apiKeyKeys = at(spec+"#security-scheme-object",
	Key{Name: "name", Value: text, Help: "Name of the header or query parameter that carries the key."},
	Key{Name: "in", Value: choice(
		Choice{"header", "The key travels in a header."},
		Choice{"query", "The key travels in the query string."},
	), Help: "Where the key travels."},
)

var oauthFlowKeys = at(spec+"#security-scheme-object",
	Key{Name: "flow", Value: choice(
		Choice{"accessCode", "Authorization code: the flow that connectors support."},
		Choice{"implicit", "Not supported by connectors."},
		Choice{"password", "Not supported by connectors."},
		Choice{"application", "Client credentials; not supported by connectors."},
	), Link: learn + "connection-parameters", Help: "OAuth 2.0 flow: `accessCode`."},
	Key{Name: "authorizationUrl", Value: text, Help: "Address of the sign-in page; the one that counts stands in apiProperties.json."},
	Key{Name: "tokenUrl", Value: text, Help: "Address that gives out tokens; the one that counts stands in apiProperties.json."},
	Key{Name: "scopes", Value: object("scopes"), Help: "Permissions that may be asked for, with a description each."},
)

// oauthFlow is the keys of an OAuth 2.0 definition whose flow needs these addresses.
func oauthFlow(addresses ...string) []Key {
	keys := slices.Clone(oauthFlowKeys)
	for i, k := range keys {
		switch {
		case k.Name == "flow" || slices.Contains(addresses, k.Name):
			keys[i] = need(k, Strict)
		case k.Name == "scopes":
			keys[i] = need(k, Lenient)
		}
	}
	return slices.Concat(securityKeys, keys)
}
