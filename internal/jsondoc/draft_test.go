package jsondoc_test

import (
	"encoding/json"
	"strings"
	"testing"

	"paconn-ls/internal/jsondoc"
)

// TestDraft checks that what is not touched stays to the letter, and where what is put in stands.
func TestDraft(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		change func(*jsondoc.Draft)
		want   string
	}{
		"order, numbers and escapes stay":   {`{ "z": 1e400, "a": [1.0, -0, 12345678901234567890], "ü": "\u00fc\/\ud800" }`, nil, `{"z":1e400,"a":[1.0,-0,12345678901234567890],"ü":"\u00fc\/\ud800"}`},
		"the last of one key, at its first": {`{"a":1,"b":2,"\u0061":3}`, nil, `{"a":3,"b":2}`},
		"halves of pairs are not one key":   {`{"\ud800":1,"\ud801":2}`, nil, `{"\ud800":1,"\ud801":2}`},
		"a byte order mark":                 {"\ufeff{}", nil, `{}`},
		"a new member stands last":          {`{"a":1}`, func(d *jsondoc.Draft) { d.Set("b", jsondoc.NewString("x\"\n")) }, `{"a":1,"b":"x\"\n"}`},
		"one that is there stays in place":  {`{"a":1,"b":2}`, func(d *jsondoc.Draft) { d.Set("a", jsondoc.NewNull()) }, `{"a":null,"b":2}`},
		"one that is taken out comes last":  {`{"a":1,"b":2}`, func(d *jsondoc.Draft) { d.Remove("a"); d.Set("a", jsondoc.NewObject()) }, `{"b":2,"a":{}}`},
		"deep inside":                       {`{"a":{"b":{}}}`, func(d *jsondoc.Draft) { d.Get("a", "b").Set("c", jsondoc.NewString("")) }, `{"a":{"b":{"c":""}}}`},
	} {
		t.Run(name, func(t *testing.T) {
			d := jsondoc.Parse(c.text).Root().Draft()
			if c.change != nil {
				c.change(d)
			}
			if got := d.Compact(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestDraftOfNothing checks that what is absent can be asked, and that broken text gives JSON.
func TestDraftOfNothing(t *testing.T) {
	var none *jsondoc.Draft
	if none.Get("a") != nil || none.Remove("a") || none.Text() != "" || none.Kind() != jsondoc.Missing {
		t.Error("an absent draft answers with nothing")
	}
	for range none.Members() {
		t.Error("an absent draft has no members")
	}
	for _, text := range []string{``, `{"a":`, `[1,,2`, `{"a" "b"}`, `nul`} {
		if got := jsondoc.Parse(text).Root().Draft().Compact(); !json.Valid([]byte(got)) {
			t.Errorf("%s gives %s", text, got)
		}
	}
}

func TestDiff(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"nothing":                   {`{"a":[1,{"b":2}]}`, `{"a":[1,{"b":2}]}`, ``},
		"order and spelling":        {`{"a":1.0,"b":"\u00fc"}`, `{"b":"ü","a":1e0}`, ``},
		"numbers beyond a double":   {`[12345678901234567890]`, `[12345678901234567891]`, `-/0 +/0`},
		"numbers beyond any":        {`{"a":1e400}`, `{"a":2e400}`, `~/a`},
		"members":                   {`{"a":1,"b":2,"c/d":3}`, `{"a":1,"b":4,"e":5}`, `~/b -/c~1d +/e`},
		"another kind":              {`{"a":{}}`, `{"a":[]}`, `~/a`},
		"parameters by name and in": {`[{"name":"a","in":"query","x":1},{"name":"a","in":"path"}]`, `[{"name":"b","in":"query"},{"name":"a","in":"path"},{"name":"a","in":"query","x":2}]`, `~/2/x +/0`},
		"only their order":          {`{"p":["a","b"]}`, `{"p":["b","a"]}`, `=/p`},
		"words of a list":           {`["a","b"]`, `["a","c","b"]`, `+/1`},
		"words that are not unique": {`["a","a","b"]`, `["a","b"]`, `-/1`},
		"elements without a name":   {`[[1],[2],[3]]`, `[[1],[3]]`, `-/1`},
		"the last of one key":       {`{"a":1,"a":2}`, `{"a":2}`, ``},
		"half a pair":               {`["\ud800"]`, `["\ud801"]`, `-/0 +/0`},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, d := range jsondoc.Diff(jsondoc.Parse(c.old).Root(), jsondoc.Parse(c.new).Root()) {
				got = append(got, sign(d)+d.Pointer())
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if jsondoc.Same(jsondoc.Parse(c.old).Root(), jsondoc.Parse(c.new).Root()) != (c.want == "") {
				t.Errorf("Same says otherwise")
			}
		})
	}
}

func sign(d jsondoc.Difference) string {
	switch {
	case d.Order:
		return "="
	case !d.Old.Exists():
		return "+"
	case !d.New.Exists():
		return "-"
	}
	return "~"
}

// TestDiffDeep checks that depth does not multiply the work.
func TestDiffDeep(t *testing.T) {
	text := func(bottom string) string {
		return strings.Repeat(`[0,{"a":[`, 300) + bottom + strings.Repeat(`]}]`, 300)
	}
	if got := jsondoc.Diff(jsondoc.Parse(text("1")).Root(), jsondoc.Parse(text("[]")).Root()); len(got) != 1 {
		t.Errorf("got %d differences", len(got))
	}
}
