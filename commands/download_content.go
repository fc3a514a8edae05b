package commands

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// definitionText returns a definition as it is to be written. It refuses what is no definition: pages and messages that
// stand in its place, and texts that are not UTF-8, which JSON is (RFC 8259).
func definitionText(content []byte) (string, error) {
	text := strings.TrimPrefix(string(content), source.BOM)
	if len(content) >= 2 && (content[0] == 0 || content[1] == 0 || content[0] == 0xff && content[1] == 0xfe || content[0] == 0xfe && content[1] == 0xff) {
		return "", errors.New("it is in UTF-16, but has to be in UTF-8")
	}
	if what := otherThan(content, "JSON"); what != "" {
		return "", errors.New("it is " + what)
	}
	doc, err := parsed(text)
	if err != nil {
		return "", err
	}
	root := doc.Root()
	if !root.IsObject() || !slices.ContainsFunc([]string{"swagger", "openapi", "paths"}, func(key string) bool { return root.Get(key).Exists() }) {
		return "", errors.New(`it is JSON, but no definition of an API: it has neither "swagger" nor "paths"`)
	}
	return jsondoc.Format(root), nil
}

// parsed returns the tree of a JSON text. The error names the first mistake and its place.
func parsed(text string) (*jsondoc.Doc, error) {
	if !utf8.ValidString(text) {
		return nil, errors.New("it is not in UTF-8")
	}
	doc := jsondoc.Parse(text)
	if problems := doc.Errors(); len(problems) > 0 {
		at := source.New(text).Position(problems[0].Span.Start, source.UTF32)
		return nil, fmt.Errorf("it is not JSON: line %d, column %d: %s", at.Line+1, at.Column+1, problems[0].Message)
	}
	return doc, nil
}

// otherThan tells what a file is that is not what it should be, "" when nothing is known against it.
func otherThan(content []byte, wanted string) string {
	text := strings.ToLower(string(bytes.TrimSpace(bytes.TrimPrefix(content[:min(len(content), 1024)], []byte(source.BOM)))))
	what := ""
	switch {
	case text == "":
		what = "empty"
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"):
		what = "an HTML page"
	case strings.HasPrefix(text, "<"):
		what = "XML"
	case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "["):
		what = "JSON"
	}
	if what == wanted {
		return ""
	}
	return what
}

// checkScript refuses what stands in the place of a script: C# starts with no bracket.
func checkScript(content []byte) error {
	if what := otherThan(content, "C#"); what != "" {
		return errors.New("it is " + what)
	}
	return nil
}

// pictures are how files of pictures start: PNG and JPEG, which Power Apps takes, and what else is uploaded as an icon.
var pictures = []string{"\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "GIF87a", "GIF89a", "BM", "\x00\x00\x01\x00", "II*\x00", "MM\x00*"}

// checkIcon refuses what is no picture by its first bytes.
func checkIcon(content []byte) error {
	for _, start := range pictures {
		if bytes.HasPrefix(content, []byte(start)) {
			return nil
		}
	}
	content = unzipped(content)
	what := otherThan(content, "a picture")
	switch {
	case bytes.HasPrefix(content, []byte("RIFF")) && len(content) >= 12 && string(content[8:12]) == "WEBP":
		return nil
	case what == "XML" && bytes.Contains(content[:min(len(content), svgWithin)], []byte("<svg")):
		return nil
	case what == "":
		return errors.New("it is no picture")
	}
	return errors.New("it is " + what)
}

// svgWithin is how far from the start of an SVG its first element may be: editors put remarks and declarations before it.
const svgWithin = 64 << 10

// unzipped returns what an .svgz holds, as far as it is looked at, and other files as they are.
func unzipped(content []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return content
	}
	start, _ := io.ReadAll(io.LimitReader(r, svgWithin))
	return start
}

// propertiesKeys are the properties of a connector that belong into its file, in the order in which they stand there
// (seen from paconn 0.0.21). All that a file may hold is among them: the others that the service answers with are its
// own, and refused when they are sent back.
var propertiesKeys = []string{
	"connectionParameters", "connectionParameterSets", "iconBrandColor", "scriptOperations", "capabilities",
	"policyTemplateInstances", "publisher", "stackOwner",
}

// certificationKeys are the properties that only the certification reads. The service does not take the owner of a
// private connector (PowerPlatformConnectors issue 614), so it cannot give it back.
var certificationKeys = []string{"publisher", "stackOwner"}

// propertiesText returns the properties file of a connector with the properties that the service gives. What the service
// cannot know stays as it is in the old file: its schema for editors, and the properties that are named in kept.
func propertiesText(properties jsondoc.Value, old string) (text string, kept []string) {
	before := jsondoc.Parse(old)
	if len(before.Errors()) > 0 {
		before = jsondoc.Parse("{}")
	}
	var b strings.Builder
	b.WriteString("{")
	if schema := before.Root().Get("$schema"); schema.Exists() {
		b.WriteString(`"$schema": ` + schema.Raw() + ",")
	}
	b.WriteString(`"properties": {`)
	separator := ""
	for _, key := range propertiesKeys {
		value := properties.Get(key)
		mine := before.Root().Path("properties", key)
		if slices.Contains(certificationKeys, key) && mine.Text() != "" && value.Text() == "" {
			value, kept = mine, append(kept, key)
		}
		if value.Exists() {
			b.WriteString(separator + jsondoc.Quote(key) + ":" + value.Raw())
			separator = ","
		}
	}
	b.WriteString("}}")
	return jsondoc.Format(jsondoc.Parse(b.String()).Root()), kept
}
