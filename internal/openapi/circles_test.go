package openapi_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/openapi"
)

// definition returns a definition whose sections hold these members.
func definition(definitions, sections string) string {
	return `{"swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": {"operationId": "A",
  "responses": {"200": {"description": "d", "schema": {"$ref": "#/definitions/A"}}}}}},
"definitions": {` + definitions + `}` + sections + `}`
}

// chains shows circles as people read them.
func chains(src string) []string {
	var out []string
	for _, c := range openapi.Circles(jsondoc.Parse(src)) {
		var b strings.Builder
		for _, s := range c.Steps {
			b.WriteString(s.Definition.Key() + " -> ")
		}
		last := c.Steps[len(c.Steps)-1]
		out = append(out, b.String()+c.Steps[0].Definition.Key()+" by "+last.Ref.Parent().Pointer())
	}
	return out
}

const required = `"type": "object", "required": ["x"], "properties": {"x": `

func TestCircles(t *testing.T) {
	for _, c := range []struct {
		name, definitions, sections string
		want                        []string
	}{
		{"none", `"A": {"type": "object"}`, "", nil},
		{"of one", `"A": {` + required + `{"$ref": "#/definitions/A"}}}`, "", []string{"A -> A by /definitions/A/properties/x"}},
		{"of two", `"A": {` + required + `{"$ref": "#/definitions/B"}}}, "B": {` + required + `{"$ref": "#/definitions/A"}}}`, "",
			[]string{"A -> B -> A by /definitions/B/properties/x"}},
		{"of three, told from the first", `"C": {` + required + `{"$ref": "#/definitions/A"}}}, "A": {` + required + `{"$ref": "#/definitions/B"}}}, "B": {` + required + `{"$ref": "#/definitions/C"}}}`, "",
			[]string{"C -> A -> B -> C by /definitions/B/properties/x"}},
		{"through an inner object", `"A": {` + required + `{` + required + `{"$ref": "#/definitions/A"}}}}}`, "",
			[]string{"A -> A by /definitions/A/properties/x/properties/x"}},
		{"of allOf", `"A": {"allOf": [{"$ref": "#/definitions/B"}]}, "B": {"allOf": [{"$ref": "#/definitions/A"}]}`, "",
			[]string{"A -> B -> A by /definitions/B/allOf/0"}},
		{"required beside allOf", `"A": {"required": ["x"], "allOf": [{"properties": {"x": {"$ref": "#/definitions/A"}}}]}`, "",
			[]string{"A -> A by /definitions/A/allOf/0/properties/x"}},
		{"of nothing but references", `"A": {"$ref": "#/definitions/B"}, "B": {"$ref": "#/definitions/A"}`, "",
			[]string{"A -> B -> A by /definitions/B"}},
		{"of parameters", `"A": {}`, `, "parameters": {"p": {"$ref": "#/parameters/q"}, "q": {"$ref": "#/parameters/p"}}`,
			[]string{"p -> q -> p by /parameters/q"}},
		{"of a list that is never empty", `"A": {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/A"}}`, "",
			[]string{"A -> A by /definitions/A/items"}},
		{"two", `"A": {` + required + `{"$ref": "#/definitions/A"}}}, "B": {` + required + `{"$ref": "#/definitions/B"}}}`, "",
			[]string{"A -> A by /definitions/A/properties/x", "B -> B by /definitions/B/properties/x"}},
		{"beside an optional one", `"A": {"required": ["x"], "properties": {"y": {"$ref": "#/definitions/A"}, "x": {"$ref": "#/definitions/A"}}}`, "",
			[]string{"A -> A by /definitions/A/properties/x"}},

		{"optional", `"A": {"type": "object", "properties": {"x": {"$ref": "#/definitions/A"}}}`, "", nil},
		{"half optional", `"A": {` + required + `{"$ref": "#/definitions/B"}}}, "B": {"properties": {"x": {"$ref": "#/definitions/A"}}}`, "", nil},
		{"nullable", `"A": {"x-nullable": true, ` + required + `{"$ref": "#/definitions/A"}}}`, "", nil},
		{"a list that may be empty", `"A": {` + required + `{"type": "array", "items": {"$ref": "#/definitions/A"}}}}`, "", nil},
		{"a dictionary", `"A": {` + required + `{"type": "object", "additionalProperties": {"$ref": "#/definitions/A"}}}}`, "", nil},
		{"items of a parameter", `"A": {"type": "array", "items": {"$ref": "#/definitions/A"}}`,
			`, "parameters": {"p": {"name": "p", "in": "query", "type": "array", "items": {"$ref": "#/definitions/A"}}}`, nil},
		{"a reference that leads nowhere", `"A": {` + required + `{"$ref": "#/definitions/A"}}}, "B": {"$ref": "#/definitions/C"}`, "", nil},
		{"a reference to another file", `"A": {` + required + `{"$ref": "#/definitions/A"}}}, "B": {"$ref": "b.json#/B"}`, "", nil},
		{"a reference to the whole", `"A": {"$ref": "#"}`, "", nil},
		{"a property named $ref", `"A": {"properties": {"$ref": {"type": "string"}}}`, "", nil},
		{"broken JSON", `"A": {` + required + `{"$ref": "#/definitions/A"}}},`, "", nil},
	} {
		if got := chains(definition(c.definitions, c.sections)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	for name, src := range map[string]string{"empty": "", "no object": "[]", "no version": "{}",
		"OpenAPI 3": strings.Replace(definition(`"A": {"$ref": "#/definitions/A"}`, ""), `"swagger": "2.0"`, `"openapi": "3.0.0"`, 1)} {
		if got := chains(src); got != nil {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// TestHostile gives texts that are large where it hurts.
func TestHostile(t *testing.T) {
	many := func(n int, each func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(each(i) + ",")
		}
		return b.String() + `"A": {"$ref": "#/definitions/D0"}`
	}
	deep := strings.Repeat(`{`+required, 450) + `{"type": "string"}` + strings.Repeat("}}", 450)
	for name, c := range map[string]struct {
		definitions string
		circles     int
	}{
		"deep nesting": {`"A": ` + deep, 0},
		"a ring": {many(60, func(i int) string {
			return fmt.Sprintf(`"D%d": {%s{"$ref": "#/definitions/D%d"}}}`, i, required, (i+1)%60)
		}), 1},
		"a long chain": {many(3000, func(i int) string {
			return fmt.Sprintf(`"D%d": {%s{"$ref": "#/definitions/D%d"}}}`, i, required, min(i+1, 2998)+i/2999)
		}), -1},
		"fan-out": {many(40, func(i int) string {
			return fmt.Sprintf(`"D%d": {"properties": {"a": {"$ref": "#/definitions/D%d"}, "b": {"$ref": "#/definitions/D%d"}}}`, i, min(i+1, 39), min(i+1, 39))
		}), 0},
		"everything to everything": {many(60, func(i int) string {
			var b strings.Builder
			for j := range 60 {
				fmt.Fprintf(&b, `, "n%d": {"$ref": "#/definitions/D%d"}`, j, j)
			}
			return fmt.Sprintf(`"D%d": {"properties": {%s}}`, i, b.String()[2:])
		}), 0},
		"more references than are looked at": {many(20_001, func(i int) string { return fmt.Sprintf(`"D%d": {"$ref": "#/definitions/D0"}`, i) }), 0},
	} {
		got := chains(definition(c.definitions, ""))
		if c.circles >= 0 && len(got) != c.circles {
			t.Errorf("%s: %d circles, want %d: %.200q", name, len(got), c.circles, got)
		}
	}
}

// TestRandom draws definitions at random: every circle that is reported is one, the answer is always the same, and of the
// definitions that hold such a circle nearly all have it reported.
func TestRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	with, found := 0, 0
	for range 300 {
		n := 2 + rng.IntN(6)
		requires := make([][]bool, n)
		var definitions []string
		for i := range n {
			requires[i] = make([]bool, n)
			var properties, names []string
			for k := range 1 + rng.IntN(2) {
				j := rng.IntN(n)
				properties = append(properties, fmt.Sprintf(`"p%d": {"$ref": "#/definitions/D%d"}`, k, j))
				if rng.IntN(2) == 0 {
					requires[i][j] = true
					names = append(names, fmt.Sprintf(`"p%d"`, k))
				}
			}
			definitions = append(definitions, fmt.Sprintf(`"D%d": {"required": [%s], "properties": {%s}}`, i, strings.Join(names, ","), strings.Join(properties, ",")))
		}
		src := definition(strings.Join(append(definitions, `"A": {}`), ","), "")
		circles := openapi.Circles(jsondoc.Parse(src))
		for _, c := range circles {
			for i, s := range c.Steps {
				var from, to int
				fmt.Sscanf(s.Definition.Key(), "D%d", &from)
				fmt.Sscanf(c.Steps[(i+1)%len(c.Steps)].Definition.Key(), "D%d", &to)
				if !requires[from][to] || !strings.HasSuffix(s.Ref.Text(), fmt.Sprintf("/D%d", to)) || !s.Ref.Inside(s.Definition) {
					t.Fatalf("D%d does not require D%d by %s in\n%s", from, to, s.Ref.Pointer(), src)
				}
			}
		}
		if again := chains(src); !slices.Equal(again, chains(src)) || len(again) != len(circles) {
			t.Fatalf("two answers about\n%s", src)
		}
		if cyclic(requires) {
			with++
			found += min(len(circles), 1)
		} else if len(circles) > 0 {
			t.Fatalf("no circle, but %v in\n%s", chains(src), src)
		}
	}
	t.Logf("circles found in %d of %d definitions that have one", found, with)
	if found*100 < with*95 {
		t.Errorf("circles found in %d of %d definitions that have one", found, with)
	}
}

// cyclic reports whether a graph has a circle.
func cyclic(edges [][]bool) bool {
	for k := range edges {
		for i := range edges {
			for j := range edges {
				edges[i][j] = edges[i][j] || edges[i][k] && edges[k][j]
			}
		}
	}
	for i := range edges {
		if edges[i][i] {
			return true
		}
	}
	return false
}

// TestPublished asks about real connectors: they work, so no circle is reported.
func TestPublished(t *testing.T) {
	paths, _ := filepath.Glob(filepath.FromSlash("../../../shared/corpus/*/*/apiDefinition.swagger.json"))
	paths = append(paths, filepath.FromSlash("../../testdata/connectors/pets/apiDefinition.swagger.json"))
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := chains(string(b)); got != nil {
			t.Errorf("%s: %q", path, got)
		}
	}
}

// TestStandardOutput checks that libopenapi, which logs to standard output unless told otherwise, writes nothing there.
func TestStandardOutput(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	saved := os.Stdout
	os.Stdout = w
	written := make(chan string)
	go func() {
		b, _ := io.ReadAll(r)
		written <- string(b)
	}()
	chains(definition(`"A": {"$ref": "#/definitions/B"}, "B": {"$ref": "#/definitions/A"}`, ""))
	os.Stdout = saved
	w.Close()
	if got := <-written; got != "" {
		t.Errorf("standard output got %q", got)
	}
}

func BenchmarkCircles(b *testing.B) {
	for _, name := range []string{"certified-connectors/CardsForPowerApps", "certified-connectors/Encodian"} {
		b.Run(filepath.Base(name), func(b *testing.B) {
			data, err := os.ReadFile(filepath.Join("../../../shared/corpus", name, "apiDefinition.swagger.json"))
			if err != nil {
				b.Skip("the corpus of real connectors is not here")
			}
			doc := jsondoc.Parse(string(data))
			b.ReportAllocs()
			for b.Loop() {
				openapi.Circles(doc)
			}
		})
	}
}
