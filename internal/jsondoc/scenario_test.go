package jsondoc_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"paconn-ls/internal/jsondoc"
	"paconn-ls/internal/source"
)

var update = flag.Bool("update", false, "write the goldens")

// TestScenarios parses the texts in testdata/*.txtar, each followed by its golden: the mistakes with the place of the
// caret, and the tree. A text whose name ends in .quoted is written as a Go string. Every text holds one mistake and
// gives one error, but those whose name says how many: "2-name". Where an error has a fix, it mends the text, but for
// what is only half there: "half-name".
func TestScenarios(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no scenarios", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		changed := false
		out := archive.Files[:0:0]
		for i, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".golden") {
				continue
			}
			want := ""
			name, _, _ := strings.Cut(f.Name, ".")
			if i+1 < len(archive.Files) && archive.Files[i+1].Name == name+".golden" {
				want = string(archive.Files[i+1].Data)
			}
			got := ""
			t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar")+"/"+name, func(t *testing.T) { got = scenario(t, f) })
			if got != want && !*update {
				t.Errorf("%s, %s (-update writes it):\n%s", path, name, cmp.Diff(want, got))
			}
			changed = changed || got != want
			out = append(out, f, txtar.File{Name: name + ".golden", Data: []byte(got)})
		}
		if changed && *update {
			archive.Files = out
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func scenario(t *testing.T, f txtar.File) string {
	src := strings.TrimSuffix(string(f.Data), "\n")
	if strings.HasSuffix(f.Name, ".quoted") {
		var err error
		if src, err = strconv.Unquote(src); err != nil {
			t.Fatal(err)
		}
	}
	doc := jsondoc.Parse(src)
	want := 1
	if n, _, ok := strings.Cut(f.Name, "-"); ok {
		if count, err := strconv.Atoi(n); err == nil {
			want = count
		}
	}
	if len(doc.Errors()) != want {
		t.Errorf("%d errors, want %d", len(doc.Errors()), want)
	}
	checkTree(t, doc)
	if !strings.HasPrefix(f.Name, "half-") {
		checkFixes(t, doc)
	}
	return render(doc)
}

// checkFixes makes every fix: when each error has one, no error is left, and else at least one fewer.
func checkFixes(t *testing.T, doc *jsondoc.Doc) {
	t.Helper()
	var edits []source.Edit
	fixes := 0
	for _, e := range doc.Errors() {
		edits = append(edits, e.Fix...)
		if len(e.Fix) > 0 {
			fixes++
			if e.FixText == "" {
				t.Errorf("the fix of %q says nothing", e.Message)
			}
		}
	}
	fixed, err := source.Apply(doc.Source(), edits)
	if err != nil {
		t.Fatal(err)
	}
	if left := jsondoc.Parse(fixed).Errors(); len(left) > len(doc.Errors())-fixes {
		t.Errorf("the fixes leave %q in\n%s", left[0].Message, fixed)
	}
}

func render(doc *jsondoc.Doc) string {
	var b strings.Builder
	text := source.New(doc.Source())
	for _, e := range doc.Errors() {
		p := text.Position(e.Span.Start, source.UTF32)
		line := text.Line(p.Line)
		caret := strings.Map(func(r rune) rune {
			if r == '\t' {
				return r
			}
			return ' '
		}, doc.Text(source.Span{Start: line.Start, End: max(line.Start, min(e.Span.Start, line.End))}))
		width := len([]rune(doc.Text(source.Span{Start: e.Span.Start, End: max(e.Span.Start, min(e.Span.End, line.End))})))
		fmt.Fprintf(&b, "%s\n%s%s %s", visible(doc.Text(line)), caret, strings.Repeat("^", max(1, width)), e.Message)
		if e.FixText != "" {
			fmt.Fprintf(&b, " [%s]", e.FixText)
		}
		b.WriteByte('\n')
	}
	for id := range doc.Len() {
		v := doc.Node(id)
		switch pointer := v.Pointer(); v.Kind() {
		case jsondoc.Object, jsondoc.Array, jsondoc.Missing, jsondoc.Invalid:
			fmt.Fprintf(&b, "%s %s\n", visible(pointer), v.Kind())
		default:
			fmt.Fprintf(&b, "%s %s\n", visible(pointer), visible(v.Raw()))
		}
	}
	return b.String()
}

// visible quotes what would not survive in a text file.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 0xFEFF || r < ' ' && r != '\t' || r == 0xFFFD {
			return '·'
		}
		return r
	}, strings.ToValidUTF8(s, "·"))
}
