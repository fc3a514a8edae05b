package dialect_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"paconn-ls/internal/dialect"
)

// reader compares a file with the dialect in the plainest way; the rules of the linter do it with spans and mercy.
type reader struct {
	file     string
	findings map[string][]string // by level and kind, where
}

func (r *reader) say(level dialect.Level, what, where string) {
	name := [...]string{"strict", "lenient", "tolerated", "ignored"}[level]
	r.findings[name+" "+what] = append(r.findings[name+" "+what], r.file+where)
}

func kindOf(v any) dialect.Kinds {
	switch v := v.(type) {
	case nil:
		return dialect.Null
	case bool:
		return dialect.Bool
	case json.Number:
		if !strings.ContainsAny(v.String(), ".eE") {
			return dialect.Integer | dialect.Number
		}
		return dialect.Number
	case string:
		return dialect.String
	case []any:
		return dialect.Array
	}
	return dialect.Mapping
}

func (r *reader) value(v *dialect.Value, found any, where string) {
	if v.Kinds&kindOf(found) == 0 {
		r.say(v.Level, "kind", where)
		return
	}
	switch found := found.(type) {
	case string:
		known := func(c dialect.Choice) bool {
			return c.Value == found || v.Fold && strings.EqualFold(c.Value, found)
		}
		if len(v.Enum) > 0 && !v.Open && !slices.ContainsFunc(v.Enum, known) {
			r.say(v.Level, "value", where+" = "+found)
		}
	case []any:
		for i, e := range found {
			if v.Items != nil {
				r.value(v.Items, e, fmt.Sprintf("%s/%d", where, i))
			}
		}
	case map[string]any:
		r.object(v.Mapping(), found, where)
	}
}

func (r *reader) object(o *dialect.Object, found map[string]any, where string) {
	o = o.Choose(func(key string) (string, bool) {
		v, present := found[key]
		s, _ := v.(string)
		return s, present
	})
	if o == nil {
		return
	}
	for _, k := range o.Keys {
		if _, present := found[k.Name]; k.Required && !present {
			r.say(k.Missing, "missing", where+"/"+k.Name)
		}
	}
	for name, v := range found {
		here := where + "/" + name
		key := o.Key(name)
		if key == nil && o.FoldKeys {
			key = o.KeyFold(name)
		}
		extension := strings.HasPrefix(name, "x-ms-")
		switch {
		case key != nil:
			r.value(&key.Value, v, here)
		case o.Extensions && strings.HasPrefix(name, "x-") && !extension:
		case o.Names != nil:
			r.value(o.Names, v, here)
		case o.Extensions && extension:
			r.say(dialect.Lenient, "extension", here+" ("+o.Name+")")
		default:
			r.say(o.Unknown, "key", here+" ("+o.Name+")")
		}
	}
}

// Real connectors, when they are at hand, hold nothing that is called an error, but for what truly is one.
func TestRealConnectors(t *testing.T) {
	roots := map[string]*dialect.Object{
		"apiDefinition.swagger.json": dialect.Definition(), "apiProperties.json": dialect.Properties(), "settings.json": dialect.Settings(),
	}
	r := &reader{findings: map[string][]string{}}
	read := 0
	for name, root := range roots {
		files, _ := filepath.Glob(filepath.Join("../../../shared/corpus/*/*", name))
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
			d.UseNumber()
			found := map[string]any{}
			if d.Decode(&found) != nil {
				continue // broken on purpose
			}
			read++
			r.file = filepath.Base(filepath.Dir(file)) + " "
			r.object(root, found, "")
		}
	}
	if read == 0 {
		t.Skip("no real connectors at hand")
	}
	for kind, places := range r.findings {
		slices.Sort(places)
		for i, place := range places {
			if strings.HasPrefix(kind, "strict") {
				t.Errorf("%s: %s", kind, place)
			} else if i < 40 {
				t.Logf("%s: %s", kind, place)
			}
		}
		t.Logf("%d × %s", len(places), kind)
	}
}
