package dialect

var settingsObjects = []Object{{
	Name:    "settings file",
	Help:    "Where a connector lives and which files it is made of, so that commands need no options.",
	Unknown: Lenient,
	Keys: at(learn+"paconn-cli",
		Key{Name: "connectorId", Value: setting, Help: "Identifier of the connector, such as `shared_contoso-5f…`; download and update need it, create writes it."},
		Key{Name: "environment", Value: setting, Help: "Identifier of the environment: a GUID, or `Default-` and the tenant's GUID."},
		Key{Name: "apiProperties", Value: setting, Help: "Path of the properties file; `apiProperties.json` when left out."},
		Key{Name: "apiDefinition", Value: setting, Help: "Path of the definition file; `apiDefinition.swagger.json` when left out."},
		Key{Name: "icon", Value: setting, Help: "Path of the icon, a PNG, usually `icon.png`; `null` for none."},
		Key{Name: "script", Value: setting, Help: "Path of the C# script, usually `script.csx`."},
		Key{Name: "powerAppsUrl", Value: setting, Help: "Address of the Power Apps service; `https://api.powerapps.com` when left out, another one in government clouds."},
		Key{Name: "powerAppsApiVersion", Value: setting, Help: "Version of the Power Apps service's interface; `2016-11-01` when left out."},
		Key{Name: "flowUrl", Value: setting, Help: "Address of the Power Automate service, which lists environments; `https://api.flow.microsoft.com` when left out."},
		Key{Name: "flowApiVersion", Value: setting, Help: "Version of the Power Automate service's interface; `2016-11-01` when left out."},
		Key{Name: "clientId", Value: setting, Help: "Application that signs in; that of the Azure command line when left out."},
		Key{Name: "tenant", Value: setting, Help: "Tenant to sign in to: a name, a GUID, or `common`."},
		Key{Name: "authorityUrl", Value: setting, Help: "Address of the sign-in service; `https://login.microsoftonline.com` when left out."},
		Key{Name: "resource", Value: setting, Help: "Audience that the token is for; `https://service.powerapps.com/` when left out, another one in government clouds."},
		Key{Name: "$schema", Value: setting, Help: "JSON schema for editors; nothing else reads it."},
	),
}}

// setting is a string, or the null that paconn itself writes for a file that is not there.
var setting = Value{Kinds: String | Null, Level: Lenient}
