package openapi_test

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/pb33f/libopenapi"
	"github.com/pb33f/libopenapi/datamodel"

	"paconn-ls/diagnostics"
	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/openapi"
	"paconn-ls/internal/source"
)

// model builds libopenapi's model of a definition and returns what it complains of.
func model(src string) error {
	config := datamodel.NewDocumentConfiguration()
	config.Logger = slog.New(slog.DiscardHandler)
	config.SkipExternalRefResolution = true
	doc, err := libopenapi.NewDocumentWithConfiguration([]byte(src), config)
	if err != nil {
		return err
	}
	_, err = doc.BuildV2Model()
	return err
}

func complaints(src string) []diagnostics.Diagnostic {
	c := connector.Of("dir", connector.NewFile("dir/apiDefinition.swagger.json", connector.Definition, src))
	ds := diagnostics.Check(context.Background(), c, diagnostics.Options{})
	return slices.DeleteFunc(ds, func(d diagnostics.Diagnostic) bool { return d.Severity > diagnostics.Warning })
}

// TestModelSaysNothingNew puts values of the wrong kind into sound definitions and compares: where libopenapi cannot
// build its model, a rule says so already. That is why no rule repeats what the model's builder says.
func TestModelSaysNothingNew(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	paths, _ := filepath.Glob(filepath.FromSlash("../../../shared/corpus/*/*/apiDefinition.swagger.json"))
	paths = append(paths, filepath.FromSlash("../../testdata/connectors/pets/apiDefinition.swagger.json"))
	refused := 0
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		src := string(b)
		doc := jsondoc.Parse(src)
		if len(src) > 40_000 || len(doc.Errors()) > 0 || model(src) != nil {
			continue
		}
		for _, v := range places(doc) {
			if rng.IntN(4) > 0 {
				continue
			}
			wrong, err := source.Apply(src, v.Replace([]string{"null", "[]", "{}", "1", `"x"`, "[1]"}[rng.IntN(6)]))
			if err != nil {
				t.Fatal(err)
			}
			if !resolved(wrong) {
				continue // rules about references have their say
			}
			if err := model(wrong); err != nil && len(openapi.Circles(jsondoc.Parse(wrong))) == 0 {
				refused++
				here := source.Span{Start: v.Full().Start, End: v.Span().Start}
				if !slices.ContainsFunc(complaints(wrong), func(d diagnostics.Diagnostic) bool { return here.Contains(d.Span.Start) }) {
					t.Errorf("%s: no rule says what libopenapi says of %s: %v", path, v.Pointer(), err)
				}
			}
		}
	}
	if refused == 0 {
		t.Error("libopenapi refused nothing")
	}
	t.Logf("libopenapi refused %d definitions", refused)
}

// resolved reports whether every reference leads somewhere.
func resolved(src string) bool {
	root := jsondoc.Parse(src).Root()
	for v := range root.Descendants() {
		if pointer, ok := jsondoc.FragmentPointer(v.Text()); v.Key() == "$ref" && (!ok || !root.Resolve(pointer).Exists()) {
			return false
		}
	}
	return true
}

// places are the values of a definition that its structure hangs on.
func places(doc *jsondoc.Doc) []jsondoc.Value {
	var out []jsondoc.Value
	for v := range doc.Root().Descendants() {
		switch v.Key() {
		case "swagger", "info", "paths", "parameters", "responses", "definitions", "schema", "items", "properties", "get", "post", "200", "required", "security":
			out = append(out, v)
		}
	}
	return out
}
