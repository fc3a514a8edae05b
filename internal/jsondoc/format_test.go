package jsondoc_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

// TestFormat shows how each kind of value is written.
func TestFormat(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"layout":               {"{\"b\":[1,{\"c\" : null}],\r\n\t\"a\":true}", "{\n  \"b\": [\n    1,\n    {\n      \"c\": null\n    }\n  ],\n  \"a\": true\n}\n"},
		"empty":                {"{\"a\":{ },\"b\":[\n]}", "{\n  \"a\": {},\n  \"b\": []\n}\n"},
		"byte order mark":      {source.BOM + `[]`, "[]\n"},
		"scalar":               {` "a" `, "\"a\"\n"},
		"numbers":              {`[1e3,-0.0,1.10,12345678901234567890,1E+2]`, "[\n  1e3,\n  -0.0,\n  1.10,\n  12345678901234567890,\n  1E+2\n]\n"},
		"duplicate keys":       {`{"a":1,"a":2}`, "{\n  \"a\": 1,\n  \"a\": 2\n}\n"},
		"readable escapes":     {`"\u00e9\u4E2D\u0027\u003C\/\ud83d\ude00\ufffd"`, "\"é中'</😀\uFFFD\"\n"},
		"escapes in keys":      {`{"\u00e9":1}`, "{\n  \"é\": 1\n}\n"},
		"quotes, backslashes":  {`"\u0022\u005c\u005Cu00e9\\u00e9\""`, `"\"\\\\u00e9\\u00e9\""` + "\n"},
		"controls":             {`"\u0000\u0008\b\n\r\t\u001B\u007f\u0085"`, `"\u0000\u0008\b\n\r\t\u001B\u007f\u0085"` + "\n"},
		"separators":           {`"\u2028\u2029\u00a0"`, `"\u2028\u2029\u00a0"` + "\n"},
		"invisible":            {`"\u200b\u202e\ufeff\ue000"`, `"\u200b\u202e\ufeff\ue000"` + "\n"},
		"lone surrogates":      {`"\ud83d \ude00\ud83d\u0041"`, `"\ud83d \ude00\ud83dA"` + "\n"},
		"characters as it had": {"\"é\u2028\u202e\"", "\"é\u2028\u202e\"\n"},
		"nothing":              {``, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := jsondoc.Format(jsondoc.Parse(c.src).Root()); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestFormatMember formats a value that is not the outermost.
func TestFormatMember(t *testing.T) {
	doc := jsondoc.Parse(`{"a": {"b": [1]}}`)
	if got, want := jsondoc.Format(doc.Root().Get("a")), "{\n  \"b\": [\n    1\n  ]\n}\n"; got != want {
		t.Errorf("got %q", got)
	}
}

// FuzzFormat checks that what is written means the same, and stays as it is when it is written again.
func FuzzFormat(f *testing.F) {
	for _, seed := range []string{sample, `{"a":[1,-2.5e3,"x\u00e9",true,false,null,{}]}`, `"\ud83d\ude00\ud83d\u005c\u0022\/\u2028"`, "[[[]],{}]", source.BOM + `{"a":"\ufeff"}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		doc := jsondoc.Parse(src)
		if len(doc.Errors()) > 0 {
			return
		}
		once := jsondoc.Format(doc.Root())
		again := jsondoc.Parse(once)
		if len(again.Errors()) > 0 {
			t.Fatalf("%q became %q, which is broken: %s", src, once, again.Errors()[0].Message)
		}
		if twice := jsondoc.Format(again.Root()); twice != once {
			t.Fatalf("%q became %q and then %q", src, once, twice)
		}
		if got, want := decoded(t, once), decoded(t, strings.TrimPrefix(src, source.BOM)); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q became %q, which means %v instead of %v", src, once, got, want)
		}
	})
}

// decoded returns what a JSON text means, numbers as they are spelled.
func decoded(t *testing.T, src string) any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(src))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}
