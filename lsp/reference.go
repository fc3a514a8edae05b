package lsp

import (
	"fmt"
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/shape"
	"paconn-ls/internal/swagger"
)

// listsOfOperations are the keys of apiProperties.json whose arrays hold operationIds.
var listsOfOperations = map[string]bool{"scriptOperations": true, "x-ms-apimTemplate-operationName": true}

// reference returns what a string refers to: the target of a $ref, or the operation whose operationId it names.
func reference(doc *swagger.Document, sh *shape.Shape, v jsondoc.Value) (target jsondoc.Value, ok bool) {
	text, isString := v.Str()
	if !isString || doc == nil {
		return jsondoc.Value{}, false
	}
	if v.Key() == "$ref" {
		target = doc.Resolve(text)
		return target, target.Exists()
	}
	if !namesOperation(sh, v) {
		return jsondoc.Value{}, false
	}
	if op := doc.Operation(text); op != nil {
		return op.Value, true
	}
	return jsondoc.Value{}, false
}

// namesOperation reports whether a string stands where the operationId of another place is expected.
func namesOperation(sh *shape.Shape, v jsondoc.Value) bool {
	parent := v.Parent()
	switch key := v.Key(); {
	case parent.IsArray():
		return listsOfOperations[parent.Key()]
	case key == "operationId":
		object := sh.Place(parent).Object
		return object != nil && object.Name != "operation"
	case key == "operationName":
		return parent.Key() == "x-ms-pageable"
	}
	return false
}

// summary describes a part of a definition in a few lines of Markdown; "" for what there is nothing to say of.
func summary(c *connector.Connector, v jsondoc.Value) string {
	doc := swagger.Of(c.Definition())
	if doc == nil || v.Doc() != doc.Root.Doc() {
		return ""
	}
	if op := doc.OperationAt(v); op != nil && op.Value == v {
		return operationSummary(op)
	}
	switch section := v.Parent(); {
	case section.Parent() == doc.Root && section.Key() == "parameters":
		return parameterSummary(v)
	case section.Parent() == doc.Root && section.Key() == "definitions":
		return join("**"+prose(v.Key())+"**"+title(v), description(v), properties(doc, v))
	case section.Parent() == doc.Root && section.Key() == "responses":
		return join("**"+prose(v.Key())+"**", description(v), properties(doc, v.Get("schema")))
	}
	return ""
}

func description(v jsondoc.Value) string { return prose(v.Get("description").Text()) }

// title returns what the designers call a schema or parameter.
func title(v jsondoc.Value) string {
	for _, key := range []string{"x-ms-summary", "title", "summary"} {
		if t := v.Get(key).Text(); t != "" {
			return " · " + prose(t)
		}
	}
	return ""
}

func operationSummary(op *swagger.Operation) string {
	head := "**" + code(strings.ToUpper(op.Method)+" "+op.Item.Path) + "**"
	if op.ID != "" {
		head += " · " + code(op.ID)
	}
	var lines []string
	for _, p := range op.Parameters() {
		if p.Name != "" {
			lines = append(lines, "- "+code(p.Name)+" in "+prose(p.In)+required(p.Value)+title(p.Value))
		}
	}
	return join(head, prose(op.Value.Get("summary").Text()), description(op.Value), bounded(lines))
}

func parameterSummary(v jsondoc.Value) string {
	kind := v.Get("type").Text()
	if kind != "" {
		kind = " · " + prose(kind)
	}
	return join("**"+code(v.Get("name").Text())+"** in "+prose(v.Get("in").Text())+kind+required(v)+title(v), description(v))
}

// required says that a value of a parameter must be given.
func required(v jsondoc.Value) string {
	if v.Get("required").IsTrue() {
		return " · required"
	}
	return ""
}

// properties lists the properties of a schema.
func properties(doc *swagger.Document, schema jsondoc.Value) string {
	var lines []string
	for p := range doc.Properties(schema) {
		line := "- " + code(p.Key())
		if kind := p.Get("type").Text(); kind != "" {
			line += ": " + prose(kind)
		} else if _, name, ok := swagger.SplitRef(p.Get("$ref").Text()); ok {
			line += ": " + prose(name)
		}
		lines = append(lines, line+title(p))
	}
	return bounded(lines)
}

// mostLines is how long a list in a hover may be.
const mostLines = 20

func bounded(lines []string) string {
	if more := len(lines) - mostLines; more > 0 {
		lines = append(lines[:mostLines:mostLines], fmt.Sprintf("- and %d more", more))
	}
	return strings.Join(lines, "\n")
}
