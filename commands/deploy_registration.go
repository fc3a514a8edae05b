package commands

import (
	"slices"
	"strings"

	"paconn-ls/internal/jsondoc"
)

// filling is what a registration holds besides the files.
type filling struct {
	environment string
	making      bool // the connector is being made: it gets its display name
	secrets     secrets
	icon        *jsondoc.Draft // address of the icon; nil leaves it as it is
	script      *jsondoc.Draft // address of the script, "" takes it away, nil leaves it as it is
	keep        []string       // members to send although the service refuses them
}

// register returns what is sent to make or change a connector: the whole properties file, in its order, with the
// definition and the rest behind its properties in the order in which paconn sends them. A member that the file holds
// already is replaced where it stands. It also returns the members that were left out.
func register(s shipment, f filling) (registration *jsondoc.Draft, leftOut []string) {
	registration = s.properties.Root().Draft()
	leftOut = leaveOut(registration, f.keep)
	properties, definition := registration.Get("properties"), s.definition.Root().Draft()
	f.secrets.put(properties)
	properties.Set("openApiDefinition", definition)
	properties.Set("backendService", objectOf("serviceUrl", jsondoc.NewString(serviceURL(definition))))
	properties.Set("environment", objectOf("name", jsondoc.NewString(f.environment)))
	if f.making {
		properties.Set("displayName", definition.Get("info", "title"))
	}
	if f.script == nil {
		properties.Remove("scriptDefinitionUrl") // an old one in the file would take the script away
	}
	for _, m := range []struct {
		key   string
		value *jsondoc.Draft
	}{{"description", definition.Get("info", "description")}, {"iconUri", f.icon}, {"scriptDefinitionUrl", f.script}} {
		if m.value != nil {
			properties.Set(m.key, m.value)
		}
	}
	return registration, leftOut
}

func objectOf(key string, value *jsondoc.Draft) *jsondoc.Draft {
	o := jsondoc.NewObject()
	o.Set(key, value)
	return o
}

// Members that the service refuses, which takes none that it does not know: "Could not find member 'stackOwner' on type
// 'ApiPropertiesDefinition'" (microsoft/PowerPlatformConnectors 614). Files need them for certification and for editors.
var (
	refusedProperties = []string{"stackOwner"}
	refusedBeside     = []string{"$schema"}
)

// leaveOut takes out what the service refuses, and returns what it took out.
func leaveOut(registration *jsondoc.Draft, keep []string) []string {
	out := takeOut(registration, refusedBeside, keep)
	return append(out, takeOut(registration.Get("properties"), refusedProperties, keep)...)
}

func takeOut(from *jsondoc.Draft, refused, keep []string) []string {
	var out []string
	for key := range from.Members() {
		same := func(other string) bool { return strings.EqualFold(key, other) }
		if slices.ContainsFunc(refused, same) && !slices.ContainsFunc(keep, same) {
			out = append(out, key)
		}
	}
	for _, key := range out {
		from.Remove(key)
	}
	return out
}

// serviceURL returns the address of the API that a definition describes: its first scheme, host and base path, put
// together as paconn does, of which any may be missing.
func serviceURL(definition *jsondoc.Draft) string {
	scheme := ""
	for s := range definition.Get("schemes").Elements() {
		scheme = s.Text()
		break
	}
	host, path := definition.Get("host").Text(), definition.Get("basePath").Text()
	if host != "" || strings.HasPrefix(path, "//") || scheme == "http" || scheme == "https" {
		if path != "" && !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		path = "//" + host + path
	}
	if scheme != "" {
		return scheme + ":" + path
	}
	return path
}
