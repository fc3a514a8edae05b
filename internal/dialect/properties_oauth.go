package dialect

import "slices"

// provider is an identity provider whose parameters are known.
type provider struct {
	name, help string
	parameters []Key
}

var providers = []provider{
	{"oauth2", "Any OAuth 2.0 service with plain addresses.", []Key{
		parameter("authorizationUrl", "Address of the sign-in page."),
		parameter("tokenUrl", "Address that trades the code for a token."),
		parameter("refreshUrl", "Address that renews a token, often the same as `tokenUrl`."),
	}},
	{"oauth2generic", "Any OAuth 2.0 service, with templates for every request.", []Key{
		parameter("authorizationUrlTemplate", "Address of the sign-in page; `{CustomHost}` stands for the parameter `token:customHost`."),
		parameter("authorizationUrlQueryStringTemplate", "Query of the sign-in page, such as `?client_id={ClientId}&response_type=code&redirect_uri={RedirectUrl}&scope={Scopes}&state={State}`."),
		parameter("tokenUrlTemplate", "Address that trades the code for a token."),
		parameter("tokenUrlQueryStringTemplate", "Query of that address."),
		parameter("tokenBodyTemplate", "Body sent there, such as `grant_type=authorization_code&code={Code}&redirect_uri={RedirectUrl}`."),
		parameter("refreshUrlTemplate", "Address that renews a token."),
		parameter("refreshUrlQueryStringTemplate", "Query of that address."),
		parameter("refreshBodyTemplate", "Body sent there, such as `grant_type=refresh_token&refresh_token={RefreshToken}`."),
		parameter("scopeListDelimiter", "What stands between scopes: a blank, or a comma."),
	}},
	{"aad", "Microsoft Entra ID, formerly Azure Active Directory.", []Key{
		parameter("resourceUri", "Resource that the token is for, such as `https://graph.microsoft.com`."),
		parameter("loginUri", "Sign-in service: `https://login.microsoftonline.com`, or the older `https://login.windows.net`."),
		parameter("tenantId", "Tenant to sign in to: `common`, or an identifier."),
		parameter("enableOnbehalfOfLogin", "`true` signs the user in on behalf of the app; needs `IsOnbehalfofLoginSupported` too."),
		parameter("grantType", "`code`, unless the application signs in as itself."),
	}},
	{"aadcertificate", "Microsoft Entra ID with a certificate; for Microsoft's own applications.", []Key{
		parameter("resourceUri", "Resource that the token is for."),
		parameter("loginUri", "Sign-in service, such as `https://login.microsoftonline.com`."),
		parameter("loginUriAAD", "Sign-in service for the directory."),
		parameter("tenantId", "Tenant to sign in to: `common`, or an identifier."),
		parameter("enableOnbehalfOfLogin", "`true` signs the user in on behalf of the app."),
	}},
	{"DocuSign", "DocuSign.", []Key{parameter("loginUri", "Sign-in service of DocuSign, such as `https://account.docusign.com`.")}},
	{"SalesforceV2", "Salesforce.", []Key{parameter("loginUri", "Sign-in service of Salesforce.")}},
	{"facebook", "Facebook; needs no parameters.", nil},
	{"google", "Google; needs no parameters.", nil},
}

func parameter(name, help string) Key {
	return Key{Name: name, Value: object("custom parameter").lenient(), Help: help}
}

var oauthObjects = slices.Concat(settingsOfProviders(), customParameters(), []Object{
	{
		Name:    "custom parameter",
		Help:    "A value for the identity provider.",
		Unknown: Lenient,
		Keys: at(learn+"connection-parameters",
			Key{Name: "value", Value: text.or(Null).lenient(), Help: "The value, always a string."},
		),
	},
	{
		Name:    "oauth properties",
		Help:    "Facts about the registered application.",
		Unknown: Lenient,
		Keys: at(learn+"connection-parameters",
			Key{Name: "IsFirstParty", Value: Value{Kinds: String | Bool, Fold: true, Level: Lenient, Enum: []Choice{
				{"False", "Your own application."},
				{"True", "An application of Microsoft."},
			}}, Help: "`\"False\"`, unless the application belongs to Microsoft."},
			Key{Name: "IsOnbehalfofLoginSupported", Value: flag.lenient(), Help: "True when the application may sign users in on their behalf."},
			Key{Name: "AzureActiveDirectoryResourceId", Value: text.lenient(), Help: "Resource that the application asks for; as `resourceUri`."},
		),
	},
	{
		Name:      "additional parameters",
		Help:      "Parameters that apply under a condition.",
		Names:     new(object("additional parameter").lenient()),
		NamesHelp: "Name of a parameter to add to `customParameters`.",
	},
	{
		Name:    "additional parameter",
		Help:    "A parameter that applies under a condition.",
		Unknown: Lenient,
		Keys: at(learn+"connection-parameters",
			Key{Name: "type", Value: choice(
				Choice{"string", "Text that everyone may read."},
				Choice{"securestring", "A secret."},
			).lenient(), Help: "Type of the parameter."},
			Key{Name: "applicableWhen", Value: list(object("condition")).lenient(), Help: "When the parameter applies."},
		),
	},
	{
		Name:    "condition",
		Help:    "Values of a connection parameter for which another applies.",
		Unknown: Lenient,
		Keys: at(learn+"connection-parameters",
			Key{Name: "parameter", Value: text.lenient(), Help: "Name of a connection parameter."},
			Key{Name: "oneOf", Value: list(text.or(Null)).lenient(), Help: "Values for which it applies; `null` when none was given."},
		),
	},
})

// oauthSettings is the keys of OAuth settings whose custom parameters are described by that object.
func oauthSettings(custom string) []Key {
	known := make([]Choice, len(providers))
	for i, p := range providers {
		known[i] = Choice{p.name, p.help}
	}
	return at(learn+"connection-parameters",
		need(Key{Name: "identityProvider", Value: choice(known...).open().fold(), Help: "Who signs the user in; other named providers of the platform exist."}, Strict),
		Key{Name: "clientId", Value: text.or(Null).lenient(), Help: "Identifier of the registered application; a stand-in such as `[[DUMMY]]` in files that are published."},
		Key{Name: "clientSecret", Value: text.or(Null).lenient(), Help: "Secret of the application. Never keep it in the file: give it at upload."},
		Key{Name: "scopes", Value: texts.lenient(), Help: "Permissions to ask for; one string may hold several, parted by blanks."},
		Key{Name: "redirectMode", Value: choice(
			Choice{"GlobalPerConnector", "An address of the connector's own; what new connectors should use."},
			Choice{"Global", "One address for all connectors; for older ones."},
			Choice{"Direct", "The address in `redirectUrl` as it stands."},
			Choice{"GlobalListener", "An address with a listener; rare."},
		).fold().lenient(), Help: "Which address the sign-in page sends the user back to."},
		Key{Name: "redirectUrl", Value: text.or(Null).lenient(), Help: "That address, mostly `https://global.consent.azure-apim.net/redirect`; register it with the application."},
		Key{Name: "properties", Value: object("oauth properties").lenient(), Help: "Facts about the registered application."},
		Key{Name: "customParameters", Value: object(custom).lenient(), Help: "Addresses and templates, by name; upper and lower case do not count."},
		Key{Name: "additionalParameters", Value: object("additional parameters").lenient(), Help: "Parameters that are added under a condition."},
	)
}

func settingsOfProviders() []Object {
	base := Object{
		Name: "oauth settings",
		Help: "How a sign-in with OAuth 2.0 works; `identityProvider` says with whom.",
		// The published schema takes ClientId and clientID too.
		FoldKeys: true,
		Unknown:  Lenient,
		Keys:     oauthSettings("custom parameters"),
	}
	all := []Object{}
	for _, p := range providers {
		name := p.name + " settings"
		base.Variants = append(base.Variants, Variant{Key: "identityProvider", Value: p.name, Fold: true, Object: name})
		all = append(all, Object{Name: name, Help: "How the sign-in works: " + p.help, FoldKeys: true, Unknown: Lenient, Keys: oauthSettings(p.name + " parameters")})
	}
	return append(all, base)
}

func customParameters() []Object {
	describe := func(name string, keys []Key) Object {
		return Object{
			Name:      name,
			Help:      "Addresses and templates for the identity provider.",
			FoldKeys:  true,
			Names:     new(object("custom parameter").lenient()),
			NamesHelp: "A parameter of the identity provider, with its `value`; templates use it as `{NAME}`.",
			Keys:      at(learn+"connection-parameters", keys...),
		}
	}
	all := []Object{describe("custom parameters", nil)}
	for _, p := range providers {
		all = append(all, describe(p.name+" parameters", slices.Clone(p.parameters)))
	}
	return all
}
