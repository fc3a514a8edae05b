package diagnostics

import (
	"fmt"
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/shape"
	"paconn-ls/internal/spelling"
	"paconn-ls/internal/swagger"
)

// dynamicForm is how one of the dynamic extensions writes its parts. The forms are those of the Learn page
// "openapi-extensions"; x-ms-dynamic-tree is known from published connectors only.
type dynamicForm struct {
	object     string   // what the dialect calls the object that names the operation
	reference  string   // key of a reference to an input of the caller
	collection string   // key of the path to the array of choices
	value      string   // key of the path to the value of a choice
	paths      []string // keys of all paths within a choice
	schema     string   // key of the path to a schema in the answer
}

var dynamicForms = []dynamicForm{
	{object: "dynamic values", reference: "parameter", collection: "value-collection", value: "value-path", paths: []string{"value-path", "value-title"}},
	{object: "dynamic list", reference: "parameterReference", collection: "itemsPath", value: "itemValuePath", paths: []string{"itemValuePath", "itemTitlePath"}},
	{object: "dynamic schema", reference: "parameter", schema: "value-path"},
	{object: "dynamic properties", reference: "parameterReference", schema: "itemValuePath"},
	{object: "dynamic tree call", reference: "parameterReference", collection: "itemsPath", paths: []string{"itemValuePath", "itemTitlePath", "itemFullTitlePath"}},
}

// dynamicCall is one place of a definition where the platform calls an operation to fill a list of choices, a schema or
// one level of a tree.
type dynamicCall struct {
	form   *dynamicForm
	value  jsondoc.Value      // the object that names the operation
	target *swagger.Operation // nil when no operation, or none that exists, is named
}

var dynamicCalls = connector.NewMemo(func(f *connector.File) []dynamicCall {
	var calls []dynamicCall
	d := swagger.Of(f)
	for i := range dynamicForms {
		form := &dynamicForms[i]
		for v := range shape.Of(f).Objects(form.object) {
			if !v.Broken() {
				calls = append(calls, dynamicCall{form, v, d.Operation(v.Get("operationId").Text())})
			}
		}
	}
	return calls
})

// dynamicCallsOf returns the dynamic calls of the definition.
func dynamicCallsOf(p *Pass) []dynamicCall {
	f := p.Connector.Definition()
	if p.Shape(f) == nil {
		return nil
	}
	return dynamicCalls.Of(f)
}

// arguments returns the members of a call's parameters; none when they are not an object.
func arguments(call jsondoc.Value) func(yield func(jsondoc.Value) bool) {
	parameters := call.Get("parameters")
	if !parameters.IsObject() {
		parameters = jsondoc.Value{}
	}
	return parameters.Children()
}

// reportUnknownOperation reports an operationId that no operation has, with the nearest that are there.
func reportUnknownOperation(p *Pass, id jsondoc.Value, options ...Option) {
	name, ok := id.Str()
	if !ok || id.Broken() || p.Definition.Operation(name) != nil {
		return
	}
	if p.beyond(p.FileOf(id)) {
		return
	}
	message := fmt.Sprintf("no operation has the operationId %q", name)
	near := spelling.Nearest(name, p.Definition.OperationIDs())
	if len(near) > 0 {
		message += ", did you mean " + quoted(near, " or ") + "?"
	}
	for _, n := range near {
		options = append(options, Suggest("Change to "+n, id.Replace(jsondoc.Quote(n))...),
			p.Because(p.Definition.Operation(n).Value.Get("operationId"), fmt.Sprintf("%q is here", n)))
	}
	p.Report(id, message, options...)
}

// reportUnknownArguments reports the arguments of a call that its target has no input for.
func reportUnknownArguments(p *Pass, in *inputs, call jsondoc.Value, target *swagger.Operation) {
	for argument := range arguments(call) {
		name := argument.Key()
		if argument.Broken() || name == "" || in.has(target, name) || p.beyond(p.FileOf(argument)) {
			continue
		}
		names := in.candidates(target, "")
		near := spelling.Nearest(name, names)
		options := renames(argument, near)
		options = append(options, Suggest("Remove it", argument.Remove()...), because(p, target))
		p.ReportKey(argument, fmt.Sprintf("operation %q has no parameter %q", target.ID, name)+didYouMean(name, names), options...)
	}
}

// because points at the operation that is called.
func because(p *Pass, target *swagger.Operation) Option {
	return p.Because(target.Value.Get("operationId"), "this operation is called")
}

// elements finds out what the choices of a call are taken from. ok is false when the definition does not say.
func elements(ix *schemaIndex, call dynamicCall) (e elementsFound, ok bool) {
	if call.form.collection == "" || call.target == nil {
		return e, false
	}
	output := call.target.Output()
	if !output.Exists() {
		return e, false
	}
	e.path, e.schema = call.value.Get(call.form.collection), output
	if e.path.Exists() && !e.path.IsString() {
		return e, false
	}
	if text := strings.Trim(e.path.Text(), "/"); text != "" {
		step := ix.follow(output, strings.Split(text, "/"))
		if !step.certain {
			return e, false
		}
		e.stop, e.schema = step, step.found
		if !step.found.Exists() {
			return e, true
		}
	}
	if items := ix.part(e.schema, "items"); items.Exists() {
		e.array, e.element = true, ix.doc.Deref(items)
		return e, e.element.Exists()
	}
	return e, !ix.open(e.schema) && !isFile(ix.doc.Deref(e.schema))
}

// elementsFound is where the choices of a dynamic call come from.
type elementsFound struct {
	path    jsondoc.Value // the path to the array, absent when none is given
	stop    pathStep      // where following the path ended
	schema  jsondoc.Value // what the path leads to, absent when it leads nowhere
	array   bool          // that is an array
	element jsondoc.Value // the schema of one choice
}

func isFile(schema jsondoc.Value) bool {
	return schema.Get("type").Text() == "file" || schema.Get("format").Text() == "binary"
}

// isPlain reports whether a schema is that of a single value, which no path leads into.
func (ix *schemaIndex) isPlain(schema jsondoc.Value) bool {
	switch ix.part(schema, "type").Text() {
	case "string", "integer", "number", "boolean":
		return true
	}
	return false
}
