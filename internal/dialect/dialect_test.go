package dialect_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"paconn-ls/internal/dialect"
)

// values visits every Value of an object, elements of arrays included.
func values(o *dialect.Object, visit func(where string, v *dialect.Value)) {
	each := func(where string, v *dialect.Value) {
		for ; v != nil; v = v.Items {
			visit(where, v)
			where += "[]"
		}
	}
	for i := range o.Keys {
		each(o.Name+"."+o.Keys[i].Name, &o.Keys[i].Value)
	}
	each(o.Name+".*", o.Names)
}

func TestTablesAreWhole(t *testing.T) {
	all := dialect.All()
	for name, o := range all {
		if o.Name != name || name == "" {
			t.Errorf("object %q is filed under %q", o.Name, name)
		}
		values(o, func(where string, v *dialect.Value) {
			if v.Kinds == 0 {
				t.Errorf("%s: no kinds", where)
			}
			if v.Object != "" && (v.Mapping() == nil || v.Kinds&dialect.Mapping == 0) {
				t.Errorf("%s: object %q is not there or cannot stand there", where, v.Object)
			}
			if v.Items != nil && v.Kinds&dialect.Array == 0 {
				t.Errorf("%s: elements, but no array", where)
			}
			if v.Kinds == dialect.Array && v.Items == nil {
				t.Errorf("%s: an array of what?", where)
			}
			seen := map[string]bool{}
			for _, c := range v.Enum {
				if seen[c.Value] {
					t.Errorf("%s: %q is listed twice", where, c.Value)
				}
				seen[c.Value] = true
			}
		})
		for _, v := range o.Variants {
			if all[v.Object] == nil {
				t.Errorf("%s: variant %q is not there", name, v.Object)
			}
			if o.Key(v.Key) == nil {
				t.Errorf("%s: variants are chosen by %q, which is no key", name, v.Key)
			}
		}
	}
}

func TestObjectNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range dialect.Tables() {
		if seen[o.Name] {
			t.Errorf("two objects are called %q", o.Name)
		}
		seen[o.Name] = true
	}
}

func TestKeysAreUnique(t *testing.T) {
	for name, o := range dialect.All() {
		seen := map[string]bool{}
		for _, k := range o.Keys {
			if seen[k.Name] {
				t.Errorf("%s: key %q is listed twice", name, k.Name)
			}
			seen[k.Name] = true
			if o.FoldKeys && o.KeyFold(k.Name).Name != k.Name {
				t.Errorf("%s: key %q differs from another in case only", name, k.Name)
			}
		}
		for _, k := range o.Keys {
			for _, s := range k.Misspelt {
				if seen[s] {
					t.Errorf("%s: %q is a key and a misspelling of %q", name, s, k.Name)
				}
			}
		}
	}
}

// A variant says more about an object, it does not forbid what the object is known by.
func TestVariantsKnowTheKeyThatChoseThem(t *testing.T) {
	all := dialect.All()
	for name, o := range all {
		for _, v := range o.Variants {
			if all[v.Object].Key(v.Key) == nil {
				t.Errorf("%s: variant %q lacks %q", name, v.Object, v.Key)
			}
			if v.Object == name {
				t.Errorf("%s: is its own variant", name)
			}
		}
	}
}

func TestEveryObjectIsReached(t *testing.T) {
	all := dialect.All()
	reached := map[string]bool{}
	var visit func(o *dialect.Object)
	visit = func(o *dialect.Object) {
		if o == nil || reached[o.Name] {
			return
		}
		reached[o.Name] = true
		values(o, func(_ string, v *dialect.Value) { visit(v.Mapping()) })
		for _, v := range o.Variants {
			visit(all[v.Object])
		}
	}
	visit(dialect.Definition())
	visit(dialect.Properties())
	visit(dialect.Settings())
	for name := range all {
		if !reached[name] {
			t.Errorf("nothing leads to %q", name)
		}
	}
}

var goodHelp = regexp.MustCompile("^[A-Z`].*[.]$")

func TestHelp(t *testing.T) {
	check := func(where, help string, most int) {
		if !goodHelp.MatchString(help) || strings.Contains(help, "\n") || len([]rune(help)) > most {
			t.Errorf("%s: help of %d characters: %q", where, len([]rune(help)), help)
		}
		if strings.Count(help, "`")%2 != 0 {
			t.Errorf("%s: open code span: %q", where, help)
		}
	}
	for name, o := range dialect.All() {
		check(name, o.Help, 160)
		if (o.Names != nil) != (o.NamesHelp != "") {
			t.Errorf("%s: NamesHelp and Names go together", name)
		}
		if o.Names != nil {
			check(name+".*", o.NamesHelp, 170)
		}
		for _, k := range o.Keys {
			check(name+"."+k.Name, k.Help, 170)
			if !strings.HasPrefix(k.Link, "https://") {
				t.Errorf("%s.%s: link %q", name, k.Name, k.Link)
			}
			if why := k.NoEffect; strings.HasSuffix(why, ".") || strings.Contains(why, "\n") {
				t.Errorf("%s.%s: NoEffect is part of a message: %q", name, k.Name, why)
			}
		}
		values(o, func(where string, v *dialect.Value) {
			for _, c := range v.Enum {
				check(where+" = "+c.Value, c.Help, 160)
			}
		})
	}
}

// What has a rule with a better message is not reported as a missing key too.
func TestKeysThatRulesOfTheirOwnRequire(t *testing.T) {
	for _, where := range []string{
		"operation.operationId", "operation.responses", "query parameter.type", "path parameter.type", "path parameter.required",
		"body parameter.schema", "response.description", "schema.items", "query parameter.items", "dynamic values.operationId",
		"oauth2 parameters.authorizationUrl", "aad parameters.resourceUri", "oauth connection parameter.oAuthSettings",
	} {
		object, key, _ := strings.Cut(where, ".")
		if k := dialect.Lookup(object).Key(key); k == nil || k.Required {
			t.Errorf("%s: missing or required", where)
		}
	}
	for _, where := range []string{
		"definition file.swagger", "definition file.info", "definition file.paths", "info.title", "info.version",
		"parameter.name", "parameter.in", "properties file.properties", "properties.iconBrandColor", "connection parameter.type",
		"dynamic list.operationId", "dynamic schema.operationId", "dynamic properties.operationId", "policy instance.templateId",
		"authorization code security definition.tokenUrl", "API key security definition.name",
	} {
		object, key, _ := strings.Cut(where, ".")
		if k := dialect.Lookup(object).Key(key); k == nil || !k.Required || k.Missing != dialect.Strict {
			t.Errorf("%s: not strictly required", where)
		}
	}
	for _, where := range []string{"definition file.host", "info.description"} {
		object, key, _ := strings.Cut(where, ".")
		if k := dialect.Lookup(object).Key(key); k == nil || !k.Required || k.Missing != dialect.Lenient {
			t.Errorf("%s: not leniently required", where)
		}
	}
}

func TestValuesOfRealConnectors(t *testing.T) {
	for where, want := range map[string][]string{
		"parameter.in":                                       {"query", "path", "body", "header", "formData"},
		"query parameter.type":                               {"string", "integer", "boolean", "number", "array"},
		"form parameter.type":                                {"file"},
		"schema.type":                                        {"string", "object", "integer", "array", "boolean", "number", "file", "null"},
		"schema.format":                                      {"int32", "date-time", "date-no-tz", "uuid", "uri", "email", "html"},
		"operation.x-ms-trigger":                             {"single", "batch"},
		"operation.x-ms-visibility":                          {"important", "advanced", "internal"},
		"path parameter.x-ms-url-encoding":                   {"single", "double"},
		"schema.x-ms-media-kind":                             {"image", "audio"},
		"schema.x-ms-editor":                                 {"dictionary"},
		"connector annotation.status":                        {"Preview", "Production"},
		"pageable.nextLinkName":                              {"nextLink", "@odata.nextLink"},
		"trigger metadata.kind":                              {"query"},
		"security definition.type":                           {"apiKey", "basic", "oauth2"},
		"oauth2 settings.redirectMode":                       {"Global", "GlobalPerConnector", "Direct"},
		"oauth settings.identityProvider":                    {"oauth2", "oauth2generic", "aad", "aadcertificate", "facebook", "DocuSign"},
		"connection parameter.type":                          {"string", "securestring", "int", "bool", "oauthSetting", "gatewaySetting"},
		"constraints.required":                               {"true", "false"},
		"policy setheader parameters." + section:             {"Request", "Response", "Failure"},
		"policy setproperty parameters." + section:           {"Request", "Response"},
		"policy setheader parameters." + existsAct:           {"override", "skip", "append"},
		"policy routerequesttoendpoint parameters." + method: {"@Request.OriginalHTTPMethod", "DELETE"},
	} {
		object, key, _ := strings.Cut(where, ".")
		k := dialect.Lookup(object).Key(key)
		if k == nil {
			t.Errorf("%s is not there", where)
			continue
		}
		for _, w := range want {
			if !slices.ContainsFunc(k.Enum, func(c dialect.Choice) bool { return c.Value == w }) {
				t.Errorf("%s: %q is not known", where, w)
			}
		}
	}
}

const (
	section   = "x-ms-apimTemplate-policySection"
	existsAct = "x-ms-apimTemplateParameter.existsAction"
	method    = "x-ms-apimTemplateParameter.httpMethod"
)

func TestPolicyTemplates(t *testing.T) {
	known := []string{
		"convertarraytoobject", "convertobjecttoarray", "dynamichosturl", "dynamicsubdomain", "encodepropertyvalue", "moveproperties",
		"pollingtrigger", "routerequesttoendpoint", "setconnectionstatustounauthenticated", "setheader", "setproperty",
		"setqueryparameter", "setvaluefromurl", "stringreplace", "stringtoarray", "updatenextlink",
	}
	var got []string
	for _, c := range dialect.Lookup("policy instance").Key("templateId").Enum {
		got = append(got, c.Value)
	}
	slices.Sort(got)
	if !slices.Equal(got, known) {
		t.Errorf("templates are %v", got)
	}
	for _, id := range known {
		instance := dialect.Lookup("policy instance").Choose(members{"templateId": strings.ToUpper(id)}.get)
		parameters := instance.Key("parameters").Mapping()
		if parameters.Name != "policy "+id+" parameters" {
			t.Errorf("%s: parameters are %q", id, parameters.Name)
		}
		if parameters.Unknown != dialect.Lenient || parameters.Key("x-ms-apimTemplate-operationName") == nil || parameters.Key(section) == nil {
			t.Errorf("%s: parameters lack what all templates have", id)
		}
		for _, k := range parameters.Keys {
			if k.Required && (k.Missing != dialect.Strict || !strings.HasPrefix(k.Name, "x-ms-apimTemplateParameter.")) {
				t.Errorf("%s: %s", id, k.Name)
			}
		}
	}
}

func TestRequiredPolicyParameters(t *testing.T) {
	for id, want := range map[string]string{
		"setheader": "name value", "dynamichosturl": "urlTemplate", "dynamicsubdomain": "", "moveproperties": "",
		"routerequesttoendpoint": "newPath", "setqueryparameter": "name value", "updatenextlink": "nextLinkPropertyName",
		"setproperty":          "newPropertyParentPathTemplate newPropertySubPathTemplate propertyValuePathTemplate",
		"pollingtrigger":       "triggerConfig triggerDataPath",
		"stringreplace":        "newPropertyPath propertyParentPath replacementString sourceString",
		"convertobjecttoarray": "newPropertyPath propertyParentPath",
		"setvaluefromurl":      "parameterTemplate parameterValuePathTemplate parameterValueUrl",
		"convertarraytoobject": "keyWithinCollectionPath newPropertyPath propertyParentPath",
		"stringtoarray":        "childPropertyName delimiterList newPropertyPath propertyParentPath",
		"encodepropertyvalue":  "newPropertyPath propertyParentPath", "setconnectionstatustounauthenticated": "statusCode",
	} {
		var got []string
		for _, k := range dialect.Lookup("policy " + id + " parameters").Keys {
			if k.Required {
				got = append(got, strings.TrimPrefix(k.Name, "x-ms-apimTemplateParameter."))
			}
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%s requires %v", id, got)
		}
	}
}

func TestSettings(t *testing.T) {
	for _, name := range strings.Fields("connectorId environment apiProperties apiDefinition icon script powerAppsUrl powerAppsApiVersion flowUrl flowApiVersion clientId tenant authorityUrl resource") {
		if k := dialect.Settings().Key(name); k == nil || k.Required {
			t.Errorf("%s: missing or required", name)
		}
	}
}

// members stands in for an object of a file.
type members map[string]string

func (m members) get(key string) (string, bool) {
	value, present := m[key]
	return value, present
}

func TestWalk(t *testing.T) {
	operation := dialect.Definition().Key("paths").Mapping().Names.Mapping().Key("get").Mapping()
	parameter := operation.Key("parameters").Items.Mapping()
	properties := dialect.Properties().Key("properties").Mapping()
	connection := properties.Key("connectionParameters").Mapping().Names.Mapping()
	oauth := connection.Choose(members{"type": "oauthSetting"}.get).Key("oAuthSettings").Mapping()
	security := dialect.Definition().Key("securityDefinitions").Mapping().Names.Mapping()
	schema := dialect.Lookup("schema")
	for _, c := range []struct {
		got  *dialect.Object
		want string
	}{
		{operation, "operation"},
		{parameter, "parameter"},
		{parameter.Choose(members{"in": "path"}.get), "path parameter"},
		{parameter.Choose(members{"in": "query"}.get), "query parameter"},
		{parameter.Choose(members{"in": "header"}.get), "header parameter"},
		{parameter.Choose(members{"in": "formData"}.get), "form parameter"},
		{parameter.Choose(members{"in": "body"}.get), "body parameter"},
		{parameter.Choose(members{"in": "cookie"}.get), "parameter"},
		{parameter.Choose(members{"in": "body", "$ref": ""}.get), "reference"},
		{parameter.Choose(members{"in": "body"}.get).Key("schema").Mapping(), "schema"},
		{schema.Choose(members{"$ref": "#/definitions/A"}.get), "reference"},
		{schema.Key("properties").Mapping().Choose(members{"$ref": ""}.get), "properties of a schema"},
		{schema.Key("additionalProperties").Mapping(), "schema"},
		{operation.Key("responses").Mapping().Names.Mapping(), "response"},
		{operation.Key("responses").Mapping().Names.Mapping().Key("headers").Mapping().Names.Mapping(), "header"},
		{operation.Key("x-ms-capabilities").Mapping(), "operation capabilities"},
		{dialect.Definition().Key("x-ms-capabilities").Mapping(), "definition capabilities"},
		{dialect.Lookup("path item").Key("x-ms-notification-content").Mapping(), "notification content"},
		{security.Choose(members{"type": "apiKey"}.get), "API key security definition"},
		{security.Choose(members{"type": "oauth2", "flow": "accessCode"}.get), "authorization code security definition"},
		{security.Choose(members{"type": "oauth2"}.get), "OAuth 2.0 security definition"},
		{connection, "connection parameter"},
		{connection.Choose(members{"type": "oAuthSetting"}.get), "connection parameter"},
		{oauth, "oauth settings"},
		{oauth.Choose(members{"identityProvider": "AAD"}.get).Key("customParameters").Mapping(), "aad parameters"},
		{oauth.Choose(members{"identityProvider": "github"}.get).Key("customParameters").Mapping(), "custom parameters"},
		{properties.Key("connectionParameterSets").Mapping().Key("values").Items.Mapping(), "connection parameter set"},
		{properties.Key("policyTemplateInstances").Items.Mapping(), "policy instance"},
		{properties.Key("policyTemplateInstances").Items.Mapping().Key("parameters").Mapping(), "policy parameters"},
		{dialect.Settings(), "settings file"},
	} {
		if c.got == nil || c.got.Name != c.want {
			t.Errorf("came to %+v instead of %q", c.got, c.want)
		}
	}
}

func TestNamesThatOthersUse(t *testing.T) {
	all := slices.Collect(maps.Keys(dialect.All()))
	for _, name := range []string{
		"definition file", "info", "path item", "operation", "parameter", "body parameter", "query parameter", "path parameter",
		"header parameter", "form parameter", "items", "responses", "response", "header", "schema", "reference", "security definition",
		"security requirement", "dynamic values", "dynamic list", "dynamic schema", "dynamic properties", "dynamic tree",
		"notification content", "definition capabilities", "operation capabilities", "properties file", "properties",
		"connection parameter", "connection parameter set", "oauth settings", "ui definition", "constraints", "policy instance",
		"policy parameters", "settings file",
	} {
		if !slices.Contains(all, name) {
			t.Errorf("%q is not there", name)
		}
	}
}
