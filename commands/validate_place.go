package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"paconn-ls/internal/connector"
	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
	"paconn-ls/internal/swagger"
)

// placed is where in a definition something belongs that the service says.
type placed struct {
	span    source.Span
	pointer string // of the value; "" when it could not be told
	message string // without the place
}

// placer finds the places in one definition.
type placer struct {
	file *connector.File
	api  *swagger.Document
}

func newPlacer(file *connector.File) placer { return placer{file, swagger.Of(file)} }

// place finds what a saying is about: by the pointer that it names, whole or as far as there is something; else by the
// operation, path, reference or definition that its text names; else by a line; else it is the start of the document.
func (p placer) place(s saying) placed {
	where, text := s.where, s.text
	if m := valuePath.FindStringSubmatch(text); m != nil && where == "" {
		where, text = m[1]+m[2], strings.TrimSpace(strings.Replace(text, m[0], "", 1))
	}
	if where == "" {
		where, text = p.cut(text)
	}
	v, _ := p.follow(where)
	if !v.Parent().Exists() {
		v = p.named(text)
		if strings.Trim(where, "#/") != "" {
			text += " (" + where + ")"
		}
	}
	if text == "" {
		text = s.text
	}
	out := placed{message: text}
	switch span, ok := p.line(text); {
	case v.Parent().Exists():
		out.span, out.pointer = smallest(v), v.Pointer()
	case ok:
		at := p.file.Doc().At(span.Start)
		out.span, out.pointer = span, at.Pointer()
	default:
		out.span = p.file.Root().Name()
	}
	return out
}

// smallest returns the text to underline: a value itself, of an object or array its key.
func smallest(v jsondoc.Value) source.Span {
	if v.IsObject() || v.IsArray() {
		return v.Name()
	}
	return v.Span()
}

// valuePath is how Microsoft's pipelines write the place, behind the text.
var valuePath = regexp.MustCompile(`\s*ValuePath:\s*(?:'([^']*)'|(\S+))(?:\s+(?:Value|Source):.*)?`)

// cut takes the place off the front of a text: "info : The 'contact' property is required." What names nothing that is
// there is taken for a place too, when it starts with a member of the document and holds no blank.
func (p placer) cut(text string) (where, rest string) {
	if rest, ok := strings.CutPrefix(text, ": "); ok {
		return "", rest
	}
	for i := 0; ; {
		n := strings.Index(text[i:], " : ")
		if n < 0 {
			break
		}
		i += n
		if _, whole := p.follow(text[:i]); whole {
			return text[:i], text[i+3:]
		}
		i += 3
	}
	where, rest, ok := strings.Cut(text, " : ")
	if v, _ := p.follow(where); !ok || strings.ContainsAny(where, " \t") || !v.Parent().Exists() {
		return "", text
	}
	return where, rest
}

// follow returns the value that a place leads to, or as far as there is one; whole tells which. A place is a JSON pointer
// with or without what it begins with, or "operation/" and an operationId.
func (p placer) follow(where string) (v jsondoc.Value, whole bool) {
	where = strings.Trim(strings.TrimPrefix(strings.TrimSpace(where), "#"), "/")
	v = p.api.Root
	if where == "" {
		return v, false
	}
	if id, ok := strings.CutPrefix(where, "operation/"); ok {
		id, _, _ = strings.Cut(id, "/")
		if op := p.api.Operation(id); op != nil {
			return op.Value, true
		}
	}
	for token := range strings.SplitSeq(where, "/") {
		next := v.Resolve("/" + token)
		if !next.Exists() {
			next = v.GetFold(strings.NewReplacer("~1", "/", "~0", "~").Replace(token))
		}
		if !next.Exists() {
			return v, false
		}
		v = next
	}
	return v, true
}

// named returns what a text names, absent when that is nothing.
func (p placer) named(text string) jsondoc.Value {
	words := quotedIn(text)
	if op := p.operation(text, words); op != nil {
		return inOperation(op, words)
	}
	if v := p.jsonPath(text); v.Parent().Exists() {
		return v
	}
	for _, item := range p.api.Paths {
		if slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, item.Path) }) {
			return item.Value
		}
	}
	return p.definition(text, words)
}

// operation returns the operation that a text names by its operationId, or by its method and path.
func (p placer) operation(text string, words []string) *swagger.Operation {
	for _, w := range words {
		if op := p.api.Operation(w); op != nil {
			return op
		}
	}
	for _, m := range methodAndPath.FindAllStringSubmatch(text, -1) {
		for _, op := range p.api.Operations {
			if strings.EqualFold(op.Method, m[1]) && strings.EqualFold(op.Item.Path, m[2]) {
				return op
			}
		}
	}
	for _, op := range p.api.Operations {
		if slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, op.Item.Path) }) &&
			slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, op.Method) }) {
			return op
		}
	}
	return nil
}

// methodAndPath is how texts name an operation that has no id: "GET /pets".
var methodAndPath = regexp.MustCompile(`(?i)\b(get|put|post|delete|options|head|patch):?\s+['"]?(/[^\s'"]*)`)

// inOperation returns the parameter or response of an operation that a text names, else what names the operation.
func inOperation(op *swagger.Operation, words []string) jsondoc.Value {
	for v := range op.Value.Get("parameters").Children() {
		if name := v.Get("name").Text(); name != "" && slices.Contains(words, name) {
			return v
		}
	}
	for v := range op.Value.Get("responses").Children() {
		if slices.Contains(words, v.Key()) {
			return v
		}
	}
	if id := op.Value.Get("operationId"); id.Exists() {
		return id
	}
	return op.Value
}

// definition returns the reference, or the definition, parameter, response or security definition, that a text names.
func (p placer) definition(text string, words []string) jsondoc.Value {
	for _, ref := range reference.FindAllString(text, -1) {
		pointer, _ := jsondoc.FragmentPointer(ref)
		if v := p.api.Root.Resolve(pointer); v.Exists() {
			return v
		}
		for v := range p.api.Root.Descendants() {
			if v.Key() == "$ref" && v.Text() == ref {
				return v
			}
		}
	}
	for _, section := range []string{"definitions", "parameters", "responses", "securityDefinitions"} {
		for _, w := range words {
			if v := p.api.Root.Path(section, w); v.Exists() {
				return v
			}
		}
	}
	return jsondoc.Value{}
}

var reference = regexp.MustCompile(`#/[^\s'",;]+[^\s'",;.]`)

// quotedIn returns what stands between two quotes of a kind, wherever the first of them is: an apostrophe is none.
func quotedIn(text string) []string {
	var words []string
	for i := 0; i < len(text); i++ {
		if !strings.ContainsRune("'\"`", rune(text[i])) {
			continue
		}
		if n := strings.IndexByte(text[i+1:], text[i]); n > 0 && n < 500 {
			words = append(words, text[i+1:i+1+n])
		}
	}
	return words
}

// jsonPath returns the value that a path leads to which .NET's JSON reader writes: Path 'paths['/a b'].get.parameters[0]'.
// It leads as far as there is something.
func (p placer) jsonPath(text string) jsondoc.Value {
	m := readerPath.FindStringSubmatch(text)
	if m == nil {
		return jsondoc.Value{}
	}
	v := p.api.Root
	for _, step := range readerStep.FindAllStringSubmatch(m[1], -1) {
		next := v.Get(step[1] + step[3])
		if step[2] != "" {
			index, _ := strconv.Atoi(step[2])
			next = v.At(index)
		}
		if !next.Exists() {
			break
		}
		v = next
	}
	return v
}

var (
	readerPath = regexp.MustCompile(`Path '(.*)', line \d+, position \d+`)
	readerStep = regexp.MustCompile(`\['((?:[^'\\]|\\.)*)'\]|\[(\d+)\]|([^.\[\]]+)`)
	lineNumber = regexp.MustCompile(`(?i)\bline:?\s+(\d+)(?:,?\s+(?:position|column|col|char|character):?\s+(\d+))?`)
)

// line returns the place of a line, and of a column of it, that a text names; ok is false when there is none.
func (p placer) line(text string) (span source.Span, ok bool) {
	m := lineNumber.FindStringSubmatch(text)
	if m == nil {
		return span, false
	}
	content := p.file.Content
	line, err := strconv.Atoi(m[1])
	if err != nil || line < 1 || line > content.LineCount() {
		return span, false
	}
	span = content.Line(line - 1)
	if column, err := strconv.Atoi(m[2]); err == nil && column > 0 {
		if line == 1 && strings.HasPrefix(content.String(), source.BOM) {
			column++ // what was sent has no byte order mark
		}
		at := content.Offset(source.Position{Line: line - 1, Column: column - 1}, source.UTF16)
		return source.Span{Start: at, End: at}, true
	}
	for span.Start < span.End && strings.ContainsRune(" \t", rune(content.String()[span.Start])) {
		span.Start++
	}
	return span, true
}
