package diagnostics_test

import (
	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/swagger"
)

// plantsOfExtensions are also those of the other files of a connector.
var plantsOfExtensions = []plant{
	// extensions
	{"dynamic values call nothing", "dynamic-operation-unknown", isError, members("operationId", under("x-ms-dynamic-values"), func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"NoSuchOperation"`)
	})},
	{"dynamic list calls nothing", "dynamic-operation-unknown", isError, members("operationId", under("x-ms-dynamic-list"), func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"NoSuchOperation"`)
	})},
	{"dynamic schema calls nothing", "dynamic-operation-unknown", isError, members("operationId", under("x-ms-dynamic-schema"), func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"NoSuchOperation"`)
	})},
	{"dynamic properties call nothing", "dynamic-operation-unknown", isError, members("operationId", under("x-ms-dynamic-properties"), func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"NoSuchOperation"`)
	})},
	{"dynamic tree calls nothing", "dynamic-operation-unknown", isError, members("operationId", under("open"), func(f *connector.File, v jsondoc.Value) site {
		if v.Parent().Parent().Key() != "x-ms-dynamic-tree" {
			return site{}
		}
		return replaced(f, v, `"NoSuchOperation"`)
	})},
	{"dynamic parameter unknown", "dynamic-parameter-unknown", isError, dynamicArguments(func(f *connector.File, v jsondoc.Value) site {
		return renamed(f, v, "noSuchParameter")
	})},
	{"dynamic source unknown", "dynamic-source-unknown", isError, members("parameter", inPath, func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"noSuchSource"`)
	})},
	{"value path unknown", "dynamic-path-unknown", isWarning, inPets("/paths/~1pets/get/parameters/0/x-ms-dynamic-values/value-path", `"noSuchField"`)},
	{"value collection unknown", "dynamic-path-unknown", isWarning, inPets("/paths/~1pets/get/parameters/0/x-ms-dynamic-values/value-collection", `"noSuchList"`)},
	{"test connection calls nothing", "capability-operation-unknown", isError, members("operationId", under("testConnection"), func(f *connector.File, v jsondoc.Value) site {
		return replaced(f, v, `"NoSuchOperation"`)
	})},
	{"trigger without a notification url", "notification-url-missing", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		var out []site
		for _, op := range d.Operations {
			if !op.Value.Get("x-ms-trigger").Exists() || !op.Item.Value.Get("x-ms-notification-content").Exists() {
				continue
			}
			var urls []jsondoc.Value
			for v := range op.Value.Descendants() {
				if v.Key() == "x-ms-notification-url" {
					urls = append(urls, v)
				}
			}
			if len(urls) == 1 {
				s := without(f, urls[0])
				s.region = op.Value.Full()
				out = append(out, s)
			}
		}
		return out
	})},
	{"trigger without notification content", "notification-content-missing", isError, inDefinition(func(f *connector.File, d *swagger.Document) []site {
		var out []site
		for _, op := range d.Operations {
			content := op.Item.Value.Get("x-ms-notification-content")
			if op.Value.Get("x-ms-trigger").Text() == "single" && content.Exists() {
				out = append(out, without(f, content))
			}
		}
		return out
	})},
	{"internal and required without default", "internal-without-default", isError, parameters(func(f *connector.File, p swagger.Parameter) []site {
		if !p.Required() || p.Value.Get("default").Exists() || p.Value.Get("x-ms-visibility").Exists() {
			return nil
		}
		return one(inserted(f, p.Value, "x-ms-visibility", `"internal"`))
	}, "query", "header")},

	// apiProperties.json
	{"brand colour", "brand-color-invalid", isError, inProperties(func(f *connector.File, properties jsondoc.Value) []site {
		return one(replaced(f, properties.Get("iconBrandColor"), `"blue"`))
	})},
	{"brand colour missing", "missing-key", isError, inProperties(func(f *connector.File, properties jsondoc.Value) []site {
		return one(without(f, properties.Get("iconBrandColor")))
	})},
	{"connection parameter type in the wrong case", "invalid-value", isError, connectionParameters(func(f *connector.File, p jsondoc.Value) []site {
		return one(replaced(f, p.Get("type"), `"secureString"`))
	})},
	{"connection parameter with an odd name", "connection-parameter-name", isWarning, connectionParameters(func(f *connector.File, p jsondoc.Value) []site {
		return one(renamed(f, p, "API Key"))
	})},
	{"unknown key under properties", "unknown-key", isWarning, inProperties(func(f *connector.File, properties jsondoc.Value) []site {
		return one(renamed(f, properties.Get("capabilities"), "abilities"))
	})},
	{"unknown policy template", "policy-template-unknown", isWarning, policies(func(f *connector.File, p jsondoc.Value) []site {
		return one(replaced(f, p.Get("templateId"), `"setheaders"`))
	})},
	{"policy parameter missing", "policy-parameter-missing", isError, policies(func(f *connector.File, p jsondoc.Value) []site {
		s := without(f, p.Path("parameters", "x-ms-apimTemplateParameter.value"))
		s.region = p.Full()
		return one(s)
	})},
	{"policy parameter unknown", "policy-parameter-unknown", isWarning, policies(func(f *connector.File, p jsondoc.Value) []site {
		return one(inserted(f, p.Get("parameters"), "x-ms-apimTemplateParameter.nosuch", `"x"`))
	})},
	{"policy for no operation", "policy-operation-unknown", isWarning, policies(func(f *connector.File, p jsondoc.Value) []site {
		return one(replaced(f, p.Path("parameters", "x-ms-apimTemplate-operationName").At(0), `"NoSuchOperation"`))
	})},
	{"policy reads no connection parameter", "connection-parameter-unknown", isWarning, policies(func(f *connector.File, p jsondoc.Value) []site {
		return one(replaced(f, p.Path("parameters", "x-ms-apimTemplateParameter.urlTemplate"), `"https://@connectionParameters('noSuchParameter')"`))
	})},
	{"script operation unknown", "script-operation-unknown", isWarning, inProperties(func(f *connector.File, properties jsondoc.Value) []site {
		return one(replaced(f, properties.Get("scriptOperations").At(0), `"NoSuchOperation"`))
	})},
	{"script operations without a script", "script-missing", isWarning, func(c *connector.Connector) []site {
		if c.Script() != nil {
			return nil
		}
		return inProperties(func(f *connector.File, properties jsondoc.Value) []site {
			id := swagger.Of(c.Definition()).Operations[0].ID
			properties.Get("scriptOperations")
			if properties.Get("scriptOperations").Exists() {
				return nil
			}
			return one(inserted(f, properties, "scriptOperations", "["+jsondoc.Quote(id)+"]"))
		})(c)
	}},
	{"OAuth without its settings", "oauth-settings-missing", isWarning, connectionParameters(func(f *connector.File, p jsondoc.Value) []site {
		return one(without(f, p.Get("oAuthSettings")))
	})},
	{"OAuth without a token address", "oauth-settings-incomplete", isWarning, connectionParameters(func(f *connector.File, p jsondoc.Value) []site {
		return one(without(f, p.Path("oAuthSettings", "customParameters", "tokenUrl")))
	})},
	{"Entra ID without a resource", "oauth-settings-incomplete", isWarning, connectionParameters(func(f *connector.File, p jsondoc.Value) []site {
		if p.Path("oAuthSettings", "identityProvider").Text() != "aad" {
			return nil
		}
		return one(without(f, p.Path("oAuthSettings", "customParameters", "resourceUri")))
	})},
	{"secret in the file", "secret-in-file", isWarning, connectionParameters(func(f *connector.File, p jsondoc.Value) []site {
		settings := p.Get("oAuthSettings")
		if !settings.IsObject() || settings.Get("clientSecret").Exists() {
			return nil
		}
		return one(inserted(f, settings, "clientSecret", `"k8Q~x1Zr4vLq0TnB7wYcE2sJ9dHf6gUa"`))
	})},

	// settings.json, script, icon
	{"settings name no file", "settings-path-missing", isWarning, func(c *connector.Connector) []site {
		if c.Settings() == nil {
			return nil
		}
		return one(replaced(c.Settings(), c.Settings().Root().Get("icon"), `"no-such-icon.png"`))
	}},
	{"unknown settings key", "unknown-key", isWarning, func(c *connector.Connector) []site {
		if c.Settings() == nil {
			return nil
		}
		return one(renamed(c.Settings(), c.Settings().Root().Get("connectorId"), "connectionId"))
	}},
	{"script without its class", "script-class-missing", isWarning, func(c *connector.Connector) []site {
		return inScript(c, "Script : ScriptBase", "Skript : ScriptBase")
	}},
	{"script without its method", "script-execute-missing", isWarning, func(c *connector.Connector) []site {
		return inScript(c, "ExecuteAsync", "RunAsync")
	}},
	{"icon no PNG", "icon-not-png", isWarning, func(c *connector.Connector) []site {
		if c.Icon() == nil {
			return nil
		}
		return one(put2(c.Icon(), 0, "GIF89a", jsondoc.Value{}))
	}},
}
