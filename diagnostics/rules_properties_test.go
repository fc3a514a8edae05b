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

func definitionAt(pointer, body string) change {
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

func together(list ...change) []change { return list }

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
	{"policy-template-unknown", warning, `"setheadr"`, `did you mean "setheader"?`, together(policyOf("setheadr", setheader))},
	{"policy-template-unknown", warning, `"cachereply"`, "", together(policyOf("cachereply", `"~seconds": "5"`))},
	{"policy-template-unknown", 0, "", "", together(policyOf("SETHEADER", setheader))},
	{"policy-template-case", hint, `"setHeader"`, `"setheader"`, together(policyOf("setHeader", setheader))},
	{"policy-template-case", 0, "", "", together(policyOf("setheader", setheader))},
	{"policy-parameter-missing", errorLevel, `"parameters"`, `"x-ms-apimTemplateParameter.newPath"`, together(policyOf("RouteRequestToEndpoint", ``), at(policy0+"/templateId", `"routerequesttoendpoint"`))},
	{"policy-parameter-missing", errorLevel, `"parameters"`, "statusCode", together(policyOf("setconnectionstatustounauthenticated", `"§operationName": []`))},
	{"policy-parameter-missing", 0, "", "", together(policyOf("moveproperties", ``))},
	{"policy-parameter-missing", 0, "", "", together(policyOf("setheader", `"~Name": "A", "~value": "b"`))}, // the misspelling is reported instead
	{"policy-parameter-unknown", errorLevel, `"x-ms-apimTemplateParameter.nme"`, `did you mean "x-ms-apimTemplateParameter.name"?`, together(policyOf("setheader", `"~nme": "A", "~value": "b"`))},
	{"policy-parameter-unknown", errorLevel, `"name"`, `did you mean "x-ms-apimTemplateParameter.name"?`, together(policyOf("setheader", `"name": "A", "~value": "b"`))},
	{"policy-parameter-unknown", warning, `"x-ms-apimTemplateParameter.newPath"`, "its parameters are", together(policyOf("setheader", setheader+`, "~newPath": "/a"`))},
	{"policy-parameter-unknown", warning, `"x-ms-apimTemplate-operationNames"`, `did you mean "x-ms-apimTemplate-operationName"?`, together(policyOf("setheader", setheader+`, "§operationNames": ["GetPet"]`))},
	{"policy-parameter-unknown", 0, "", "", together(policyOf("cachereply", `"~seconds": "5"`))},
	{"policy-parameter-value", errorLevel, `"overwrite"`, `did you mean "override"?`, together(policyOf("setheader", setheader+`, "~existsAction": "overwrite"`))},
	{"policy-parameter-value", errorLevel, `"FETCH"`, "", together(policyOf("routerequesttoendpoint", `"~newPath": "/a", "~httpMethod": "FETCH"`))},
	{"policy-parameter-value", errorLevel, `"Before"`, "", together(policyOf("setproperty", `"~newPropertyParentPathTemplate": "@body()", "~newPropertySubPathTemplate": "a", "~propertyValuePathTemplate": "b", "§policySection": "Before"`))},
	{"policy-parameter-value", 0, "", "", together(policyOf("routerequesttoendpoint", `"~newPath": "/a", "~httpMethod": "@Request.OriginalHttpMethod"`))},
	{"policy-parameter-value", 0, "", "", together(policyOf("setheader", setheader+`, "~existsAction": "Override"`))},
	{"policy-section-unsupported", warning, `"x-ms-apimTemplate-policySection"`, "takes no section", together(policyOf("dynamichosturl", `"~urlTemplate": "https://pets.test", "§policySection": "Request"`))},
	{"policy-section-unsupported", warning, `"Failure"`, `"Request" or "Response"`, together(policyOf("setproperty", `"~newPropertyParentPathTemplate": "@body()", "~newPropertySubPathTemplate": "a", "~propertyValuePathTemplate": "b", "§policySection": "Failure"`))},
	{"policy-section-unsupported", 0, "", "", together(policyOf("setheader", `"§policySection": "Failure", "~name": "A", "~value": "b"`))},
}

var expressionCases = []propertiesCase{
	{"policy-expression-invalid", warning, "queryParamters", "did you mean @queryParameters?", together(header("@queryParamters('kind')"))},
	{"policy-expression-invalid", warning, "ConnectionParameters", "case-sensitive", together(header("https://@ConnectionParameters('api_key')"))},
	{"policy-expression-invalid", warning, "headers", "not closed", together(header("@headers('a'"))},
	{"policy-expression-invalid", warning, "headers", "quote", together(header("@headers('a)"))},
	{"policy-expression-invalid", warning, "headers", "needs a name in quotes", together(header("@headers(Token)"))},
	{"policy-expression-invalid", warning, "queryParameters", "not called", together(header("@queryParameters['a']"))},
	{"policy-expression-invalid", warning, "Request.Method", "@Request.OriginalHTTPMethod", together(header("@Request.Method"))},
	{"policy-expression-invalid", warning, "concat", "unknown function", together(header("@concat('a', 'b')"))},
	{"policy-expression-invalid", 0, "", "", together(header("Bearer @connectionParameters('api_key', 'none')@headers('It''s')"))},
	{"policy-expression-invalid", 0, "", "", together(header("help@pets.test (home), @odata.nextLink, @{triggerBody().a[0]}, {@body().x}, @, 5@4(x)"))},
	{"policy-expression-invalid", 0, "", "", together(policyOf("pollingtrigger", `"~triggerConfig": {"since": "@{triggerBody()?['at']}"}, "~triggerDataPath": "@triggerBody().value"`))},
	{"connection-parameter-unknown", warning, "api_kee", `did you mean "api_key"?`, together(header("https://x@connectionParameters('api_kee')/@headers('api_kee')"))},
	{"connection-parameter-unknown", warning, "host", `there are "api_key"`, together(policyOf("pollingtrigger", `"~triggerConfig": {"a": {"b": "@{connectionParameters('host')}"}}, "~triggerDataPath": "@triggerBody()"`))},
	{"connection-parameter-unknown", warning, `a\u00e9b`, "", together(at(policy0+"/parameters/x-ms-apimTemplateParameter.value", `"\"\ud83d\ude00\" @connectionParameters(\u0027a\u00e9b\u0027)"`))},
	{"connection-parameter-unknown", warning, "hst", "", together(oauthToken(`, "oAuthSettings": {"identityProvider": "aad", "customParameters": {"resourceUri": {"value": "@connectionParameters('hst')"}}}`))},
	{"connection-parameter-unknown", 0, "", "", together(header("@connectionParameters('site')"), at("/properties/connectionParameterSets", `{"values": [{"name": "a", "parameters": {"site": {"type": "string"}}}]}`))},
	{"connection-parameter-unknown", 0, "", "", together(header("@headers('nothing')"))},
	{"connection-parameter-case", hint, "API_key", `"api_key"`, together(header("@connectionParameters('API_key')"))},
}

var operationCases = []propertiesCase{
	{"policy-operation-unknown", warning, `"listPets"`, "case-sensitive", together(at(policy0+"/parameters/x-ms-apimTemplate-operationName", `["listPets"]`))},
	{"policy-operation-unknown", warning, `"ListPetz"`, `did you mean "ListPets"?`, together(at(policy0+"/parameters/x-ms-apimTemplate-operationName", `["GetPet", "ListPetz"]`))},
	{"policy-operation-unknown", 0, "", "", together(at(policy0+"/parameters/x-ms-apimTemplate-operationName", `["Old"]`), gone("apiDefinition.swagger.json"))},
	{"policy-operation-unknown", 0, "", "", together(at(policy0+"/parameters/x-ms-apimTemplate-operationName", `[]`))},
	{"script-operation-unknown", warning, `"postCall"`, "no operation", together(at("/properties/scriptOperations", `["GetPet", "postCall"]`))},
	{"script-operation-unknown", 0, "", "", together(at("/properties/scriptOperations", `["WhenPetArrives"]`))},
	{"script-missing", warning, `"scriptOperations"`, "no script.csx", together(gone("script.csx"), inSettings("/script", "null"))},
	{"script-missing", 0, "", "", together(gone("script.csx"), inSettings("/script", "null"), at("/properties/scriptOperations", "[]"))},
	{"script-missing", 0, "", "", together(gone("script.csx"))}, // the path in settings.json is reported
}

var connectionCases = []propertiesCase{
	{"brand-color-invalid", errorLevel, `"2B579A"`, `"#2B579A"`, together(at("/properties/iconBrandColor", `"2B579A"`))},
	{"brand-color-invalid", errorLevel, `"#abc"`, `"#aabbcc"`, together(at("/properties/iconBrandColor", `"#abc"`))},
	{"brand-color-invalid", errorLevel, `"blue"`, "", together(at("/properties/iconBrandColor", `"blue"`))},
	{"brand-color-invalid", errorLevel, `""`, "", together(at("/properties/iconBrandColor", `""`))},
	{"brand-color-invalid", errorLevel, `"#2B579G"`, "", together(at("/properties/iconBrandColor", `"#2B579G"`))},
	{"brand-color-invalid", 0, "", "", together(at("/properties/iconBrandColor", `"#DA3b01"`))},
	{"capability-unknown", hint, `"triger"`, "", together(at("/properties/capabilities", `["Actions", "triger"]`))},
	{"capability-unknown", hint, `"cloud only"`, "", together(at("/properties/capabilities", `["cloud only"]`))},
	{"connection-parameter-name", warning, `"API Key"`, "", together(at("/properties/connectionParameters/API Key", `{"type": "securestring"}`))},
	{"connection-parameter-name", warning, `"token:a:b"`, "", together(at("/properties/connectionParameters/token:a:b", `{"type": "string"}`))},
	{"connection-parameter-name", 0, "", "", together(at("/properties/connectionParameters/token:customHost", `{"type": "string"}`))},
	{"connection-parameters-missing", warning, `"connectionParameters"`, "apiKey", together(at("/properties/connectionParameters", `{}`))},
	{"connection-parameters-missing", warning, `"properties"`, "apiKey", together(change{"json", "apiProperties.json", "", `{"properties": {"iconBrandColor": "#2B579A"}}`})},
	{"connection-parameters-missing", 0, "", "", together(at("/properties/connectionParameters", `{}`), definitionAt("/securityDefinitions", `{}`))},
	{"connection-parameters-missing", 0, "", "", together(at("/properties/connectionParameters", `{}`), at("/properties/connectionParameterSets", `{"values": [{"name": "a", "parameters": {"k": {"type": "securestring"}}}]}`))},
	{"security-parameters-missing", warning, `"connectionParameters"`, "securestring", together(at("/properties/connectionParameters", `{"size": {"type": "int"}}`))},
	{"security-parameters-missing", warning, `"connectionParameters"`, "oauthSetting", together(definitionAt("/securityDefinitions/api_key", `{"type": "oauth2", "flow": "accessCode", "authorizationUrl": "https://a.test", "tokenUrl": "https://a.test", "scopes": {}}`))},
	{"security-parameters-missing", warning, `"connectionParameters"`, "password", together(definitionAt("/securityDefinitions/api_key", `{"type": "basic"}`))},
	{"security-parameters-missing", 0, "", "", together(definitionAt("/securityDefinitions/api_key", `{"type": "basic"}`), at("/properties/connectionParameters/UserName", `{"type": "string"}`))},
	{"security-parameters-missing", 0, "", "", together(at("/properties/connectionParameters", `{}`), at("/properties/connectionParameterSets", `{"values": [{"name": "a", "parameters": {"k": {"type": "securestring"}}}]}`))},
	{"security-multiple", information, `"login"`, `"api_key"`, together(definitionAt("/securityDefinitions/login", `{"type": "basic"}`))},
	{"parameter-sets-duplicate", warning, `"a"`, "", together(at("/properties/connectionParameterSets", `{"values": [{"name": "a", "parameters": {}}, {"name": "b", "parameters": {}}, {"name": "a", "parameters": {}}]}`))},
	{"script-with-gateway", warning, `"gatewaySetting"`, "gateway", together(at("/properties/connectionParameters/gateway", `{"type": "gatewaySetting"}`))},
	{"script-with-gateway", 0, "", "", together(at("/properties/connectionParameters/gateway", `{"type": "gatewaySetting"}`), gone("script.csx"))},
}

var oauthCases = []propertiesCase{
	{"oauth-settings-missing", warning, `"token"`, "oAuthSettings", together(oauthToken(""))},
	{"oauth-settings-missing", 0, "", "", together(oauthToken(`, "oauthSettings": {}`))}, // the case of the key is reported
	{"oauth-settings-incomplete", warning, `"customParameters"`, `"tokenUrl" and "refreshUrl"`, together(oauthToken(`, "oAuthSettings": {"identityProvider": "oauth2", "customParameters": {"AuthorizationUrl": {"value": "https://a.test"}}}`))},
	{"oauth-settings-incomplete", warning, `"oAuthSettings"`, `"resourceUri"`, together(oauthToken(`, "oAuthSettings": {"identityProvider": "AAD"}`))},
	{"oauth-settings-incomplete", warning, `"customParameters"`, `"refreshUrlTemplate"`, together(oauthToken(`, "oAuthSettings": {"identityProvider": "oauth2generic", "customParameters": {"authorizationUrlTemplate": {"value": "a"}, "TokenUrlTemplate": {"value": "b"}}}`))},
	{"oauth-settings-incomplete", 0, "", "", together(oauthToken(`, "oAuthSettings": {"identityProvider": "facebook"}`))},
	{"oauth-provider-unknown", information, `"oauth"`, `did you mean "oauth2"?`, together(oauthToken(`, "oAuthSettings": {"identityProvider": "oauth"}`))},
	{"oauth-provider-unknown", 0, "", "", together(oauthToken(`, "oAuthSettings": {"identityProvider": "dropbox"}`))},
	{"oauth-provider-unknown", 0, "", "", together(oauthToken(`, "oAuthSettings": {"identityProvider": "salesforce"}`))},
}

func secretSettings(secret string) []change {
	return together(oauthToken(`, "oAuthSettings": {"identityProvider": "facebook", "clientSecret": ` + secret + `}`))
}

var secretCases = []propertiesCase{
	{"secret-in-file", warning, `"q7Zr2mKx9LwTb4Vc"`, "clientSecret", secretSettings(`"q7Zr2mKx9LwTb4Vc"`)},
	{"secret-in-file", 0, "", "", secretSettings(`"[[DUMMY]]"`)},
	{"secret-in-file", 0, "", "", secretSettings(`"YOUR_CLIENT_SECRET_123"`)},
	{"secret-in-file", 0, "", "", secretSettings(`"{{c7Zr2mKx9LwTb4Vc}}"`)},
	{"secret-in-file", 0, "", "", secretSettings(`null`)},
	{"secret-in-file", 0, "", "", secretSettings(`"test"`)},
	{"secret-in-file", warning, `"q7Zr2mKx9LwTb4Vc"`, "default", together(at("/properties/connectionParameters/api_key/defaultValue", `"q7Zr2mKx9LwTb4Vc"`))},
	{"secret-in-file", warning, `"q7Zr2mKx9LwTb4Vc"`, "default", together(definitionAt("/parameters/limit", `{"name": "X-Api-Key", "in": "header", "type": "string", "default": "q7Zr2mKx9LwTb4Vc", "x-ms-summary": "Key", "description": "The key."}`))},
	{"secret-in-file", warning, `"Bearer q7Zr2mKx9LwTb4Vc"`, "policy", together(policyOf("setheader", `"§policySection": "Request", "~name": "Authorization", "~value": "Bearer q7Zr2mKx9LwTb4Vc"`))},
	{"secret-in-file", 0, "", "", together(policyOf("setheader", `"§policySection": "Request", "~name": "X-Api-Key", "~value": "PLACEHOLDER_API_KEY_1"`))},
	{"secret-in-file", 0, "", "", together(policyOf("setheader", `"§policySection": "Request", "~name": "X-Client", "~value": "q7Zr2mKx9LwTb4Vc"`))},
	{"secret-in-file", warning, `"AKIAIOSFODNN7ABCDEFG"`, "", together(policyOf("setheader", `"§policySection": "Request", "~name": "X-Client", "~value": "AKIAIOSFODNN7ABCDEFG"`))},
	{"secret-as-string", warning, `"string"`, "securestring", together(at("/properties/connectionParameters/token:clientSecret", `{"type": "string"}`))},
	{"secret-as-string", information, `true`, "shown", together(at("/properties/connectionParameters/api_key/uiDefinition/constraints/clearText", `true`))},
	{"secret-as-string", 0, "", "", together(at("/properties/connectionParameters/secretName", `{"type": "string"}`))},
}

const plainScript = "public class Script : ScriptBase { public override Task<HttpResponseMessage> ExecuteAsync() => null; }"

var scriptCases = []propertiesCase{
	{"script-class-missing", warning, "script", `must be called "Script"`, together(scriptText(strings.Replace(plainScript, "class Script", "class script", 1)))},
	{"script-class-missing", warning, "Script", "derive", together(scriptText("public class Script { }"))},
	{"script-class-missing", warning, "", "no class", together(scriptText("// nothing yet"))},
	{"script-class-missing", 0, "", "", together(scriptText("using System;\n#region a'b\nclass Other<T> where T : class {}\nnamespace A { " + plainScript + " }"))},
	{"script-execute-missing", warning, "Script", "ExecuteAsync", together(scriptText("public class Script : ScriptBase { void F() { await ExecuteAsync(); } }"))},
	{"script-execute-missing", warning, "ExecuteAsync", "override", together(scriptText("public class Script : ScriptBase { public async Task<int> ExecuteAsync() { return 1; } }"))},
	{"script-execute-missing", 0, "", "", together(scriptText(plainScript))},
	{"script-operation-id-unknown", warning, `"GetPets"`, `did you mean "GetPet"`, together(scriptOf(`if (this.Context.OperationId == "GetPets") { }`))},
	{"script-operation-id-unknown", warning, `"Nothing"`, "", together(scriptOf(`if ("Nothing" != Context.OperationId) { }`))},
	{"script-operation-id-unknown", warning, `"Nothing"`, "", together(scriptOf(`if (string.Equals(this.Context.OperationId, "Nothing")) { }`))},
	{"script-operation-id-unknown", warning, `"Nothing"`, "", together(scriptOf(`var id = this.Context.OperationId; switch (id) { case "GetPet": F("other"); break; case "Nothing": break; }`))},
	{"script-operation-id-unknown", warning, `"Nothing"`, "", together(scriptOf(`var x = this.Context.OperationId switch { "GetPet" => 1, "Nothing" => "two", _ => 3 };`))},
	{"script-operation-id-unknown", 0, "", "", together(scriptOf(`if (Context.OperationId.ToLower() == "getpet") { } if (name == "Nothing") { }`))},
	{"script-operation-id-unknown", 0, "", "", together(scriptOf(`switch (kind) { case "Nothing": break; } var text = "id " + Context.OperationId; if (text == "Nothing") { }`))},
	{"script-syntax", errorLevel, "}", `expected ")"`, together(scriptOf("F(1, 2\n}"))},
	{"script-syntax", errorLevel, `"`, "not closed", together(scriptOf("var a = \"b;"))},
	{"script-syntax", errorLevel, "/*", "comment", together(scriptOf("/* a"))},
	{"script-syntax", errorLevel, "'ab'", "several characters", together(scriptOf("var a = 'ab';"))},
	{"script-syntax", 0, "", "", together(scriptOf("#if DEBUG\nif (a) {\n#else\nif (b) {\n#endif\n}"))},
	{"script-syntax", 0, "", "", together(scriptText(plainScript + " // it's (fine"))},
	{"script-too-large", errorLevel, "", "1 MB", together(change{"large", "script.csx", "", ""})},
}

var fileCases = []propertiesCase{
	{"settings-path-missing", warning, `"old.csx"`, `did you mean "script.csx"?`, together(inSettings("/script", `"old.csx"`))},
	{"settings-path-missing", warning, `"icon.png"`, "no file", together(gone("icon.png"))},
	{"settings-path-missing", warning, `"a\\b.json"`, "", together(inSettings("/apiProperties", `"a\\b.json"`))},
	{"settings-path-missing", 0, "", "", together(inSettings("/icon", `null`), gone("icon.png"))},
	{"settings-path-missing", 0, "", "", together(inSettings("/icon", `""`), gone("icon.png"))},
	{"settings-environment-invalid", information, `"Contoso"`, "GUID", together(inSettings("/environment", `"Contoso"`))},
	{"settings-environment-invalid", 0, "", "", together(inSettings("/environment", `"default-01234567-89AB-cdef-0123-456789abcdef"`))},
	{"settings-environment-invalid", 0, "", "", together(inSettings("/environment", `"${ENVIRONMENT}"`))},
	{"file-too-large", warning, `{`, "the definition has", together(definitionAt("/info/description", jsondoc.Quote(strings.Repeat("Word. ", 180_000))))},
	{"file-too-large", errorLevel, "", "nothing else in it is checked", together(change{"large", "apiDefinition.swagger.json", "", ""})},
	{"byte-order-mark", information, "\ufeff", "byte order mark", together(change{"json", "settings.json", "", "\ufeff{}"})},
	{"file-unreadable", errorLevel, "", "permission denied", together(change{"unreadable", "apiProperties.json", "", ""})},
	{"icon-not-png", warning, "", "a GIF", together(gifOf())},
	{"icon-not-png", warning, "", "an SVG", together(icon(`<svg xmlns="http://www.w3.org/2000/svg"/>`))},
	{"icon-not-png", warning, "", "size", together(icon("\x89PNG\r\n\x1a\nrest"))},
	{"icon-not-square", warning, "", "160 by 120", together(pngOf(160, 120))},
	{"icon-too-large", information, "", "230", together(pngOf(512, 512))},
	{"icon-too-large", warning, "", "bytes", together(change{"large", "icon.png", "", ""})},
	{"icon-too-large", 0, "", "", together(pngOf(230, 230))},
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
	files := apply(t, pets(t), together(at("/properties/connectionParameters/shop-url", `{"type": "string"}`), header("https://@connectionParameters('shop-url')")))
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
