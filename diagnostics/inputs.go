package diagnostics

import (
	"strings"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/swagger"
)

// inputs tells which names stand for an input of an operation. Published connectors write them in four ways: the name
// of a parameter, the name of a property somewhere in the body, a path with slashes ("body/app/id") and one with dots
// ("WebHook.LifecycleId").
type inputs struct {
	*schemaIndex
	bodies map[int]*bodyNames
	budget int // how many more schemas may be looked at
}

// bodyNames are the names of the properties in a body at any depth.
type bodyNames struct {
	names    map[string]bool
	anything bool // the body may hold any name
}

// maxSchemas is how many schemas are looked at in one definition for the names in bodies. Beyond it every name passes.
const maxSchemas = 1 << 20

func newInputs(d *swagger.Document) *inputs {
	return &inputs{schemaIndex: newSchemaIndex(d), bodies: map[int]*bodyNames{}, budget: maxSchemas}
}

// has reports whether a name may stand for an input of the operation; true where the definition does not say.
func (in *inputs) has(op *swagger.Operation, name string) bool {
	for _, p := range op.Parameters() {
		if p.Name == name || !p.Value.Exists() {
			return true
		}
	}
	body, ok := op.Body()
	if !ok {
		return false
	}
	schema := in.doc.Deref(body.Value.Get("schema"))
	if !schema.IsObject() {
		return true
	}
	if b := in.namesOf(schema); b.anything || b.names[name] {
		return true
	}
	for _, separator := range []string{"/", "."} {
		path := strings.Split(name, separator)
		if (path[0] == body.Name || path[0] == "body") && in.leads(schema, path[1:]) || len(path) > 1 && in.leads(schema, path) {
			return true
		}
	}
	return false
}

func (in *inputs) leads(schema jsondoc.Value, path []string) bool {
	step := in.follow(schema, path)
	return step.found.Exists() || !step.certain
}

// namesOf returns the names in a body. They are gathered once for each schema.
func (in *inputs) namesOf(body jsondoc.Value) *bodyNames {
	b, ok := in.bodies[body.ID()]
	if ok {
		return b
	}
	b = &bodyNames{names: map[string]bool{}, anything: in.open(body)}
	in.bodies[body.ID()] = b
	seen := map[int]bool{}
	for queue := []jsondoc.Value{body}; len(queue) > 0 && !b.anything; queue = queue[1:] {
		for part := range in.doc.Parts(queue[0]) {
			if seen[part.ID()] {
				continue
			}
			seen[part.ID()] = true
			in.budget--
			b.anything = b.anything || in.budget < 0 || isDynamic(part)
			for p := range part.Get("properties").Children() {
				b.names[p.Key()] = true
				queue = append(queue, p)
			}
			queue = append(queue, part.Get("items"), part.Get("additionalProperties"))
		}
	}
	return b
}

// candidates returns the names to suggest for an input: parameters, and the properties of the body behind prefix.
func (in *inputs) candidates(op *swagger.Operation, prefix string) []string {
	var names []string
	for _, p := range op.Parameters() {
		if p.In != "body" {
			names = append(names, p.Name)
			continue
		}
		for _, name := range in.names(p.Value.Get("schema")) {
			names = append(names, prefix+name)
		}
	}
	return names
}
