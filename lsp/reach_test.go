package lsp_test

import (
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
)

// TestFixOfLostComma checks where the fix of a comma that is not there is offered: at the place behind the value; at the last
// character before it, where the caret of Vim is; and at the next token, where the client's JSON server has its mark.
func TestFixOfLostComma(t *testing.T) {
	dir := t.TempDir()
	pets(t, dir)
	path := filepath.Join(dir, "apiDefinition.swagger.json")
	sound := read(t, path)
	broken := strings.Replace(sound, `"swagger": "2.0",`, `"swagger": "2.0"`, 1)
	for _, tt := range []struct {
		init, at string
		want     int
	}{
		{`{}`, "\"swagger\": \"2.0\"¦\n", 1},
		{`{}`, "\"swagger\": \"2.0¦\"\n", 1},
		{`{}`, "\"swagger\": \"2.¦0\"\n", 0},
		{`{}`, "\"in¦fo\": {", 0},
		{`{"syntax": false}`, "\"swagger\": \"2.0¦\"\n", 1},
		{`{"syntax": false}`, "¦\"info\": {", 1},
		{`{"syntax": false}`, "\"in¦fo\": {", 1},
		{`{"syntax": false}`, "\"info\": ¦{", 0},
	} {
		t.Run(tt.init+tt.at, func(t *testing.T) {
			_, at := caret(t, mark(t, broken, tt.at))
			bubble(t, setup{caps: pushes, init: tt.init}, func(e *editor) {
				e.open(path, 1, broken)
				got := e.actions(path, protocol.Range{Start: at, End: at}, protocol.CodeActionKindQuickFix)
				if len(got) != tt.want {
					t.Fatalf("%d fixes, not %d", len(got), tt.want)
				}
				if len(got) == 1 {
					if text, _ := applied(t, broken, got[0]); text != sound {
						t.Errorf("%q leaves %s", got[0].Title, text)
					}
				}
			})
		})
	}
}
