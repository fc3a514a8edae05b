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
	parameters map[*swagger.Operation]*ownNames
	bodies     map[int]*bodyNames
	budget     int // how many more schemas may be looked at
}

// ownNames are the names of an operation's parameters.
type ownNames struct {
	told    map[string]bool
	unknown bool // a reference that leads nowhere hides one
	body    swagger.Parameter
	hasBody bool
}

// bodyNames are the names of the properties in a body at any depth.
type bodyNames struct {
	told     map[string]bool // the names in the schemas
	anything bool            // the body may hold other names too: it is free, or some of it is dynamic
	unknown  bool            // the names were not gathered
}

// maxSchemas is how many schemas are looked at in one definition for the names in bodies. Beyond it every name passes.
const maxSchemas = 1 << 20

func newInputs(d *swagger.Document) *inputs {
	return &inputs{schemaIndex: newSchemaIndex(d), parameters: map[*swagger.Operation]*ownNames{}, bodies: map[int]*bodyNames{}, budget: maxSchemas}
}

// has reports whether a name may stand for an input of the operation. Where the body is free or dynamic any name may.
func (in *inputs) has(op *swagger.Operation, name string) bool {
	return in.tells(op, name) || in.body(op).anything
}

// tells reports whether a name stands for an input that the definition tells of, or leads into a part of the body that
// it leaves open; true as well where a reference that leads nowhere hides what there is.
func (in *inputs) tells(op *swagger.Operation, name string) bool {
	own := in.parametersOf(op)
	if own.unknown || own.told[name] {
		return true
	}
	if !own.hasBody {
		return false
	}
	body := own.body
	if b := in.body(op); b.unknown || b.told[name] {
		return true
	}
	schema := body.Value.Get("schema")
	for _, separator := range []string{"/", "."} {
		path := strings.Split(name, separator)
		if (path[0] == body.Name || path[0] == "body") && in.leads(schema, path[1:]) || len(path) > 1 && in.leads(schema, path) {
			return true
		}
	}
	return false
}

func (in *inputs) parametersOf(op *swagger.Operation) *ownNames {
	own, ok := in.parameters[op]
	if !ok {
		own = &ownNames{told: map[string]bool{}}
		own.body, own.hasBody = op.Body()
		for _, p := range op.Parameters() {
			own.told[p.Name] = true
			own.unknown = own.unknown || !p.Value.Exists()
		}
		in.parameters[op] = own
	}
	return own
}

func (in *inputs) leads(schema jsondoc.Value, path []string) bool {
	step := in.follow(schema, path)
	return step.found.Exists() || !step.certain
}

// body returns the names in the body of an operation. They are gathered once for each schema.
func (in *inputs) body(op *swagger.Operation) *bodyNames {
	own := in.parametersOf(op)
	if !own.hasBody {
		return &bodyNames{}
	}
	schema := in.doc.Deref(own.body.Value.Get("schema"))
	if !schema.IsObject() {
		return &bodyNames{unknown: true, anything: true}
	}
	b, ok := in.bodies[schema.ID()]
	if !ok {
		b = &bodyNames{told: map[string]bool{}, anything: in.open(schema)}
		in.bodies[schema.ID()] = b
		in.gather(b, schema)
	}
	return b
}

// gather walks the schemas of a body, breadth first.
func (in *inputs) gather(b *bodyNames, body jsondoc.Value) {
	seen := map[int]bool{}
	for queue := []jsondoc.Value{body}; len(queue) > 0; queue = queue[1:] {
		for part := range in.doc.Parts(queue[0]) {
			if seen[part.ID()] {
				continue
			}
			seen[part.ID()] = true
			if in.budget--; in.budget < 0 {
				b.unknown = true
				return
			}
			b.anything = b.anything || isDynamic(part)
			for p := range part.Get("properties").Children() {
				b.told[p.Key()] = true
				queue = append(queue, p)
			}
			queue = append(queue, part.Get("items"), part.Get("additionalProperties"))
		}
	}
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
