package shape_test

import (
	"os"
	"path/filepath"
	"testing"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/shape"
)

func petsFile(t *testing.T, name string, role connector.Role) *connector.File {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "connectors", "pets", name))
	if err != nil {
		t.Fatal(err)
	}
	return connector.NewFile(name, role, string(b))
}

// TestPlaces tells what the dialect knows at some places of the sound connector.
func TestPlaces(t *testing.T) {
	definition := petsFile(t, "apiDefinition.swagger.json", connector.Definition)
	properties := petsFile(t, "apiProperties.json", connector.Properties)
	for _, c := range []struct {
		file        *connector.File
		pointer     string
		key, object string
	}{
		{definition, "", "", "definition file"},
		{definition, "/info", "info", "info"},
		{definition, "/paths/~1pets", "", "path item"},
		{definition, "/paths/~1pets/get", "get", "operation"},
		{definition, "/paths/~1pets/get/parameters/0", "", "query parameter"},
		{definition, "/paths/~1pets/get/parameters/1", "", "reference"},
		{definition, "/paths/~1pets/get/parameters/0/x-ms-dynamic-values", "x-ms-dynamic-values", "dynamic values"},
		{definition, "/definitions/Pet", "", "schema"},
		{definition, "/definitions/Pet/properties/size", "", "schema"},
		{definition, "/definitions/Pet/properties/size/enum/0", "", ""},
		{properties, "/properties/policyTemplateInstances/0", "", "policy setheader"},
		{properties, "/properties/connectionParameters/api_key", "", "plain connection parameter"},
		{properties, "/properties/policyTemplateInstances/0/parameters/x-ms-apimTemplateParameter.name", "x-ms-apimTemplateParameter.name", ""},
	} {
		v := c.file.Root().Resolve(c.pointer)
		place := shape.Of(c.file).Place(v)
		key, object := "", ""
		if place.Key != nil {
			key = place.Key.Name
		}
		if place.Object != nil {
			object = place.Object.Name
		}
		if key != c.key || object != c.object {
			t.Errorf("%s#%s: key %q object %q, expected %q and %q", c.file.Path, c.pointer, key, object, c.key, c.object)
		}
	}
}

// TestSparse checks that a place worked out by itself is the same as one of the whole shape.
func TestSparse(t *testing.T) {
	for _, f := range []*connector.File{petsFile(t, "apiDefinition.swagger.json", connector.Definition), petsFile(t, "apiProperties.json", connector.Properties),
		petsFile(t, "settings.json", connector.Settings)} {
		whole, sparse := shape.Of(f), shape.Sparse(f)
		n := 0
		for v, want := range whole.All() {
			if got := sparse.Place(v); got != want {
				t.Errorf("%s%s: %v, expected %v", f.Path, v.Pointer(), got, want)
			}
			n++
		}
		if n != f.Doc().Len() {
			t.Errorf("%s: %d of %d values", f.Path, n, f.Doc().Len())
		}
	}
	if shape.Sparse(petsFile(t, "readme.md", connector.Readme)) != nil || shape.Of(nil) != nil {
		t.Error("a file that the dialect does not describe has no shape")
	}
}
