package jsondoc_test

import (
	"testing"

	"paconn-ls/internal/jsondoc"
)

const keys = `{"a/b": {"c~d": [10, {"": "empty"}], "e%f": 1, "~1": 2}, "x": null, "x": "last", "q\"\u0041": true}`

func TestPointers(t *testing.T) {
	doc := jsondoc.Parse(keys)
	for pointer, raw := range map[string]string{
		"":                keys,
		"/a~1b/c~0d/0":    "10",
		"/a~1b/c~0d/1/":   `"empty"`,
		"/a~1b/e%f":       "1",
		"/a~1b/~01":       "2",
		"/x":              `"last"`, // of two the last counts
		`/q"A`:            "true",
		"/a~1b/c~0d/2":    "",
		"/a~1b/c~0d/-1":   "",
		"/a~1b/c~0d/00":   "",
		"/a~1b/c~0d/+0":   "",
		"/a~1b/c~0d/zero": "",
		"/x/y":            "",
		"x":               "",
		"/nothing":        "",
	} {
		v := doc.Root().Resolve(pointer)
		if v.Raw() != raw {
			t.Errorf("%q leads to %q, want %q", pointer, v.Raw(), raw)
		}
		if v.Exists() && v.Pointer() != pointer {
			t.Errorf("the pointer of %q is %q", pointer, v.Pointer())
		}
	}
	if got := jsondoc.EscapeToken("~/"); got != "~0~1" {
		t.Errorf("EscapeToken gives %q", got)
	}
}

func TestFragmentPointer(t *testing.T) {
	for ref, want := range map[string]string{
		"#":                    "",
		"#/definitions/A%20b":  "/definitions/A b",
		"#/definitions/A~1b":   "/definitions/A~1b",
		"#/definitions/100%":   "/definitions/100%",
		"#/definitions/%E4%B8": "/definitions/\xe4\xb8",
		"#definitions":         "none",
		"other.json#/a":        "none",
		"":                     "none",
	} {
		got, ok := jsondoc.FragmentPointer(ref)
		if !ok {
			got = "none"
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", ref, got, want)
		}
	}
}

func TestAt(t *testing.T) {
	const src = `{ "a": [1, 22], "b": { } } `
	doc := jsondoc.Parse(src)
	want := map[int]string{0: "", 1: "", 2: "/a", 5: "/a", 6: "/a", 7: "/a", 8: "/a/0", 9: "/a/0", 10: "/a", 11: "/a/1", 13: "/a/1", 14: "/a",
		15: "", 16: "/b", 20: "/b", 22: "/b", 24: "/b", 25: "", 26: ""}
	for offset, pointer := range want {
		if v := doc.At(offset); !v.Exists() || v.Pointer() != pointer {
			t.Errorf("At(%d) is %q (%v), want %q", offset, v.Pointer(), v.Exists(), pointer)
		}
	}
	for _, offset := range []int{-1, 27, 99} {
		if doc.At(offset).Exists() {
			t.Errorf("At(%d) is something", offset)
		}
	}
}

// TestAbsent asks the zero Value everything: it answers with nothing.
func TestAbsent(t *testing.T) {
	var v jsondoc.Value
	var none *jsondoc.Doc
	for _, v := range []jsondoc.Value{v, none.Root(), (&jsondoc.Doc{}).Root(), none.Node(3), jsondoc.Parse("{}").Node(9), jsondoc.Parse("1").Root().Get("a"),
		jsondoc.Parse("{}").Root().Path("a", "b"), jsondoc.Parse("[]").Root().At(0), jsondoc.Parse("[]").Root().Parent()} {
		if v.Exists() || v.ID() != -1 || v.Kind() != jsondoc.Missing || v.Len() != 0 || v.Key() != "" || v.Raw() != "" || v.Text() != "" || v.Pointer() != "" ||
			v.Broken() || v.HasKey() || v.Inside(v) || v.Index() != 0 || v.Span().Len() != 0 || v.GetFold("a").Exists() || v.Resolve("/a").Exists() ||
			len(v.Remove())+len(v.Replace("1"))+len(v.Rename("a"))+len(v.Insert("a", "1"))+len(v.Append("1")) != 0 {
			t.Errorf("an absent value answers: %+v", v)
		}
		if _, ok := v.Number(); ok {
			t.Error("an absent value has a number")
		}
	}
}

func TestValues(t *testing.T) {
	doc := jsondoc.Parse(`[1, 1.0, 1e3, 1.5, 1e400, 1e300, "a\u00e9\n\ud83d\ude00\ud800", true, {"A": 1, "b": 2}]`)
	root := doc.Root()
	for i, want := range []bool{true, true, true, false, false, true, false, false, false} {
		if root.At(i).IsInteger() != want {
			t.Errorf("IsInteger of %s is %v", root.At(i).Raw(), !want)
		}
	}
	if f, ok := root.At(2).Number(); !ok || f != 1000 {
		t.Errorf("Number of 1e3 is %v, %v", f, ok)
	}
	if got, want := root.At(6).Text(), "aé\n\U0001F600\uFFFD"; got != want {
		t.Errorf("Text is %q, want %q", got, want)
	}
	if o := root.At(8); o.GetFold("a").Raw() != "1" || o.Get("a").Exists() || o.Index() != 8 || !o.Get("b").Inside(root) {
		t.Error("the object's members are not found")
	}
	for text, want := range map[string]string{"": `""`, "a\"\\\n\r\t\x00\x1fé/": `"a\"\\\n\r\t\u0000\u001fé/"`} {
		if got := jsondoc.Quote(text); got != want {
			t.Errorf("Quote(%q) = %s, want %s", text, got, want)
		}
	}
}
