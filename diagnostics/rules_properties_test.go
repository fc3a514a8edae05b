package diagnostics_test

import (
	"bytes"
	"image"
	"image/gif"
	"image/png"
	"strings"
	"testing"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/jsondoc"
)

const (
	errorLevel  = diagnostics.Error
	warning     = diagnostics.Warning
	information = diagnostics.Information
	hint        = diagnostics.Hint
)

// at makes a change of a value in one of the files.
func at(pointer, body string) change { return change{"json", "apiProperties.json", pointer, body} }

func inSettings(pointer, body string) change { return change{"json", "settings.json", pointer, body} }

func inDefinition(pointer, body string) change {
	return change{"json", "apiDefinition.swagger.json", pointer, body}
}

func gone(file string) change { return change{"none", file, "", ""} }

const policy0 = "/properties/policyTemplateInstances/0"

// policyOf puts a policy with these parameters in place of the one of pets; names are given without their prefix.
func policyOf(template, parameters string) change {
	parameters = strings.NewReplacer("§", "x-ms-apimTemplate-", "~", "x-ms-apimTemplateParameter.").Replace(parameters)
	return at(policy0, `{"templateId": "`+template+`", "title": "t", "parameters": {`+parameters+`}}`)
}

// header puts an expression into the header that the policy of pets sets.
func header(value string) change {
	return at(policy0+"/parameters/x-ms-apimTemplateParameter.value", jsondoc.Quote(value))
}

func oauthToken(settings string) change {
	return at("/properties/connectionParameters/token", `{"type": "oauthSetting"`+settings+`}`)
}

// scriptOf is a script with a method body.
func scriptOf(body string) change {
	return scriptText("public class Script : ScriptBase\n{\n    public override async Task<HttpResponseMessage> ExecuteAsync()\n    {\n" + body + "\n        return null;\n    }\n}")
}

func scriptText(text string) change { return change{"csharp", "script.csx", "", text} }

func icon(content string) change { return change{"csharp", "icon.png", "", content} }

// picture encodes an icon of that size.
func pngOf(width, height int) change {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)))
	return icon(b.String())
}

func gifOf() change {
	var b bytes.Buffer
	_ = gif.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 16)), nil)
	return icon(b.String())
}

// propertiesCase is an edit of the sound connector and what a rule says of it: nothing, where severity is zero.
type propertiesCase struct {
	rule       string
	severity   diagnostics.Severity
	underlined string
	message    string // a part of it
	edits      []change
}

func edit(list ...change) []change { return list }

func TestPropertiesRules(t *testing.T) {
	base := pets(t)
	for _, table := range [][]propertiesCase{policyCases, expressionCases, operationCases, connectionCases, oauthCases, secretCases, scriptCases, fileCases} {
		for _, c := range table {
			name := c.rule + "/" + c.underlined
			t.Run(name, func(t *testing.T) {
				files := apply(t, base, c.edits)
				cure(t, diagnostics.Find(c.rule), files)
				found := check(assemble(files), diagnostics.Options{})
				var mine []diagnostics.Diagnostic
				for _, d := range found {
					if d.Rule == c.rule {
						mine = append(mine, d)
					}
				}
				switch {
				case c.severity == 0 && len(mine) > 0:
					t.Errorf("should be silent, says:\n%s", strings.Join(show(mine), "\n"))
				case c.severity == 0:
				case len(mine) != 1:
					t.Errorf("expected one diagnostic, got %d of:\n%s", len(mine), strings.Join(show(found), "\n"))
				default:
					d := mine[0]
					text := d.File.Content.String()[d.Span.Start:d.Span.End]
					if text != c.underlined || d.Severity != c.severity || !strings.Contains(d.Message, c.message) {
						t.Errorf("expected %s under %q with %q, got:\n%s", c.severity, c.underlined, c.message, strings.Join(show(mine), "\n"))
					}
					if len(found) != 1 && c.rule != "connection-parameter-unknown" {
						t.Errorf("the one mistake gives more than one diagnostic:\n%s", strings.Join(show(found), "\n"))
					}
				}
			})
		}
	}
}

const setheader = `"§policySection": "Request", "~name": "A", "~value": "b"`

var policyCases = []propertiesCase{
	{"policy-template-unknown", warning, `"setheadr"`, `did you mean "setheader"?`, edit(policyOf("setheadr", setheader))},
	{"policy-template-unknown", warning, `"cachereply"`, "", edit(policyOf("cachereply", `"~seconds": "5"`))},
	{"policy-template-unknown", 0, "", "", edit(policyOf("SETHEADER", setheader))},
	{"policy-template-case", hint, `"setHeader"`, `"setheader"`, edit(policyOf("setHeader", setheader))},
	{"policy-template-case", 0, "", "", edit(policyOf("setheader", setheader))},
	{"policy-parameter-missing", errorLevel, `"parameters"`, `"x-ms-apimTemplateParameter.newPath"`, edit(policyOf("RouteRequestToEndpoint", ``), at(policy0+"/templateId", `"routerequesttoendpoint"`))},
	{"policy-parameter-missing", errorLevel, `"parameters"`, "statusCode", edit(policyOf("setconnectionstatustounauthenticated", `"§operationName": []`))},
	{"policy-parameter-missing", 0, "", "", edit(policyOf("moveproperties", ``))},
	{"policy-parameter-missing", 0, "", "", edit(policyOf("setheader", `"~Name": "A", "~value": "b"`))}, // the misspelling is reported instead
	{"policy-parameter-unknown", errorLevel, `"x-ms-apimTemplateParameter.nme"`, `did you mean "x-ms-apimTemplateParameter.name"?`, edit(policyOf("setheader", `"~nme": "A", "~value": "b"`))},
	{"policy-parameter-unknown", errorLevel, `"name"`, `did you mean "x-ms-apimTemplateParameter.name"?`, edit(policyOf("setheader", `"name": "A", "~value": "b"`))},
	{"policy-parameter-unknown", warning, `"x-ms-apimTemplateParameter.newPath"`, "its parameters are", edit(policyOf("setheader", setheader+`, "~newPath": "/a"`))},
	{"policy-parameter-unknown", warning, `"x-ms-apimTemplate-operationNames"`, `did you mean "x-ms-apimTemplate-operationName"?`, edit(policyOf("setheader", setheader+`, "§operationNames": ["GetPet"]`))},
	{"policy-parameter-unknown", 0, "", "", edit(policyOf("cachereply", `"~seconds": "5"`))},
	{"policy-parameter-value", errorLevel, `"overwrite"`, `did you mean "override"?`, edit(policyOf("setheader", setheader+`, "~existsAction": "overwrite"`))},
	{"policy-parameter-value", errorLevel, `"FETCH"`, "", edit(policyOf("routerequesttoendpoint", `"~newPath": "/a", "~httpMethod": "FETCH"`))},
	{"policy-parameter-value", errorLevel, `"Before"`, "", edit(policyOf("setproperty", `"~newPropertyParentPathTemplate": "@body()", "~newPropertySubPathTemplate": "a", "~propertyValuePathTemplate": "b", "§policySection": "Before"`))},
	{"policy-parameter-value", 0, "", "", edit(policyOf("routerequesttoendpoint", `"~newPath": "/a", "~httpMethod": "@Request.OriginalHttpMethod"`))},
	{"policy-parameter-value", 0, "", "", edit(policyOf("setheader", setheader+`, "~existsAction": "Override"`))},
	{"policy-section-unsupported", warning, `"x-ms-apimTemplate-policySection"`, "takes no section", edit(policyOf("dynamichosturl", `"~urlTemplate": "https://pets.test", "§policySection": "Request"`))},
	{"policy-section-unsupported", warning, `"Failure"`, `"Request" or "Response"`, edit(policyOf("setproperty", `"~newPropertyParentPathTemplate": "@body()", "~newPropertySubPathTemplate": "a", "~propertyValuePathTemplate": "b", "§policySection": "Failure"`))},
	{"policy-section-unsupported", 0, "", "", edit(policyOf("setheader", `"§policySection": "Failure", "~name": "A", "~value": "b"`))},
}

var expressionCases = []propertiesCase{
	{"policy-expression-invalid", warning, "queryParamters", "did you mean @queryParameters?", edit(header("@queryParamters('kind')"))},
	{"policy-expression-invalid", warning, "ConnectionParameters", "case-sensitive", edit(header("https://@ConnectionParameters('api_key')"))},
	{"policy-expression-invalid", warning, "headers", "not closed", edit(header("@headers('a'"))},
	{"policy-expression-invalid", warning, "headers", "quote", edit(header("@headers('a)"))},
	{"policy-expression-invalid", warning, "headers", "needs a name in quotes", edit(header("@headers(Token)"))},
	{"policy-expression-invalid", warning, "queryParameters", "not called", edit(header("@queryParameters['a']"))},
	{"policy-expression-invalid", warning, "Request.Method", "@Request.OriginalHTTPMethod", edit(header("@Request.Method"))},
	{"policy-expression-invalid", warning, "concat", "unknown function", edit(header("@concat('a', 'b')"))},
	{"policy-expression-invalid", 0, "", "", edit(header("Bearer @connectionParameters('api_key', 'none')@headers('It''s')"))},
	{"policy-expression-invalid", 0, "", "", edit(header("help@pets.test (home), @odata.nextLink, @{triggerBody().a[0]}, {@body().x}, @, 5@4(x)"))},
	{"policy-expression-invalid", 0, "", "", edit(policyOf("pollingtrigger", `"~triggerConfig": {"since": "@{triggerBody()?['at']}"}, "~triggerDataPath": "@triggerBody().value"`))},
	{"connection-parameter-unknown", warning, "api_kee", `did you mean "api_key"?`, edit(header("https://x@connectionParameters('api_kee')/@headers('api_kee')"))},
	{"connection-parameter-unknown", warning, "host", `there are "api_key"`, edit(policyOf("pollingtrigger", `"~triggerConfig": {"a": {"b": "@{connectionParameters('host')}"}}, "~triggerDataPath": "@triggerBody()"`))},
	{"connection-parameter-unknown", warning, `a\u00e9b`, "", edit(at(policy0+"/parameters/x-ms-apimTemplateParameter.value", `"\"\ud83d\ude00\" @connectionParameters(\u0027a\u00e9b\u0027)"`))},
	{"connection-parameter-unknown", warning, "hst", "", edit(oauthToken(`, "oAuthSettings": {"identityProvider": "aad", "customParameters": {"resourceUri": {"value": "@connectionParameters('hst')"}}}`))},
	{"connection-parameter-unknown", 0, "", "", edit(header("@connectionParameters('site')"), at("/properties/connectionParameterSets", `{"values": [{"name": "a", "parameters": {"site": {"type": "string"}}}]}`))},
	{"connection-parameter-unknown", 0, "", "", edit(header("@headers('nothing')"))},
	{"connection-parameter-case", hint, "API_key", `"api_key"`, edit(header("@connectionParameters('API_key')"))},
}

var operationCases = []propertiesCase{
	{"policy-operation-unknown", warning, `"listPets"`, "case-sensitive", edit(at(policy0+"/parameters/x-ms-apimTemplate-operationName", `["listPets"]`))},
	{"policy-operation-unknown", warning, `"ListPetz"`, `did you mean "ListPets"?`, edit(at(policy0+"/parameters/x-ms-apimTemplate-operationName", `["GetPet", "ListPetz"]`))},
	{"policy-operation-unknown", 0, "", "", edit(at(policy0+"/parameters/x-ms-apimTemplate-operationName", `["Old"]`), gone("apiDefinition.swagger.json"))},
	{"policy-operation-unknown", 0, "", "", edit(at(policy0+"/parameters/x-ms-apimTemplate-operationName", `[]`))},
	{"script-operation-unknown", warning, `"postCall"`, "no operation", edit(at("/properties/scriptOperations", `["GetPet", "postCall"]`))},
	{"script-operation-unknown", 0, "", "", edit(at("/properties/scriptOperations", `["WhenPetArrives"]`))},
	{"script-missing", warning, `"scriptOperations"`, "no script.csx", edit(gone("script.csx"), inSettings("/script", "null"))},
	{"script-missing", 0, "", "", edit(gone("script.csx"), inSettings("/script", "null"), at("/properties/scriptOperations", "[]"))},
	{"script-missing", 0, "", "", edit(gone("script.csx"))}, // the path in settings.json is reported
}

var connectionCases = []propertiesCase{
	{"brand-color-invalid", errorLevel, `"2B579A"`, `"#2B579A"`, edit(at("/properties/iconBrandColor", `"2B579A"`))},
	{"brand-color-invalid", errorLevel, `"#abc"`, `"#aabbcc"`, edit(at("/properties/iconBrandColor", `"#abc"`))},
	{"brand-color-invalid", errorLevel, `"blue"`, "", edit(at("/properties/iconBrandColor", `"blue"`))},
	{"brand-color-invalid", errorLevel, `""`, "", edit(at("/properties/iconBrandColor", `""`))},
	{"brand-color-invalid", errorLevel, `"#2B579G"`, "", edit(at("/properties/iconBrandColor", `"#2B579G"`))},
	{"brand-color-invalid", 0, "", "", edit(at("/properties/iconBrandColor", `"#DA3b01"`))},
	{"capability-unknown", hint, `"triger"`, "", edit(at("/properties/capabilities", `["Actions", "triger"]`))},
	{"capability-unknown", hint, `"cloud only"`, "", edit(at("/properties/capabilities", `["cloud only"]`))},
	{"connection-parameter-name", warning, `"API Key"`, "", edit(at("/properties/connectionParameters/API Key", `{"type": "securestring"}`))},
	{"connection-parameter-name", warning, `"token:a:b"`, "", edit(at("/properties/connectionParameters/token:a:b", `{"type": "string"}`))},
	{"connection-parameter-name", 0, "", "", edit(at("/properties/connectionParameters/token:customHost", `{"type": "string"}`))},
	{"connection-parameters-missing", warning, `"connectionParameters"`, "apiKey", edit(at("/properties/connectionParameters", `{}`))},
	{"connection-parameters-missing", warning, `"properties"`, "apiKey", edit(change{"json", "apiProperties.json", "", `{"properties": {"iconBrandColor": "#2B579A"}}`})},
	{"connection-parameters-missing", 0, "", "", edit(at("/properties/connectionParameters", `{}`), inDefinition("/securityDefinitions", `{}`))},
	{"connection-parameters-missing", 0, "", "", edit(at("/properties/connectionParameters", `{}`), at("/properties/connectionParameterSets", `{"values": [{"name": "a", "parameters": {"k": {"type": "securestring"}}}]}`))},
	{"security-parameters-missing", warning, `"connectionParameters"`, "securestring", edit(at("/properties/connectionParameters", `{"size": {"type": "int"}}`))},
	{"security-parameters-missing", warning, `"connectionParameters"`, "oauthSetting", edit(inDefinition("/securityDefinitions/api_key", `{"type": "oauth2", "flow": "accessCode", "authorizationUrl": "https://a.test", "tokenUrl": "https://a.test", "scopes": {}}`))},
	{"security-parameters-missing", warning, `"connectionParameters"`, "password", edit(inDefinition("/securityDefinitions/api_key", `{"type": "basic"}`))},
	{"security-parameters-missing", 0, "", "", edit(inDefinition("/securityDefinitions/api_key", `{"type": "basic"}`), at("/properties/connectionParameters/UserName", `{"type": "string"}`))},
	{"security-parameters-missing", 0, "", "", edit(at("/properties/connectionParameters", `{}`), at("/properties/connectionParameterSets", `{"values": [{"name": "a", "parameters": {"k": {"type": "securestring"}}}]}`))},
	{"security-multiple", information, `"login"`, `"api_key"`, edit(inDefinition("/securityDefinitions/login", `{"type": "basic"}`))},
	{"parameter-sets-duplicate", warning, `"a"`, "", edit(at("/properties/connectionParameterSets", `{"values": [{"name": "a", "parameters": {}}, {"name": "b", "parameters": {}}, {"name": "a", "parameters": {}}]}`))},
	{"script-with-gateway", warning, `"gatewaySetting"`, "gateway", edit(at("/properties/connectionParameters/gateway", `{"type": "gatewaySetting"}`))},
	{"script-with-gateway", 0, "", "", edit(at("/properties/connectionParameters/gateway", `{"type": "gatewaySetting"}`), gone("script.csx"))},
}

var oauthCases = []propertiesCase{
	{"oauth-settings-missing", warning, `"token"`, "oAuthSettings", edit(oauthToken(""))},
	{"oauth-settings-missing", 0, "", "", edit(oauthToken(`, "oauthSettings": {}`))}, // the case of the key is reported
	{"oauth-settings-incomplete", warning, `"customParameters"`, `"tokenUrl" and "refreshUrl"`, edit(oauthToken(`, "oAuthSettings": {"identityProvider": "oauth2", "customParameters": {"AuthorizationUrl": {"value": "https://a.test"}}}`))},
	{"oauth-settings-incomplete", warning, `"oAuthSettings"`, `"resourceUri"`, edit(oauthToken(`, "oAuthSettings": {"identityProvider": "AAD"}`))},
	{"oauth-settings-incomplete", warning, `"customParameters"`, `"refreshUrlTemplate"`, edit(oauthToken(`, "oAuthSettings": {"identityProvider": "oauth2generic", "customParameters": {"authorizationUrlTemplate": {"value": "a"}, "TokenUrlTemplate": {"value": "b"}}}`))},
	{"oauth-settings-incomplete", 0, "", "", edit(oauthToken(`, "oAuthSettings": {"identityProvider": "facebook"}`))},
	{"oauth-provider-unknown", information, `"oauth"`, `did you mean "oauth2"?`, edit(oauthToken(`, "oAuthSettings": {"identityProvider": "oauth"}`))},
	{"oauth-provider-unknown", 0, "", "", edit(oauthToken(`, "oAuthSettings": {"identityProvider": "dropbox"}`))},
	{"oauth-provider-unknown", 0, "", "", edit(oauthToken(`, "oAuthSettings": {"identityProvider": "salesforce"}`))},
}

func secretSettings(secret string) []change {
	return edit(oauthToken(`, "oAuthSettings": {"identityProvider": "facebook", "clientSecret": ` + secret + `}`))
}

var secretCases = []propertiesCase{
	{"secret-in-file", warning, `"q7Zr2mKx9LwTb4Vc"`, "clientSecret", secretSettings(`"q7Zr2mKx9LwTb4Vc"`)},
	{"secret-in-file", 0, "", "", secretSettings(`"[[DUMMY]]"`)},
	{"secret-in-file", 0, "", "", secretSettings(`"YOUR_CLIENT_SECRET_123"`)},
	{"secret-in-file", 0, "", "", secretSettings(`"{{c7Zr2mKx9LwTb4Vc}}"`)},
	{"secret-in-file", 0, "", "", secretSettings(`null`)},
	{"secret-in-file", 0, "", "", secretSettings(`"test"`)},
	{"secret-in-file", warning, `"q7Zr2mKx9LwTb4Vc"`, "default", edit(at("/properties/connectionParameters/api_key/defaultValue", `"q7Zr2mKx9LwTb4Vc"`))},
	{"secret-in-file", warning, `"q7Zr2mKx9LwTb4Vc"`, "default", edit(inDefinition("/parameters/limit", `{"name": "X-Api-Key", "in": "header", "type": "string", "default": "q7Zr2mKx9LwTb4Vc", "x-ms-summary": "Key", "description": "The key."}`))},
	{"secret-in-file", warning, `"Bearer q7Zr2mKx9LwTb4Vc"`, "policy", edit(policyOf("setheader", `"§policySection": "Request", "~name": "Authorization", "~value": "Bearer q7Zr2mKx9LwTb4Vc"`))},
	{"secret-in-file", 0, "", "", edit(policyOf("setheader", `"§policySection": "Request", "~name": "X-Api-Key", "~value": "PLACEHOLDER_API_KEY_1"`))},
	{"secret-in-file", 0, "", "", edit(policyOf("setheader", `"§policySection": "Request", "~name": "X-Client", "~value": "q7Zr2mKx9LwTb4Vc"`))},
	{"secret-in-file", warning, `"AKIAIOSFODNN7ABCDEFG"`, "", edit(policyOf("setheader", `"§policySection": "Request", "~name": "X-Client", "~value": "AKIAIOSFODNN7ABCDEFG"`))},
	{"secret-as-string", warning, `"string"`, "securestring", edit(at("/properties/connectionParameters/token:clientSecret", `{"type": "string"}`))},
	{"secret-as-string", information, `true`, "shown", edit(at("/properties/connectionParameters/api_key/uiDefinition/constraints/clearText", `true`))},
	{"secret-as-string", 0, "", "", edit(at("/properties/connectionParameters/secretName", `{"type": "string"}`))},
}

const plainScript = "public class Script : ScriptBase { public override Task<HttpResponseMessage> ExecuteAsync() => null; }"

var scriptCases = []propertiesCase{
	{"script-class-missing", warning, "script", `must be called "Script"`, edit(scriptText(strings.Replace(plainScript, "class Script", "class script", 1)))},
	{"script-class-missing", warning, "Script", "derive", edit(scriptText("public class Script { }"))},
	{"script-class-missing", warning, "", "no class", edit(scriptText("// nothing yet"))},
	{"script-class-missing", 0, "", "", edit(scriptText("using System;\n#region a'b\nclass Other<T> where T : class {}\nnamespace A { " + plainScript + " }"))},
	{"script-execute-missing", warning, "Script", "ExecuteAsync", edit(scriptText("public class Script : ScriptBase { void F() { await ExecuteAsync(); } }"))},
	{"script-execute-missing", warning, "ExecuteAsync", "override", edit(scriptText("public class Script : ScriptBase { public async Task<int> ExecuteAsync() { return 1; } }"))},
	{"script-execute-missing", 0, "", "", edit(scriptText(plainScript))},
	{"script-operation-id-unknown", warning, `"GetPets"`, `did you mean "GetPet"`, edit(scriptOf(`if (this.Context.OperationId == "GetPets") { }`))},
	{"script-operation-id-unknown", warning, `"Nothing"`, "", edit(scriptOf(`if ("Nothing" != Context.OperationId) { }`))},
	{"script-operation-id-unknown", warning, `"Nothing"`, "", edit(scriptOf(`if (string.Equals(this.Context.OperationId, "Nothing")) { }`))},
	{"script-operation-id-unknown", warning, `"Nothing"`, "", edit(scriptOf(`var id = this.Context.OperationId; switch (id) { case "GetPet": F("other"); break; case "Nothing": break; }`))},
	{"script-operation-id-unknown", warning, `"Nothing"`, "", edit(scriptOf(`var x = this.Context.OperationId switch { "GetPet" => 1, "Nothing" => "two", _ => 3 };`))},
	{"script-operation-id-unknown", 0, "", "", edit(scriptOf(`if (Context.OperationId.ToLower() == "getpet") { } if (name == "Nothing") { }`))},
	{"script-operation-id-unknown", 0, "", "", edit(scriptOf(`switch (kind) { case "Nothing": break; } var text = "id " + Context.OperationId; if (text == "Nothing") { }`))},
	{"script-syntax", errorLevel, "}", `expected ")"`, edit(scriptOf("F(1, 2\n}"))},
	{"script-syntax", errorLevel, `"`, "not closed", edit(scriptOf("var a = \"b;"))},
	{"script-syntax", errorLevel, "/*", "comment", edit(scriptOf("/* a"))},
	{"script-syntax", errorLevel, "'ab'", "several characters", edit(scriptOf("var a = 'ab';"))},
	{"script-syntax", 0, "", "", edit(scriptOf("#if DEBUG\nif (a) {\n#else\nif (b) {\n#endif\n}"))},
	{"script-syntax", 0, "", "", edit(scriptText(plainScript + " // it's (fine"))},
	{"script-too-large", errorLevel, "", "1 MB", edit(change{"large", "script.csx", "", ""})},
}

var fileCases = []propertiesCase{
	{"settings-path-missing", warning, `"old.csx"`, `did you mean "script.csx"?`, edit(inSettings("/script", `"old.csx"`))},
	{"settings-path-missing", warning, `"icon.png"`, "no file", edit(gone("icon.png"))},
	{"settings-path-missing", warning, `"a\\b.json"`, "", edit(inSettings("/apiProperties", `"a\\b.json"`))},
	{"settings-path-missing", 0, "", "", edit(inSettings("/icon", `null`), gone("icon.png"))},
	{"settings-path-missing", 0, "", "", edit(inSettings("/icon", `""`), gone("icon.png"))},
	{"settings-environment-invalid", information, `"Contoso"`, "GUID", edit(inSettings("/environment", `"Contoso"`))},
	{"settings-environment-invalid", 0, "", "", edit(inSettings("/environment", `"default-01234567-89AB-cdef-0123-456789abcdef"`))},
	{"settings-environment-invalid", 0, "", "", edit(inSettings("/environment", `"${ENVIRONMENT}"`))},
	{"file-too-large", warning, `{`, "the definition has", edit(inDefinition("/info/description", jsondoc.Quote(strings.Repeat("Word. ", 180_000))))},
	{"file-too-large", errorLevel, "", "nothing else in it is checked", edit(change{"large", "apiDefinition.swagger.json", "", ""})},
	{"byte-order-mark", information, "\ufeff", "byte order mark", edit(change{"json", "settings.json", "", "\ufeff{}"})},
	{"file-unreadable", errorLevel, "", "permission denied", edit(change{"unreadable", "apiProperties.json", "", ""})},
	{"icon-not-png", warning, "", "a GIF", edit(gifOf())},
	{"icon-not-png", warning, "", "an SVG", edit(icon(`<svg xmlns="http://www.w3.org/2000/svg"/>`))},
	{"icon-not-png", warning, "", "size", edit(icon("\x89PNG\r\n\x1a\nrest"))},
	{"icon-not-square", warning, "", "160 by 120", edit(pngOf(160, 120))},
	{"icon-too-large", information, "", "230", edit(pngOf(512, 512))},
	{"icon-too-large", warning, "", "bytes", edit(change{"large", "icon.png", "", ""})},
	{"icon-too-large", 0, "", "", edit(pngOf(230, 230))},
}

// A secret is in no message and in no fix.
func TestSecretsStayInTheFile(t *testing.T) {
	const secret = "q7Zr2mKx9LwTb4Vc"
	for _, d := range check(assemble(apply(t, pets(t), secretSettings(jsondoc.Quote(secret)))), diagnostics.Options{}) {
		text := d.Message
		for _, f := range d.Fixes {
			text += f.Title
			for _, e := range f.Edits {
				text += e.New
			}
		}
		if strings.Contains(text, secret) {
			t.Errorf("%s repeats the secret: %q", d.Rule, text)
		}
	}
}

// Renaming a connection parameter renames it in the policies that read it.
func TestRenameOfConnectionParameter(t *testing.T) {
	files := apply(t, pets(t), edit(at("/properties/connectionParameters/shop-url", `{"type": "string"}`), header("https://@connectionParameters('shop-url')")))
	for _, d := range check(assemble(files), diagnostics.Options{}) {
		if d.Rule == "connection-parameter-name" {
			if len(d.Fixes) != 1 || len(d.Fixes[0].Edits) != 2 {
				t.Fatalf("the fix should change the name and one expression: %+v", d.Fixes)
			}
			return
		}
	}
	t.Fatal("the name is not reported")
}
