package dialect

import "slices"

const policyPages = learn + "policy-templates"

// Keys of a policy's parameters begin with one of these.
const (
	ofTemplate  = "x-ms-apimTemplate-"
	ofParameter = "x-ms-apimTemplateParameter."
)

// sections says in which parts of a call a template can run.
type sections uint8

const (
	onlyOwn           sections = iota // the template knows its part
	requestOrResponse                 // before or after the call
	alsoFailure                       // also when the call fails
)

// template is a policy template: what the platform can do to a request or a response.
type template struct {
	id, title, help string
	page            bool // there is a page of its own
	sections        sections
	parameters      []Key
}

var templates = []template{
	{"setheader", "Set header", "Sets a header of the request or the response.", true, alsoFailure, []Key{
		given("name", "Name of the header."),
		given("value", "Its value; `@connectionParameters('NAME')`, `@headers('NAME')` and `@queryParameters('NAME')` may stand in it."),
		existsAction("header"),
	}},
	{"setqueryparameter", "Set query parameter", "Sets a parameter of the query string.", true, onlyOwn, []Key{
		given("name", "Name of the query parameter."),
		given("value", "Its value; `@connectionParameters('NAME')` and the like may stand in it."),
		existsAction("parameter"),
	}},
	{"dynamichosturl", "Set host URL", "Sends requests to a host that depends on the connection; `host` of the definition no longer counts.", true, onlyOwn, []Key{
		given("urlTemplate", "Address such as `https://@connectionParameters('host')`; gateways are not reached this way."),
	}},
	{"dynamicsubdomain", "Set subdomain", "Sends requests to a subdomain that depends on the connection; undocumented.", false, onlyOwn, []Key{
		optional("urlTemplate", "Address such as `https://@connectionParameters('subdomain').contoso.com/`."),
	}},
	{"routerequesttoendpoint", "Route request", "Sends a request to another path: two operations can share one path of the API.", true, onlyOwn, []Key{
		given("newPath", "Path of the API, such as `/v2/items/{id}`; `{id}` is a path parameter of the operation."),
		{Name: ofParameter + "httpMethod", Value: choice(
			Choice{"@Request.OriginalHTTPMethod", "The method of the operation; the default."},
			Choice{"GET", "Reads."}, Choice{"POST", "Creates or runs something."}, Choice{"PUT", "Replaces."}, Choice{"PATCH", "Changes part."},
			Choice{"DELETE", "Removes."}, Choice{"HEAD", "Reads headers only."}, Choice{"OPTIONS", "Asks what is allowed."},
		).fold().lenient(), Help: "Method to call the path with; that of the operation when left out."},
	}},
	{"setproperty", "Set property", "Sets a property of the body.", true, requestOrResponse, []Key{
		given("newPropertyParentPathTemplate", "Object that gets the property, such as `@body()` or `@body().items`."),
		given("newPropertySubPathTemplate", "Name of the property."),
		given("propertyValuePathTemplate", "Its value: text, or an expression such as `@body().name`."),
	}},
	{"pollingtrigger", "Trigger: polling", "Makes a batch trigger ask only for what is new.", false, onlyOwn, []Key{
		need(Key{Name: ofParameter + "triggerConfig", Value: object("trigger config").lenient(), Link: learn + "create-polling-trigger", Help: "Query parameters of the next call, such as `{\"since\": \"@{triggerBody().items[0].created}\"}`."}, Strict),
		given("triggerDataPath", "Array of events in the answer, such as `@triggerBody().value`; newest first."),
	}},
	{"updatenextlink", "Update next link", "Makes the link to the next page go through the connector; goes with `x-ms-pageable`.", false, onlyOwn, []Key{
		given("nextLinkPropertyName", "Property that holds the link, such as `@odata.nextLink`."),
		optional("nextLinkParentPropertyPath", "Path of the object that holds the property, when it is not the body itself."),
	}},
	{"convertarraytoobject", "Convert array to object", "Turns an array of objects into one object, with a key from each.", true, requestOrResponse, []Key{
		parentPath, subPath,
		given("keyWithinCollectionPath", "Property of each element that becomes its key."),
		newPath("object"),
		trueFalse("retainKey", "`\"false\"` takes the key out of each element; kept when left out."),
	}},
	{"convertobjecttoarray", "Convert object to array", "Turns an object into an array of keys and values, for APIs that use data as names.", true, requestOrResponse, []Key{
		parentPath, subPath, newPath("array"),
		optional("keyName", "Property of each element for the key; `key` when left out."),
		optional("valueName", "Property of each element for the value; `value` when left out."),
	}},
	{"stringtoarray", "Convert delimited string to array", "Splits a string into an array of objects.", true, requestOrResponse, []Key{
		parentPath, subPath,
		given("delimiterList", "Characters to split at, such as `;`."),
		given("childPropertyName", "Property of each element that holds its piece."),
		newPath("array"),
	}},
	{"stringreplace", "Replace in a string", "Replaces part of a string property.", false, requestOrResponse, []Key{
		parentPath, subPath,
		given("sourceString", "Text to look for."),
		given("replacementString", "Text to put there; may be empty."),
		newPath("string"),
	}},
	{"encodepropertyvalue", "Encode property value", "Encodes a string property for use in an address.", false, requestOrResponse, []Key{
		parentPath, subPath, newPath("string"),
	}},
	{"setvaluefromurl", "Set value from URL", "Fetches a value by another call, such as an entity tag, and puts it in a header or the query.", true, requestOrResponse, []Key{
		given("parameterTemplate", "What is set: `@headers('If-Match')` or `@queryParameters('NAME')`."),
		given("parameterValueUrl", "Address or path to call; path parameters may stand in it as `{id}`."),
		given("parameterValuePathTemplate", "Value in the answer, such as `@body()['@odata.etag']`."),
		{Name: ofParameter + "httpMethod", Value: choice(
			Choice{"GET", "Reads; the default."}, Choice{"POST", "Creates or runs something."}, Choice{"PUT", "Replaces."},
		).fold().lenient(), Help: "Method of the call; `GET` when left out."},
	}},
	{"setconnectionstatustounauthenticated", "Set connection status to unauthenticated", "Asks the user to sign in again when the API answers with a status; goes with `testConnection`.", true, onlyOwn, []Key{
		need(Key{Name: ofParameter + "statusCode", Value: integer.lenient(), Help: "Status, such as 401."}, Strict),
	}},
	{"moveproperties", "Move properties", "Moves properties to another object of the body; undocumented.", false, requestOrResponse, []Key{
		optional("srcParentPath", "Object that holds the properties, such as `@body()`."),
		optional("srcSubPath", "Property of it that is moved; `null` for the object itself."),
		optional("dstParentPath", "Object that they are moved to."),
		optional("dstSubPath", "Property of it that takes them; `null` for the object itself."),
		trueFalse("copyOnlySubProperties", "`\"true\"` moves what is inside the property and not the property itself."),
	}},
}

// given is a string that a template needs, optional one that it does not; every connector with the template gives the
// former.
func given(name, help string) Key { return need(optional(name, help), Strict) }

func optional(name, help string) Key {
	return Key{Name: ofParameter + name, Value: text.lenient(), Help: help}
}

var (
	parentPath = given("propertyParentPath", "Object or array that holds the property, such as `@body()` or `@body().items`.")
	subPath    = optional("propertySubPath", "Name of the property; the string `null` when the parent itself is meant.")
)

func newPath(kind string) Key {
	return given("newPropertyPath", "Where the new "+kind+" goes, such as `@body().result`; `@item().result` in an array.")
}

func existsAction(noun string) Key {
	return Key{Name: ofParameter + "existsAction", Value: choice(
		Choice{"override", "The new value replaces the old one; the default."},
		Choice{"skip", "The old value stays."},
		Choice{"append", "The new value is added to the old one."},
	).fold().lenient(), Help: "What happens when the " + noun + " is there already."}
}

func trueFalse(name, help string) Key {
	return Key{Name: ofParameter + name, Value: trueOrFalse, Help: help}
}

var operationNames = Key{Name: ofTemplate + "operationName", Value: texts, Help: "Operations that the policy applies to; without it, or with an empty list, it applies to all."}

// section is the key that says in which part of the call a template runs.
func (s sections) key() Key {
	name := ofTemplate + "policySection"
	parts := []Choice{
		{"Request", "Before the API is called."},
		{"Response", "After the API has answered."},
		{"Failure", "When the call has failed."},
	}
	switch s {
	case requestOrResponse:
		parts = parts[:2]
	case onlyOwn:
		return idle(name, "When the policy runs.", "this template runs at one point only")
	}
	return Key{Name: name, Value: choice(parts...).lenient(), Help: "When the policy runs; give it always."}
}

// instanceKeys is the keys of a policy whose parameters are described by that object.
func instanceKeys(parameters string) []Key {
	known := make([]Choice, len(templates))
	for i, t := range templates {
		known[i] = Choice{t.id, t.help}
	}
	return []Key{
		need(Key{Name: "templateId", Value: choice(known...).open().fold(), Help: "Template that says what the policy does; upper and lower case do not count."}, Strict),
		{Name: "title", Value: text.lenient(), Help: "What the policy is for, as makers see it."},
		{Name: "type", Value: choice(
			Choice{"PollingTrigger", "The policy belongs to a polling trigger."},
		).lenient(), Help: "`PollingTrigger` with the template `pollingtrigger`; left out otherwise."},
		need(Key{Name: "parameters", Value: object(parameters), Help: "What the template needs, and the operations it applies to."}, Lenient),
	}
}

func describePolicies() []Object {
	base := Object{
		Name:    "policy instance",
		Help:    "A policy: a template that changes requests or responses, and its parameters.",
		Unknown: Lenient,
		Keys:    at(policyPages, instanceKeys("policy parameters")...),
	}
	all := []Object{{
		// What an unknown template takes is unknown too.
		Name:    "policy parameters",
		Help:    "What a template needs, and the operations it applies to.",
		Unknown: Ignored,
		Keys:    at(policyPages, operationNames, alsoFailure.key()),
	}, {
		Name:      "trigger config",
		Help:      "Query parameters of the next call of a polling trigger.",
		Names:     new(anything),
		NamesHelp: "Query parameter of the trigger; its value may hold `@{triggerBody()…}`.",
		Keys: at(learn+"create-polling-trigger",
			Key{Name: "x-ms-triggerConfig-nextLink", Value: text.lenient(), Help: "Property of the answer that holds the link to the next page; `@odata.nextLink` when left out."},
		),
	}}
	for _, t := range templates {
		page := policyPages
		if t.page {
			page += "/" + t.id + "/" + t.id
		}
		instance, parameters := "policy "+t.id, "policy "+t.id+" parameters"
		base.Variants = append(base.Variants, Variant{Key: "templateId", Value: t.id, Fold: true, Object: instance})
		all = append(all,
			Object{Name: instance, Help: t.title + ": " + t.help, Unknown: Lenient, Keys: at(page, instanceKeys(parameters)...)},
			Object{Name: parameters, Help: t.title + ": " + t.help, Unknown: Lenient, Keys: at(page, slices.Concat([]Key{operationNames, t.sections.key()}, t.parameters)...)})
	}
	return append(all, base)
}

var policyObjects = describePolicies()
