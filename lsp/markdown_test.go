package lsp_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// TestHoverOfStrangers hovers over a definition that somebody wrote who would like a picture fetched, and a link followed.
func TestHoverOfStrangers(t *testing.T) {
	const name = "x`** ![p](https://evil.example/p.png) [c](command:x) <img src=https://evil.example> `"
	text, err := json.MarshalIndent(map[string]any{
		"swagger": "2.0",
		"paths": map[string]any{"/a": map[string]any{"get": map[string]any{"operationId": name, "summary": name, "description": name,
			"parameters": []any{map[string]any{"name": name, "in": name, "type": name, "x-ms-summary": name}, map[string]any{"$ref": "#/parameters/P"}},
			"responses":  map[string]any{"200": map[string]any{"$ref": "#/responses/R"}, "400": map[string]any{"schema": map[string]any{"$ref": "#/definitions/D"}}}}}},
		"parameters":  map[string]any{"P": map[string]any{"name": name, "in": name, "type": name, "title": name, "description": name}},
		"responses":   map[string]any{"R": map[string]any{"description": name}},
		"definitions": map[string]any{"D": map[string]any{"title": name, "description": name, "properties": map[string]any{name: map[string]any{"type": name, "title": name}}}},
		name:          1,
	}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "apiDefinition.swagger.json")
	live := regexp.MustCompile("(^|[^\\\\`])(<img|\\[c\\]|!\\[p\\])")
	spans := regexp.MustCompile("(?s)`` .*? ``")
	bubble(t, setup{roots: []string{dir}}, func(e *editor) {
		e.open(path, 1, string(text))
		shown := 0
		for line, content := range strings.Split(string(text), "\n") {
			for column := 0; column < len(content); column += 3 {
				var hover *protocol.Hover
				at := map[string]any{"textDocument": map[string]any{"uri": "file://" + path}, "position": map[string]any{"line": line, "character": column}}
				if err := e.ask(protocol.MethodTextDocumentHover, at, &hover); err != nil || hover == nil {
					continue
				}
				markdown := fmt.Sprint(hover.Contents.(*protocol.MarkupContent).Value)
				if strings.Contains(markdown, "evil.example") {
					shown++
				}
				if found := live.FindString(spans.ReplaceAllString(markdown, "")); found != "" {
					t.Errorf("%d:%d: %q is live in %s", line, column, found, markdown)
				}
			}
		}
		if shown < 20 {
			t.Errorf("only %d hovers tell what the file says", shown)
		}
	})
}
